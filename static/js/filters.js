// The facets of a list, <form data-filters>. On wide screens a change submits the form (htmx swaps the results);
// on phones [data-filters-open] shows the same form in a bottom sheet, and its button sends it.
const form = document.querySelector("form[data-filters]");
const opener = document.querySelector("[data-filters-open]");
const narrow = window.matchMedia("(max-width: 48rem)");

if (form) {
  const home = form.parentElement;
  const dialog = document.createElement("dialog");
  dialog.className = "bottom";
  dialog.innerHTML = '<div class="row"><h2>Filters</h2><button type="button" class="button quiet slim end">Close</button></div>';
  dialog.setAttribute("aria-label", "Filters");
  home.append(dialog);

  const close = () => dialog.open && dialog.close();
  dialog.querySelector("button").addEventListener("click", close);
  dialog.addEventListener("click", (event) => event.target === dialog && close());
  dialog.addEventListener("close", () => { home.prepend(form); opener?.focus(); });
  opener?.addEventListener("click", () => { dialog.append(form); dialog.showModal(); });
  narrow.addEventListener("change", close);

  form.addEventListener("change", () => { if (!narrow.matches) form.requestSubmit(); });
  form.addEventListener("submit", close);
}

// The look-up box, <form data-lookup>: htmx fetches options into a list below the field; arrow keys walk them, Enter opens one,
// Escape closes the list. Without scripts the form is a plain search.
for (const form of document.querySelectorAll("form[data-lookup]")) {
  const field = form.querySelector("input[type=search]");
  const list = document.getElementById(`${field.id}-list`);
  const options = () => [...list.querySelectorAll("[role=option]")];
  const current = () => list.querySelector("[aria-selected=true]");

  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Codes");

  const show = (open) => {
    list.hidden = !open;
    field.setAttribute("aria-expanded", String(open));
    if (!open) field.removeAttribute("aria-activedescendant");
  };
  const select = (option) => {
    current()?.setAttribute("aria-selected", "false");
    if (!option) return field.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };

  list.addEventListener("htmx:afterSwap", () => {
    options().forEach((option, place) => { option.id = `${list.id}-${place}`; });
    show(field.value.trim() !== "" && options().length > 0 && document.activeElement === field);
  });
  field.addEventListener("input", () => { if (!field.value.trim()) show(false); });
  field.addEventListener("keydown", (event) => {
    const all = options();
    if (event.key === "Escape" && !list.hidden) { show(false); event.preventDefault(); }
    if (list.hidden || !all.length) return;
    const place = all.indexOf(current());
    if (event.key === "ArrowDown") { select(all[(place + 1) % all.length]); event.preventDefault(); }
    if (event.key === "ArrowUp") { select(all[(place + all.length - (place < 0 ? 0 : 1)) % all.length]); event.preventDefault(); }
    if (event.key === "Enter" && current()) { event.preventDefault(); window.location.assign(current().dataset.url); }
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) window.location.assign(option.dataset.url);
  });
  field.addEventListener("blur", () => show(false));
  field.addEventListener("focus", () => show(field.value.trim() !== "" && options().length > 0));
}

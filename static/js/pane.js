// The reading pane, <section id="pane">: on wide screens a plain click on [data-pane-link] shows the posting there and
// notes it as ?open=… so that reload and share give the same page. All other clicks go to the posting's own page.
const pane = document.getElementById("pane");
const wide = window.matchMedia("(min-width: 70.01rem)");
const slugOf = (link) => link.pathname.split("/").filter(Boolean).pop();

async function show(link, { focus = false, note = true } = {}) {
  document.querySelectorAll("[data-pane-link][aria-current]").forEach((old) => old.removeAttribute("aria-current"));
  link.setAttribute("aria-current", "true");
  await htmx.ajax("GET", link.href, { target: pane, swap: "innerHTML" });
  pane.scrollTop = 0;
  if (focus) pane.focus({ preventScroll: true });
  if (!note) return;
  const address = new URL(location.href);
  address.searchParams.set("open", slugOf(link));
  history.replaceState(history.state, "", address);
}

// The posting the address names, or else the first of the list.
function showFirst() {
  const open = new URLSearchParams(location.search).get("open");
  const links = [...document.querySelectorAll("[data-pane-link]")];
  const link = links.find((each) => slugOf(each) === open) ?? links[0];
  if (link && wide.matches) show(link, { note: false });
}

if (pane) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-pane-link]");
    const plain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (!link || !plain || !wide.matches) return;
    event.preventDefault();
    show(link, { focus: event.detail === 0 });
  });
  pane.addEventListener("keydown", (event) => {
    if (event.key === "Escape") document.querySelector("[data-pane-link][aria-current]")?.focus();
  });
  showFirst();
}

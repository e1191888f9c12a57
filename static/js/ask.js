// A citation opens the row it names. Without scripts it leads there, and the row is opened by hand.
function openRow(hash) {
  const row = hash && document.getElementById(hash.slice(1));
  if (row instanceof HTMLDetailsElement) row.open = true;
}

addEventListener("hashchange", () => openRow(location.hash));
document.addEventListener("click", (event) => openRow(event.target.closest?.("a.cite")?.hash));
openRow(location.hash);

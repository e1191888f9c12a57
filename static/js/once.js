// A form is sent once: its buttons rest after the first submit, and wake when the page is shown again.
const buttonsOf = (form) => [...form.elements].filter((element) => element.type === "submit");

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.target) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  // Wait a turn: a disabled button's own name and value would not be sent.
  setTimeout(() => buttonsOf(form).forEach((button) => { button.disabled = true; }));
});

window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    buttonsOf(form).forEach((button) => { button.disabled = false; });
  }
});

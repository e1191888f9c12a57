// <form data-confirm="Question?" data-confirm-yes="Withdraw it"> asks in a <dialog> before it is sent.
function ask(question, yes) {
  const dialog = document.createElement("dialog");
  const text = document.createElement("h2");
  const form = document.createElement("form");
  form.method = "dialog";
  form.className = "actions";
  text.id = "confirm-question";
  text.textContent = question;
  dialog.setAttribute("aria-labelledby", text.id);
  for (const [value, label, look] of [["yes", yes, "button danger"], ["no", "Cancel", "button quiet"]]) {
    const button = document.createElement("button");
    button.value = value;
    button.className = look;
    button.textContent = label;
    form.append(button);
  }
  dialog.append(text, form);
  document.body.append(dialog);
  dialog.showModal();
  form.lastElementChild.focus();
  return new Promise((resolve) => dialog.addEventListener("close", () => {
    dialog.remove();
    resolve(dialog.returnValue === "yes");
  }));
}

// Captured, so that it runs before once.js and htmx see the submit.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  const source = event.submitter?.dataset.confirm ? event.submitter : form;
  if (!source.dataset.confirm || form.dataset.confirmed) {
    delete form.dataset.confirmed;
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  const { submitter } = event;
  const yes = source.dataset.confirmYes || submitter?.textContent.trim() || "Yes";
  if (await ask(source.dataset.confirm, yes)) {
    form.dataset.confirmed = "1";
    form.requestSubmit(submitter);
  }
}, true);

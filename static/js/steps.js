// Tells the steps of an answer while it is made. Without scripts the form is sent as any other.
const STEPS = "application/x-ndjson";
const BROKEN = "The answer broke off. Your question is still in the field: please ask again.";

async function* linesOf(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (let got = await reader.read(); !got.done; got = await reader.read()) {
    const lines = (rest + got.value).split("\n");
    rest = lines.pop();
    yield* lines.map((line) => JSON.parse(line));
  }
}

function say(form, text) {
  let told = form.querySelector(".told");
  if (!told) {
    told = document.createElement("ol");
    told.className = "told small";
    told.setAttribute("role", "status");
    form.append(told);
  }
  const line = document.createElement("li");
  line.textContent = text;
  told.append(line);
}

function open(url) {
  const here = location.pathname;
  location.assign(url);
  if (new URL(url, location.href).pathname === here) location.reload();
}

function wake(form) {
  delete form.dataset.sent;
  for (const element of form.elements) if (element.type === "submit") element.disabled = false;
}

async function send(form) {
  const body = new URLSearchParams(new FormData(form));
  const response = await fetch(form.action, { method: "POST", body, headers: { Accept: STEPS } });
  if (!response.ok) throw new TypeError(`status ${response.status}`);
  for await (const line of linesOf(response)) {
    if (line.url) return open(line.url);
    if (line.form) return form.submit(); // there is a page to show instead
    say(form, line.step);
  }
  throw new TypeError("no address came");
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches("form[data-steps]")) return;
  event.preventDefault();
  form.querySelector(".told")?.remove();
  send(form).catch(() => {
    say(form, BROKEN);
    wake(form);
  });
});

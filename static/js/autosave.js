// <form data-autosave="URL" data-autosave-key="posting-17" data-saved-at="ISO time"> keeps what is typed: on the
// server after 800 ms of rest and when the page is left, and on this device until the server has it.
const PREFIX = "autosave:";
const UNSAFE = new Set(["csrfmiddlewaretoken"]);

function textOf(form) {
  const pairs = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !UNSAFE.has(name));
  return pairs.filter(([name]) => form.elements[name]?.type !== "password");
}

function fill(form, pairs) {
  for (const element of form.elements) {
    if (!element.name || UNSAFE.has(element.name) || ["file", "hidden", "submit", "password"].includes(element.type)) continue;
    const values = pairs.filter(([name]) => name === element.name).map(([, value]) => value);
    if (["checkbox", "radio"].includes(element.type)) element.checked = values.includes(element.value);
    else if (element.multiple) [...element.options].forEach((option) => { option.selected = values.includes(option.value); });
    else if (values.length) element.value = values[0];
  }
}

function watch(form) {
  const key = PREFIX + (form.dataset.autosaveKey || location.pathname);
  const state = document.querySelector("[data-autosave-state]") ?? document.createElement("span");
  let timer, sent = JSON.stringify(textOf(form)), leaving = false;

  const keep = () => {
    try { localStorage.setItem(key, JSON.stringify({ at: Date.now(), text: textOf(form) })); } catch { /* storage is off or full */ }
  };
  async function save() {
    clearTimeout(timer);
    const now = JSON.stringify(textOf(form));
    if (leaving || now === sent) return;
    const body = new URLSearchParams(JSON.parse(now));
    const headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken?.value ?? "", "X-Requested-With": "fetch" };
    const answer = await fetch(form.dataset.autosave, { method: "POST", body, headers, redirect: "manual", keepalive: now.length < 60000 }).catch(() => null);
    if (answer?.ok) {
      sent = now;
      if (JSON.stringify(textOf(form)) === now) localStorage.removeItem(key);
      state.textContent = `Saved ${new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })}`;
    } else {
      const signedOut = answer && (answer.type === "opaqueredirect" || [401, 403].includes(answer.status));
      state.textContent = `Not saved: ${signedOut ? "signed out" : answer ? "refused by the server" : "no connection"}. Your text is kept on this device.`;
    }
  }

  const offer = JSON.parse(localStorage.getItem(key) ?? "null");
  if (offer && offer.at > Date.parse(form.dataset.savedAt || 0) && JSON.stringify(offer.text) !== sent) {
    const notice = document.createElement("div");
    notice.className = "notice warning";
    notice.innerHTML = '<b>Kept on this device</b><p></p><button type="button" class="button slim">Restore what you typed</button>';
    notice.querySelector("p").textContent = `Text from ${new Date(offer.at).toLocaleString()} was not saved here.`;
    notice.querySelector("button").addEventListener("click", () => { fill(form, offer.text); notice.remove(); form.dispatchEvent(new Event("input", { bubbles: true })); });
    form.before(notice);
  }
  form.addEventListener("input", () => { keep(); clearTimeout(timer); timer = setTimeout(save, 800); });
  form.addEventListener("change", () => { keep(); clearTimeout(timer); timer = setTimeout(save, 800); });
  form.addEventListener("focusout", save);
  form.addEventListener("submit", (event) => { if (!event.defaultPrevented) { keep(); leaving = true; clearTimeout(timer); } });
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && save());
  window.addEventListener("pageshow", () => { leaving = false; });
}

// The page after a successful submit carries data-autosave-clear="key" (space separated).
for (const done of document.querySelectorAll("[data-autosave-clear]")) {
  done.dataset.autosaveClear.split(" ").forEach((key) => localStorage.removeItem(PREFIX + key));
}
const forms = document.querySelectorAll("form[data-autosave]");
forms.forEach(watch);
// Else a reload of a refused form would send it again, and its older text over what was typed since.
if (forms.length) history.replaceState(history.state, "", location.href);

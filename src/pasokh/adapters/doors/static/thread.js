// @ts-check
/** A thread with scripts: news as they come, messages sent without leaving, drafts that stay. */

const form = /** @type {HTMLFormElement} */ (document.getElementById("letter"));
const list = /** @type {HTMLElement} */ (document.getElementById("messages"));
const state = /** @type {HTMLElement} */ (document.getElementById("state"));
const text = /** @type {HTMLTextAreaElement} */ (document.getElementById("text"));
const unsent = /** @type {HTMLElement} */ (document.getElementById("unsent"));
const nonce = /** @type {HTMLInputElement} */ (form.elements.namedItem("nonce"));
const DRAFT = "pasokh-thread-draft";
const WAIT_MS = 2000;
let version = list.dataset.version ?? "";

/** @param {string} tag @param {string} className @param {string} words */
function made(tag, className, words) {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = words;
  return element;
}

/** @param {any} one */
function message(one) {
  const item = made("li", one.ours ? "ours" : "", "");
  const who = made("p", "who", `${one.who} `);
  const at = made("span", "", one.at);
  at.dir = "ltr";
  who.append(at, " ", made("em", "", one.there));
  const said = made("p", "text", one.text);
  said.dir = "auto";
  item.append(who, said);
  return item;
}

/** @param {any} told */
function show(told) {
  version = told.version;
  if (state.textContent !== told.said) state.textContent = told.said;
  state.dataset.state = told.state;
  list.replaceChildren(...told.messages.map(message));
}

async function listen() {
  for (;;) {
    try {
      const answer = await fetch(`${list.dataset.news}?version=${encodeURIComponent(version)}`);
      if (!answer.ok) throw new Error(String(answer.status));
      show(await answer.json());
    } catch {
      await new Promise((resolve) => { setTimeout(resolve, WAIT_MS); });
    }
  }
}

/** @param {SubmitEvent} event */
async function send(event) {
  event.preventDefault();
  const pressed = /** @type {HTMLButtonElement | null} */ (event.submitter);
  const fields = new URLSearchParams(/** @type {any} */ (new FormData(form)));
  if (pressed?.name) fields.append(pressed.name, pressed.value);
  else if (!text.value.trim()) return;
  try {
    // The same words under the same number are one message, however often they are sent.
    const answer = await fetch(form.action, { method: "POST", body: fields, headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    unsent.textContent = "";
    text.value = "";
    sessionStorage.removeItem(DRAFT);
    nonce.value = Array.from(crypto.getRandomValues(new Uint32Array(2)), (part) => part.toString(16)).join("");
  } catch {
    unsent.textContent = form.dataset.unsent ?? "";
  }
  text.focus();
}

if (!text.value) text.value = sessionStorage.getItem(DRAFT) ?? "";
text.addEventListener("input", () => sessionStorage.setItem(DRAFT, text.value));
form.addEventListener("submit", send);
listen();

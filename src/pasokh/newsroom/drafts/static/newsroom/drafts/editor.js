// The editor's page while somebody writes: it asks what is found, and takes hints. Without it each
// button of the form does the same on the server.

const PAUSE_MS = 400;

/**
 * @typedef {{field: string, stops: boolean, said: string, quoted: string}} Finding
 * @typedef {{field: string, start: number, end: number, written: string, better: string,
 *   seen: string[], said: string}} Hint
 */

const form = /** @type {HTMLFormElement} */ (document.getElementById("editor"));
const findings = /** @type {HTMLElement} */ (document.getElementById("findings"));
const hints = /** @type {HTMLElement} */ (document.getElementById("hints"));
const mend = /** @type {HTMLElement} */ (document.getElementById("mend"));
/** @type {Hint[]} */
let open = [];
let asked = 0;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting;

/**
 * Make an element that holds a text.
 * @param {string} name
 * @param {string} text
 * @returns {HTMLElement}
 */
function told(name, text) {
  const element = document.createElement(name);
  element.textContent = text;
  if (name !== "strong" && name !== "span") element.dir = "auto";
  return element;
}

/**
 * Find a field of the form.
 * @param {string} name
 * @returns {HTMLInputElement | HTMLTextAreaElement | null}
 */
function fieldOf(name) {
  return /** @type {HTMLInputElement | HTMLTextAreaElement | null} */ (document.getElementById(name));
}

/**
 * Say what is found.
 * @param {Finding[]} found
 */
function drawFindings(found) {
  const lines = found.map((one) => {
    const line = document.createElement("li");
    const weight = one.stops ? form.dataset.stops : form.dataset.asks;
    line.append(told("strong", weight ?? ""), " ", one.said);
    if (one.quoted) line.append(" ", told("q", one.quoted));
    return line;
  });
  if (!lines.length) lines.push(/** @type {HTMLLIElement} */ (told("li", form.dataset.none ?? "")));
  findings.replaceChildren(...lines);
}

/** Offer each hint with a button of its own. */
function drawHints() {
  const lines = open.map((hint) => {
    const line = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = form.dataset.take ?? "";
    button.setAttribute("aria-label", `${form.dataset.take}: ${hint.better}`);
    button.addEventListener("click", () => take(hint));
    line.append(told("span", hint.said), " ", told("del", hint.seen[0]), " ");
    line.append(told("ins", hint.seen[1]), " ", button);
    return line;
  });
  hints.replaceChildren(...lines);
  mend.hidden = !open.length;
}

/**
 * Write a piece of a text as a hint says, if it still stands there. Places are counted in whole
 * characters, from the first that is no blank.
 * @param {Hint} hint
 */
function take(hint) {
  const field = fieldOf(hint.field);
  if (!field) return;
  const characters = [...field.value];
  const skipped = characters.length - [...field.value.trimStart()].length;
  const before = characters.slice(0, hint.start + skipped).join("");
  const stands = characters.slice(hint.start + skipped, hint.end + skipped).join("");
  open = open.filter((one) => one !== hint);
  if (stands === hint.written) {
    field.setRangeText(hint.better, before.length, before.length + stands.length, "preserve");
    const moved = [...hint.better].length - (hint.end - hint.start);
    open = open.map((one) => (one.field === hint.field && one.start >= hint.end
      ? { ...one, start: one.start + moved, end: one.end + moved } : one));
  }
  drawHints();
  later();
}

/** Ask the server about the text as it stands. What comes late is not drawn over what is newer. */
async function check() {
  asked += 1;
  const mine = asked;
  const answer = await fetch(form.dataset.check ?? "", {
    method: "POST",
    body: new URLSearchParams(/** @type {any} */ (new FormData(form))),
    headers: { Accept: "application/json" },
  }).catch(() => null);
  if (!answer?.ok || mine !== asked) return;
  const found = await answer.json();
  open = found.hints;
  drawFindings(found.findings);
  drawHints();
  form.dataset.checked = String(mine);
}

/** Check soon, when nothing more is typed. */
function later() {
  clearTimeout(waiting);
  waiting = setTimeout(check, PAUSE_MS);
}

form.addEventListener("input", later);
form.addEventListener("keydown", (event) => {
  if (event.key !== "F8") return;
  event.preventDefault();
  const field = /** @type {HTMLElement} */ (event.target);
  const hint = open.find((one) => one.field === field.id) ?? open[0];
  if (hint) take(hint);
});
for (const element of form.querySelectorAll("button.place")) {
  const button = /** @type {HTMLButtonElement} */ (element);
  button.hidden = false;
  button.addEventListener("click", () => {
    const into = fieldOf(button.dataset.into ?? "");
    if (!into) return;
    const [start, end] = [into.selectionStart ?? 0, into.selectionEnd ?? 0];
    const gap = start && !/\s/u.test(into.value[start - 1]) ? " " : "";
    into.setRangeText(`${gap}${button.dataset.mark ?? ""}`, start, end, "end");
    into.focus();
    later();
  });
}
check();

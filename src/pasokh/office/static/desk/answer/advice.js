// @ts-check
/** What the call taker reads aloud: the texts of the type first. Enter says that it was read. */
import { html, useState } from "../kernel/html.js";
import { protocolOf } from "./protocol.js";

/** @param {{desk: import("../kernel/desk.js").Desk, call: any, type: string, deeds: import("./deeds.js").Deeds, list: any, onLeave: () => void}} props */
export function Advice({ desk, call, type, deeds, list, onLeave }) {
  const { say, store, language } = desk;
  const [shown, show] = useState("");
  const entries = suited(store, type);
  if (!entries.length) return null;
  const entry = entries.find(([code]) => code === shown)?.[1];
  const pressed = (/** @type {KeyboardEvent} */ event) => {
    const buttons = [.../** @type {HTMLElement} */ (event.currentTarget).querySelectorAll("button")];
    const place = buttons.indexOf(/** @type {any} */ (document.activeElement));
    const next = { ArrowDown: place + 1, ArrowUp: place - 1 }[event.key];
    if (next !== undefined) { event.preventDefault(); buttons[Math.max(0, Math.min(next, buttons.length - 1))]?.focus(); }
    if (event.key === "Escape") { event.stopPropagation(); show(""); onLeave(); }
    if (event.repeat) event.preventDefault();
  };
  return html`<section aria-labelledby="advice-title"><h3 id="advice-title">${say.t("desk.answer.advice")} <kbd>A</kbd></h3>
    <p class="deeds" ref=${list} onKeyDown=${pressed}>${entries.map(([code, one]) => html`<button class="button" type="button" key=${code}
      onFocus=${() => show(code)} onClick=${() => { void deeds.advise(call, code); show(""); onLeave(); }}>${say.name(one, code)}</button>`)}</p>
    <div role="status">${entry && html`<p class="advice">${entry[`text_${language}`] || entry.text_fa}</p>
      <p class="soft">${say.t("desk.answer.advice_how")}</p>`}</div></section>`;
}

/** The advice that the questions of the type can lead to, then the rest. @param {import("../kernel/store.js").Store} store @param {string} type @returns {[string, any][]} */
function suited(store, type) {
  const steps = protocolOf(store, type)?.entry.steps ?? [];
  const named = new Set(steps.flatMap((/** @type {any} */ step) => step.answers.map((/** @type {any} */ one) => one.advice)));
  const all = store.entries("advice");
  return [...all.filter(([code]) => named.has(code)), ...all.filter(([code]) => !named.has(code))];
}

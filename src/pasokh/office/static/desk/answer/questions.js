// @ts-check
/**
 * The questions of the type in hand, one at a time: a digit answers, and the keys shown go back,
 * skip, leave and take what is suggested. They count only while this part has the keyboard.
 */
import { html, useEffect, useState } from "../kernel/html.js";
import { keyName } from "../kernel/shortcuts.js";
import { SKIPPED, walk } from "./protocol.js";

/** @param {{desk: import("../kernel/desk.js").Desk, call: any, protocol: any, deeds: import("./deeds.js").Deeds, field: any, onType: (code: string) => void, onDone: () => void}} props */
export function Guided({ desk, call, protocol, deeds, field, onType, onDone }) {
  const { say, store, language } = desk;
  const { code, entry } = protocol;
  // What was pressed counts at once: the next digit may come before the centre's word does.
  const [pressed, press] = useState(/** @type {Record<string, string>} */ ({}));
  const [again, askAgain] = useState("");
  useEffect(() => { press({}); askAgain(""); }, [call.id, code]);
  const path = walk(entry, { ...call.answers?.[code], ...pressed });
  const step = path.given.find((one) => one.step.id === again)?.step ?? path.upcoming;
  const left = (call.left ?? []).includes(code);
  const text = (/** @type {any} */ one, /** @type {string} */ name) => one[`${name}_${language}`] || one[`${name}_fa`];
  const answer = (/** @type {string} */ chosen) => {
    if (!step || left) return;
    const asked = step.id;
    press((/** @type {Record<string, string>} */ was) => ({ ...was, [asked]: chosen }));
    askAgain("");
    if (call.answers?.[code]?.[asked] === chosen) return;
    void deeds.answerQuestion(call, protocol, asked, chosen).then((done) => {
      if (!done) press((/** @type {Record<string, string>} */ was) => Object.fromEntries(Object.entries(was).filter(([id]) => id !== asked)));
    });
  };
  const back = () => {
    const place = path.given.findIndex((one) => one.step.id === again);
    const before = path.given[(place < 0 ? path.given.length : place) - 1];
    if (before) askAgain(before.step.id);
  };
  const take = {
    Backspace: back,
    KeyS: () => answer(SKIPPED),
    Escape: () => { if (!left) void deeds.leaveProtocol(call, code); onDone(); },
    KeyP: () => { if (path.priority && call.incident) void deeds.prioritise(call, path.priority, path.urging.map((one) => text(one.answer, "because"))); },
    KeyT: () => { if (path.type) { onType(path.type); void deeds.retype(call, path.type); } },
    KeyA: () => { for (const advice of path.advice) void deeds.advise(call, advice); },
    KeyH: () => { for (const service of open) void deeds.handOff(call, service); },
  };
  const open = path.services.filter((service) => !call.handoffs?.[service]);
  const keyed = (/** @type {KeyboardEvent} */ event) => {
    if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
    const digit = event.code.match(/^(?:Digit|Numpad)([1-9])$/)?.[1];
    const chosen = step?.answers.find((/** @type {any} */ one) => one.key === digit);
    const deed = /** @type {Record<string, () => void>} */ (take)[keyName(event)];
    if (!deed && !digit) return;
    event.preventDefault();
    event.stopPropagation();
    if (deed) deed();
    else if (chosen) answer(chosen.id);
  };
  const button = (/** @type {string} */ key, /** @type {string} */ id, /** @type {() => void} */ act, off = false) => html`<button
    class="button" type="button" disabled=${off} onClick=${() => { act(); field.current?.focus(); }}><kbd>${key}</kbd> ${say.t(id)}</button>`;
  return html`<section class="guided" ref=${field} tabindex="-1" aria-label=${say.t("desk.answer.guided", { protocol: say.name(entry, code) })} onKeyDown=${keyed}>
    ${path.given.length > 0 && html`<ol class="path soft">${path.given.map((one) => html`<li key=${one.step.id}>
      ${text(one.step, "text")} <strong>${one.answer ? text(one.answer, "text") : say.t("desk.answer.skipped")}</strong></li>`)}</ol>`}
    <div role="status">${left ? html`<p class="soft">${say.t("desk.answer.path_left")}</p>`
      : step ? html`<p class="asked">${text(step, "text")}</p>`
      : html`<p class="soft">${say.t("desk.answer.path_ended")}</p>`}</div>
    ${!left && step && html`<p class="deeds">${step.answers.map((/** @type {any} */ one) => html`<button class="button" type="button" key=${one.id}
      onClick=${() => { answer(one.id); field.current?.focus(); }}><kbd>${say.digits(one.key)}</kbd> ${text(one, "text")}</button>`)}</p>`}
    <p class="deeds">
      ${!left && step && button("S", "desk.answer.skip", take.KeyS)}
      ${!left && path.given.length > 0 && button("⌫", "desk.answer.back", back)}
      ${!left && button("Esc", "desk.answer.leave", take.Escape)}
      ${left && html`<button class="button" type="button" onClick=${() => { void deeds.resumeProtocol(call, protocol, path.given[0]); }} hidden=${!path.given.length}>${say.t("desk.answer.path_resume")}</button>`}
    </p>
    ${!left && path.priority && html`<div class="suggested"><p>${say.rich("desk.answer.suggested_priority", { priority: say.digits(path.priority) })}</p>
      <ul>${path.urging.map(({ step: of, answer: one }) => html`<li key=${of.id}>${say.digits(one.priority)} · ${text(one, "because")}</li>`)}</ul>
      ${button("P", call.incident ? "desk.answer.take_priority" : "desk.answer.take_priority_later", take.KeyP, !call.incident)}</div>`}
    ${!left && path.type && path.type !== call.type && html`<p>${say.name(store.entry("incident_type", path.type), path.type)} ${button("T", "desk.answer.take_type", take.KeyT)}</p>`}
    ${!left && path.advice.map((advice) => html`<p key=${advice} class="advice">${text(store.entry("advice", advice) ?? { text_fa: advice }, "text")}</p>`)}
    ${!left && path.advice.length > 0 && button("A", "desk.answer.advice_given", take.KeyA)}
    ${!left && open.length > 0 && html`<p>${open.map((service) => html`<span key=${service} class="chip">${say.name(store.entry("service", service), service)}</span>`)}
      ${button("H", "desk.answer.hand_off_now", take.KeyH)}</p>`}
  </section>`;
}

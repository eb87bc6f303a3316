// @ts-check
/**
 * The card of the call in hand. One field leads: what is it? A type goes on to the place and
 * opens an incident; a digit and a reason close the call; a service's number hands it off.
 */
import { html, useLayoutEffect, useRef, useState } from "../kernel/html.js";
import { Mark } from "../kernel/parts.js";
import { Advice } from "./advice.js";
import { CLOSINGS } from "./calls.js";
import { Caller } from "./caller.js";
import { Choice } from "./choice.js";
import { meanings } from "./meaning.js";
import { PlaceField } from "./place_field.js";
import { protocolOf } from "./protocol.js";
import { Guided } from "./questions.js";
import { HandOffs, ServiceSays } from "./hand_offs.js";
import { countyName } from "./queue.js";
import { Voice } from "./voice.js";

/** @param {{desk: import("../kernel/desk.js").Desk, call: any, now: number, deeds: import("./deeds.js").Deeds, what: any, asked: any, told: any, advice: any, reply: any, onNear: () => void}} props */
export function Card({ desk, call, now, deeds, what, asked, told, advice, reply, onNear }) {
  const { say, store } = desk;
  const [typed, setTyped] = useState("");
  const [type, setType] = useState("");
  const place = useRef(/** @type {any} */ (null));
  const note = useRef(/** @type {any} */ (null));
  useLayoutEffect(() => {
    setTyped("");
    setType(call.type ?? "");
    // Whoever is calling back says first what came of it.
    if (!document.activeElement?.closest(".results")) (call.thread ? reply : what).current?.focus();
  }, [call.id]);
  const found = meanings(store, typed, call.county ?? "");
  const choices = found.map((meaning) => ({ id: idOf(meaning), shown: shownMeaning(desk, meaning) }));
  const take = (/** @type {number} */ chosen) => {
    const meaning = /** @type {any} */ (found[chosen]);
    if (!meaning) return;
    setTyped("");
    if (meaning.what === "close") void deeds.close(call, meaning.code, say.t(`desk.answer.reason_${meaning.reason}`));
    if (meaning.what === "handoff") void deeds.handOff(call, meaning.service);
    if (meaning.what === "type") { setType(meaning.code); place.current?.focus(); }
  };
  // The path goes on while a suggested type has none of its own, and once it has begun.
  const begun = Object.keys(call.answers ?? {}).at(-1);
  const guided = (begun && store.get("entry", `protocol:${begun}`)) || protocolOf(store, type);
  const escaped = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape" || event.repeat || !guided || !(event.target instanceof HTMLElement) || asked.current?.contains(event.target)) return;
    event.preventDefault();
    event.stopPropagation();
    asked.current?.focus();
  };
  const located = (/** @type {import("./deeds.js").Place} */ where) => {
    if (call.incident || !type) void deeds.locate(call, where);
    else void deeds.openIncident(call, type, where).then(() => note.current?.focus());
  };
  return html`<section class="panel card" aria-labelledby="card-title" onKeyDown=${escaped}>
    <h2 id="card-title">${say.t("desk.answer.card")} <bdi class="timer">${say.span(now - (call.answered_at ?? call.offered_at))}</bdi>
      <span class="chip">${say.word("phase", call.phase ?? "ringing")}</span>
      ${call.code && html`<span class="chip">${say.word("class", call.code)}</span>`}</h2>
    <${Caller} desk=${desk} call=${call} told=${told} deeds=${deeds} reply=${reply} onTake=${(/** @type {any} */ where) => located({ county: call.county ?? "", ...where })} />
    <${Voice} desk=${desk} call=${call} now=${now} deeds=${deeds} />
    <${Choice} id="what" field=${what} label=${say.t("desk.answer.what")} value=${typed}
      hint=${say.t("desk.answer.what_hint")} choices=${choices} onInput=${setTyped}
      onTake=${take} onEmptyDown=${onNear} />
    <p class="chosen">${type ? say.name(store.entry("incident_type", type), type) : say.t("desk.answer.type_none")}
      ${" · "}<span class="soft">${countyName(desk, call.county)}</span></p>
    <${PlaceField} desk=${desk} call=${call} field=${place} onTake=${located} />
    ${guided
      ? html`<${Guided} desk=${desk} call=${call} protocol=${guided} deeds=${deeds} field=${asked} onType=${setType} onDone=${() => note.current?.focus()} />`
      : html`<${Questions} desk=${desk} call=${call} type=${type} deeds=${deeds} />`}
    <${Note} desk=${desk} call=${call} deeds=${deeds} field=${note} />
    <${Advice} desk=${desk} call=${call} type=${type || call.type || ""} deeds=${deeds} list=${advice} onLeave=${() => what.current?.focus()} />
    <${HandOffs} desk=${desk} call=${call} deeds=${deeds} />
    <p class="deeds">
      ${!call.ended_at && html`<button class="button" type="button" onClick=${() => deeds.hangUp(call)}>${say.t("desk.answer.hang_up")}</button>`}
      ${call.incident && html`<button class="button" type="button" onClick=${() => deeds.unlink(call)}>${say.t("desk.answer.unlink")}</button>`}
      ${CLOSINGS.map((one) => html`<button class="button" type="button" key=${one.code} aria-pressed=${String(call.code === one.code)}
        onClick=${() => { setTyped(one.digit); what.current?.focus(); }}>
        <kbd>${say.digits(one.digit)}</kbd> ${say.word("class", one.code)}</button>`)}
    </p>
  </section>`;
}

/** @param {any} meaning */
function idOf(meaning) {
  return [meaning.what, meaning.code ?? meaning.service, meaning.reason].filter(Boolean).join("-");
}

/** @param {import("../kernel/desk.js").Desk} desk @param {any} meaning */
function shownMeaning(desk, meaning) {
  const { say } = desk;
  if (meaning.what === "close") return say.rich("desk.answer.meaning_close", { code: say.word("class", meaning.code), reason: say.t(`desk.answer.reason_${meaning.reason}`) });
  if (meaning.what === "handoff") {
    const service = { service: say.name(meaning.entry, meaning.service), number: say.digits(meaning.entry.number) };
    return html`${say.rich("desk.answer.meaning_hand_off", service)}<${ServiceSays} desk=${desk} entry=${meaning.entry} />`;
  }
  return html`<${Mark} say=${say} priority=${meaning.entry.priority} /> ${say.name(meaning.entry, meaning.code)}`;
}

/** The questions of the type's card; each answer is a note. @param {any} props */
function Questions({ desk, call, type, deeds }) {
  const { say, store, language } = desk;
  const card = store.entry("incident_type", type)?.card ?? [];
  if (!card.length) return null;
  const answered = (/** @type {any} */ event, /** @type {string} */ question) => {
    if (event.key !== "Enter" || event.repeat || event.isComposing || !event.target.value.trim()) return;
    event.preventDefault();
    void deeds.note(call, `${question} ${event.target.value.trim()}`);
    event.target.value = "";
    event.target.closest("li")?.nextElementSibling?.querySelector("input")?.focus();
  };
  return html`<section aria-label=${say.t("desk.answer.questions")}><ol class="questions">${card.map((/** @type {any} */ one, /** @type {number} */ place) => {
    const question = one[`text_${language}`] || one.text_fa;
    return html`<li key=${`${type}-${place}`}><label>${question}
      <input type="text" dir="auto" autocomplete="off" onKeyDown=${(/** @type {any} */ event) => answered(event, question)} /></label></li>`;
  })}</ol></section>`;
}

/** @param {any} props */
function Note({ desk, call, deeds, field }) {
  const { say } = desk;
  const pressed = (/** @type {any} */ event) => {
    if (event.key !== "Enter" || event.shiftKey || event.repeat || event.isComposing) return;
    event.preventDefault();
    const text = event.target.value.trim();
    if (!text) return;
    event.target.value = "";
    void deeds.note(call, text);
  };
  return html`<div class="note"><label for="note">${say.t("desk.answer.note")}</label>
    <textarea id="note" ref=${field} rows="2" dir="auto" onKeyDown=${pressed} aria-describedby="note-hint"></textarea>
    <p class="soft" id="note-hint">${say.t("desk.answer.note_hint")}</p></div>`;
}

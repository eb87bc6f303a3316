// @ts-check
/** Who waits: ringing calls with their waiting time. */
import { html } from "../kernel/html.js";
import { ringing } from "./calls.js";

/** A call that waited longer than this is late (definitions: answered within 15 s). */
const IN_TIME_MS = 15_000;
const SHOWN = 12;

/** @param {{desk: import("../kernel/desk.js").Desk, now: number, onAnswer: (call: any) => void}} props */
export function Queue({ desk, now, onAnswer }) {
  const { say, store } = desk;
  const calls = ringing(store);
  const rest = calls.length - SHOWN;
  return html`<section class="panel" aria-labelledby="queue-title">
    <h2 id="queue-title">${say.t("desk.answer.queue")} <span class="count">${say.number(calls.length)}</span></h2>
    ${calls.length === 0 && html`<p class="soft">${say.t("desk.answer.queue_empty")}</p>`}
    <ul class="plain">${calls.slice(0, SHOWN).map((call, place) => html`
      <li key=${call.id} class=${now - call.offered_at > IN_TIME_MS ? "queued late" : "queued"}>
        <bdi class="timer">${say.span(now - call.offered_at)}</bdi>
        <span>${say.word("channel", call.channel ?? "voice")}</span>
        <span class="soft">${countyName(desk, call.county)}</span>
        ${call.earlier > 0 && html`<span class="chip">${say.rich("desk.answer.earlier_count", { count: call.earlier })}</span>`}
        <button class="button" type="button" onClick=${() => onAnswer(call)} aria-keyshortcuts=${place ? undefined : "Enter"}>
          ${say.t("desk.answer.answer")}</button>
      </li>`)}</ul>
    ${rest > 0 && html`<p class="soft">${say.rich("desk.answer.and_more", { count: rest })}</p>`}
  </section>`;
}

/** @param {import("../kernel/desk.js").Desk} desk @param {string} [code] */
export function countyName({ say, store }, code) {
  return code ? say.name(store.entry("area", code), code) : say.t("desk.answer.county_unknown");
}

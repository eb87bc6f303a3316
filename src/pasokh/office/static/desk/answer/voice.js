// @ts-check
/** The voice of the call in hand: silence and how to ask for another sign, keys pressed, the recording. */
import { html, useLayoutEffect, useRef } from "../kernel/html.js";

const SIGNS = ["needs_help", "spoke", "by_accident", "no_sign"];
const ASKED = ["cough", "tap", "five", "fifty_five"];
// What is agreed upon as a cry for help by keys.
const HELP = "55";

/** @param {{desk: import("../kernel/desk.js").Desk, call: any, deeds: import("./deeds.js").Deeds}} props */
export function Voice({ desk, call, deeds }) {
  const { say } = desk;
  if (!call.answered_at) return null;
  const asking = call.asked_for_sign && !call.sign;
  return html`<section class="voice" aria-label=${say.t("desk.answer.voice")}>
    ${call.tones?.includes(HELP) && html`<p class="trouble help" role="alert">${say.t("desk.answer.tones_help")}</p>`}
    <p>${call.silent && html`<span class="chip" data-tone="late">${say.t("desk.answer.silent")}</span> `}
      ${call.tones && html`<span class="chip">${say.t("desk.answer.tones")} <bdi dir="ltr">${say.digits(call.tones)}</bdi></span> `}
      ${call.sign && html`<span class="chip">${say.t(`desk.answer.sign_${call.sign}`)}</span> `}
      ${!asking && !call.ended_at && html`<button class="button ask" type="button" onClick=${() => deeds.askForSign(call)}>
        <kbd>S</kbd> ${say.t("desk.answer.ask_sign")}</button>`}</p>
    ${asking && html`<${Asking} say=${say} call=${call} deeds=${deeds} />`}
    ${call.recording && html`<${Recorded} desk=${desk} call=${call} deeds=${deeds} />`}
  </section>`;
}

/** What to say, and what came of it. The call goes on whatever is chosen. @param {any} props */
function Asking({ say, call, deeds }) {
  const group = useRef(/** @type {any} */ (null));
  useLayoutEffect(() => { group.current?.querySelector("button")?.focus(); }, []);
  return html`<ol>${ASKED.map((what) => html`<li key=${what}>${say.t(`desk.answer.ask_${what}`)}</li>`)}</ol>
    <p class="deeds" role="group" aria-label=${say.t("desk.answer.sign_what")} ref=${group}>
      ${SIGNS.map((sign) => html`<button class="button" type="button" key=${sign} onClick=${() => deeds.signCame(call, sign)}>
        ${say.t(`desk.answer.sign_${sign}`)}</button>`)}</p>`;
}

/** @param {any} props */
function Recorded({ desk, call, deeds }) {
  const { say } = desk;
  const { phase, evidence } = call.recording;
  const running = phase === "running" || phase === "paused";
  return html`<p class="deeds"><span class="chip">${say.t(`desk.answer.recording_${phase}`)}</span>
    ${evidence && html`<span class="chip">${say.t("desk.answer.recording_evidence")}</span>`}
    ${running && !call.ended_at && html`<button class="button" type="button" onClick=${() => deeds.record(call, phase === "paused")}>
      ${say.t(phase === "paused" ? "desk.answer.record_on" : "desk.answer.record_pause")}</button>`}
    ${!evidence && (running || phase === "kept") && html`<button class="button" type="button" onClick=${() => deeds.keepAsEvidence(call)}>
      ${say.t("desk.answer.record_evidence")}</button>`}</p>`;
}

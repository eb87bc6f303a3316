// @ts-check
/** The voice of the call in hand: silence and how to ask for another sign, keys pressed, the recordings. */
import { html, useLayoutEffect, useRef } from "../kernel/html.js";
import { Recording, SpokenBack } from "../kernel/recording.js";

const SIGNS = ["needs_help", "spoke", "by_accident", "no_sign"];
const ASKED = ["cough", "tap", "five", "fifty_five"];
// What is agreed upon as a cry for help by keys.
const HELP = "55";
/** Of many keys the last are shown with their times. */
const TIMED = 8;

/** @param {{desk: import("../kernel/desk.js").Desk, call: any, now: number, deeds: import("./deeds.js").Deeds}} props */
export function Voice({ desk, call, now, deeds }) {
  const { say } = desk;
  const backs = html`<${SpokenBack} desk=${desk} call=${call}>${(/** @type {any} */ back) => html`<${RecordedDeeds} say=${say} call=${back} deeds=${deeds} />`}<//>`;
  if (!call.answered_at) return call.spoken_back ? html`<section class="voice" aria-label=${say.t("desk.answer.voice")}>${backs}</section>` : null;
  const asking = call.asked_for_sign && !call.sign;
  const quiet = call.silent && !call.ended_at;
  return html`<section class="voice" aria-label=${say.t("desk.answer.voice")}>
    ${call.tones?.includes(HELP) && html`<p class="notice help" role="alert"><strong>${say.t("desk.answer.tones_help")}</strong></p>`}
    ${quiet && html`<p class="notice silence"><strong role="status">${say.t("desk.answer.silent")}</strong>
      <span class="soft">${say.rich("desk.answer.silent_for", { long: say.span(now - call.answered_at) })}</span></p>`}
    <p>${call.silent && call.ended_at && html`<span class="chip" data-tone="late">${say.t("desk.answer.silent")}</span> `}
      ${call.sign && html`<span class="chip">${say.t(`desk.answer.sign_${call.sign}`)}</span> `}
      ${!asking && !call.ended_at && html`<button class="button ask" type="button" aria-keyshortcuts="S" onClick=${() => deeds.askForSign(call)}>
        <kbd>S</kbd> ${say.t("desk.answer.ask_sign")}</button>`}</p>
    ${call.tones && html`<${Tones} say=${say} call=${call} />`}
    ${asking && html`<${Asking} say=${say} call=${call} deeds=${deeds} />`}
    ${call.recording && html`<${Recording} desk=${desk} call=${call}><${RecordedDeeds} say=${say} call=${call} deeds=${deeds} /><//>`}
    ${backs}
  </section>`;
}

/** Which keys, and when each: two fives at once are another thing than two a minute apart. @param {{say: import("../kernel/say.js").Say, call: any}} props */
function Tones({ say, call }) {
  const times = call.toned_at ?? [];
  const from = Math.max(0, call.tones.length - TIMED);
  return html`<div class="tones"><span id="tones-title">${say.t("desk.answer.tones")}</span>
    ${from > 0 && html`<span class="soft">${say.rich("desk.answer.tones_before", { count: from })}</span>`}
    <ol aria-labelledby="tones-title">${[...call.tones].slice(from).map((key, place) => html`<li class="chip" key=${from + place}>
      <bdi class="key" dir="ltr">${say.digits(key)}</bdi> <bdi class="timer">${times[from + place] ? say.time(times[from + place], true) : ""}</bdi></li>`)}</ol></div>`;
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

/** What can be done with a recording: let it pause, keep it as evidence. @param {any} props */
function RecordedDeeds({ say, call, deeds }) {
  const { phase, evidence } = call.recording;
  const running = phase === "running" || phase === "paused";
  return html`${running && !call.ended_at && html`<button class="button" type="button" onClick=${() => deeds.record(call, phase === "paused")}>
      ${say.t(phase === "paused" ? "desk.answer.record_on" : "desk.answer.record_pause")}</button>`}
    ${!evidence && (running || phase === "kept") && html`<button class="button" type="button" onClick=${() => deeds.keepAsEvidence(call)}>
      ${say.t("desk.answer.record_evidence")}</button>`}`;
}

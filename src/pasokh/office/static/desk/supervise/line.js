// @ts-check
/** The line itself: its silence, its probe calls, and the switch's own count beside the log's. */
import { html, useState } from "../kernel/html.js";

const KINDS = ["offered", "answered", "abandoned", "fallback", "rejected"];

/**
 * Without deeds, on the wall, only what differs.
 * @param {{desk: import("../kernel/desk.js").Desk, shift: import("./shift.js").Shift, deeds?: import("./deeds.js").ShiftDeeds}} props
 */
export function CountedLine({ desk, shift, deeds }) {
  const line = shift.figure.line;
  if (!line) return null;
  return html`${(line.differences ?? []).map((/** @type {any} */ found) => html`
      <${Difference} key=${found.comparison_id} desk=${desk} found=${found} deeds=${deeds} />`)}
    ${deeds && html`<p class="conserved">${lastOf(desk.say, line.compared)}
      ${" "}<button class="button" type="button" disabled=${line.asked} onClick=${() => deeds.compare(line.name)}>${desk.say.t("desk.shift.compare")}</button></p>`}`;
}

/**
 * Nobody has been spoken to for longer than chance explains, and why that is said.
 * @param {{desk: import("../kernel/desk.js").Desk, shift: import("./shift.js").Shift}} props
 */
export function Silence({ desk, shift }) {
  const { say } = desk;
  const found = shift.figure.silence;
  if (!found) return null;
  const hourly = say.digits(`${Math.floor(found.hourly_tenths / 10)}${say.t("desk.shift.point")}${found.hourly_tenths % 10}`);
  const why = found.days > 0 ? say.rich("desk.shift.silent_why", { hourly, days: found.days }) : say.t("desk.shift.silent_setting");
  return html`<p class="conserved" data-tone="late" role="alert"><b>${say.rich("desk.shift.silent", {
    since: say.time(found.since, true), span: say.span(desk.clock.now() - found.since) })}</b> ${why}</p>`;
}

/**
 * The calls that a program makes each minute to see that the way in is open. On the wall only that it is not.
 * @param {{desk: import("../kernel/desk.js").Desk, shift: import("./shift.js").Shift, wall?: boolean}} props
 */
export function Probed({ desk, shift, wall = false }) {
  const { say } = desk;
  const told = shift.figure.probes;
  if (!told || (wall && !told.alarm)) return null;
  const last = told.end && say.rich("desk.shift.probe_last", { at: say.time(told.at, true), end: say.word("probe", told.end), ms: told.ring_ms ?? 0 });
  return html`<p class="conserved" data-tone=${told.alarm ? "late" : "calm"} role=${told.alarm ? "alert" : undefined}>
    ${told.alarm && html`<b>${say.rich("desk.shift.probes_missed", { why: say.word("probe", told.alarm) })}</b> `}${last}</p>`;
}

/** @param {import("../kernel/say.js").Say} say @param {any} found */
function lastOf(say, found) {
  if (!found) return say.t("desk.shift.never_compared");
  const sentence = say.rich("desk.shift.compared", { ...times(say, found), switch: found.switch.offered ?? 0, log: found.log.offered ?? 0 });
  return html`${sentence}${found.uncounted > 0 && html` ${say.rich("desk.shift.uncounted", { count: found.uncounted })}`}`;
}

/** @param {any} props */
function Difference({ desk, found, deeds }) {
  const { say } = desk;
  const [reason, setReason] = useState("");
  const name = `seen-${found.comparison_id}`;
  const differing = KINDS.filter((kind) => (found.switch[kind] ?? 0) !== (found.log[kind] ?? 0));
  return html`<div class="conserved" data-tone="late" role="alert">
    ${say.rich("desk.shift.differs", times(say, found))}
    <ul>${differing.map((kind) => html`<li key=${kind}>${say.t(`desk.shift.counted_${kind}`)}: ${say.rich("desk.shift.two_counts", { switch: found.switch[kind] ?? 0, log: found.log[kind] ?? 0 })}</li>`)}</ul>
    ${deeds && html`<form class="row" onSubmit=${(/** @type {Event} */ e) => { e.preventDefault(); if (reason.trim()) deeds.seenDifference(found.comparison_id, reason.trim()); }}>
      <label for=${name}>${say.t("desk.shift.what_is_done")}</label>
      <input id=${name} value=${reason} maxlength="500" required onInput=${(/** @type {any} */ e) => setReason(e.target.value)} />
      <button class="button" type="submit">${say.t("desk.shift.seen")}</button></form>`}
  </div>`;
}

/** @param {import("../kernel/say.js").Say} say @param {any} found */
function times(say, found) {
  return { from: say.time(found.began_at, true), until: say.time(found.ended_at, true) };
}

// @ts-check
/** What became of everything that came to the public doors, by the doors' own count. */
import { html } from "../kernel/html.js";

/** What is on the way longer than this has met a dead control room, or a flood. */
const WAITED_MS = 30_000;
/** The doors tell their count every ten seconds at least. A drill's clock is not theirs. */
const SILENT_MS = 60_000;

/** @param {{desk: import("../kernel/desk.js").Desk, shift: import("./shift.js").Shift}} props */
export function Doors({ desk, shift }) {
  const { say } = desk;
  const doors = shift.figure.doors;
  if (!doors) return null;
  const { told, residual, at } = doors;
  const silent = document.body.dataset.training ? 0 : desk.clock.now() - at;
  const waits = told.waited > WAITED_MS;
  const wrong = residual !== 0 || waits || silent > SILENT_MS;
  return html`<p class="conserved doors" data-tone=${wrong ? "late" : "calm"} role=${wrong ? "alert" : undefined}>
    ${say.rich("desk.doors.sum", told)} <b>${say.rich(residual ? "desk.shift.missing" : "desk.shift.nothing_missing", { residual })}</b>
    ${waits && html` <b>${say.rich("desk.doors.waits", { wait: say.span(told.waited) })}</b>`}
    ${silent > SILENT_MS && html` <b>${say.rich("desk.doors.silent", { wait: say.span(silent) })}</b>`}
    ${told.parked > 0 && html` ${say.t("desk.doors.parked")}`}</p>`;
}

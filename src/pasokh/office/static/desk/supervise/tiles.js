// @ts-check
/** The numbers of the shift, large: the same tiles on the supervisor's desk and on the wall. */
import { html } from "../kernel/html.js";
import { tenths } from "./shift.js";

/** A centre that answers fewer than this within 15 s is behind (NENA 020: 90 %). */
const GOAL_TENTHS = 900;
const LONG_WAIT_MS = 15_000;

/** @param {{desk: import("../kernel/desk.js").Desk, shift: import("./shift.js").Shift}} props */
export function Tiles({ desk, shift }) {
  const { say } = desk;
  const { figure, waiting } = shift;
  const inTime = tenths(figure.answered_in_time ?? 0, figure.offered ?? 0);
  const operational = tenths(figure.operational ?? 0, figure.answered ?? 0);
  const wait = waiting.length ? desk.clock.now() - waiting[0].offered_at : 0;
  const late = shift.lateMissions.length + shift.lateIncidents.length + shift.lateCallBacks.length;
  const count = (/** @type {number} */ value) => say.number(value);
  return html`<ul class="tiles">
    <${Tile} label=${say.t("desk.shift.in_time")} value=${percent(say, inTime)} late=${inTime !== null && inTime < GOAL_TENTHS} say=${say}
      base=${say.rich("desk.shift.of_offered", { part: figure.answered_in_time ?? 0, base: figure.offered ?? 0 })} />
    <${Tile} label=${say.t("desk.shift.waiting")} value=${count(waiting.length)} late=${wait > LONG_WAIT_MS} say=${say}
      base=${waiting.length ? say.rich("desk.shift.longest", { wait: say.span(wait) }) : say.t("desk.shift.nobody_waits")} />
    <${Tile} label=${say.t("desk.shift.late")} value=${count(late)} late=${late > 0} say=${say}
      base=${say.rich("desk.shift.late_parts", { missions: shift.lateMissions.length, incidents: shift.lateIncidents.length, calls: shift.lateCallBacks.length })} />
    <${Tile} label=${say.t("desk.shift.operational")} value=${percent(say, operational)} say=${say}
      base=${say.rich("desk.shift.of_answered", { part: figure.operational ?? 0, base: figure.answered ?? 0 })} />
  </ul>`;
}

/**
 * What became of every call since the log began: the sum, and what is missing in it. On the wall
 * only what is missing: from six metres nobody reads a sum that is right.
 * @param {{desk: import("../kernel/desk.js").Desk, shift: import("./shift.js").Shift, wall?: boolean}} props
 */
export function Conserved({ desk, shift, wall = false }) {
  const { say } = desk;
  const sum = shift.figure.conservation;
  if (!sum) return null;
  const wrong = sum.residual !== 0;
  if (wall && !wrong) return null;
  return html`<p class="conserved" data-tone=${wrong ? "late" : "calm"} role=${wrong ? "alert" : undefined}>
    ${say.rich("desk.shift.conserved", sum)} <b>${say.rich(wrong ? "desk.shift.missing" : "desk.shift.nothing_missing", sum)}</b></p>`;
}

/**
 * What could not go out at its hour. Quiet: it needs somebody today, not while a call waits.
 * @param {{desk: import("../kernel/desk.js").Desk, shift: import("./shift.js").Shift}} props
 */
export function LateReleases({ desk, shift }) {
  const { say } = desk;
  const count = shift.figure.late_releases;
  if (!count) return null;
  return html`<p class="conserved releases" role="status">${say.rich("desk.shift.late_releases", { count })} ${" "}
    <a href=${`/office/${desk.language}/calendar/`} target="_blank" rel="noopener">${say.t("desk.shift.late_releases_why")}</a></p>`;
}

/** @param {{label: string, value: string, base: any, late?: boolean, say: any}} props */
function Tile({ label, value, base, late = false, say }) {
  return html`<li class="tile" data-tone=${late ? "late" : "calm"}>
    <h2>${late && html`<span role="img" aria-label=${say.t("desk.shift.needs_you")}>▲</span>`} ${label}</h2>
    <p class="figure"><bdi>${value}</bdi></p><p class="base">${base}</p></li>`;
}

/** @param {import("../kernel/say.js").Say} say @param {number|null} share tenths of a per cent */
export function percent(say, share) {
  if (share === null) return "–";
  const text = `${Math.floor(share / 10)}${say.t("desk.shift.point")}${share % 10}`;
  return say.digits(`${text}${say.t("desk.shift.percent")}`);
}

/** @param {{desk: import("../kernel/desk.js").Desk, shift: import("./shift.js").Shift}} props */
export function Banners({ desk, shift }) {
  const { say } = desk;
  return html`${shift.figure.one_copy && html`<p class="banner" role="status"><b>${say.t("desk.shift.one_copy")}</b></p>`}
    ${shift.flooded.map(([position, count]) => html`<p class="banner" role="alert" key=${position}>
      ${say.rich("desk.shift.flood", { position, count })}</p>`)}`;
}

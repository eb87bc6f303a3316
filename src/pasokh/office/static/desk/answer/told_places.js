// @ts-check
/** Every place that a source told of this call, side by side: how sure, how old, and who says so. */
import { html } from "../kernel/html.js";

const A_DAY_MS = 86_400_000;

/** @param {{desk: import("../kernel/desk.js").Desk, words: any[], list: any, onTake: (place: {text: string, latitude?: number, longitude?: number}) => void}} props */
export function ToldPlaces({ desk, words, list, onTake }) {
  const { say } = desk;
  const told = words.flatMap(({ at, places = [] }) => places.map((/** @type {any} */ place) => ({ ...place, at: place.at ?? at })));
  if (!told.length) return null;
  return html`<h3 id="told-title">${say.t("desk.answer.told")}</h3>
    <ul class="plain told" aria-labelledby="told-title" ref=${list}>${told.map((place, number) => html`<li key=${number}>
      <${Told} desk=${desk} place=${place} asking=${asking(place, told)} onTake=${onTake} /></li>`)}</ul>`;
}

/** Whether a reference stands alone still: what its server says comes as places of their own.
 * @param {any} place @param {any[]} told */
function asking(place, told) {
  return place.source === "reference" && place.reference && !place.unanswered && place.latitude === undefined && !place.civic
    && !told.some((other) => other !== place && other.reference === place.reference);
}

/** What a network told beside the place (RFC 7852): a row a line, folded away until somebody looks.
 * @param {{desk: import("../kernel/desk.js").Desk, words: any[]}} props */
export function ToldData({ desk, words }) {
  const rows = words.flatMap(({ data = [] }) => data);
  if (!rows.length) return null;
  return html`<details class="told-data"><summary>${desk.say.rich("desk.answer.told_data", { rows: rows.length })}</summary>
    <dl>${rows.map((row, number) => html`<div key=${number}><dt><bdi dir="ltr">${row.kind} ${row.label}</bdi></dt><dd><bdi>${row.text}</bdi></dd></div>`)}</dl>
  </details>`;
}

/** How old a place is: a table's may be months old, and nobody counts those in hours.
 * @param {import("../kernel/say.js").Say} say @param {number} ms */
function ago(say, ms) {
  return ms < 2 * A_DAY_MS
    ? say.rich("desk.answer.told_ago", { span: html`<bdi class="timer">${say.span(ms)}</bdi>` })
    : say.rich("desk.answer.told_days", { days: Math.floor(ms / A_DAY_MS) });
}

/** @param {any} props */
function Told({ desk, place, asking, onTake }) {
  const { say, clock } = desk;
  const civic = (place.civic ?? []).map((/** @type {any} */ part) => part.text).join(say.t("desk.answer.told_within"));
  const point = place.latitude === undefined ? "" : `${place.latitude.toFixed(5)} ${place.longitude.toFixed(5)}`;
  const usable = civic || point;
  return html`<span><b>${say.t(`desk.answer.source_${place.source}`)}</b>
      ${" "}<span class="soft">${ago(say, clock.now() - place.at)}</span>
      ${place.method && html` <bdi class="soft" dir="ltr">${place.method}</bdi>`}</span>
    ${civic && html`<bdi>${civic}</bdi>`}
    ${point && html`<span><bdi class="number" dir="ltr">${say.digits(point)}</bdi>
      ${" "}${place.radius_m === undefined ? say.t("desk.answer.told_no_radius") : say.rich("desk.answer.told_radius", { metres: place.radius_m })}
      ${place.confidence !== undefined && html` <span class="soft">${say.rich("desk.answer.told_confidence", { percent: Math.round(place.confidence) })}</span>`}</span>`}
    ${place.reference && html`<span class="soft">${say.t("desk.answer.told_reference")} <bdi dir="ltr">${place.reference}</bdi>
      ${asking && html` ${say.t("desk.answer.told_asking")}`}</span>`}
    ${place.unanswered && html`<span class="chip" data-tone="late">${say.t(`desk.answer.unanswered_${place.unanswered}`)}
      ${place.troubles?.length > 0 && html` <bdi dir="ltr">${place.troubles.join(", ")}</bdi>`}</span>`}
    ${!place.unanswered && place.troubles?.length > 0 && html`<span class="chip" data-tone="late">${say.t("desk.answer.told_doubt")} <bdi dir="ltr">${place.troubles.join(", ")}</bdi></span>`}
    ${!place.may_be_passed_on && !place.unanswered && html`<span class="soft">${say.t("desk.answer.told_private")}</span>`}
    ${usable && html`<button class="button" type="button"
      onClick=${() => onTake({ text: usable, latitude: place.latitude, longitude: place.longitude })}>${say.t("desk.answer.told_take")}</button>`}`;
}

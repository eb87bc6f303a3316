// @ts-check
/** How calls are answered: the last quarters of an hour and each position, counts before shares. */
import { html, useEffect, useState } from "../kernel/html.js";
import { tenths } from "./shift.js";
import { percent } from "./tiles.js";

const AGAIN_MS = 15_000;
const QUARTERS_SHOWN = 6;

/** @param {{desk: import("../kernel/desk.js").Desk}} props */
export function Answering({ desk }) {
  const { say } = desk;
  const { told, trouble } = useAnswering(desk);
  const quarters = (told?.quarters ?? []).slice(-QUARTERS_SHOWN).reverse();
  return html`<section class="panel" aria-labelledby="answering-title">
    <div class="panel-head"><h2 id="answering-title">${say.t("desk.shift.answering")}</h2></div>
    ${trouble && html`<p class="trouble">${trouble}</p>`}
    ${told && html`<div class="scroll" tabindex="0" role="group" aria-labelledby="answering-title">
      <table class="answering">
        <thead><tr>${["begins", "calls", "in_15", "in_20", "gave_up_short", "gave_up", "longest_wait", "occupancy"].map((name) => html`
          <th key=${name} scope="col">${say.t(`desk.shift.column_${name}`)}</th>`)}</tr></thead>
        <tbody>
          <${Row} say=${say} name=${say.t("desk.shift.whole_day")} calls=${told.calls} seats=${told.seats} />
          ${quarters.map((/** @type {any} */ quarter) => html`<${Row} key=${quarter.begins} say=${say}
            name=${say.time(quarter.begins)} calls=${quarter.calls} seats=${quarter.seats} />`)}
        </tbody></table>
      <table class="answering">
        <thead><tr>${["position", "answered", "signed_in", "talking", "wrap_up", "occupancy"].map((name) => html`
          <th key=${name} scope="col">${say.t(`desk.shift.column_${name}`)}</th>`)}</tr></thead>
        <tbody>${told.positions.map((/** @type {any} */ { position, whole }) => html`<tr key=${position}>
          <th scope="row"><bdi>${say.digits(desk.store.get("position", position)?.name || position)}</bdi></th>
          <td>${say.number(whole.answered)}</td>
          ${[whole.signed_in, whole.talking, whole.wrap_up].map((span, place) => html`<td key=${place}><bdi>${say.span(span)}</bdi></td>`)}
          <td><bdi>${occupancy(say, whole)}</bdi></td></tr>`)}</tbody></table>
    </div>`}
  </section>`;
}

/** @param {any} props */
function Row({ say, name, calls, seats }) {
  const share = (/** @type {number} */ part) => html`<td>${say.number(part)} <bdi class="soft">${percent(say, tenths(part, calls.offered))}</bdi></td>`;
  return html`<tr><th scope="row"><bdi>${name}</bdi></th>
    <td>${say.number(calls.offered)}</td>${share(calls.within_15_s)}${share(calls.within_20_s)}
    <td>${say.number(calls.abandoned_short)}</td><td>${say.number(calls.abandoned)}</td>
    <td><bdi>${say.span(calls.longest_wait)}</bdi></td><td><bdi>${occupancy(say, seats)}</bdi></td></tr>`;
}

/** @param {import("../kernel/say.js").Say} say @param {any} seats */
function occupancy(say, seats) {
  return percent(say, tenths(seats.talking + seats.wrap_up, seats.signed_in));
}

/** Ask again and again; the last answer stays while none comes. @param {import("../kernel/desk.js").Desk} desk */
function useAnswering(desk) {
  const [found, setFound] = useState(/** @type {{told: any, trouble: string}} */ ({ told: null, trouble: "" }));
  useEffect(() => {
    const ask = () => desk.api.get("/views/answering/today").then(
      (told) => setFound({ told, trouble: "" }),
      (error) => setFound((/** @type {{told: any}} */ was) => ({ told: was.told, trouble: error.message })),
    );
    void ask();
    const timer = setInterval(ask, AGAIN_MS);
    return () => clearInterval(timer);
  }, []);
  return found;
}

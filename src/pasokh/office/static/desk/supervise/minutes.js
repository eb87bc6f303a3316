// @ts-check
/** The last hour minute by minute: a chart that moves with the desk's stream, the table beneath. */
import { html, useEffect, useRef, useState } from "../kernel/html.js";
import { MinuteChart, strokeOf } from "../kernel/minute_chart.js";

/** Asked again when today's figures change on the stream, at most this often. */
const AGAIN_MS = 5_000;
const SERIES = ["offered", "in_time", "waiting", "missions", "nuisance"];

/** @param {{desk: import("../kernel/desk.js").Desk}} props */
export function Minutes({ desk }) {
  const [open, setOpen] = useState(false);
  const { say } = desk;
  return html`<details class="panel minutes" onToggle=${(/** @type {any} */ event) => setOpen(event.currentTarget.open)}>
    <summary>${say.t("desk.shift.minutes")}</summary>
    ${open && html`<${Opened} desk=${desk} />`}
  </details>`;
}

/** @param {{desk: import("../kernel/desk.js").Desk}} props */
function Opened({ desk }) {
  const { say } = desk;
  const { told, trouble } = useMinutes(desk);
  const minutes = told?.minutes ?? [];
  const host = useRef(/** @type {HTMLElement|null} */ (null));
  const chart = useRef(/** @type {MinuteChart|null} */ (null));
  useEffect(() => {
    if (!host.current) return undefined;
    const made = new MinuteChart(host.current, say);
    chart.current = made;
    void made.open();
    return () => made.close();
  }, []);
  useEffect(() => {
    if (!minutes.length) return;
    const column = (/** @type {string} */ name) => minutes.map((/** @type {any} */ one) => one[name]);
    chart.current?.show(column("begins"), SERIES.map(column));
  }, [told]);
  return html`${trouble && html`<p class="trouble">${trouble}</p>`}
    <div class="minute-chart" ref=${host} role="img" aria-label=${say.t("desk.shift.minutes_about")}></div>
    <ul class="minute-key">${SERIES.map((name, place) => html`<li key=${name}><${Sample} place=${place} />${say.t(`desk.shift.minute_${name}`)}</li>`)}</ul>
    <div class="scroll" tabindex="0" role="group" aria-label=${say.t("desk.shift.minutes")}><table class="answering">
      <thead><tr><th scope="col">${say.t("desk.shift.column_begins")}</th>${SERIES.map((name) => html`<th key=${name} scope="col">${say.t(`desk.shift.minute_${name}`)}</th>`)}</tr></thead>
      <tbody>${minutes.toReversed().map((/** @type {any} */ one) => html`<tr key=${one.begins}><th scope="row"><bdi>${say.time(one.begins)}</bdi></th>
        ${SERIES.map((name) => html`<td key=${name}>${say.number(one[name])}</td>`)}</tr>`)}</tbody></table></div>`;
}

/** How a line of the chart looks. @param {{place: number}} props */
function Sample({ place }) {
  const { colour, dash } = strokeOf(place);
  return html`<svg width="28" height="8" aria-hidden="true"><path d="M0 4h28" stroke=${`var(${colour})`} stroke-width="2" stroke-dasharray=${dash} /></svg>`;
}

/** The last answer stays while none comes. @param {import("../kernel/desk.js").Desk} desk */
function useMinutes(desk) {
  const [found, setFound] = useState(/** @type {{told: any, trouble: string}} */ ({ told: null, trouble: "" }));
  useEffect(() => {
    let asked = 0;
    /** @type {any} */ let waiting = 0;
    const ask = () => {
      asked = Date.now();
      waiting = 0;
      return desk.api.get("/views/minutes").then(
        (told) => setFound({ told, trouble: "" }),
        (error) => setFound((/** @type {{told: any}} */ was) => ({ told: was.told, trouble: error.message })),
      );
    };
    const moved = () => {
      waiting ||= setTimeout(ask, Math.max(0, asked + AGAIN_MS - Date.now()));
    };
    const leave = desk.store.subscribe("figure", moved);
    void ask();
    return () => {
      leave();
      clearTimeout(waiting);
    };
  }, []);
  return found;
}

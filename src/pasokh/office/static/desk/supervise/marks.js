// @ts-check
/** Nuisance marks in force: a second person confirms what lasts, another one decides on objections. */
import { html, useEffect, useState } from "../kernel/html.js";

const AGAIN_MS = 15_000;
const DAY_MS = 86_400_000;
const SHOWN = 12;

/** @param {{desk: import("../kernel/desk.js").Desk, deeds: import("./deeds.js").ShiftDeeds}} props */
export function Marks({ desk, deeds }) {
  const { say, names } = desk;
  const [marks, setMarks] = useState(/** @type {any[]} */ ([]));
  const ask = () => desk.api.get("/views/marks").then((told) => setMarks(told.marks), () => {});
  useEffect(() => {
    void ask();
    const timer = setInterval(ask, AGAIN_MS);
    return () => clearInterval(timer);
  }, []);
  const days = (/** @type {number} */ until) => Math.max(1, Math.ceil((until - desk.clock.now()) / DAY_MS));
  const does = (/** @type {string} */ label, /** @type {() => Promise<any>} */ deed) => html`<button class="button" type="button"
    onClick=${() => deed().then(ask)}>${say.t(label)}</button>`;
  return html`<section class="panel" aria-labelledby="marks-title">
    <div class="panel-head"><h2 id="marks-title">${say.t("desk.shift.marks")}</h2><span class="number">${say.number(marks.length)}</span></div>
    ${marks.length === 0 && html`<p class="soft nothing">${say.t("desk.shift.marks_none")}</p>`}
    <ul class="said marks">${marks.slice(0, SHOWN).map((/** @type {any} */ mark) => {
      const by = mark.by.split(":").at(-1) ?? "";
      const proposed = mark.proposed_until ?? 0;
      return html`<li key=${mark.call}>
        <b>${say.word("class", mark.code)}</b> <bdi>${mark.reason}</bdi>
        <span class="soft"> ${say.rich("desk.shift.mark_line", { by: names[by] ?? by, days: days(mark.until) })}</span>
        ${proposed > 0 && html` <span class="chip">${say.rich("desk.shift.mark_proposed", { days: days(proposed) })}</span>`}
        ${mark.appealed && html` <span class="chip" data-tone="late">${say.t("desk.shift.mark_appealed")}</span>`}
        <span class="row">${mark.appeal ? html`<span class="soft">${say.t("desk.shift.mark_of_page")}</span>` : mark.appealed
          ? html`${does("desk.shift.mark_keep", () => deeds.decideAppeal(mark.call, false))}${does("desk.shift.mark_lift", () => deeds.decideAppeal(mark.call, true))}`
          : html`${proposed > 0 && does("desk.shift.mark_confirm", () => deeds.confirmMark(mark.call))}${does("desk.shift.mark_object", () => deeds.object(mark.call))}`}</span>
      </li>`;
    })}</ul>
  </section>`;
}

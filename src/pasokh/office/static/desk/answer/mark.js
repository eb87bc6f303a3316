// @ts-check
/** The nuisance mark of a number: what is known of it, and marking after a nuisance was closed. Stops nobody. */
import { html } from "../kernel/html.js";

const DAY_MS = 86_400_000;
const ILL_WILL = ["N2", "N3"];

/** @param {{desk: import("../kernel/desk.js").Desk, call: any, now: number, deeds: import("./deeds.js").Deeds}} props */
export function NumberMark({ desk, call, now, deeds }) {
  const { say, names } = desk;
  const { mark } = call;
  if (mark) {
    const by = mark.by.split(":").at(-1) ?? "";
    const days = Math.max(1, Math.ceil((mark.until - now) / DAY_MS));
    return html`<p class="mark"><span class="chip" data-tone="late">${say.t("desk.answer.mark_title")}</span>
      ${" "}${say.rich("desk.answer.mark_told", { by: names[by] ?? by, days, reason: mark.reason })}
      ${mark.appealed && html` <span class="chip">${say.t("desk.answer.mark_appealed")}</span>`}
      ${mark.proposed_until && html` <span class="chip">${say.t("desk.answer.mark_proposed")}</span>`}</p>`;
  }
  if (!ILL_WILL.includes(call.code)) return null;
  return html`<p class="deeds mark">
    <button class="button" type="button" onClick=${() => deeds.mark(call, now + DAY_MS)}>${say.t("desk.answer.mark_day")}</button>
    <button class="button" type="button" onClick=${() => deeds.mark(call, now + 30 * DAY_MS)}>${say.t("desk.answer.mark_month")}</button></p>`;
}

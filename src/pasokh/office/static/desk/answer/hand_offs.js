// @ts-check
/** Other services: which is closed and who is there instead, what they answered. */
import { html } from "../kernel/html.js";
import { openNow } from "./services.js";

/** Why a service did not take a call, as it is recorded. */
const REFUSALS = ["service_refused", "no_answer", "closed"];

/** What the call taker must know before a call is handed on. @param {{desk: any, entry: any}} props */
export function ServiceSays({ desk, entry }) {
  const { say, store, language } = desk;
  const note = entry[`note_${language}`] || entry.note_fa || entry.note_en;
  const closed = !openNow(entry.hours, desk.clock.now(), desk.me.utc_offset_minutes ?? 0);
  const other = closed && entry.alternative ? store.entry("service", entry.alternative) : null;
  return html`${closed && html` <span class="chip late">${say.t("desk.answer.service_closed")} <bdi dir="ltr">${say.digits(entry.hours)}</bdi></span>`}
    ${other && html` <span class="instead">${say.rich("desk.answer.service_instead", { service: say.name(other, entry.alternative), number: say.digits(other.number) })}</span>`}
    ${note && html` <span class="soft">${note}</span>`}`;
}

/** The hand-offs of a call. The line cannot connect it: the caller is told the number. @param {any} props */
export function HandOffs({ desk, call, deeds }) {
  const { say, store } = desk;
  const offers = Object.entries(call.handoffs ?? {});
  if (!offers.length) return null;
  return html`<section aria-label=${say.t("desk.answer.hand_offs")}><p class="soft">${say.t("desk.answer.hand_off_how")}</p>
    <ul class="plain">${offers.map(([service, state]) => {
      const entry = store.entry("service", service) ?? {};
      return html`<li key=${service}>
        ${say.name(entry, service)} <bdi dir="ltr" class="number">${say.digits(entry.number ?? "")}</bdi> <span class="chip">${say.word("handoff", String(state))}</span>
        <${ServiceSays} desk=${desk} entry=${entry} />
        ${state === "offered" && html`
          <button class="button" type="button" onClick=${() => deeds.handOffAnswered(call, service, null)}>${say.t("desk.answer.accepted")}</button>
          ${REFUSALS.map((why) => html`<button class="button" type="button" key=${why}
            onClick=${() => deeds.handOffAnswered(call, service, say.t(`desk.answer.reason_${why}`))}>${say.t(`desk.answer.reason_${why}`)}</button>`)}`}
      </li>`;
    })}</ul></section>`;
}

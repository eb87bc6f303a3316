// @ts-check
/** Where the call taker sits, and whether the next call may come. */
import { html } from "../kernel/html.js";
import { emptySeats } from "./calls.js";

/**
 * @param {{desk: import("../kernel/desk.js").Desk, seat: any, now: number, deeds: import("./deeds.js").Deeds,
 *   phone: import("../phone/link.js").PhoneLink}} props
 */
export function Seat({ desk, seat, now, deeds, phone }) {
  const { say, store } = desk;
  if (!seat) {
    const seats = emptySeats(store);
    return html`<section class="panel" aria-labelledby="seat-title">
      <h2 id="seat-title">${say.t("desk.answer.seat_choose")}</h2>
      ${seats.length === 0 && html`<p class="soft">${say.t("desk.answer.seat_none")}</p>`}
      <p class="deeds">${seats.slice(0, 12).map((one) => html`<button class="button" type="button" key=${one.id}
        onClick=${() => deeds.sitDown(one.id)}><bdi>${say.digits(one.name || one.id)}</bdi></button>`)}</p>
    </section>`;
  }
  const ready = seat.state === "ready";
  const unreachable = store.get("figure", "today")?.no_telephone?.includes(seat.id);
  return html`<section class="panel" aria-labelledby="seat-title">
    <h2 id="seat-title"><bdi>${say.digits(seat.name || seat.id)}</bdi>
      <span class="chip">${say.word("position", seat.state)}</span> <bdi class="timer">${say.span(now - seat.since)}</bdi></h2>
    ${unreachable && html`<p class="notice" role="status">${say.t("desk.phone.none_here")}</p>`}
    ${phone.address && html`<p class="seat-phone"><span class="chip" data-tone=${phone.state === "lost" ? "late" : undefined}>${say.rich("desk.phone.at_desk", { state: say.t(`desk.phone.state_${phone.state}`) })}</span>
      ${phone.state === "gone" && html`<button class="button small" type="button" aria-keyshortcuts="W" onClick=${() => phone.open()}>${say.t("desk.phone.open")} <kbd>W</kbd></button>`}</p>`}
    <p class="deeds">
      ${!ready && !seat.call && html`<button class="button" type="button" onClick=${() => deeds.beReady(seat.id)}>${say.t("desk.answer.be_ready")}</button>`}
      ${ready && html`<button class="button" type="button" onClick=${() => deeds.goAway(seat.id, say.t("desk.answer.reason_break"))}>${say.t("desk.answer.go_away")}</button>`}
      ${!seat.call && html`<button class="button" type="button" onClick=${() => deeds.standUp(seat.id)}>${say.t("desk.answer.stand_up")}</button>`}
    </p>
  </section>`;
}

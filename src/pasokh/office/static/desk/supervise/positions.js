// @ts-check
/** Who sits where, does what, for how long; and who could be listened in to, once a telephone is there. */
import { html, useState } from "../kernel/html.js";
import { byState } from "./shift.js";

/** @param {{desk: import("../kernel/desk.js").Desk, shift: import("./shift.js").Shift, deeds: import("./deeds.js").ShiftDeeds}} props */
export function Positions({ desk, shift, deeds }) {
  const { say } = desk;
  const [name, setName] = useState("");
  const now = desk.clock.now();
  const open = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (name.trim()) { void deeds.openPosition(name.trim()); setName(""); }
  };
  return html`<section class="panel" aria-labelledby="positions-title">
    <div class="panel-head"><h2 id="positions-title">${say.t("desk.shift.positions")}</h2>
      <p class="counts">${byState(shift.positions).map(([state, count]) => html`<span key=${state}>${say.word("position", state)} <bdi class="number">${say.number(count)}</bdi></span>`)}</p></div>
    <div class="scroll" tabindex="0" role="group" aria-labelledby="positions-title"><ul class="seats">${shift.positions.map((seat) => html`
      <li key=${seat.id} class="seat" data-state=${seat.state}>
        <b><bdi>${say.digits(seat.name || seat.id)}</bdi></b>
        <span>${seat.person ? html`<bdi>${desk.names[seat.person] ?? seat.person}</bdi>` : ""}</span>
        <span class="chip">${say.word("position", seat.state)}</span>
        <bdi class="timer">${say.span(now - seat.since)}</bdi>
        ${shift.figure.no_telephone?.includes(seat.id) && html`<span class="chip" data-tone="off">${say.t("desk.phone.none")}</span>`}
        ${shift.figure.alarms?.[seat.id] > 0 && html`<span class="chip" data-tone="late">${say.rich("desk.shift.alarms", { count: shift.figure.alarms[seat.id] })}</span>`}
      </li>`)}</ul></div>
    <form class="row" onSubmit=${open}><label for="position-name">${say.t("desk.shift.position_new")}</label>
      <input id="position-name" dir="auto" autocomplete="off" value=${name} onInput=${(/** @type {any} */ e) => setName(e.target.value)} />
      <button class="button" type="submit">${say.t("desk.shift.open")}</button></form>
  </section>`;
}

/** Calls in progress. Listening in needs the telephone: until one is connected the list says so. @param {any} props */
export function Talks({ desk, shift }) {
  const { say } = desk;
  const now = desk.clock.now();
  return html`<section class="panel" aria-labelledby="talks-title">
    <div class="panel-head"><h2 id="talks-title">${say.t("desk.shift.talks")}</h2><span class="number">${say.number(shift.talking.length)}</span></div>
    <p class="soft">${say.t("desk.shift.no_telephone")}</p>
    <ul class="seats">${shift.talking.slice(0, 20).map((/** @type {any} */ call) => html`<li key=${call.id} class="seat">
      <b><bdi>${say.digits(desk.store.get("position", call.position ?? "")?.name || call.position || "–")}</bdi></b>
      <span class="soft">${say.name(desk.store.entry("incident_type", call.type), call.type) || say.t("desk.shift.type_unknown")}</span>
      <span class="chip">${say.word("phase", call.phase)}</span><bdi class="timer">${say.span(now - call.answered_at)}</bdi></li>`)}</ul>
  </section>`;
}

// @ts-check
/** Words of the shift: broadcasts that every desk sees, and the note for the next shift. */
import { html, useEffect, useState } from "../kernel/html.js";

const HOURS = [1, 4, 8];
const HOUR_MS = 3_600_000;

/** @param {{desk: import("../kernel/desk.js").Desk, deeds: import("./deeds.js").ShiftDeeds}} props */
export function Broadcasts({ desk, deeds }) {
  const { say, store } = desk;
  const [text, setText] = useState("");
  const [hours, setHours] = useState(1);
  const send = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!text.trim()) return;
    void deeds.broadcast(text.trim(), desk.clock.sure() + hours * HOUR_MS);
    setText("");
  };
  const shown = store.all("broadcast").sort((a, b) => b.at - a.at);
  return html`<section class="panel" aria-labelledby="broadcasts-title">
    <div class="panel-head"><h2 id="broadcasts-title">${say.t("desk.shift.broadcasts")}</h2></div>
    <form class="row" onSubmit=${send}><label for="broadcast">${say.t("desk.shift.broadcast_text")}</label>
      <input id="broadcast" dir="auto" autocomplete="off" maxlength="500" value=${text} onInput=${(/** @type {any} */ e) => setText(e.target.value)} />
      <label for="hours">${say.t("desk.shift.for")}</label>
      <select id="hours" value=${hours} onChange=${(/** @type {any} */ e) => setHours(Number(e.target.value))}>
        ${HOURS.map((count) => html`<option key=${count} value=${count}>${say.t("desk.shift.hours", { count })}</option>`)}</select>
      <button class="button" type="submit">${say.t("desk.shift.send")}</button></form>
    <ul class="said">${shown.map((one) => html`<li key=${one.id}><bdi class="timer">${say.time(one.at)}</bdi> <bdi>${one.text}</bdi>${" "}
      <span class="soft">${say.rich("desk.shift.seen_by", { count: (one.acknowledged ?? []).length })}</span></li>`)}</ul>
  </section>`;
}

/** @param {{desk: import("../kernel/desk.js").Desk, deeds: import("./deeds.js").ShiftDeeds}} props */
export function ShiftNotes({ desk, deeds }) {
  const { say } = desk;
  const [notes, setNotes] = useState(/** @type {any[]} */ ([]));
  const look = () => desk.api.get("/desk/notes").then((told) => setNotes(told.notes ?? told), () => {});
  useEffect(() => { void look(); }, []);
  const pressed = async (/** @type {any} */ event) => {
    if (event.key !== "Enter" || event.shiftKey || event.repeat || event.isComposing) return;
    event.preventDefault();
    const text = event.target.value.trim();
    if (!text) return;
    event.target.value = "";
    await deeds.note(text);
    await look();
  };
  return html`<section class="panel" aria-labelledby="notes-title">
    <div class="panel-head"><h2 id="notes-title">${say.t("desk.shift.notes")}</h2></div>
    <label class="hidden" for="shift-note">${say.t("desk.shift.note_new")}</label>
    <textarea id="shift-note" rows="2" dir="auto" placeholder=${say.t("desk.shift.note_new")} onKeyDown=${pressed}></textarea>
    <ul class="said">${notes.slice(0, 20).map((/** @type {any} */ note) => html`<li key=${note.note ?? note.at}><bdi class="timer">${say.time(note.at)}</bdi>${" "}
      <bdi>${nameOf(desk, note.actor)}</bdi>: <bdi>${note.text ?? (note.damaged ? say.t("desk.words_damaged", { envelope: note.damaged }) : say.t("desk.shift.erased"))}</bdi></li>`)}</ul>
  </section>`;
}

/** @param {import("../kernel/desk.js").Desk} desk @param {string} [actor] */
function nameOf(desk, actor = "") {
  const person = actor.split(":").at(-1) ?? "";
  return desk.names[person] ?? person;
}

// @ts-check
/** What is over its due time, and who should take it now. */
import { html } from "../kernel/html.js";
import { Mark } from "../kernel/parts.js";

/** @param {{desk: import("../kernel/desk.js").Desk, shift: import("./shift.js").Shift, deeds: import("./deeds.js").ShiftDeeds}} props */
export function Late({ desk, shift, deeds }) {
  const { say, store } = desk;
  const people = dispatchers(desk);
  const rows = [
    ...shift.lateIncidents.map((incident) => ({ incident, mission: null, due: incident.due_at })),
    ...shift.lateMissions.map((mission) => ({ incident: store.get("incident", mission.incident), mission, due: mission.due_at })),
  ].filter(({ incident }) => incident);
  return html`<section class="panel" aria-labelledby="late-title">
    <div class="panel-head"><h2 id="late-title">${say.t("desk.shift.late")}</h2><span class="number">${say.number(rows.length)}</span></div>
    ${rows.length === 0 && html`<p class="soft nothing">${say.t("desk.shift.nothing_late")}</p>`}
    <ul class="late-rows">${rows.slice(0, 40).map(({ incident, mission, due }) => html`<li key=${mission?.id ?? incident.id}>
      <${Mark} say=${say} priority=${incident.priority} />
      <span><bdi class="number">${say.digits(incident.number)}</bdi> ${say.name(store.entry("incident_type", incident.type), incident.type)} <span class="soft">${incident.place}</span></span>
      <span>${mission ? say.rich("desk.shift.unit_at", { unit: say.digits(store.get("unit", mission.unit)?.call_sign || mission.unit), stage: say.word("stage", mission.stage) }) : say.t("desk.shift.no_unit")}</span>
      <bdi class="timer" data-late="">${due ? say.span(desk.clock.now() - due) : ""}</bdi>
      <label class="hidden" for=${`to-${mission?.id ?? incident.id}`}>${say.t("desk.shift.reassign")}</label>
      <select id=${`to-${mission?.id ?? incident.id}`} value=${incident.owner ?? ""}
        onChange=${(/** @type {any} */ e) => e.target.value && deeds.assign(incident, e.target.value)}>
        <option value="">${say.t("desk.shift.nobody")}</option>
        ${people.map((person) => html`<option key=${person} value=${person}>${desk.names[person] ?? person}</option>`)}
      </select>
    </li>`)}</ul>
  </section>`;
}

/** Whom an incident can be given to: those that the office knows. @param {import("../kernel/desk.js").Desk} desk */
function dispatchers(desk) {
  const owners = desk.store.all("incident").map((incident) => incident.owner).filter(Boolean);
  return [...new Set([desk.me.person, ...Object.keys(desk.names), ...owners])].sort();
}

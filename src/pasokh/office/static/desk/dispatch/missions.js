// @ts-check
/** The missions of an incident, with the next step of each as a button and the time it has. */
import { html } from "../kernel/html.js";
import { OVER, callSign } from "./deeds.js";
import { Due } from "./timers.js";

/** @type {Record<string, string[]>} */
const NEXT = {
  created: ["DispatchMission"], dispatched: ["AcknowledgeMission", "StartMission"], acknowledged: ["StartMission"],
  en_route: ["ArriveMission"], on_scene: ["ClearMission"],
};
const OUTCOMES = ["founded", "unfounded", "hoax", "gone"];

/** @param {{desk: any, deeds: any, incident: any, offer: (text: string) => void}} props */
export function Missions({ desk, deeds, incident, offer }) {
  const { say, store } = desk;
  const missions = (incident.missions ?? []).map((/** @type {string} */ id) => store.get("mission", id)).filter(Boolean);
  return html`<section class="part missions"><h3>${say.t("desk.missions")}
      <button class="button small" type="button" disabled=${Boolean(incident.closed_at)} onClick=${() => offer("D ")}>${say.t("desk.verb_D")}</button></h3>
    ${missions.length ? null : html`<p class="chip" data-tone="wait">${say.t("desk.no_unit")}</p>`}
    <ul>${missions.map((/** @type {any} */ mission) => html`<${MissionLine} desk=${desk} deeds=${deeds} incident=${incident} mission=${mission} offer=${offer} key=${mission.id} />`)}</ul>
  </section>`;
}

/** @param {{desk: any, deeds: any, incident: any, mission: any, offer: (text: string) => void}} props */
function MissionLine({ desk, deeds, incident, mission, offer }) {
  const { say, store, clock, orders } = desk;
  const unit = store.get("unit", mission.unit) ?? { id: mission.unit };
  const over = OVER.has(mission.stage);
  const step = (/** @type {string} */ name) => (name === "DispatchMission" ? deeds.tell(mission.id, unit, incident) : deeds.mission(name, mission.id));
  const since = over ? null : say.span(clock.now() - (mission.stage_at ?? mission.created_at ?? clock.now()));
  return html`<li class="mission" data-stage=${mission.stage} data-late=${mission.overdue ? "" : undefined}>
    <b class="sign"><bdi>${say.digits(callSign(unit))}</bdi></b>
    <span class="stage">${say.word("stage", mission.stage)}${mission.outcome ? html` · ${say.word("outcome", mission.outcome)}` : null}</span>
    ${since ? html`<span class="soft">${say.rich("desk.since", { since })}</span>` : null}
    ${over ? null : html`<${Due} desk=${desk} due=${mission.due_at} late=${mission.overdue} />`}
    ${orders.about("mission", mission.id).length ? html`<span class="sending">${say.t("desk.sending")}</span>` : null}
    <span class="deeds">
      ${(NEXT[mission.stage] ?? []).map((name) => html`<button class="button small" type="button" key=${name} onClick=${() => step(name)}>${say.t(`desk.do_${name}`)}</button>`)}
      ${mission.stage === "on_scene" && !mission.outcome ? OUTCOMES.map((code) => html`<button class="button small quiet" type="button" key=${code}
        onClick=${() => deeds.mission("RecordOutcome", mission.id, { outcome: code })}>${say.word("outcome", code)}</button>`) : null}
      ${over || mission.stage === "on_scene" ? null : html`<button class="button small quiet" type="button" onClick=${() => offer(`B ${callSign(unit)} `)}>${say.t("desk.verb_B")}</button>`}
    </span></li>`;
}

// @ts-check
/** What a dispatcher does, as commands of the control room. The bar and the buttons both come here. */
import { newId } from "../kernel/ids.js";

/** Stages that are over: the unit is free of them. */
export const OVER = new Set(["cleared", "cancelled"]);

/** The way to name a unit. @param {any} unit */
export const callSign = (unit) => unit?.call_sign || unit?.id || "–";

export class Deeds {
  /**
   * @param {import("../kernel/desk.js").Desk} desk
   * @param {{busy: (ask: any) => void, select: (id: string) => void, notice: (text: string) => void}} screen
   */
  constructor(desk, screen) {
    this.desk = desk;
    this.screen = screen;
  }

  /** The mission that a unit is on, or null. @param {any} unit */
  missionOf(unit) {
    const { store } = this.desk;
    const open = (unit?.missions ?? []).map((/** @type {string} */ id) => store.get("mission", id))
      .filter((/** @type {any} */ mission) => mission && !OVER.has(mission.stage));
    return open.at(-1) ?? null;
  }

  /** Choose a unit and tell it; a busy one is asked about first. @param {any} unit @param {any} incident */
  async dispatch(unit, incident) {
    const mission = this.missionOf(unit);
    if (mission?.incident === incident.id && mission.stage === "created") return this.tell(mission.id, unit, incident);
    if (mission) return this.screen.busy({ unit, incident, mission, missionId: null, problem: null });
    return this.create(unit, incident, "");
  }

  /** @param {any} unit @param {any} incident @param {string} reason why a busy unit is taken */
  async create(unit, incident, reason) {
    const missionId = newId();
    const label = this.#label("desk.did_choose", unit, incident);
    const order = await this.#send("CreateMission", { mission_id: missionId, incident_id: incident.id, unit_id: unit.id },
      { about: { kind: "incident", id: incident.id }, label });
    if (order.state === "refused" || order.state === "failed") return this.screen.notice(this.#why(order));
    return this.tell(missionId, unit, incident, reason);
  }

  /** @param {string} missionId @param {any} unit @param {any} incident @param {string} [reason] */
  async tell(missionId, unit, incident, reason = "") {
    const label = this.#label("desk.did_dispatch", unit, incident);
    const order = await this.#send("DispatchMission", { mission_id: missionId, override_reason: reason },
      { about: { kind: "incident", id: incident.id }, label });
    if (order.state !== "refused") return;
    const mine = ["unit_busy", "unit_not_available"].includes(order.problem?.reason ?? "");
    if (mine) this.screen.busy({ unit, incident, mission: null, missionId, problem: order.problem });
    else this.screen.notice(this.#why(order));
  }

  /** The busy unit is left to whoever has it. @param {string|null} missionId */
  withdraw(missionId) {
    if (missionId) void this.mission("CancelMission", missionId, { reason: this.desk.say.t("desk.busy_withdrawn") });
  }

  /** A step of the mission that a unit is on. @param {string} name @param {any} unit @param {any} [more] */
  step(name, unit, more = {}) {
    const mission = this.missionOf(unit);
    if (!mission) { this.screen.notice(this.desk.say.t("desk.no_mission", { unit: callSign(unit) })); return null; }
    return this.mission(name, mission.id, more, unit);
  }

  /** @param {string} name @param {string} missionId @param {any} [more] @param {any} [unit] */
  mission(name, missionId, more = {}, unit = null) {
    const { store, say } = this.desk;
    const mission = store.get("mission", missionId);
    const who = callSign(unit ?? store.get("unit", mission?.unit ?? ""));
    return this.#loud(name, { mission_id: missionId, ...more },
      { about: { kind: "mission", id: missionId }, label: say.t(`desk.did_${name}`, { unit: say.digits(who) }) });
  }

  /** Clear, with what was found. @param {any} unit @param {string} [outcome] */
  async clear(unit, outcome) {
    if (outcome) await this.step("RecordOutcome", unit, { outcome });
    return this.step("ClearMission", unit);
  }

  /** @param {any} unit @param {string} availability */
  unitState(unit, availability) {
    const { say } = this.desk;
    return this.#loud("SetUnitState", { unit_id: unit.id, availability }, {
      about: { kind: "unit", id: unit.id },
      label: `${say.digits(callSign(unit))}: ${say.word("availability", availability)}`,
    });
  }

  /** @param {string} type @param {string} place */
  async open(type, place) {
    const id = newId();
    const label = this.desk.say.t("desk.did_OpenIncident", { place: place || type });
    this.screen.select(id);
    await this.#loud("OpenIncident", { incident_id: id, incident_type: type },
      { words: place ? { place } : undefined, about: { kind: "incident", id }, label });
    return id;
  }

  /**
   * A command about one incident.
   * @param {string} name @param {any} incident @param {any} [more] @param {any} [words] @param {(() => any)|null} [undo]
   */
  incident(name, incident, more = {}, words = undefined, undo = null) {
    const { say } = this.desk;
    return this.#loud(name, { incident_id: incident.id, ...more }, {
      words, undo, about: { kind: "incident", id: incident.id },
      label: say.t(`desk.did_${name}`, { incident: say.digits(incident.number) }),
    });
  }

  /** @param {any} incident */
  own(incident) {
    return this.incident("AssignIncident", incident, { person_id: this.desk.me.person }, undefined, () => this.incident("ReleaseIncident", incident));
  }

  /** The first stays; the second was about the same thing. @param {any} stays @param {any} other */
  merge(stays, other) {
    const reason = this.desk.say.t("desk.undone");
    return this.incident("MergeIncident", other, { into: stays.id }, undefined, () => this.incident("UnmergeIncident", other, { reason }));
  }

  /** @param {any} incident @param {string} disposition */
  close(incident, disposition) {
    const reason = this.desk.say.t("desk.undone");
    return this.incident("CloseIncident", incident, { disposition }, undefined, () => this.incident("ReopenIncident", incident, { reason }));
  }

  /** Take back the last thing that can be taken back. */
  undo() {
    const last = this.desk.orders.undoable();
    if (!last?.undo) { this.screen.notice(this.desk.say.t("desk.nothing_to_undo")); return null; }
    const { undo } = last;
    last.undo = null;
    return undo();
  }

  /** @param {string} name @param {any} command @param {any} more */
  async #loud(name, command, more) {
    const order = await this.#send(name, command, more);
    if (order.state === "refused" || order.state === "failed") this.screen.notice(this.#why(order));
    return order;
  }

  /** @param {string} name @param {any} command @param {any} more */
  #send(name, command, more) {
    return this.desk.orders.send(name, command, more);
  }

  /** @param {string} id @param {any} unit @param {any} incident */
  #label(id, unit, incident) {
    const { say } = this.desk;
    return say.t(id, { unit: say.digits(callSign(unit)), incident: say.digits(incident.number) });
  }

  /** @param {import("../kernel/types.js").Order} order */
  #why(order) {
    return `${order.label} — ${order.problem?.detail ?? ""}`;
  }
}

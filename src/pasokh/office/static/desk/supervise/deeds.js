// @ts-check
/** What a supervisor does, as commands. */
import { newId } from "../kernel/ids.js";

export class ShiftDeeds {
  /** @param {import("../kernel/desk.js").Desk} desk */
  constructor(desk) {
    this.desk = desk;
  }

  /** @param {string} name */
  openPosition(name) {
    return this.#ask("open-position", { position_id: `pos-${newId().slice(-8)}`, name }, "desk.shift.deed_position");
  }

  /** @param {any} incident @param {string} person */
  assign(incident, person) {
    const about = { kind: /** @type {const} */ ("incident"), id: incident.id };
    return this.#ask("assign-incident", { incident_id: incident.id, person_id: person }, "desk.shift.deed_assign", { about });
  }

  /** @param {string} text @param {number} expiresAt */
  broadcast(text, expiresAt) {
    return this.#ask("broadcast", { broadcast_id: newId(), expires_at: expiresAt }, "desk.shift.deed_broadcast", { words: { text } });
  }

  /** A second person lets a mark last as proposed. @param {string} call */
  confirmMark(call) {
    return this.#ask("confirm-nuisance", { call_id: call, reason: this.desk.say.t("desk.shift.reason_confirm") }, "desk.shift.deed_mark");
  }

  /** Somebody objects to a mark. @param {string} call */
  object(call) {
    return this.#ask("appeal-nuisance", { call_id: call, reason: this.desk.say.t("desk.shift.reason_object") }, "desk.shift.deed_mark");
  }

  /** @param {string} call @param {boolean} lifted */
  decideAppeal(call, lifted) {
    const reason = this.desk.say.t(lifted ? "desk.shift.reason_lift" : "desk.shift.reason_keep");
    return this.#ask("decide-appeal", { call_id: call, lifted, reason }, "desk.shift.deed_mark");
  }

  /** A person decides on an appeal of the public page. @param {string} appeal @param {string} outcome @param {string} reason */
  settle(appeal, outcome, reason) {
    return this.#ask("settle-appeal", { appeal_id: appeal, outcome, reason }, "desk.appeals.deed");
  }

  /** Somebody told the decision to the number, or tried to. @param {string} appeal @param {string} result */
  tellAppeal(appeal, result) {
    return this.#ask("tell-appeal", { appeal_id: appeal, result }, "desk.appeals.deed");
  }

  /** Compare the switch's count with ours now. @param {string} line */
  compare(line) {
    return this.#ask("ask-comparison", { line }, "desk.shift.deed_compare");
  }

  /** Two counts differ, and somebody looks into it. @param {string} comparison @param {string} reason */
  seenDifference(comparison, reason) {
    return this.#ask("acknowledge-difference", { comparison_id: comparison, reason }, "desk.shift.deed_difference");
  }

  /** @param {string} text */
  note(text) {
    return this.#ask("write-shift-note", { note_id: newId() }, "desk.shift.deed_note", { words: { text } });
  }

  /** @param {string} name @param {any} command @param {string} label @param {any} [more] */
  #ask(name, command, label, more = {}) {
    return this.desk.orders.send(name, command, { ...more, label: this.desk.say.t(label) });
  }
}

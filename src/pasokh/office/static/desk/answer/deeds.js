// @ts-check
/** What a call taker does, as commands in their order. Each resolves when the centre has answered. */
import { newId } from "../kernel/ids.js";

/** @typedef {import("../kernel/desk.js").Desk} Desk */

export class Deeds {
  /** @param {Desk} desk */
  constructor(desk) {
    this.desk = desk;
  }

  /** Sit down at a position and be ready. @param {string} position */
  async sitDown(position) {
    const about = { kind: /** @type {const} */ ("position"), id: position };
    const sat = await this.#ask("sign-in", { position_id: position, person_id: this.desk.me.person }, "desk.answer.deed_sit", { about });
    if (sat) await this.beReady(position);
  }

  /** @param {string} position */
  beReady(position) {
    return this.#ask("be-ready", { position_id: position }, "desk.answer.deed_ready", { about: { kind: "position", id: position } });
  }

  /** @param {string} position @param {string} reason */
  goAway(position, reason) {
    return this.#ask("go-away", { position_id: position, reason }, "desk.answer.deed_away", { about: { kind: "position", id: position } });
  }

  /** @param {string} position */
  standUp(position) {
    return this.#ask("sign-out", { position_id: position }, "desk.answer.deed_leave", { about: { kind: "position", id: position } });
  }

  /** Take a ringing call; a seat in its wrap-up is made ready first. @param {any} call @param {any} seat */
  async answer(call, seat) {
    // What is written is taken up beside the telephone, whatever the seat does.
    // Ready already, by word that has not come here yet: then the call is taken all the same.
    if (!call.thread && seat.state !== "ready") await this.beReady(seat.id);
    return this.#ask("answer-call", { call_id: call.id, position_id: seat.id }, "desk.answer.deed_answer", this.#about(call));
  }

  /** @param {any} call */
  hangUp(call) {
    return this.#ask("end-call", { call_id: call.id }, "desk.answer.deed_hang_up", this.#about(call));
  }

  /** @param {any} call @param {string} code @param {string} reason */
  close(call, code, reason) {
    return this.#ask("close-call", { call_id: call.id, code, reason }, "desk.answer.deed_close", this.#about(call));
  }

  /** Mark the number of a nuisance. Longer than a day only with a second person. @param {any} call @param {number} expiresAt */
  mark(call, expiresAt) {
    const command = { call_id: call.id, code: call.code, reason: this.desk.say.t("desk.answer.reason_mark"), expires_at: expiresAt };
    return this.#ask("mark-nuisance", command, "desk.answer.deed_mark", this.#about(call));
  }

  /** Ask a caller who does not speak for another sign. @param {any} call */
  askForSign(call) {
    return this.#ask("begin-silent-procedure", { call_id: call.id }, "desk.answer.deed_ask_sign", this.#about(call));
  }

  /** What came of it; the call goes on. @param {any} call @param {string} outcome */
  signCame(call, outcome) {
    return this.#ask("end-silent-procedure", { call_id: call.id, outcome }, "desk.answer.deed_sign", this.#about(call));
  }

  /** Let the recording pause, or go on. @param {any} call @param {boolean} on */
  record(call, on) {
    return on
      ? this.#ask("resume-recording", { call_id: call.id }, "desk.answer.deed_record_on", this.#about(call))
      : this.#ask("pause-recording", { call_id: call.id, reason: this.desk.say.t("desk.answer.reason_pause") }, "desk.answer.deed_record_pause", this.#about(call));
  }

  /** @param {any} call */
  keepAsEvidence(call) {
    const reason = this.desk.say.t("desk.answer.reason_evidence");
    return this.#ask("mark-recording", { call_id: call.id, reason }, "desk.answer.deed_evidence", this.#about(call));
  }

  /** @param {any} call @param {string} service */
  handOff(call, service) {
    return this.#ask("offer-handoff", { call_id: call.id, service }, "desk.answer.deed_hand_off", this.#about(call));
  }

  /** The other service took the call, or did not. @param {any} call @param {string} service @param {string|null} refused */
  handOffAnswered(call, service, refused) {
    const command = { call_id: call.id, service };
    return refused === null
      ? this.#ask("accept-handoff", command, "desk.answer.deed_accepted", this.#about(call))
      : this.#ask("refuse-handoff", { ...command, reason: refused }, "desk.answer.deed_refused", this.#about(call));
  }

  /** @param {any} call @param {string} text */
  note(call, text) {
    return this.#ask("note-call", { call_id: call.id }, "desk.answer.deed_note", { ...this.#about(call), words: { text } });
  }

  /** Write to the caller of a thread. @param {any} call @param {string} text */
  write(call, text) {
    return this.#ask("send-message", { call_id: call.id, message_id: newId() }, "desk.answer.deed_write", { ...this.#about(call), words: { text } });
  }

  /** One has read so far: nothing to show among the last deeds, and nothing to undo. @param {any} call @param {string} message */
  haveRead(call, message) {
    const command = { call_id: call.id, message_id: message };
    return this.desk.api.post("/commands/read-messages", { id: newId(), command }).catch(() => null);
  }

  /** @param {any} call @param {any} protocol @param {string} step @param {string} answer */
  answerQuestion(call, protocol, step, answer) {
    const command = { call_id: call.id, protocol: protocol.code, begun_at: protocol.begun_at, step, answer };
    return this.#ask("answer-question", command, "desk.answer.deed_question", this.#about(call));
  }

  /** @param {any} call @param {string} protocol */
  leaveProtocol(call, protocol) {
    return this.#ask("leave-protocol", { call_id: call.id, protocol }, "desk.answer.deed_leave_path", this.#about(call));
  }

  /** Come back to a path that was left: its first answer again. @param {any} call @param {any} protocol @param {any} first */
  resumeProtocol(call, protocol, first) {
    return this.answerQuestion(call, protocol, first.step.id, first.answer?.id ?? "skip");
  }

  /** @param {any} call @param {number} priority @param {string[]} reasons */
  prioritise(call, priority, reasons) {
    const about = { kind: /** @type {const} */ ("incident"), id: call.incident };
    return this.#ask("prioritise-incident", { incident_id: call.incident, priority, reasons }, "desk.answer.deed_priority", { about });
  }

  /** @param {any} call @param {string} type */
  async retype(call, type) {
    if (call.type !== type) await this.#ask("type-call", { call_id: call.id, call_type: type }, "desk.answer.deed_type", this.#about(call));
    if (!call.incident) return true;
    const about = { kind: /** @type {const} */ ("incident"), id: call.incident };
    return this.#ask("type-incident", { incident_id: call.incident, incident_type: type }, "desk.answer.deed_type", { about });
  }

  /** @param {any} call @param {string} advice */
  advise(call, advice) {
    return this.#ask("give-advice", { call_id: call.id, advice }, "desk.answer.deed_advice", this.#about(call));
  }

  /** Say that one calls back now; while that lasts no call rings at the seat. @param {any} call @param {any} seat */
  async beginCallBack(call, seat) {
    const begun = await this.#ask("begin-call-back", { call_id: call.id }, "desk.answer.deed_call_back", this.#about(call));
    if (begun && seat?.state === "ready") await this.goAway(seat.id, this.desk.say.t("desk.answer.reason_call_back"));
    return begun;
  }

  /** What came of it. @param {any} call @param {string} result */
  calledBack(call, result) {
    return this.#ask("call-back", { call_id: call.id, result }, "desk.answer.deed_call_back", this.#about(call));
  }

  /**
   * Say where the caller is; what was said before stays in the log.
   * @param {any} call @param {Place} place
   */
  locate(call, place) {
    const command = { call_id: call.id, county: place.county };
    return this.#ask("locate-call", command, "desk.answer.deed_locate", { ...this.#about(call), words: placeWords(place) });
  }

  /**
   * A new incident of this call: type, place, link. The call is located first, so that a desk
   * whose line is cut between two of them has lost nothing that was said.
   * @param {any} call @param {string} type @param {Place} place
   */
  async openIncident(call, type, place) {
    const incident = newId();
    const { county } = place;
    await this.locate(call, place);
    if (type) await this.#ask("type-call", { call_id: call.id, call_type: type }, "desk.answer.deed_type", this.#about(call));
    const opened = await this.#ask(
      "open-incident",
      { incident_id: incident, incident_type: type, county, origin: call.origin ?? "public", test: Boolean(call.test) },
      "desk.answer.deed_open", { ...this.#about(call), words: placeWords(place) },
    );
    return opened && this.link(call, incident);
  }

  /** @param {any} call @param {string} incident */
  link(call, incident) {
    return this.#ask("link-call", { call_id: call.id, incident_id: incident }, "desk.answer.deed_link", {
      ...this.#about(call), undo: () => this.unlink(call),
    });
  }

  /** @param {any} call */
  unlink(call) {
    const reason = this.desk.say.t("desk.answer.reason_undone");
    return this.#ask("unlink-call", { call_id: call.id, reason }, "desk.answer.deed_unlink", this.#about(call));
  }

  /** Two incidents are one. @param {string} incident @param {string} into */
  join(incident, into) {
    const about = { kind: /** @type {const} */ ("incident"), id: incident };
    return this.#ask("merge-incident", { incident_id: incident, into }, "desk.answer.deed_join", {
      about, undo: () => this.#ask("unmerge-incident", { incident_id: incident, reason: this.desk.say.t("desk.answer.reason_undone") }, "desk.answer.deed_part", { about }),
    });
  }

  /** @param {any} call */
  #about(call) {
    return { about: { kind: /** @type {const} */ ("call"), id: call.id } };
  }

  /** @param {string} name @param {any} command @param {string} label @param {any} more */
  async #ask(name, command, label, more) {
    const order = await this.desk.orders.send(name, command, { ...more, label: this.desk.say.t(label) });
    // What waits on this machine counts as done here: it will be entered with its time.
    return order.state === "done" || order.state === "spooled";
  }
}

/** @typedef {{text: string, county: string, latitude?: number, longitude?: number}} Place */

/** @param {Place} place */
function placeWords({ text, latitude, longitude }) {
  return latitude === undefined ? { place: text } : { place: text, latitude, longitude };
}

// @ts-check
/**
 * Whose desk this is, as long as the log says so. When the session is over (signed out, revoked,
 * expired) the desk keeps what it shows and what waits to be sent, says so in words, and goes on
 * by itself once the same person has signed in again, in whatever tab. Under another person's
 * sign-in nothing is sent.
 *
 * @typedef {import("./types.js").Problem} Problem
 */
import { ProblemAnswered } from "./api.js";
import { newId } from "./ids.js";

const NOT_SIGNED_IN = 401;
const LOCKED = 423;

export class Session {
  /**
   * @param {{api: import("./api.js").Api, live: import("./live.js").Live, lock: import("./lock.js").Lock,
   *   orders: import("./orders.js").Orders, me: import("./types.js").Me, kind: string}} parts
   */
  constructor({ api, live, lock, orders, me, kind }) {
    this.api = api;
    this.live = live;
    this.lock = lock;
    this.orders = orders;
    this.me = me;
    this.kind = kind;
    /** @type {"open"|"ended"|"another"} */
    this.state = "open";
    /** Why this desk may not be opened. @type {Problem|null} */
    this.refused = null;
    this.opened = false;
    this.openId = newId();
    this.asking = false;
    /** @type {Set<() => void>} */
    this.listeners = new Set();
  }

  /** Hear when the session or the refusal changes. @param {() => void} listener */
  subscribe(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Say in the log that this desk reads; then hear what becomes of the session. */
  async start() {
    this.api.noticed = (problem) => this.#notice(problem);
    await this.#open();
    this.live.subscribe(() => { void this.ask(); });
    this.lock.subscribe(() => { if (!this.lock.covered) void this.#openLate(); });
  }

  /** Ask who is signed in now, and act on it. */
  async ask() {
    if (this.asking) return;
    this.asking = true;
    try {
      await this.#heard(await this.api.get("/desk/me"));
    } catch (error) {
      if (error instanceof ProblemAnswered && error.problem.status === NOT_SIGNED_IN) this.#set("ended");
    } finally {
      this.asking = false;
    }
  }

  /** @param {import("./types.js").Me} me */
  async #heard(me) {
    if (me.person !== this.me.person) { this.#set("another"); return; }
    const again = me.session_id !== this.me.session_id;
    Object.assign(this.me, me);
    if (me.locked) this.lock.cover();
    if (again) { this.opened = false; this.openId = newId(); }
    this.#set("open");
    await this.#openLate();
  }

  async #openLate() {
    if (this.opened || this.state !== "open") return;
    await this.#open();
    // What was fetched before the desk was opened has no places.
    if (this.opened) void this.live.resync();
  }

  async #open() {
    if (!this.me.session_id || this.lock.covered) return;
    const command = { session_id: this.me.session_id, desk: this.kind };
    try {
      await this.api.post("/commands/open-desk", { id: this.openId, command });
      this.opened = true;
      this.refused = null;
    } catch (error) {
      if (!(error instanceof ProblemAnswered) || [NOT_SIGNED_IN, LOCKED].includes(error.problem.status)) return;
      this.refused = error.problem;
    }
    this.#tell();
  }

  /** @param {Problem} problem */
  #notice({ status }) {
    if (status === NOT_SIGNED_IN) void this.ask();
    if (status === LOCKED) this.lock.cover();
  }

  /** @param {"open"|"ended"|"another"} state */
  #set(state) {
    if (state === this.state) return;
    this.state = state;
    if (state === "open") void this.orders.release();
    else this.orders.hold();
    this.#tell();
  }

  #tell() {
    for (const listener of this.listeners) listener();
  }
}

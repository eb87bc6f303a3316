// @ts-check
/**
 * What a person asks for, on its way: sent once, shown as "sending" until the receipt, kept on
 * disk when nobody is there and entered again later under the same id with the time of the key
 * press. A refusal is shown in the centre's words; it is never retried.
 *
 * @typedef {import("./types.js").Order} Order
 */
import { NobodyThere, ProblemAnswered } from "./api.js";
import { newId } from "./ids.js";

const RETRY_MS = [1000, 2000, 4000, 8000];
/** How many settled orders stay in view (for the line of last deeds and for undo). */
const KEPT = 30;

export class Orders {
  /**
   * @param {{api: import("./api.js").Api, clock: import("./clock.js").Clock, person: string,
   *   spool: import("./spool.js").Spool, locks?: any, waits?: number[]}} parts
   */
  constructor({ api, clock, person, spool, locks = navigator.locks, waits = RETRY_MS }) {
    this.api = api;
    this.clock = clock;
    this.person = person;
    this.spool = spool;
    this.locks = locks;
    this.waits = waits;
    /** Newest last. @type {Order[]} */
    this.list = [];
    /** @type {Set<(order: Order|null) => void>} */
    this.listeners = new Set();
    this.tries = 0;
    /** Orders of other people that wait on this machine: not ours to send. */
    this.foreign = 0;
    /** Nobody is signed in, or somebody else: what is asked for waits on disk. */
    this.held = false;
  }

  /** Hear of every change of an order. @param {(order: Order|null) => void} listener */
  subscribe(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Orders without a receipt. */
  open() {
    return this.list.filter(({ state }) => state === "sending" || state === "spooled");
  }

  /** Open orders about a thing: its display says "sending". @param {string} kind @param {string} id */
  about(kind, id) {
    return this.open().filter(({ about }) => about?.kind === kind && about.id === id);
  }

  /** The newest order that can be taken back, or null. */
  undoable() {
    return this.list.findLast(({ state, undo }) => state === "done" && undo) ?? null;
  }

  /**
   * Ask for something. Resolves with the settled or spooled order; never rejects.
   * @param {string} name @param {any} command
   * @param {{words?: any, about?: Order["about"], label?: string, undo?: Order["undo"], id?: string}} [more]
   * @returns {Promise<Order>}
   */
  async send(name, command, { words, about = null, label = name, undo = null, id = newId() } = {}) {
    /** @type {Order} */
    const order = { id, name, command, words, at: this.clock.sure(), person: this.person, state: "sending", about, label, undo };
    this.list = [...this.open(), ...this.list.filter((o) => !this.open().includes(o)).slice(-KEPT)]
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    this.list.push(order);
    this.#tell(order);
    // Behind one that waits, this one waits too: orders keep their order.
    if (this.held || this.list.some(({ state }) => state === "spooled")) await this.#spooled(order);
    else await this.#attempt(order, false);
    return order;
  }

  /** At the start of a desk: what waited on disk waits again, and is sent. */
  async start() {
    const waiting = await this.spool.all();
    this.foreign = waiting.filter(({ person }) => person !== this.person).length;
    for (const kept of waiting) {
      if (kept.person !== this.person || this.list.some(({ id }) => id === kept.id)) continue;
      this.list.push({ ...kept, state: "spooled", undo: null });
    }
    this.#tell(null);
    if (this.list.some(({ state }) => state === "spooled")) this.flush();
  }

  /** The session is over: keep everything until its person has signed in again. */
  hold() {
    this.held = true;
  }

  /** The same person is here again. */
  release() {
    this.held = false;
    return this.flush();
  }

  /** Send what waits, oldest first, until one meets nobody. One tab at a time. */
  async flush() {
    clearTimeout(this.again);
    if (this.held) return;
    const work = async () => {
      for (const order of this.list.filter(({ state }) => state === "spooled")) {
        await this.#attempt(order, true);
        if (order.state === "spooled") return;
      }
    };
    await (this.locks ? this.locks.request("pasokh-spool", work) : work());
    if (this.list.some(({ state }) => state === "spooled")) this.#later();
    else this.tries = 0;
  }

  #later() {
    clearTimeout(this.again);
    const wait = this.waits[Math.min(this.tries, this.waits.length - 1)];
    this.tries += 1;
    this.again = setTimeout(() => this.flush(), wait * (0.5 + Math.random()));
  }

  /** @param {Order} order @param {boolean} late */
  async #attempt(order, late) {
    try {
      order.receipt = await this.#post(order, late);
      await this.#settled(order, "done", late);
    } catch (error) {
      if (error instanceof NobodyThere || keptBack(error, late)) {
        if (!late) await this.#spooled(order);
      } else if (error instanceof ProblemAnswered) {
        order.problem = error.problem;
        await this.#settled(order, error.problem.status === 409 || error.problem.reason ? "refused" : "failed", late);
      } else {
        throw error;
      }
    }
  }

  /** @param {Order} order @param {boolean} late */
  async #post({ id, name, command, words, at }, late) {
    const body = words === undefined ? { id, command } : { id, command, words };
    const path = `/commands/${routeOf(name)}`;
    if (!late) return this.api.post(path, body);
    try {
      return await this.api.post(path, { ...body, at });
    } catch (error) {
      // The first attempt had arrived after all, without a time of its own: fetch its receipt.
      if (error instanceof ProblemAnswered && error.problem.type.endsWith("/id-used")) {
        return this.api.post(path, body);
      }
      throw error;
    }
  }

  /** @param {Order} order */
  async #spooled(order) {
    order.state = "spooled"; // at once, so that what is asked for meanwhile waits behind it
    try {
      await this.spool.put(order);
    } finally {
      this.#tell(order); // only now: what the screen says is kept outlives the page
      this.#later();
    }
  }

  /** @param {Order} order @param {import("./types.js").OrderState} state @param {boolean} kept */
  async #settled(order, state, kept) {
    if (kept) await this.spool.drop(order.id);
    order.state = state;
    this.#tell(order);
  }

  /** @param {Order|null} order */
  #tell(order) {
    for (const listener of this.listeners) listener(order);
  }
}

/** A command's name as its route has it: CreateMission is create-mission. @param {string} name */
function routeOf(name) {
  return name.replace(/[A-Z]/g, (letter, at) => `${at ? "-" : ""}${letter.toLowerCase()}`);
}

/**
 * Whether an order is only early: nobody is signed in, or what waited meets a locked desk. What
 * is asked for at a locked desk itself is refused, and not done later behind somebody's back.
 * @param {unknown} error @param {boolean} late
 */
function keptBack(error, late) {
  if (!(error instanceof ProblemAnswered)) return false;
  return error.problem.status === 401 || (late && error.problem.status === 423);
}

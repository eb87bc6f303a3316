// @ts-check
/** The desk's end of the telephone's window: its state, and the one deed of answering. */
import { CHANNEL, LOCK } from "./channel.js";

const LOOK_MS = 2000;
const SHAPE = "popup,width=400,height=640";

export class PhoneLink {
  /** @param {string} address of the window's page; empty where this centre has no windows */
  constructor(address) {
    this.address = address;
    /** @type {import("./channel.js").PhoneState} */
    this.state = "gone";
    this.muted = false;
    /** @type {Set<() => void>} */
    this.listeners = new Set();
  }

  /** @param {() => void} listener */
  subscribe(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  start() {
    if (!this.address) return;
    this.channel = new BroadcastChannel(CHANNEL);
    this.channel.onmessage = ({ data }) => { if (data?.from === "window") this.#hear(data.state, data.muted); };
    this.#ask("state");
    setInterval(() => { void this.#look(); }, LOOK_MS);
  }

  /** Open the window, or bring the one that is open to the front: never load it anew. */
  async open() {
    if (!this.address) return;
    if (await this.#alive()) this.#ask("focus");
    else globalThis.open(this.address, CHANNEL, SHAPE);
  }

  /** Take up the call that rings there. */
  answer() {
    this.#ask("answer");
  }

  /** Call whom the desk has begun to call back. */
  callBack() {
    this.#ask("call_back");
  }

  /** @param {import("./channel.js").Asked["ask"]} ask */
  #ask(ask) {
    this.channel?.postMessage({ to: "window", ask });
  }

  async #alive() {
    const { held } = await navigator.locks.query();
    return Boolean(held?.some(({ name }) => name === LOCK));
  }

  async #look() {
    const alive = await this.#alive();
    if (!alive) this.#hear("gone", false);
    else if (this.state === "gone") this.#ask("state");
  }

  /** @param {import("./channel.js").PhoneState} state @param {boolean} muted */
  #hear(state, muted) {
    if (state === this.state && muted === this.muted) return;
    this.state = state;
    this.muted = muted;
    for (const listener of this.listeners) listener();
  }
}

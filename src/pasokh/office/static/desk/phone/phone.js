// @ts-check
/** The telephone as a whole: its line, its microphone, its one call, and what desks are told. */
import { CHANNEL, LOCK } from "./channel.js";
import { Line } from "./line.js";
import { Microphone } from "./microphone.js";
import { Talk } from "./talk.js";
import { Tones } from "./tones.js";

export class Phone {
  /** @param {import("../kernel/api.js").Api} api */
  constructor(api) {
    this.tones = new Tones();
    this.microphone = new Microphone();
    this.microphone.changed = (voice) => { if (voice) this.talk?.speakWith(voice); this.#changed(); };
    this.line = new Line(api, {
      changed: () => this.#lineChanged(),
      onCall: (session) => this.#ring(session),
      talking: () => this.talk !== null,
    });
    /** @type {Talk|null} */
    this.talk = null;
    this.on = false;
    /** Another window of this browser is the telephone. */
    this.second = false;
    this.wasRegistered = false;
    this.ear = new Audio();
    /** @type {Set<() => void>} */
    this.listeners = new Set();
    this.channel = new BroadcastChannel(CHANNEL);
    this.channel.onmessage = ({ data }) => { if (data?.to === "window") this.#asked(data.ask); };
  }

  /** @param {() => void} listener */
  subscribe(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Be the one telephone of this browser, for as long as the window is open. */
  start() {
    void navigator.locks.request(LOCK, { ifAvailable: true }, (lock) => {
      if (lock) return new Promise(() => {});
      this.second = true;
      this.#changed();
      this.channel.postMessage({ to: "window", ask: "focus" });
      return null;
    });
    globalThis.addEventListener("beforeunload", (event) => { if (this.on) event.preventDefault(); });
    globalThis.addEventListener("pagehide", () => { if (!this.second) this.#say("gone"); });
    for (const deed of ["pointerdown", "keydown"]) globalThis.addEventListener(deed, () => this.tones.wake(), { capture: true, passive: true });
  }

  /** Switched on by a person's own deed: the browser gives microphone and sound for it. */
  async switchOn() {
    this.tones.wake();
    if (this.on || this.second || !(await this.microphone.open(this.tones.sound))) return;
    this.on = true;
    this.#changed();
    await this.line.start();
  }

  /** The one deed: take up what rings, else switch on. */
  enter() {
    if (!this.on) void this.switchOn();
    else this.answer();
  }

  answer() {
    const { stream } = this.microphone;
    if (this.talk?.state !== "ringing" || !stream) return;
    this.#hearAt(this.microphone.output);
    this.talk.answer(stream, this.ear);
  }

  /** @param {string} output the device that was chosen; empty: the usual one */
  #hearAt(output) {
    const ear = /** @type {any} */ (this.ear);
    if (output) void ear.setSinkId?.(output).catch(() => null);
  }

  /** Call whom the desk has begun to call back: the control room knows the number. */
  callBack() {
    const { stream } = this.microphone;
    if (this.talk || !stream) return;
    const session = this.line.callBack(stream);
    if (!session) return;
    this.#hearAt(this.microphone.output);
    this.talk = new Talk(session, () => this.#talkChanged(), this.ear);
    this.#talkChanged();
  }

  /** What desks show. @returns {import("./channel.js").PhoneState} */
  state() {
    if (!this.on) return "off";
    if (this.talk && this.talk.state !== "over") return this.talk.state;
    if (this.line.state === "registered") return "registered";
    return this.line.state === "asking" ? "asking" : "lost";
  }

  /** @param {any} session */
  #ring(session) {
    if (this.talk) { session.terminate({ status_code: 486 }); return; }
    this.talk = new Talk(session, () => this.#talkChanged());
    this.#talkChanged();
  }

  #talkChanged() {
    if (this.talk?.state === "ringing" && !this.talk.ear) this.tones.ring();
    else this.tones.quiet();
    if (this.talk?.state === "over") this.talk = null;
    this.#changed();
  }

  #lineChanged() {
    const registered = this.line.state === "registered";
    if (this.wasRegistered && !registered) this.tones.lost();
    this.wasRegistered = registered;
    this.#changed();
  }

  /** @param {import("./channel.js").Asked["ask"]} ask */
  #asked(ask) {
    if (this.second) return;
    if (ask === "answer") this.answer();
    if (ask === "call_back") this.callBack();
    if (ask === "focus") globalThis.focus();
    this.#say(this.state());
  }

  /** @param {import("./channel.js").PhoneState} state */
  #say(state) {
    this.channel.postMessage({ from: "window", state, muted: this.talk?.muted ?? false });
  }

  #changed() {
    if (!this.second) this.#say(this.state());
    for (const listener of this.listeners) listener();
  }
}

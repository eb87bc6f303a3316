// @ts-check
/**
 * The sound of a call that waits: two short tones, again and again, while this person's seat is
 * ready. Made by the browser, no file. The answer desk has a switch, remembered on this machine;
 * a locked desk rings whatever the switch says, for nobody looks at it.
 */

const AGAIN_MS = 2500;
const TONES = [{ hertz: 740, after: 0 }, { hertz: 988, after: 0.2 }];
const TONE_SECONDS = 0.16;
const LOUDNESS = 0.18;
const KEPT = "pasokh-ring";

/** Calls that ring, the longest waiting first. @param {import("./store.js").Store} store @returns {any[]} */
export function waiting(store) {
  return store.all("call").filter((/** @type {any} */ call) => (call.phase ?? "ringing") === "ringing" && !call.ended_at)
    .sort((/** @type {any} */ a, /** @type {any} */ b) => a.offered_at - b.offered_at);
}

export class Ring {
  /**
   * @param {{store: import("./store.js").Store, lock: import("./lock.js").Lock,
   *   me: import("./types.js").Me, kind: string}} parts
   */
  constructor({ store, lock, me, kind }) {
    this.store = store;
    this.lock = lock;
    this.me = me;
    this.audible = kind === "answer";
    this.on = localStorage.getItem(KEPT) !== "off";
    /** @type {AudioContext|null} */
    this.sound = null;
    /** @type {Set<() => void>} */
    this.listeners = new Set();
  }

  /** @param {() => void} listener */
  subscribe(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  start() {
    // A browser lets a page sound only after a touch.
    const wake = () => {
      this.sound ??= new AudioContext();
      if (this.sound.state === "suspended") void this.sound.resume();
    };
    for (const deed of ["pointerdown", "keydown"]) globalThis.addEventListener(deed, wake, { capture: true, passive: true });
    setInterval(() => this.#look(), AGAIN_MS);
  }

  toggle() {
    this.on = !this.on;
    localStorage.setItem(KEPT, this.on ? "on" : "off");
    for (const listener of this.listeners) listener();
  }

  /** Whether a tone is due: a call waits and this person could take it. */
  due() {
    const seat = this.store.all("position").find((/** @type {any} */ position) => position.person === this.me.person);
    const heard = this.lock.covered || (this.audible && this.on);
    return heard && seat?.state === "ready" && waiting(this.store).length > 0;
  }

  /** Whether the browser would let it sound. */
  mute() {
    return this.sound?.state !== "running";
  }

  #look() {
    if (!this.due() || this.mute()) return;
    // Of several tabs one sounds.
    void navigator.locks.request("pasokh-ring", { ifAvailable: true }, async (lock) => {
      if (!lock) return;
      this.#sound();
      await new Promise((resolve) => { setTimeout(resolve, AGAIN_MS * 0.8); });
    });
  }

  #sound() {
    const { sound } = this;
    if (!sound) return;
    for (const { hertz, after } of TONES) {
      const from = sound.currentTime + after;
      const tone = sound.createOscillator();
      const loud = sound.createGain();
      tone.frequency.value = hertz;
      loud.gain.setValueAtTime(0, from);
      loud.gain.linearRampToValueAtTime(LOUDNESS, from + 0.02);
      loud.gain.linearRampToValueAtTime(0, from + TONE_SECONDS);
      tone.connect(loud).connect(sound.destination);
      tone.start(from);
      tone.stop(from + TONE_SECONDS);
    }
  }
}

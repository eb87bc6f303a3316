// @ts-check
/**
 * One stream for all desks of a browser. The tab that holds the lock reads it and tells the
 * others over a channel; each tab keeps its own store. A gap between what was said last and what
 * comes now is never guessed: the snapshot is fetched again. When the line is cut the last state
 * stays and the screen says since when.
 *
 * @typedef {import("./types.js").Frame} Frame
 * @typedef {import("./types.js").LineState} LineState
 * @typedef {{what: "frame", frame: Frame, prev: number} | {what: "beat", now: number, seq: number}
 *   | {what: "line", state: LineState} | {what: "resync"}} Told
 */

/** The server says "still here" every 5 s. */
const BEHIND_MS = 8_000;
const CUT_MS = 16_000;
/** The longest pause is short: a line that is back must be a whole desk within two seconds. */
const RETRY_MS = [300, 600, 1000];

export class Live {
  /**
   * @param {{store: import("./store.js").Store, clock: import("./clock.js").Clock,
   *   api: import("./api.js").Api, name?: string, locks?: any, Source?: any}} parts
   */
  constructor({ store, clock, api, name = "pasokh-desk", locks = navigator.locks, Source = globalThis.EventSource }) {
    this.store = store;
    this.clock = clock;
    this.api = api;
    this.name = name;
    this.locks = locks;
    this.Source = Source;
    /** @type {LineState} */
    this.state = "behind";
    /** Local time since which the line is as it is. */
    this.since = Date.now();
    /** When something was last heard, in local time. */
    this.heard = Date.now();
    this.leading = false;
    this.ready = false;
    /** @type {Told[]} */
    this.early = [];
    /** @type {Set<() => void>} */
    this.listeners = new Set();
    this.tries = 0;
    this.stopped = false;
    this.fetching = false;
  }

  /** Hear when the state of the line changes. @param {() => void} listener @returns {() => void} */
  subscribe(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  start() {
    this.channel = globalThis.BroadcastChannel ? new BroadcastChannel(this.name) : null;
    if (this.channel) this.channel.onmessage = ({ data }) => this.#hear(data);
    this.watch = setInterval(() => this.#look(), 1000);
    globalThis.addEventListener?.("online", () => this.leading && this.#open());
    void this.resync();
    if (!this.locks || !this.channel) { this.#lead(); return; }
    // Held until this tab closes; then the browser gives it to the next one that waits.
    void this.locks.request(this.name, () => new Promise(() => { if (!this.stopped) this.#lead(); }));
  }

  stop() {
    this.stopped = true;
    clearInterval(this.watch);
    clearTimeout(this.again);
    this.source?.close();
    this.channel?.close();
  }

  /** Fetch the snapshot; what comes meanwhile waits and is taken after it. */
  async resync() {
    if (this.fetching || this.stopped) return;
    this.fetching = true;
    this.ready = false;
    try {
      const snapshot = await this.api.get("/desk/snapshot");
      this.clock.note(snapshot.now);
      this.store.replace(snapshot.objects, snapshot.seq);
      this.#heardSomething();
      this.ready = true;
    } catch {
      this.#line("cut");
      clearTimeout(this.snapshotAgain);
      this.snapshotAgain = setTimeout(() => this.resync(), this.#pause());
    } finally {
      this.fetching = false;
    }
    if (!this.ready) return;
    this.tries = 0;
    const early = this.early;
    this.early = [];
    for (const told of early) this.#hear(told);
    if (this.leading && !this.source) this.#open();
    else if (!this.leading) this.#line("live");
  }

  #lead() {
    this.leading = true;
    if (this.ready) this.#open();
  }

  #open() {
    if (this.stopped || !this.ready) return;
    clearTimeout(this.again);
    this.source?.close();
    const source = new this.Source(`${this.api.base}/desk/stream?after=${this.store.seq}`);
    this.source = source;
    source.onopen = () => { this.tries = 0; this.#heardSomething(); };
    source.addEventListener("change", (/** @type {MessageEvent} */ event) => {
      this.#tell({ what: "frame", frame: JSON.parse(event.data), prev: this.store.seq });
    });
    source.addEventListener("beat", (/** @type {MessageEvent} */ event) => {
      this.#tell({ what: "beat", ...JSON.parse(event.data) });
    });
    source.addEventListener("resync", () => { this.#close(); this.#tell({ what: "resync" }); });
    source.onerror = () => this.#lost();
  }

  #close() {
    this.source?.close();
    this.source = null;
  }

  /** The stream broke: say so, and ask again from where we are, not from the beginning. */
  #lost() {
    this.#close();
    this.#line("cut");
    this.channel?.postMessage({ what: "line", state: "cut" });
    clearTimeout(this.again);
    this.again = setTimeout(() => this.#open(), this.#pause());
  }

  #pause() {
    const pause = RETRY_MS[Math.min(this.tries, RETRY_MS.length - 1)];
    this.tries += 1;
    return pause * (0.6 + 0.8 * Math.random());
  }

  /** @param {Told} told */
  #tell(told) {
    this.channel?.postMessage(told);
    this.#hear(told);
  }

  /** @param {Told} told */
  #hear(told) {
    if (told.what === "line") { this.#line(told.state); return; }
    if (!this.ready) { if (told.what === "frame") this.early.push(told); return; }
    if (told.what === "resync") { void this.resync(); return; }
    if (told.what === "frame" && told.prev > this.store.seq) { void this.#gap(told); return; }
    this.#heardSomething();
    if (told.what === "beat") { this.clock.note(told.now); return; }
    this.clock.note(told.frame.now);
    this.store.take(told.frame.objects, told.frame.seq);
  }

  /** @param {Told} told */
  async #gap(told) {
    this.early.push(told);
    this.#line("behind");
    await this.resync();
  }

  #heardSomething() {
    this.heard = Date.now();
    this.#line("live");
  }

  /** Silence is a sign too: a stream that says nothing is not a live stream. */
  #look() {
    const silent = Date.now() - this.heard;
    if (this.state === "live" && silent > BEHIND_MS) this.#line("behind", this.heard);
    if (this.state === "behind" && silent > CUT_MS) {
      this.#line("cut", this.heard);
      if (this.leading) this.#lost();
    }
  }

  /** @param {LineState} state @param {number} [since] */
  #line(state, since = Date.now()) {
    if (state === this.state) return;
    // "behind" and then "cut" is one silence: it began when something was heard last.
    this.since = state === "live" ? since : Math.min(since, this.heard);
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}

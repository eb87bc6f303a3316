// @ts-check
/**
 * The lock of a desk: after a while without key or pointer, or when asked. All tabs of a browser
 * are one session, so a deed in one keeps all awake, and all lock and open together. The office
 * takes the lock and the log has it; a desk that is only idle does not lock while the office is
 * away, because nobody could open it again, and calls come first.
 *
 * @typedef {{passkey: boolean, code: boolean, password: boolean, click: boolean}} Ways
 * @typedef {{url: string, unlock_url: string, options_url: string, form_token: string,
 *   idle_seconds: number, demo: boolean}} Told  what the page says of the lock
 */
import { NobodyThere, ProblemAnswered } from "./api.js";
import { latinDigits } from "./digits.js";
import { newId } from "./ids.js";

const LOOK_MS = 1000;
/** So often other tabs hear that somebody is at work, and so soon a lock that failed is tried again. */
const TELL_MS = 5000;
const AGAIN_MS = 30_000;
const DEEDS = ["pointerdown", "pointermove", "keydown", "wheel"];

export class Lock {
  /** @param {{api: import("./api.js").Api, told?: Told, session: () => string, locked: boolean, name?: string}} parts */
  constructor({ api, told, session, locked, name = "pasokh-lock" }) {
    this.api = api;
    this.told = told;
    this.session = session;
    this.name = name;
    this.token = told?.form_token ?? "";
    /** Nobody works here now: the cover is over the desk. */
    this.covered = locked && Boolean(told);
    this.busy = false;
    /** What went wrong: a message id, or a sentence of the office. */
    this.trouble = "";
    /** How this person may unlock; null until the office has said so. @type {Ways|null} */
    this.ways = null;
    this.deedAt = Date.now();
    this.toldAt = 0;
    this.triedAt = 0;
    this.failedAt = 0;
    /** @type {Set<() => void>} */
    this.listeners = new Set();
  }

  /** Hear when anything of the lock changes. @param {() => void} listener */
  subscribe(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  start() {
    if (!this.told) return;
    this.channel = globalThis.BroadcastChannel ? new BroadcastChannel(this.name) : null;
    if (this.channel) this.channel.onmessage = ({ data }) => this.#hear(data);
    for (const deed of DEEDS) globalThis.addEventListener(deed, () => this.#deed(), { capture: true, passive: true });
    setInterval(() => this.#look(), LOOK_MS);
    if (this.covered) void this.learn();
  }

  /** Lock now. Covered at once, whoever may hear it. */
  async lock() {
    if (!this.told || this.covered) return;
    this.cover();
    this.channel?.postMessage("locked");
    try {
      await this.#form(this.told.url, { why: "asked" });
    } catch {
      const command = { session_id: this.session(), why: "asked" };
      await this.api.post("/commands/lock-session", { id: newId(), command }).catch(() => null);
    }
  }

  /** Put the cover on: somebody says that the session is locked. */
  cover() {
    if (!this.told || this.covered) return;
    this.covered = true;
    this.trouble = "";
    this.#changed();
    void this.learn();
  }

  /** Ask the office how this person may unlock. */
  async learn() {
    if (!this.told) return null;
    this.triedAt = Date.now();
    try {
      const said = await this.api.get(this.told.options_url);
      this.token = said.form_token ?? this.token;
      this.ways = said.ways;
      this.trouble = "";
      this.#changed();
      return said.request_options;
    } catch (error) {
      this.#failed(error);
      return null;
    }
  }

  /** One touch of the passkey. */
  async touch() {
    if (this.busy) return;
    const options = await this.learn();
    if (!options) return;
    try {
      const kind = /** @type {any} */ (PublicKeyCredential);
      const publicKey = kind.parseRequestOptionsFromJSON(options.publicKey ?? options);
      const credential = /** @type {any} */ (await navigator.credentials.get({ publicKey }));
      await this.unlock("credential", JSON.stringify(credential.toJSON()));
    } catch {
      this.#say("desk.frame.touch_failed");
    }
  }

  /** Unlock with what was given. @param {"credential"|"code"|"password"|"click"} means @param {string} given */
  async unlock(means, given) {
    if (!this.told || this.busy || !given) return;
    this.busy = true;
    this.#say("");
    try {
      await this.#form(this.told.unlock_url, { [means]: means === "code" ? latinDigits(given).replace(/\s/g, "") : given });
      await this.#surely();
    } catch (error) {
      this.#failed(error);
    } finally {
      this.busy = false;
      this.#changed();
    }
  }

  /** The control room has the last word: it may have been locked there alone. */
  async #surely() {
    if (!(await this.api.get("/desk/me")).locked) {
      this.#open();
      this.channel?.postMessage("unlocked");
      return;
    }
    if (this.told) await this.#form(this.told.url, { why: "asked" });
    this.#say("desk.frame.once_more");
  }

  #open() {
    this.covered = false;
    this.deedAt = Date.now();
    this.#changed();
  }

  /** @param {string} path @param {Record<string, string>} fields */
  async #form(path, fields) {
    try {
      return await this.api.form(path, fields, this.token);
    } catch (error) {
      // After another sign-in the page's token is of the sign-in before.
      if (!(error instanceof ProblemAnswered) || !error.problem.type?.endsWith("/form")) throw error;
      await this.learn();
      return this.api.form(path, fields, this.token);
    }
  }

  #deed() {
    if (this.covered) return;
    this.deedAt = Date.now();
    if (this.deedAt - this.toldAt < TELL_MS && this.deedAt >= this.toldAt) return;
    this.toldAt = this.deedAt;
    this.channel?.postMessage("awake");
  }

  /** @param {"locked"|"unlocked"|"awake"} said */
  #hear(said) {
    if (said === "awake") this.deedAt = Date.now();
    else if (said === "locked") this.cover();
    else if (this.covered) this.#open();
  }

  #look() {
    const now = Date.now();
    if (this.covered) {
      if (!this.ways && now - this.triedAt >= TELL_MS) void this.learn();
    } else if (this.told && now - this.deedAt >= this.told.idle_seconds * 1000 && now - this.failedAt >= AGAIN_MS && !this.busy) {
      void this.#idle();
    }
  }

  async #idle() {
    this.busy = true;
    try {
      await this.#form(this.told?.url ?? "", { why: "idle" });
    } catch {
      this.failedAt = Date.now();
      return;
    } finally {
      this.busy = false;
    }
    this.cover();
    this.channel?.postMessage("locked");
  }

  /** @param {unknown} error */
  #failed(error) {
    const told = error instanceof ProblemAnswered ? /** @type {any} */ (error.problem) : null;
    if (!told && !(error instanceof NobodyThere)) throw error;
    this.#say(told ? told.errors?.[0] ?? told.detail ?? told.title : "desk.frame.office_away");
  }

  /** @param {string} trouble */
  #say(trouble) {
    this.trouble = trouble;
    this.#changed();
  }

  #changed() {
    for (const listener of this.listeners) listener();
  }
}

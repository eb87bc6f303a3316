// @ts-check
/**
 * The window's line to the switch. The key comes from the control room, for the person who sits at
 * the position, and is asked for anew while it lasts; while the control room is gone the window
 * keeps the key that it has. A registration that is lost is tried again for ever.
 */
import { NobodyThere, ProblemAnswered } from "../kernel/api.js";
import { newId } from "../kernel/ids.js";
import JsSIP from "../../vendor/jssip/jssip.js";

const WINDOW = "pasokh-phone-window";
/** So soon a window hears that another one took its place, or that its person stood up. */
const RENEW_MS = 15_000;
const LOCKED = 423;
const AGAIN_MS = 1000;
const AGAIN_MS_MAX = 15_000;
const EXPIRES_SECONDS = 60;

/** @typedef {"asking"|"registered"|"lost"|"no_seat"|"no_window"|"elsewhere"|"locked"|"signed_out"} LineState */

export class Line {
  /**
   * @param {import("../kernel/api.js").Api} api
   * @param {{changed: () => void, onCall: (session: any) => void, talking: () => boolean}} told
   */
  constructor(api, { changed, onCall, talking }) {
    this.api = api;
    this.changed = changed;
    this.onCall = onCall;
    this.talking = talking;
    /** @type {LineState} */
    this.state = "asking";
    this.position = "";
    this.callsBack = false;
    this.tries = 0;
    /** @type {any} */
    this.agent = null;
    // The same browser is the same window: after a crash it gets its own key again.
    this.window = localStorage.getItem(WINDOW) ?? newId();
    localStorage.setItem(WINDOW, this.window);
  }

  /** Register. @param {boolean} [take] even if another window has this position's telephone */
  async start(take = false) {
    clearTimeout(this.again);
    const key = await this.#key(take);
    if (!key) return;
    this.callsBack = Boolean(key.calls_back);
    if (this.agent && this.position !== key.position) this.stop();
    if (this.agent) {
      this.agent.set("authorization_user", key.account);
      this.agent.set("password", key.secret);
      if (this.state !== "registered") this.agent.register();
    } else this.#begin(key);
    this.#later(() => this.start(), RENEW_MS);
  }

  /** Give the line up: whoever is here may not have it, or the window closes. */
  stop() {
    clearTimeout(this.again);
    this.agent?.stop();
    this.agent = null;
  }

  /** Call whom the desk has begun to call back; null where this line cannot. @param {MediaStream} voice */
  callBack(voice) {
    if (!this.callsBack || this.state !== "registered") return null;
    return this.agent.call("sip:back@pasokh.invalid", { mediaStream: voice, mediaConstraints: { audio: true, video: false }, pcConfig: { iceServers: [] } });
  }

  /** @param {boolean} take */
  async #key(take) {
    try {
      const sheet = await this.api.post("/desk/phone", { window: this.window, take });
      if (sheet.standing === "open") return sheet.key;
      this.#refused(sheet.standing);
    } catch (error) {
      if (error instanceof ProblemAnswered) this.#refused(error.problem.status === LOCKED ? "locked" : "signed_out");
      else if (!(error instanceof NobodyThere)) throw error;
      else this.#retry();
    }
    return null;
  }

  /** @param {LineState} standing */
  #refused(standing) {
    // A call that is being spoken is never ended for it.
    if (!this.talking()) this.stop();
    this.#set(standing);
    // Somebody sits down, or signs in again: then it goes on by itself.
    if (standing !== "elsewhere" && standing !== "locked") this.#later(() => this.start(), AGAIN_MS_MAX / 3);
  }

  /** @param {any} key */
  #begin(key) {
    this.position = key.position;
    const agent = new JsSIP.UA({
      sockets: [new JsSIP.WebSocketInterface(key.url)],
      uri: `sip:${key.position}@${key.realm}.invalid`,
      authorization_user: key.account,
      password: key.secret,
      realm: key.realm,
      register_expires: EXPIRES_SECONDS,
      session_timers: false,
      user_agent: "Pasokh window",
      connection_recovery_min_interval: 1,
      connection_recovery_max_interval: AGAIN_MS_MAX / 1000,
    });
    this.agent = agent;
    agent.on("registered", () => { this.tries = 0; this.#set("registered"); });
    agent.on("registrationFailed", () => this.#lost(agent, true));
    agent.on("disconnected", () => this.#lost(agent, false));
    agent.on("unregistered", () => this.#lost(agent, false));
    agent.on("newRTCSession", (/** @type {any} */ { session, originator }) => { if (originator === "remote") this.onCall(session); });
    agent.start();
  }

  /** JsSIP connects again by itself; what the switch refused needs another try, with a fresh key. @param {any} agent @param {boolean} refused */
  #lost(agent, refused) {
    if (agent !== this.agent) return;
    this.#set("lost");
    if (refused) this.#retry();
  }

  #retry() {
    if (this.state === "asking" || this.state === "signed_out") this.#set("lost");
    const wait = Math.min(AGAIN_MS * 2 ** this.tries, AGAIN_MS_MAX);
    this.tries += 1;
    this.#later(() => this.start(), wait);
  }

  /** Later, and not all windows at the same moment. @param {() => void} deed @param {number} wait */
  #later(deed, wait) {
    clearTimeout(this.again);
    this.again = setTimeout(deed, wait * (0.5 + Math.random()));
  }

  /** @param {LineState} state */
  #set(state) {
    if (state === this.state) return;
    this.state = state;
    this.changed();
  }
}

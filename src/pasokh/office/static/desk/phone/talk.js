// @ts-check
/** One call at the window: it rings or is dialled, is spoken, is held, ends; and how well both are heard. */

const LOOK_MS = 1000;
const AGAIN_MS = 200;
/** After so many looks without a packet somebody hears nothing. */
const SILENT_LOOKS = 4;
const LOSS_SHARE = 0.05;
const BUSY = { status_code: 486 };

export class Talk {
  /** @param {any} session of JsSIP @param {() => void} changed @param {HTMLAudioElement|null} ear for one that is dialled from here */
  constructor(session, changed, ear = null) {
    this.session = session;
    this.changed = changed;
    /** @type {"ringing"|"dialling"|"talking"|"held"|"over"} */
    this.state = ear ? "dialling" : "ringing";
    this.muted = false;
    this.since = Date.now();
    /** Message ids of what is wrong with the voices. @type {string[]} */
    this.troubles = [];
    /** Packets of voice, in and out, and the share of the last seconds' that was lost. */
    this.packets = { in: 0, out: 0, lost: 0 };
    this.still = { in: 0, out: 0 };
    /** Where the caller is heard. @type {HTMLAudioElement|null} */
    this.ear = ear;
    if (ear) this.#begin(session.connection);
    else session.on("peerconnection", (/** @type {any} */ { peerconnection }) => this.#hear(peerconnection));
    session.on("confirmed", () => this.#set("talking"));
    session.on("hold", () => this.#set(session.isOnHold().local ? "held" : "talking"));
    session.on("unhold", () => this.#set(session.isOnHold().local ? "held" : "talking"));
    for (const end of ["ended", "failed"]) session.on(end, () => this.#over());
  }

  /** Take it up. @param {MediaStream} voice @param {HTMLAudioElement} ear */
  answer(voice, ear) {
    if (this.state !== "ringing" || this.ear) return;
    this.ear = ear;
    this.session.answer({ mediaStream: voice, mediaConstraints: { audio: true, video: false }, pcConfig: { iceServers: [] } });
    this.looking = setInterval(() => { void this.#look(); }, LOOK_MS);
  }

  /** It was dialled from here. @param {RTCPeerConnection} connection */
  #begin(connection) {
    this.#hear(connection);
    this.looking = setInterval(() => { void this.#look(); }, LOOK_MS);
  }

  hangUp() {
    if (this.state === "ringing") this.session.terminate(BUSY);
    else if (this.state !== "over") this.session.terminate();
  }

  mute() {
    if (this.state !== "talking" && this.state !== "held") return;
    this.muted = !this.muted;
    if (this.muted) this.session.mute({ audio: true });
    else this.session.unmute({ audio: true });
    this.changed();
  }

  /** Hold the caller, or speak again. */
  hold() {
    const was = this.state;
    if (was !== "talking" && was !== "held") return;
    const begun = was === "talking" ? this.session.hold() : this.session.unhold();
    // The answer to the one before is still on its way.
    if (!begun) setTimeout(() => { if (this.state === was) this.hold(); }, AGAIN_MS);
  }

  /** @param {string} key 0 to 9, * and # */
  tone(key) {
    if (this.state === "talking") this.session.sendDTMF(key, { transportType: "RFC2833", duration: 160, interToneGap: 80 });
  }

  /** Another microphone speaks from now on. @param {MediaStreamTrack} voice */
  speakWith(voice) {
    const sender = this.session.connection?.getSenders().find((/** @type {RTCRtpSender} */ one) => one.track?.kind === "audio" || !one.track);
    voice.enabled = !this.muted;
    void sender?.replaceTrack(voice);
  }

  /** @param {RTCPeerConnection} connection */
  #hear(connection) {
    connection.addEventListener("track", ({ streams }) => {
      if (!this.ear) return;
      [this.ear.srcObject] = streams;
      void this.ear.play();
    });
    connection.addEventListener("iceconnectionstatechange", () => { void this.#look(); });
  }

  async #look() {
    const { connection } = this.session;
    if (!connection || this.state === "over") return;
    const was = { ...this.packets };
    const found = { in: 0, out: 0, lost: 0 };
    for (const one of (await connection.getStats()).values()) {
      if (one.type === "inbound-rtp") { found.in += one.packetsReceived; found.lost += one.packetsLost; }
      if (one.type === "outbound-rtp") found.out += one.packetsSent;
    }
    this.packets = found;
    const came = found.in - was.in;
    this.still.in = came > 0 ? 0 : this.still.in + 1;
    this.still.out = found.out > was.out ? 0 : this.still.out + 1;
    const gone = found.lost - was.lost;
    this.#trouble({
      "desk.phone.network_lost": ["disconnected", "failed"].includes(connection.iceConnectionState),
      "desk.phone.hears_nothing": this.state === "talking" && this.still.in >= SILENT_LOOKS,
      "desk.phone.not_heard": this.state === "talking" && this.still.out >= SILENT_LOOKS,
      "desk.phone.loss": gone > 0 && gone / (gone + came) > LOSS_SHARE,
    });
  }

  /** @param {Record<string, boolean>} found */
  #trouble(found) {
    this.troubles = Object.keys(found).filter((id) => found[id]);
    this.changed();
  }

  /** @param {"talking"|"held"} state */
  #set(state) {
    if (this.state === "ringing" || this.state === "dialling") this.since = Date.now();
    this.still = { in: 0, out: 0 };
    this.state = state;
    this.changed();
  }

  #over() {
    clearInterval(this.looking);
    this.state = "over";
    this.troubles = [];
    if (this.ear) this.ear.srcObject = null;
    this.changed();
  }
}

// @ts-check
/** The call taker's microphone and ear piece: permission, choice (remembered here), level. */

const MICROPHONE = "pasokh-microphone";
const EAR = "pasokh-ear";
/** What a browser says when it gives no microphone, and what we say. @type {Record<string, string>} */
const TROUBLES = {
  NotAllowedError: "desk.phone.mic_denied",
  SecurityError: "desk.phone.mic_denied",
  NotFoundError: "desk.phone.mic_missing",
  OverconstrainedError: "desk.phone.mic_missing",
  NotReadableError: "desk.phone.mic_busy",
};

export class Microphone {
  constructor() {
    /** @type {MediaStream|null} */
    this.stream = null;
    /** Message id of what is wrong; empty when it hears. */
    this.trouble = "";
    /** @type {MediaDeviceInfo[]} */
    this.inputs = [];
    /** @type {MediaDeviceInfo[]} */
    this.outputs = [];
    this.input = localStorage.getItem(MICROPHONE) ?? "";
    this.output = localStorage.getItem(EAR) ?? "";
    /** @type {AnalyserNode|null} */
    this.meter = null;
    /** Told when anything changes, and with the new voice when another device speaks. */
    this.changed = (/** @type {MediaStreamTrack|null} */ _voice) => {};
    navigator.mediaDevices?.addEventListener("devicechange", () => { void this.#list(); });
  }

  /** Ask for the microphone; false, and `trouble` says why, when there is none. @param {AudioContext} sound @returns {Promise<boolean>} */
  async open(sound) {
    try {
      this.#take(await heard(this.input), sound);
    } catch (error) {
      const name = error instanceof DOMException ? error.name : "NotFoundError";
      if (name === "OverconstrainedError" && this.input) {
        // The one that was chosen is not plugged in: any other is better than none.
        this.input = "";
        return this.open(sound);
      }
      this.trouble = TROUBLES[name] ?? "desk.phone.mic_missing";
      this.changed(null);
      return false;
    }
    await this.#list();
    return true;
  }

  /** @param {string} device @param {AudioContext} sound */
  async choose(device, sound) {
    this.input = device;
    localStorage.setItem(MICROPHONE, device);
    await this.open(sound);
  }

  /** @param {string} device */
  listenAt(device) {
    this.output = device;
    localStorage.setItem(EAR, device);
    this.changed(null);
  }

  /** How loud it is now, 0 to 1. */
  level() {
    if (!this.meter) return 0;
    const wave = new Float32Array(this.meter.fftSize);
    this.meter.getFloatTimeDomainData(wave);
    const power = wave.reduce((sum, value) => sum + value * value, 0) / wave.length;
    return Math.min(1, Math.sqrt(power) * 4);
  }

  /** @param {MediaStream} stream @param {AudioContext} sound */
  #take(stream, sound) {
    this.stream?.getTracks().forEach((track) => track.stop());
    this.stream = stream;
    this.trouble = "";
    const [voice] = stream.getAudioTracks();
    voice.addEventListener("ended", () => {
      if (this.stream !== stream) return;
      this.trouble = "desk.phone.mic_missing";
      void this.open(sound);
    });
    this.meter = sound.createAnalyser();
    this.meter.fftSize = 1024;
    sound.createMediaStreamSource(stream).connect(this.meter);
    this.changed(voice);
  }

  async #list() {
    const all = await navigator.mediaDevices.enumerateDevices();
    this.inputs = all.filter(({ kind }) => kind === "audioinput");
    this.outputs = all.filter(({ kind }) => kind === "audiooutput");
    this.changed(null);
  }
}

/** @param {string} device */
function heard(device) {
  if (!navigator.mediaDevices) return Promise.reject(new DOMException("", "SecurityError"));
  const audio = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
  return navigator.mediaDevices.getUserMedia({ audio: device ? { ...audio, deviceId: { exact: device } } : audio });
}

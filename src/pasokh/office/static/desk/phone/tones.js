// @ts-check
/** The sounds of the telephone: ringing until it is taken up, and one low tone for a lost line. */

const AGAIN_MS = 2000;
const RINGING = [{ hertz: 440, after: 0, lasts: 0.4 }, { hertz: 494, after: 0.45, lasts: 0.4 }];
const LOST = [{ hertz: 220, after: 0, lasts: 0.5 }];
const LOUDNESS = 0.3;

export class Tones {
  constructor() {
    this.sound = new AudioContext();
    this.ringing = 0;
  }

  /** A browser lets a page sound only after a touch. */
  wake() {
    if (this.sound.state === "suspended") void this.sound.resume();
  }

  ring() {
    if (this.ringing) return;
    const once = () => this.#play(RINGING);
    once();
    this.ringing = Number(setInterval(once, AGAIN_MS));
  }

  quiet() {
    clearInterval(this.ringing);
    this.ringing = 0;
  }

  lost() {
    this.#play(LOST);
  }

  /** @param {{hertz: number, after: number, lasts: number}[]} tones */
  #play(tones) {
    for (const { hertz, after, lasts } of tones) {
      const from = this.sound.currentTime + after;
      const tone = this.sound.createOscillator();
      const loud = this.sound.createGain();
      tone.frequency.value = hertz;
      loud.gain.setValueAtTime(0, from);
      loud.gain.linearRampToValueAtTime(LOUDNESS, from + 0.03);
      loud.gain.linearRampToValueAtTime(0, from + lasts);
      tone.connect(loud).connect(this.sound.destination);
      tone.start(from);
      tone.stop(from + lasts);
    }
  }
}

// @ts-check
/** The centre's time, kept by what the server says; the desk's own clock may be wrong. */

/** Younger readings than this say nothing about how fast the centre's clock runs. */
const APART_MS = 800;

export class Clock {
  /** @param {() => number} tick a monotone local time in milliseconds */
  constructor(tick = () => performance.now()) {
    this.tick = tick;
    this.heard = tick();
    this.server = Date.now();
    this.rate = 1;
    this.known = false;
  }

  /** The server said that it is `server` now. @param {number} server */
  note(server) {
    const tick = this.tick();
    const apart = tick - this.heard;
    if (this.known && apart < APART_MS) return;
    // A drill's clock runs at another pace, or stands still: learn it, to let timers run smoothly.
    if (this.known && apart < 30_000) this.rate = Math.max(0, (server - this.server) / apart);
    if (Math.abs(this.rate - 1) < 0.05) this.rate = 1;
    this.heard = tick;
    this.server = server;
    this.known = true;
  }

  /** The centre's time, for what is shown. */
  now() {
    return Math.round(this.server + (this.tick() - this.heard) * this.rate);
  }

  /** The centre's time, never later than it can be: for what is sent. A future `at` is refused. */
  sure() {
    return Math.round(this.server + (this.tick() - this.heard) * Math.min(1, this.rate));
  }
}

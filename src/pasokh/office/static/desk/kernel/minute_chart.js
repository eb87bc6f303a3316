// @ts-check
/**
 * Lines over minutes, in the page's direction, digits and colours. The one door to the vendored
 * chart library; it is fetched when somebody opens a chart.
 */

const HEIGHT = 220;
const MARK_EVERY = 10;
const DASHES = [[], [6, 4], [2, 3], [10, 3, 2, 3], [1, 4]];
const COLOURS = ["--accent", "--p4", "--late", "--wait", "--soft"];

/** From the first minute to the last; one minute alone has room too. @param {any} _ @param {number | null} first @param {number | null} last */
const wide = (_, first, last) => [first ?? 0, Math.max(last ?? 0, (first ?? 0) + 1)];

/** The colour and the dash of a series, for its key. @param {number} place */
export function strokeOf(place) {
  return { colour: COLOURS[place], dash: DASHES[place].join(" ") };
}

export class MinuteChart {
  /** @param {HTMLElement} host @param {import("./say.js").Say} say */
  constructor(host, say) {
    this.host = host;
    this.say = say;
    /** @type {any} */ this.library = null;
    /** @type {any} */ this.plot = null;
    /** @type {number[][]} */ this.data = [];
    /** @type {number[]} */ this.begins = [];
    this.room = new ResizeObserver(() => this.plot?.setSize(this.#size()));
    this.theme = matchMedia("(prefers-color-scheme: dark)");
    this.anew = () => this.#draw();
  }

  /** Fetch the library and begin to follow the window. */
  async open() {
    this.library = (await import("../../vendor/uplot/uPlot.js")).default;
    this.room.observe(this.host);
    this.theme.addEventListener("change", this.anew);
    this.#draw();
  }

  /** Show these minutes. @param {number[]} begins @param {number[][]} series counts, one list a series */
  show(begins, series) {
    this.begins = begins;
    this.data = [begins.map((_, place) => place), ...series];
    if (this.plot) this.plot.setData(this.data);
    else this.#draw();
  }

  close() {
    this.room.disconnect();
    this.theme.removeEventListener("change", this.anew);
    this.plot?.destroy();
  }

  #size() {
    return { width: Math.max(200, this.host.clientWidth), height: HEIGHT };
  }

  #draw() {
    if (!this.library || !this.data.length) return;
    this.plot?.destroy();
    const style = getComputedStyle(this.host);
    const ink = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
    const rtl = style.direction === "rtl";
    const axis = { stroke: ink("--soft"), font: `12px ${style.fontFamily}`, grid: { stroke: ink("--line"), width: 1 }, ticks: { show: false } };
    const options = {
      ...this.#size(),
      legend: { show: false },
      cursor: { show: false },
      scales: { x: { time: false, dir: rtl ? -1 : 1, range: wide }, y: { range: (/** @type {any} */ _, /** @type {number} */ __, /** @type {number} */ most) => [0, Math.max(5, Math.ceil(most * 1.1))] } },
      axes: [
        { ...axis, splits: () => this.#marks(), values: (/** @type {any} */ _, /** @type {number[]} */ places) => places.map((place) => this.say.time(this.begins[place] ?? 0)) },
        { ...axis, side: rtl ? 1 : 3, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500], values: (/** @type {any} */ _, /** @type {number[]} */ counts) => counts.map((count) => this.say.number(count)) },
      ],
      series: [{}, ...this.data.slice(1).map((_, place) => ({ stroke: ink(COLOURS[place]), width: 2, dash: DASHES[place], points: { show: () => this.begins.length === 1 } }))],
    };
    this.plot = new this.library(options, this.data, this.host);
  }

  /** The places at which a full ten minutes begin. */
  #marks() {
    const minute = (/** @type {number} */ at) => Math.floor(at / 60_000) + this.say.offsetMinutes;
    return this.begins.flatMap((at, place) => (minute(at) % MARK_EVERY === 0 ? [place] : []));
  }
}

// @ts-check
/**
 * Every word on the screen comes through here, from the page's catalogue. Plain text for labels
 * and announcements (ids isolated by Unicode marks), rich text with <bdi> for what is shown.
 */
import { digits, number } from "./digits.js";
import { h } from "./html.js";

const PLACE = /\{(\w+)\}/g;

export class Say {
  /** @param {{language: string, messages: Record<string, string>, offsetMinutes?: number}} told */
  constructor({ language, messages, offsetMinutes = 0 }) {
    this.language = language;
    this.messages = messages;
    this.offsetMinutes = offsetMinutes;
  }

  /** @param {string} id */
  knows(id) {
    return Object.hasOwn(this.messages, id);
  }

  /** A sentence as text. @param {string} id @param {Record<string, any>} [details] */
  t(id, details = {}) {
    const text = this.messages[id] ?? id;
    return text.replace(PLACE, (_, name) => this.#told(details[name]));
  }

  /** A sentence for the screen, its details each in a <bdi>. @param {string} id @param {Record<string, any>} [details] */
  rich(id, details = {}) {
    const text = this.messages[id] ?? id;
    return text.split(/(\{\w+\})/).map((part) => {
      const name = part.match(/^\{(\w+)\}$/)?.[1];
      if (!name) return part;
      const value = details[name] ?? "–";
      return typeof value === "object" ? value : h("bdi", null, this.#plain(value));
    });
  }

  /** A word of a family: stage.en_route, or the code itself. @param {string} family @param {string} code */
  word(family, code) {
    return this.messages[`${family}.${code}`] ?? code;
  }

  /** The name of a reference entry in the page's language. @param {any} entry @param {string} [code] */
  name(entry, code = "") {
    return entry?.[`name_${this.language}`] || entry?.name_fa || code;
  }

  /** @param {number} count */
  number(count) {
    return number(this.language, count);
  }

  /** Digits of the language, nothing else changed. @param {string|number} text */
  digits(text) {
    return digits(this.language, text);
  }

  /** Time of day by the centre's clock. @param {number} at @param {boolean} [seconds] */
  time(at, seconds = false) {
    const local = new Date(at + this.offsetMinutes * 60_000).toISOString();
    return this.digits(local.slice(11, seconds ? 19 : 16));
  }

  /** The civil day by the centre's clock: 3 November 2026, or its day of the Jalali calendar. @param {number} at */
  day(at) {
    const calendar = this.language === "fa" ? "fa-IR-u-ca-persian-nu-arabext" : "en-GB";
    const parts = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
    return new Intl.DateTimeFormat(calendar, /** @type {any} */ (parts)).format(at + this.offsetMinutes * 60_000);
  }

  /** How long: 0:07, 12:30, 1:02:05. Negative is said with a minus. @param {number} ms */
  span(ms) {
    const seconds = Math.floor(Math.abs(ms) / 1000);
    const two = (/** @type {number} */ part) => String(part).padStart(2, "0");
    const hours = Math.floor(seconds / 3600);
    const minutes = Math.floor(seconds / 60) % 60;
    const text = hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
    return this.digits(ms <= -1000 ? `\u2212${text}` : text);
  }

  /** @param {any} value */
  #plain(value) {
    return typeof value === "number" ? this.number(value) : String(value ?? "–");
  }

  /** @param {any} value */
  #told(value) {
    return typeof value === "number" ? this.number(value) : `\u2068${value ?? "–"}\u2069`;
  }
}

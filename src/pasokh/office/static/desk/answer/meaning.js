// @ts-check
/**
 * What the words in the field "what is it" mean: a digit closes with the reasons to choose from, a
 * service's number hands off, anything else is looked for among the types. Typed with either layout, with any digits.
 */
import { latinDigits } from "../kernel/digits.js";
import { remapped } from "../kernel/layout.js";
import { key } from "../kernel/spelling.js";
import { CLOSINGS } from "./calls.js";
import { servicesOf } from "./services.js";

/**
 * @typedef {{what: "close", code: string, reason: string} | {what: "handoff", service: string, entry: any}
 *   | {what: "type", code: string, entry: any}} Meaning
 */

/** @param {import("../kernel/store.js").Store} store @param {string} typed @param {string} county of the caller @returns {Meaning[]} best first */
export function meanings(store, typed, county) {
  const text = latinDigits(typed.trim());
  if (!text) return [];
  if (/^\d+$/.test(text)) return byNumber(store, text, county);
  const found = types(store, text);
  return found.length ? found : types(store, remapped(text));
}

/** @param {import("../kernel/store.js").Store} store @param {string} text @param {string} county @returns {Meaning[]} */
function byNumber(store, text, county) {
  /** @type {Meaning[]} */
  const closing = CLOSINGS.filter(({ digit }) => digit === text)
    .flatMap(({ code, reasons }) => reasons.map((reason) => ({ what: "close", code, reason })));
  const services = servicesOf(store, county)
    .filter(([, entry]) => String(entry.number).startsWith(text) && text.length > 1);
  return [...closing, .../** @type {Meaning[]} */ (services.map(([service, entry]) => ({ what: "handoff", service, entry })))];
}

/** @param {import("../kernel/store.js").Store} store @param {string} text @returns {Meaning[]} */
function types(store, text) {
  const wanted = key(text);
  if (!wanted) return [];
  return store.entries("incident_type")
    .map(([code, entry]) => ({ code, entry, rank: rankOf(code, entry, wanted) }))
    .filter(({ rank }) => rank < 4)
    .sort((a, b) => a.rank - b.rank || (a.entry.priority ?? 9) - (b.entry.priority ?? 9))
    .slice(0, 8)
    .map(({ code, entry }) => ({ what: "type", code, entry }));
}

/** @param {string} code @param {any} entry @param {string} wanted */
function rankOf(code, entry, wanted) {
  const words = String(entry.keys ?? "").split(/[\s,]+/).map(key);
  const names = [entry.name_fa, entry.name_en, code].map((name) => key(name ?? ""));
  if (words.includes(wanted)) return 0;
  if (names.some((name) => name.startsWith(wanted))) return 1;
  if (words.some((word) => word.startsWith(wanted))) return 2;
  return names.some((name) => name.includes(wanted)) ? 3 : 4;
}

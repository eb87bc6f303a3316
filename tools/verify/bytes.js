// Bytes, hashes, base64, and the word for what is not proved. Everything here runs in the reader's
// browser and asks nobody.
// @ts-check

export const HASH = 32;

/** What is not proved, and why: a word for the reason, and what it is about. */
export class NotProved extends Error {
  /** @param {string} reason @param {unknown} [about] */
  constructor(reason, about = "") {
    super(`${reason} ${about}`);
    this.reason = reason;
    this.about = String(about);
  }
}

/** @param {unknown} holds @param {string} reason @param {unknown} [about] */
export function need(holds, reason, about) {
  if (!holds) throw new NotProved(reason, about);
}

/** @param {...Uint8Array} parts */
export function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export const bytesOf = (/** @type {string} */ text) => new TextEncoder().encode(text);
export const byte = (/** @type {number} */ value) => Uint8Array.of(value);
export const same = (/** @type {Uint8Array} */ a, /** @type {Uint8Array} */ b) =>
  a.length === b.length && a.every((value, at) => value === b[at]);
export const hex = (/** @type {Uint8Array} */ raw) =>
  [...raw].map((value) => value.toString(16).padStart(2, "0")).join("");
export const hashed = async (/** @type {Uint8Array} */ raw) =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", raw));
export const leafHash = (/** @type {Uint8Array} */ leaf) => hashed(joined(byte(0), leaf));
export const nodeHash = (/** @type {Uint8Array} */ left, /** @type {Uint8Array} */ right) =>
  hashed(joined(byte(1), left, right));

/** @param {Uint8Array} raw @param {string} reason @param {unknown} [about] */
export function textOf(raw, reason, about) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(raw);
  } catch {
    throw new NotProved(reason, about);
  }
}

/** Base64 that is written in the one way in which it can be. @param {string} text @param {string} reason */
export function unbased(text, reason) {
  try {
    const found = atob(text);
    need(btoa(found) === text, reason, text.slice(0, 40));
    return Uint8Array.from(found, (letter) => letter.charCodeAt(0));
  } catch {
    throw new NotProved(reason, text.slice(0, 40));
  }
}

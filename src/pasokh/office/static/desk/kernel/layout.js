// @ts-check
/**
 * The same keys under two layouts (xkeyboard-config symbols/ir, ISIRI 9147): what a text would
 * have been, had the other layout been on. Not a transliteration: it follows the keys.
 */

const LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,";
const PERSIAN = "ضصثقفغعهخحجچشسیبلاتنمکگظطزرذدپو";

/** @type {Map<string, string>} */
const TO_PERSIAN = new Map([...LATIN].map((key, place) => [key, PERSIAN[place]]));
/** @type {Map<string, string>} */
const TO_LATIN = new Map([...PERSIAN].map((key, place) => [key, LATIN[place]]));
// Letters that other Persian and Arabic layouts put on the same keys.
for (const [letter, key] of Object.entries({ "ي": "d", "ى": "d", "ك": ";", "ئ": "m" })) {
  TO_LATIN.set(letter, key);
}

/** What the same keys give under the Persian layout. @param {string} text */
export function toPersian(text) {
  return [...text.toLowerCase()].map((char) => TO_PERSIAN.get(char) ?? char).join("");
}

/** What the same keys give under the Latin layout. @param {string} text */
export function toLatin(text) {
  return [...text].map((char) => TO_LATIN.get(char) ?? char).join("");
}

/** The text under the other layout than the one it was typed in. @param {string} text */
export function remapped(text) {
  return /[\u0600-\u06ff]/.test(text.replace(/[۰-۹٠-٩،]/g, "")) ? toLatin(text) : toPersian(text);
}

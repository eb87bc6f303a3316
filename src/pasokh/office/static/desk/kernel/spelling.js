// @ts-check
/**
 * One spelling for what people type: as it is shown and as it is searched. The same steps as
 * words/spelling.py, which explains them; a test compares the two on thousands of texts.
 */

const ZWNJ = "\u200c";
const UNSEEN = "\\u00ad\\u0640\\u061c\\u200b\\u200d-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\u2066-\\u206f\\ufeff";
const STRIPPED = new RegExp(`[${UNSEEN}\\x00-\\x08\\x0e-\\x1b\\x7f-\\x84\\x86-\\x9f]`, "g");
const LINE_ENDS = /\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]/g;
const BLANKS = /[ \t\x1f\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+/g;
const FORMS = /[\ufb50-\ufdff\ufe70-\ufefc]+/g;
const POINTS = " \\n!-\\/:-@\\[-`{-~«»،؛؟٪٫٬…–—‘’“”";
const ZWNJ_IDLE = new RegExp(`^${ZWNJ}|${ZWNJ}$|(?<=[${POINTS}])${ZWNJ}|${ZWNJ}(?=[${POINTS}])`, "g");
const PERSIAN = /[\u0621-\u063f\u0641-\u064a\u066e-\u06d3\u06d5\u06fa-\u06fc]/;
const LATIN = /[A-Za-z\u00c0-\u024f]/;
const SIGNS = /\p{M}{31,}/gu;
const MARKS_MAX = 30;
const DIGITS = "۰۱۲۳۴۵۶۷۸۹";
const ARABIC_DIGITS = "٠١٢٣٤٥٦٧٨٩";

/** @type {Record<string, string>} */
const SHOWN_AS = { "ي": "ی", "ى": "ی", "ك": "ک", "ۀ": "ه\u0654" };
/** @type {Map<string, string>} */
const SEARCHED_AS = new Map(
  [["ٱٲٳ", "ا"], ["كڪ", "ک"], ["ةەہۃھ", "ه"], ["ىيے", "ی"]]
    .flatMap(([variants, letter]) => [...variants].map((variant) => [variant, letter])),
);

/** @param {string} text */
const fewMarks = (text) => text.replace(SIGNS, (run) => [...run].slice(0, MARKS_MAX).join(""));

/** @param {string} text */
const composed = (text) => fewMarks(fewMarks(text).normalize("NFC"));

/** @param {string} digit */
const latinDigit = (digit) => String(Math.max(DIGITS.indexOf(digit), ARABIC_DIGITS.indexOf(digit)));

/** @param {string} token */
const persianSigns = (token) =>
  LATIN.test(token) ? token : token.replace(/[0-9]/g, (digit) => DIGITS[Number(digit)]).replace(/%/g, "٪");

/** The text as it is kept and shown. @param {string} typed @returns {string} */
export function display(typed) {
  let text = typed.replace(LINE_ENDS, "\n").replace(STRIPPED, "");
  text = text.replace(FORMS, (run) => run.normalize("NFKC")).replace(STRIPPED, "");
  text = composed(composed(text).replace(/[يىكۀ]/g, (letter) => SHOWN_AS[letter]));
  text = text.replace(BLANKS, " ").replace(/\u200c{2,}/g, ZWNJ).replace(ZWNJ_IDLE, "");
  text = text.replace(BLANKS, " ").replace(/ ?\n ?/g, "\n").replace(/^[ \n]+|(?<![ \n])[ \n]+$/g, "");
  text = text.replace(/[٠-٩]/g, (digit) => DIGITS[ARABIC_DIGITS.indexOf(digit)]);
  if (!PERSIAN.test(text)) return text;
  return text.replace(/[^ \n]+/g, persianSigns).replace(/"([^"\n]*)"/g, "«$1»");
}

/** @param {string} text @param {string} halfSpace */
function folded(text, halfSpace) {
  return text.replace(/\p{M}/gu, "").normalize("NFKD")
    .replaceAll(ZWNJ, halfSpace)
    .replace(LINE_ENDS, " ").replace(BLANKS, " ")
    .replace(/[\p{M}\p{Cf}\p{Cc}\u0640]/gu, "")
    .replace(/[۰-۹٠-٩]/g, latinDigit)
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .replace(/[ٱٲٳكڪةەہۃھىيے]/g, (letter) => SEARCHED_AS.get(letter) ?? letter)
    .toLowerCase().replaceAll("ς", "σ").trim();
}

/** The text as it is searched; a half-space becomes a space. @param {string} text @returns {string} */
export function key(text) {
  return folded(text, " ");
}

/** Every form under which the text is found: split, and joined. @param {string} text @returns {string[]} */
export function keys(text) {
  const split = folded(text, " ");
  const joined = folded(text, "");
  return split === joined ? [split] : [split, joined];
}

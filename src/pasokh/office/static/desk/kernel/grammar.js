// @ts-check
/**
 * One line, verb first: what a person typed becomes a deed with its things, or a sentence that
 * says what is missing. Read as typed first; if that means nothing, as the same keys give it under
 * the other layout. Three kinds of digits, "D412" without a space, one selected incident implied.
 *
 * @typedef {object} Verb
 * @property {string} verb             one capital letter, or a sign
 * @property {string[]} words          longer English words
 * @property {string[]} persian        Persian words and letters
 * @property {("units"|"unit"|"incident"|"incidents"|"code"|"priority"|"type_place"|"text"|"person")[]} takes
 * @property {string} [list]           the reference list or family of its code
 * @property {boolean} [needsCode]
 * @property {boolean} [needsText]
 * @property {boolean} [destructive]
 *
 * @typedef {object} Lookup            what the words on the line may mean
 * @property {(token: string) => any} unit
 * @property {(token: string) => any} incident
 * @property {(list: string, text: string) => {code: string, name: string}|null} code
 * @property {any} selected            the selected incident or null
 *
 * @typedef {object} Line
 * @property {string} typed
 * @property {string} taken            the text that was understood; differs when it was re-mapped
 * @property {boolean} remapped
 * @property {Verb|null} verb
 * @property {any[]} units
 * @property {any[]} incidents
 * @property {boolean} implied         the incident is the selected one, not a typed one
 * @property {{code: string, name: string}|null} code
 * @property {number|null} priority
 * @property {string} text
 * @property {boolean} ambiguous       a number means both a unit and an incident
 * @property {{id: string, details: Record<string, any>}|null} problem
 */
import { latinDigits, whole } from "./digits.js";
import { toLatin, toPersian } from "./layout.js";
import { key } from "./spelling.js";

const PARTED = /[\s,،؛]+/;

/** @param {string} typed @param {Verb[]} verbs @param {Lookup} lookup @returns {Line} */
export function parse(typed, verbs, lookup) {
  const text = typed.trim();
  for (const [taken, remapped] of readings(text)) {
    const found = verbOf(taken, verbs);
    if (found) return finish(typed, text, taken, remapped, found, lookup);
  }
  return { ...blank(typed), problem: text ? { id: "desk.bar_unknown", details: { word: text.split(PARTED)[0] } } : null };
}

/** @param {string} text @returns {[string, boolean][]} */
function readings(text) {
  return [[text, false], [toLatin(text), true], [toPersian(text), true]];
}

/** @param {string} typed @returns {Line} */
function blank(typed) {
  return {
    typed, taken: typed, remapped: false, verb: null, units: [], incidents: [], implied: false,
    code: null, priority: null, text: "", ambiguous: false, problem: null,
  };
}

/** @param {string} text @param {Verb[]} verbs @returns {{verb: Verb, word: string, rest: number}|null} */
function verbOf(text, verbs) {
  const word = latinDigits(text).match(/^([^\s\d#,،]+)/)?.[1] ?? "";
  if (!word) return null;
  const said = key(word) || word;
  const verb = verbs.find((one) => [one.verb.toLowerCase(), ...one.words, ...one.persian.map((p) => key(p) || p)]
    .includes(one.verb === word ? one.verb.toLowerCase() : said.toLowerCase()));
  return verb ? { verb, word, rest: word.length } : null;
}

/** @param {string} typed @param {string} text @param {string} taken @param {boolean} remapped @param {any} found @param {Lookup} lookup */
function finish(typed, text, taken, remapped, { verb, rest }, lookup) {
  const line = { ...blank(typed), taken, remapped, verb };
  // Both texts have the same length: the map goes key by key. A Persian place that was written
  // after a Latin verb on the wrong layout stays Persian; only codes are tried both ways.
  const persian = /[\u0600-\u06ff]/.test(taken.slice(0, rest));
  const words = (remapped && persian ? taken : text).slice(rest).trim();
  const takes = new Set(verb.takes);
  if (takes.has("type_place")) return withType(line, words, lookup);
  if (takes.has("text") && !takes.has("incident") && !takes.has("unit")) line.text = words;
  else things(line, words, lookup, takes);
  return judged(line, lookup, takes);
}

/** @param {Line} line @param {string} words @param {Lookup} lookup */
function withType(line, words, lookup) {
  const tokens = words.split(PARTED).filter(Boolean);
  for (let size = tokens.length; size > 0; size -= 1) {
    const code = anyCode(line, "incident_type", tokens.slice(0, size).join(" "), lookup);
    if (code) {
      line.code = code;
      line.text = tokens.slice(size).join(" ");
      return line;
    }
  }
  line.text = words;
  if (!words) line.problem = { id: "desk.bar_needs_type", details: {} };
  return line;
}

/** @param {Line} line @param {string} words @param {Lookup} lookup @param {Set<string>} takes */
function things(line, words, lookup, takes) {
  const tokens = words.split(PARTED).filter(Boolean);
  const many = takes.has("units") || takes.has("incidents");
  const unitFirst = takes.has("unit") || takes.has("units");
  let place = 0;
  for (; place < tokens.length; place += 1) {
    const token = latinDigits(tokens[place]);
    const last = place === tokens.length - 1 || !/^#?\d/.test(latinDigits(tokens[place + 1] ?? ""));
    const level = takes.has("priority") && line.priority === null ? whole(token) : null;
    if (level && level <= 5 && last) { line.priority = level; continue; }
    const incident = takes.has("incident") || takes.has("incidents") ? lookup.incident(token.replace(/^#/, "")) : null;
    const unit = unitFirst && !token.startsWith("#") ? anyUnit(tokens[place], lookup) : null;
    if (unit && incident && line.units.length && last) { line.ambiguous = true; line.incidents.push(incident); continue; }
    if (unit && (many || !line.units.length)) { line.units.push(unit); continue; }
    if (incident && (many || !line.incidents.length)) { line.incidents.push(incident); continue; }
    break;
  }
  rest(line, tokens.slice(place), lookup, takes);
}

/** @param {Line} line @param {string[]} tokens @param {Lookup} lookup @param {Set<string>} takes */
function rest(line, tokens, lookup, takes) {
  const list = line.verb?.list ?? "";
  for (let size = takes.has("code") ? tokens.length : 0; size > 0; size -= 1) {
    line.code = anyCode(line, list, tokens.slice(0, size).join(" "), lookup);
    if (line.code) { tokens = tokens.slice(size); break; }
  }
  if (takes.has("text")) { line.text = tokens.join(" "); return; }
  if (tokens.length) line.problem = strange(tokens[0], takes, list);
}

/** @param {string} token @param {Set<string>} takes @param {string} list */
function strange(token, takes, list) {
  const numeric = whole(token.replace(/^#/, "")) !== null;
  if (takes.has("code") && !numeric) return { id: "desk.bar_no_code", details: { word: token, list } };
  if (takes.has("unit") || takes.has("units")) return { id: "desk.bar_no_thing", details: { word: token } };
  return { id: "desk.bar_no_incident", details: { word: token } };
}

/** @param {string} token @param {Lookup} lookup */
function anyUnit(token, lookup) {
  return lookup.unit(token) ?? lookup.unit(toLatin(token)) ?? lookup.unit(toPersian(token));
}

/**
 * Who typed the verb on the other layout types the code there too: with the Persian layout on, the
 * key F says «ب» and means F, not the name that begins with «ب».
 * @param {Line} line @param {string} list @param {string} text @param {Lookup} lookup
 */
function anyCode(line, list, text, lookup) {
  const other = line.taken === toLatin(line.typed.trim()) ? toLatin(text) : toPersian(text);
  const readings = line.remapped ? [other, text] : [text, toLatin(text), toPersian(text)];
  for (const reading of readings) {
    const found = lookup.code(list, reading);
    if (found) return found;
  }
  return null;
}

/** Fill in the selected incident and say what is missing. @param {Line} line @param {Lookup} lookup @param {Set<string>} takes */
function judged(line, lookup, takes) {
  if (line.problem) return line;
  const wants = takes.has("incidents") ? 2 : Number(takes.has("incident"));
  if (line.incidents.length < wants && lookup.selected && !line.incidents.includes(lookup.selected)) {
    line.incidents.unshift(lookup.selected);
    line.implied = true;
  }
  if ((takes.has("unit") || takes.has("units")) && !line.units.length) line.problem = { id: "desk.bar_needs_unit", details: {} };
  else if (line.incidents.length < wants) line.problem = { id: `desk.bar_needs_incident${wants > 1 ? "s" : ""}`, details: {} };
  else if (takes.has("priority") && !(line.priority && line.priority <= 5)) line.problem = { id: "desk.bar_needs_priority", details: {} };
  else if (line.verb?.needsText && !line.text) line.problem = { id: "desk.bar_needs_reason", details: {} };
  else if (line.verb?.needsCode && !line.code) line.problem = { id: "desk.bar_needs_code", details: {} };
  return line;
}

/**
 * Find a code of a closed list by its code, the beginning of its name in either language, or its
 * short keys. One match only: half a word that fits two names fits none.
 * @param {[string, any][]} entries @param {string} text @returns {[string, any]|null}
 */
export function findCode(entries, text) {
  const said = key(text);
  if (!said) return null;
  const exact = entries.find(([code, entry]) => [code, entry.keys, entry.name_fa, entry.name_en]
    .some((one) => one && key(one) === said));
  if (exact) return exact;
  const begun = entries.filter(([, entry]) => [entry.name_fa, entry.name_en].some((one) => one && key(one).startsWith(said)));
  return begun.length === 1 ? begun[0] : null;
}

// @ts-check
/** What a dispatcher can say on the one line, and what each word on it may mean. */
import { latinDigits } from "../kernel/digits.js";
import { findCode } from "../kernel/grammar.js";
import { key } from "../kernel/spelling.js";

/** @type {import("../kernel/grammar.js").Verb[]} */
export const VERBS = [
  { verb: "D", words: ["dispatch", "send"], persian: ["اعزام", "ا"], takes: ["units", "incident"] },
  { verb: "R", words: ["ack", "roger"], persian: ["شنید"], takes: ["units"] },
  { verb: "E", words: ["enroute"], persian: ["راه"], takes: ["units"] },
  { verb: "A", words: ["arrived", "arrive"], persian: ["رسید"], takes: ["units"] },
  { verb: "C", words: ["clear"], persian: ["پایان"], takes: ["units", "code"], list: "outcome" },
  { verb: "B", words: ["cancel"], persian: ["لغو"], takes: ["unit", "text"], destructive: true, needsText: true },
  { verb: "V", words: ["state"], persian: ["آمادگی"], takes: ["unit", "code"], list: "availability", needsCode: true },
  { verb: "N", words: ["new"], persian: ["ن", "تازه"], takes: ["type_place"], list: "incident_type" },
  { verb: "T", words: ["type"], persian: ["نوع"], takes: ["incident", "code"], list: "incident_type", needsCode: true },
  { verb: "P", words: ["priority"], persian: ["اولویت"], takes: ["incident", "priority", "text"], needsText: true },
  { verb: "W", words: ["note", "write"], persian: ["یادداشت"], takes: ["incident", "text"], needsText: true },
  { verb: "O", words: ["own", "take"], persian: ["بردار"], takes: ["incident"] },
  { verb: "L", words: ["leave", "release"], persian: ["رها"], takes: ["incident"] },
  { verb: "J", words: ["join", "merge"], persian: ["ادغام"], takes: ["incidents"], destructive: true },
  { verb: "Z", words: ["close"], persian: ["ببند"], takes: ["incident", "code"], list: "disposition", needsCode: true, destructive: true },
  { verb: "Y", words: ["reopen"], persian: ["بازکن"], takes: ["incident", "text"], needsText: true },
  { verb: "G", words: ["go"], persian: ["برو"], takes: ["incident"] },
  { verb: "F", words: ["filter"], persian: ["صافی"], takes: ["text"] },
  { verb: "U", words: ["undo"], persian: ["برگردان"], takes: [] },
  { verb: ".", words: [], persian: [], takes: [] },
  { verb: "?", words: ["help"], persian: ["راهنما", "؟"], takes: [] },
  { verb: "/", words: ["search"], persian: [], takes: ["text"] },
];

/** Families of words that stand for closed lists of the machine itself. */
const FAMILIES = {
  outcome: ["founded", "unfounded", "hoax", "gone"],
  availability: ["available", "conditionally_available", "not_available"],
};
/** One letter for each outcome, as on the radio. */
const LETTERS = { founded: "f", unfounded: "n", hoax: "h", gone: "g", available: "on", not_available: "off", conditionally_available: "if" };

/** The entries of a list or a family as [code, entry]. @param {any} desk @param {string} list @returns {[string, any][]} */
export function entriesOf({ store, say }, list) {
  const family = FAMILIES[/** @type {keyof FAMILIES} */ (list)];
  if (!family) return store.entries(list);
  return family.map((code) => [code, {
    name_fa: say.word(list, code), name_en: say.word(list, code), keys: LETTERS[/** @type {keyof LETTERS} */ (code)],
  }]);
}

/**
 * Numbers and names by which things are called now.
 * @param {import("../kernel/desk.js").Desk} desk @param {() => string|null} selected
 */
export function lookups(desk, selected) {
  const { store, say } = desk;
  /** @type {Map<string, any>} */
  let units = new Map();
  /** @type {Map<string, any>} */
  let incidents = new Map();
  let stale = true;
  for (const kind of /** @type {const} */ (["unit", "incident"])) store.subscribe(kind, () => { stale = true; });
  const fresh = () => {
    if (!stale) return;
    stale = false;
    units = new Map();
    incidents = new Map();
    for (const unit of store.all("unit")) if (!unit.retired) units.set(key(unit.call_sign || unit.id), unit);
    for (const one of store.all("incident")) {
      const number = String(one.number);
      // A closed one keeps its number until an open one has it.
      if (!one.merged_into && (!one.closed_at || !incidents.has(number))) incidents.set(number, one);
    }
  };
  return {
    unit: (/** @type {string} */ token) => { fresh(); return units.get(key(token)) ?? null; },
    incident: (/** @type {string} */ token) => { fresh(); return incidents.get(latinDigits(token)) ?? null; },
    code: (/** @type {string} */ list, /** @type {string} */ text) => {
      const found = findCode(entriesOf(desk, list), text);
      return found ? { code: found[0], name: say.name(found[1], found[0]) } : null;
    },
    get selected() { const id = selected(); return id ? store.get("incident", id) : null; },
  };
}

/**
 * What could stand next on the line.
 * @param {import("../kernel/desk.js").Desk} desk @param {import("../kernel/grammar.js").Line} line
 * @returns {import("../kernel/command_bar.js").Choice[]}
 */
export function choicesFor(desk, line) {
  const { say } = desk;
  const typed = line.typed;
  if (!line.verb) {
    const begun = key(typed);
    return VERBS.filter(({ words, persian }) => [...words, ...persian].some((word) => key(word).startsWith(begun)))
      .map(({ verb }) => ({ insert: `${verb} `, label: say.t(`desk.form_${verb}`), note: say.t(`desk.verb_${verb}`) }));
  }
  const half = /\s$/.test(typed) ? "" : typed.match(/[^\s\d۰-۹]*[\d۰-۹]*$/)?.[0].replace(/^[^\d۰-۹]+(?=[\d۰-۹])/, "") ?? "";
  const before = half ? typed.slice(0, typed.length - half.length) : typed;
  const insert = (/** @type {string} */ text) => `${before}${text} `;
  const takes = new Set(line.verb.takes);
  const begun = key(half);
  const wantsUnit = (takes.has("units") || takes.has("unit")) && (half ? /^[\d۰-۹]/.test(half) : !line.units.length);
  if (wantsUnit) return unitChoices(desk, begun, insert);
  if ((takes.has("code") || takes.has("type_place")) && !line.code && !/^\d/.test(begun)) {
    return entriesOf(desk, line.verb.list ?? "")
      .filter(([code, entry]) => !begun || [code, entry.name_fa, entry.name_en].some((one) => one && key(one).includes(begun)))
      .map(([code, entry]) => ({ insert: insert(say.name(entry, code)), label: say.name(entry, code), note: entry.keys ?? "" }));
  }
  return [];
}

/** Free units first. @param {any} desk @param {string} begun @param {(text: string) => string} insert */
function unitChoices({ store, say }, begun, insert) {
  const free = (/** @type {any} */ unit) => Number(Boolean(unit.missions?.length) || unit.availability === "not_available");
  return store.all("unit").filter((/** @type {any} */ unit) => !unit.retired && key(unit.call_sign || unit.id).startsWith(begun))
    .sort((/** @type {any} */ a, /** @type {any} */ b) => free(a) - free(b) || ((a.call_sign || a.id) < (b.call_sign || b.id) ? -1 : 1))
    .map((/** @type {any} */ unit) => ({
      insert: insert(unit.call_sign || unit.id), label: say.digits(unit.call_sign || unit.id),
      note: `${say.name(store.entry("station", unit.station ?? ""), unit.station)} · ${say.t(free(unit) ? "desk.unit_taken" : "desk.unit_free")}`,
    }));
}

// @ts-check
/**
 * The questions of a type as far as they came: pure, and the same walk as reference/protocols.py.
 * It suggests; the person decides.
 */

/** Where a path goes when there is nothing more to ask, and the answer that says "not asked". */
export const END = "end";
export const SKIPPED = "skip";

/**
 * @typedef {{given: {step: any, answer: any}[], upcoming: any, urging: {step: any, answer: any}[],
 *   priority: number|null, type: string, advice: string[], services: string[]}} Path
 */

/** The protocol that a type opens, as {code, begun_at, entry}, or null. @param {import("../kernel/store.js").Store} store @param {string} type @returns {any} */
export function protocolOf(store, type) {
  return store.all("entry").find((one) => one.list === "protocol" && type && one.entry.types.includes(type)) ?? null;
}

/** Follow the answers (by step) from the first question on. @param {any} entry @param {Record<string, string>} answers @returns {Path} */
export function walk(entry, answers) {
  const steps = new Map(entry.steps.map((/** @type {any} */ step) => [step.id, step]));
  const given = [];
  let here = entry.steps[0];
  while (here && given.length < steps.size) {
    const chosen = answers[here.id];
    const answer = here.answers.find((/** @type {any} */ one) => one.id === chosen) ?? null;
    if (!answer && chosen !== SKIPPED) break;
    given.push({ step: here, answer });
    here = steps.get(answer?.then || here.then || END);
  }
  const said = given.filter(({ answer }) => answer);
  const urging = said.filter(({ answer }) => answer.priority);
  const named = (/** @type {string} */ field) => [...new Set(said.map(({ answer }) => answer[field]).filter(Boolean))];
  return {
    given, upcoming: here ?? null, urging,
    priority: urging.length ? Math.min(...urging.map(({ answer }) => answer.priority)) : null,
    type: named("type").length ? said.filter(({ answer }) => answer.type).at(-1)?.answer.type : "",
    advice: named("advice"), services: named("service"),
  };
}

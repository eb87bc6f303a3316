// A figure's leaf, and the figure made again from its open rows by the rule that it says itself.
// @ts-check

import { NotProved, need, textOf } from "./bytes.js";

/** Write JSON in the one way in which it can be (RFC 8785). @param {unknown} value @returns {string} */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const pairs = Object.entries(value).map(([key, part]) => [key, canonical(part)]);
    pairs.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${pairs.map(([key, part]) => `${canonical(key)}:${part}`).join(",")}}`;
  }
  need(typeof value !== "string" || value.isWellFormed(), "leaf");
  return JSON.stringify(value);
}

const isText = (/** @type {unknown} */ it) => typeof it === "string";
const isInteger = (/** @type {unknown} */ it) => Number.isSafeInteger(it);
const isSeconds = (/** @type {unknown} */ it) => it === null || isInteger(it);
const isTexts = (/** @type {unknown} */ it) => Array.isArray(it) && it.every(isText);
const isWhere = (/** @type {any} */ it) =>
  it !== null && typeof it === "object" && !Array.isArray(it) && Object.values(it).every(isText);
const isInputs = (/** @type {any} */ it) =>
  isWhere(it) && Object.values(it).every((digest) => /^[0-9a-f]{64}$/.test(digest));
const isPercent = (/** @type {unknown} */ it) => it === null || typeof it === "number";
const isDecimals = (/** @type {any} */ it) => isInteger(it) && it >= 0 && it <= 4;
/** @type {Record<string, Record<string, (it: any) => boolean>>} */
const FORMS = {
  count: { classes: isTexts, count: isInteger },
  share: {
    base: isTexts,
    decimals: isDecimals,
    numerator: isTexts,
    part: isInteger,
    percent: isPercent,
    whole: isInteger,
  },
  quantiles: { n: isInteger, p50: isSeconds, p90: isSeconds, p95: isSeconds },
};
const FIGURE = {
  cutoff: isText,
  definition_id: isText,
  definition_version: isText,
  figure_id: isText,
  inputs: isInputs,
  kind: (/** @type {unknown} */ it) => it === "figure",
  responsible: isText,
  supersedes: (/** @type {unknown} */ it) => it === null || isText(it),
  value: (/** @type {any} */ it) =>
    isWhere(it?.where) &&
    Object.hasOwn(FORMS, it.form) &&
    hasShape(it, { ...FORMS[it.form], form: isText, where: isWhere }),
};

/** @param {any} it @param {Record<string, (part: any) => boolean>} shape */
function hasShape(it, shape) {
  const keys = Object.keys(shape);
  const fit = (/** @type {string} */ key) => Object.hasOwn(it, key) && shape[key](it[key]);
  return Object.keys(it).length === keys.length && keys.every(fit);
}

/** @param {Uint8Array} raw */
export function figureOf(raw) {
  const text = textOf(raw, "leaf");
  let found;
  try {
    found = JSON.parse(text);
    need(canonical(found) === text, "leaf");
  } catch {
    throw new NotProved("leaf");
  }
  need(found !== null && typeof found === "object" && hasShape(found, FIGURE), "leaf");
  return found;
}

/** Read CSV as strictly as Python's csv module does. @param {Uint8Array} raw @param {string} path */
function* rowsOf(raw, path) {
  const text = textOf(raw, "rows", path).replace(/^\ufeff/, "");
  const lines = text.split("\n").filter((line) => line.replace(/\r/g, ""));
  let [row, field, state] = [/** @type {string[]} */ ([]), "", "start"];
  for (const line of lines) {
    if (state === "start" && !row.length && !/["\r]/.test(line)) {
      yield line.split(",");
      continue;
    }
    for (const letter of `${line}\n`) {
      const ends = letter === "\n" || letter === "\r";
      if (state === "quoted") {
        if (letter === '"') state = "quote";
        else field += letter;
      } else if (state === "ended") {
        need(ends, "rows", path);
      } else if (letter === '"' && state === "start") {
        state = "quoted";
      } else if (letter === '"' && state === "quote") {
        field += letter;
        state = "quoted";
      } else if (ends || letter === ",") {
        row.push(field);
        [field, state] = ["", ends ? "ended" : "start"];
      } else {
        need(state !== "quote", "rows", path);
        field += letter;
        state = "field";
      }
    }
    if (state === "ended") {
      yield row;
      [row, state] = [[], "start"];
    }
  }
  need(state === "start" && !row.length, "rows", path);
}

/** Add up `count` by a column, in the rows that fit. @param {[string, Uint8Array][]} tables @param {any} value */
function counted(tables, value) {
  const [column, form] = value.form === "quantiles" ? ["upto", /^[0-9]{0,9}$/] : ["class", /^[^]+$/];
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const [path, raw] of tables) {
    const rows = rowsOf(raw, path);
    /** @type {string[]} */
    const head = rows.next().value ?? [];
    const where = Object.entries(value.where).map(([name, said]) => [head.lastIndexOf(name), said]);
    const [word, count] = [head.lastIndexOf(column), head.lastIndexOf("count")];
    for (const row of rows) {
      if (!where.every(([at, said]) => row[/** @type {number} */ (at)] === said)) continue;
      const fit = word >= 0 && row[word] !== undefined && /** @type {RegExp} */ (form).test(row[word]);
      need(fit && /^-?[0-9]{1,9}$/.test(row[count] ?? ""), "rows", path);
      const key = column === "upto" && row[word] ? String(Number(row[word])) : row[word];
      counts.set(key, (counts.get(key) ?? 0) + Number(row[count]));
    }
  }
  return counts;
}

/** Make the figure again by its own rule. @param {[string, Uint8Array][]} tables @param {any} value */
export function recomputed(tables, value) {
  const counts = counted(tables, value);
  const sum = (/** @type {Iterable<string>} */ names) =>
    [...new Set(names)].reduce((total, name) => total + (counts.get(name) ?? 0), 0);
  if (value.form === "count") return { count: sum(value.classes) };
  if (value.form === "share") {
    const [part, whole] = [sum(value.numerator), sum(value.base)];
    return { part, whole, percent: whole ? rounded((100 * part) / whole, value.decimals) : null };
  }
  const n = sum(counts.keys());
  const ends = [...counts.keys()].filter(Boolean).map(Number).sort((a, b) => a - b);
  const upto = (/** @type {number} */ end) => sum(ends.filter((one) => one <= end).map(String));
  const point = (/** @type {number} */ p) => ends.find((end) => upto(end) * 100 >= n * p) ?? null;
  return { n, p50: point(50), p90: point(90), p95: point(95) };
}

/** Round as Python does: the number's exact digits, halves to even. @param {number} number @param {number} decimals */
export function rounded(number, decimals) {
  const [whole, part] = Math.abs(number).toFixed(100).split(".");
  const rest = part.slice(decimals);
  const half = `5${"0".repeat(rest.length - 1)}`;
  let kept = BigInt(whole + part.slice(0, decimals));
  if (rest > half || (rest === half && kept % 2n)) kept += 1n;
  const digits = String(kept).padStart(decimals + 1, "0");
  const at = digits.length - decimals;
  return Math.sign(number) * Number(`${digits.slice(0, at)}.${digits.slice(at)}0`);
}

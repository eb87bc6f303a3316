// The page: asks which figure and which key, checks, and says in words what was proved and what
// was not. What is shown is text, never markup.
// @ts-check

import { NotProved, checkFigure, checkFile, checkLogOfNow } from "./check.js";
import { WORDS } from "./words.js";

const LIMIT = 32 * 1024 * 1024;
const ROOT = new URL("..", import.meta.url);
const asked = new URLSearchParams(location.search);
const language = asked.get("language") === "en" ? "en" : "fa";
const LOCALE = language === "fa" ? "fa-IR" : "en-GB";

/** @param {string} id */
const at = (id) => /** @type {HTMLInputElement} */ (document.getElementById(id));
const number = (/** @type {number} */ it) => it.toLocaleString(language, { maximumFractionDigits: 4 });

/** @param {string} name @param {Record<string, unknown>} [filled] */
function words(name, filled = {}) {
  return WORDS[language][name].replace(/\{(\w+)\}/g, (_, key) => {
    const it = filled[key];
    // Names and paths keep their own direction, whatever the sentence around them has.
    return typeof it === "number" ? number(it) : `\u2068${it ?? words("none")}\u2069`;
  });
}

/** Fetch a published file: below this folder and nowhere else. @param {string} path */
async function read(path) {
  const fit = path.split("/").every((part) => part && part !== "." && part !== "..");
  if (!fit || /[\\\0]/.test(path)) throw new NotProved("unreadable", path);
  try {
    const url = new URL(path.split("/").map(encodeURIComponent).join("/"), ROOT);
    const answer = await fetch(url, { cache: "no-store", credentials: "omit" });
    const raw = answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null;
    if (raw && raw.length <= LIMIT) return raw;
  } catch (fault) {
    if (!(fault instanceof TypeError)) throw fault;
  }
  throw new NotProved("unreadable", path);
}

/** @param {string} path */
async function lines(path) {
  try {
    const text = new TextDecoder().decode(await read(path));
    return text.split("\n").filter((line) => line && !line.startsWith("#"));
  } catch {
    return [];
  }
}

/** @param {string} tag @param {(string | Node)[]} inside @param {Record<string, string>} [more] */
function element(tag, inside, more = {}) {
  const made = document.createElement(tag);
  made.append(...inside);
  for (const [name, value] of Object.entries(more)) made.setAttribute(name, value);
  return made;
}

const list = (/** @type {string[]} */ items) => element("ul", items.map((it) => element("li", [it])));
const file = (/** @type {string} */ path) =>
  element("li", [element("a", [element("code", [path], { dir: "ltr" })], { href: new URL(path, ROOT).href })]);

/** @param {any} value */
function valueIn(value) {
  const time = (/** @type {number | null} */ it) =>
    it === null ? words("longer") : words("seconds", { n: it });
  const times = { p50: time(value.p50), p90: time(value.p90), p95: time(value.p95) };
  return words(`value_${value.form}`, value.form === "quantiles" ? { ...value, ...times } : value);
}

/** The definition's words, when the figure names its file. @param {[string, Uint8Array][]} files */
function definitionIn(files) {
  const found = files.find(([path]) => path.startsWith("definitions/"));
  return found ? JSON.parse(new TextDecoder().decode(found[1])) : null;
}

/** @param {string} iso */
function momentIn(iso) {
  const shown = new Date(iso);
  const form = new Intl.DateTimeFormat(LOCALE, { dateStyle: "long", timeStyle: "long", timeZone: "UTC" });
  return Number.isNaN(shown.valueOf()) ? iso : form.format(shown);
}

/** @param {any} figure */
function dayIn(figure) {
  const day = figure.figure_id.split("/")[3];
  const shown = new Date(`${day}T00:00:00Z`);
  const calendar = new Intl.DateTimeFormat(LOCALE, { dateStyle: "long", timeZone: "UTC" });
  return words("day", {
    day: Number.isNaN(shown.valueOf()) ? day : calendar.format(shown),
    cutoff: momentIn(figure.cutoff),
    responsible: figure.responsible,
    definition: figure.definition_id,
    version: figure.definition_version,
  });
}

/** @param {Awaited<ReturnType<typeof checkFigure>>} found @param {{size: number, later: number}} now @param {string | null} beside @param {string} given */
function provedIn(found, now, beside, given) {
  const { figure, files, index, head, cosigned, of } = found;
  const definition = definitionIn(files);
  const rows = files.map(([path]) => path).filter((path) => path.endsWith(".csv"));
  const proved = [words("rows", { files: rows.join(", ") }), words("same")];
  if (definition) proved.push(words("words", { says: definition[`says_${language}`] }));
  proved.push(words("leaf", { index, size: head.size, log: found.key.name }));
  proved.push(words("now", now));
  if (of) proved.push(words("cosigned", { cosigned: cosigned.length, of, names: cosigned.join(", ") || null }));
  const not = [words("truth"), words("whole"), words("page")];
  if (!cosigned.length) not.unshift(words("split"));
  not.unshift(words(beside ? "key_beside" : "key_given", { key: beside ?? given }));
  return [
    element("p", [words(beside ? "beside" : "proved")], { class: "verdict proved" }),
    element("h2", [definition?.[`name_${language}`] ?? figure.definition_id]),
    element("p", [valueIn(figure.value)], { class: "value" }),
    element("p", [dayIn(figure)], { class: "soft" }),
    element("h2", [words("what")]),
    list(proved),
    element("h2", [words("unproved")]),
    list(not),
  ];
}

/** The switch's own count of the day, as it was published beside the figure; nothing when none was. @param {string} path @param {import("./notes.js").Key} key */
async function switchBeside(path, key) {
  const beside = path.replace(/[^/]*$/, "switch.csv");
  let raw;
  try {
    raw = await checkFile(read, beside, key);
  } catch (fault) {
    if (!(fault instanceof NotProved)) throw fault;
    if (fault.reason === "unreadable") return [];
    return [element("h2", [words("switch")]), element("p", [words("switch_changed")], { class: "not" })];
  }
  const [, ...rows] = new TextDecoder().decode(raw).trim().split("\n");
  const cells = rows.map((row) => row.split(","));
  const shown = (/** @type {string} */ it) => (it ? number(Number(it)) : "–");
  const heads = ["side", "offered", "answered", "ended"].map((it) => element("th", [words(it)], { scope: "col" }));
  const body = cells.map(([, , side, ...counts]) =>
    element("tr", [
      element("th", [words(side === "switch" ? "by_switch" : "by_log")], { scope: "row" }),
      ...counts.map((it) => element("td", [shown(it)])),
    ]),
  );
  return [
    element("h2", [words("switch")]),
    element("p", [words("switch_says", { from: momentIn(cells[0][0]), to: momentIn(cells[0][1]) })], { class: "soft" }),
    element("table", [element("thead", [element("tr", heads)]), element("tbody", body)]),
  ];
}

/** @param {string} path @param {string} given */
async function told(path, given) {
  try {
    const beside = given ? null : ((await lines("log-key.txt"))[0] ?? "");
    if (beside === "") throw new NotProved("no_key");
    const found = await checkFigure(read, path, given || (beside ?? ""), await lines("witnesses.txt"));
    const now = await checkLogOfNow(read, found);
    const files = [path, `${path}.tlog-proof`, ...found.files.map(([name]) => name)];
    return [
      ...provedIn(found, now, beside, given),
      ...(await switchBeside(path, found.key)),
      element("h2", [words("files")]),
      element("ul", files.map(file)),
    ];
  } catch (fault) {
    if (!(fault instanceof NotProved)) throw fault;
    return [
      element("p", [words("not")], { class: "verdict not" }),
      element("p", [words(`reason_${fault.reason}`, { about: fault.about })]),
    ];
  }
}

async function run() {
  document.documentElement.lang = language;
  document.documentElement.dir = language === "fa" ? "rtl" : "ltr";
  document.title = words("title");
  for (const [id, name] of [["title", "title"], ["lead", "lead"], ["label-figure", "figure"], ["label-log", "log"], ["help-log", "help"], ["go", "go"]]) {
    at(id).textContent = words(name);
  }
  for (const other of ["fa", "en"]) {
    const link = /** @type {HTMLAnchorElement} */ (document.getElementById(other));
    link.href = `?${new URLSearchParams([...new Map([...asked, ["language", other]])])}`;
    if (other === language) link.setAttribute("aria-current", "true");
  }
  const [path, key] = [asked.get("figure") ?? "", (asked.get("log") ?? "").trim().replace(/ /g, "+")];
  [at("language").value, at("figure").value, at("log").value] = [language, path, key];
  if (!path) return;
  at("told").replaceChildren(element("p", [words("working")]));
  at("told").ariaBusy = "true";
  at("told").replaceChildren(...(await told(path, key)));
  at("told").ariaBusy = "false";
}

await run();

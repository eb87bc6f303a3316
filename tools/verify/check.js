// What is proved of a figure: `checkFigure` from its own files, `checkLogOfNow` from the log as it
// is now (C2SP tlog-proof, tlog-tiles; RFC 6962, RFC 9162).
// @ts-check

import { HASH, hashed, hex, joined, leafHash, need, nodeHash, same, textOf, unbased } from "./bytes.js";
import { canonical, figureOf, recomputed } from "./figure.js";
import { COSIGNATURE, ED25519, NUMBER, cosigners, keyOf, needBrowser, signedBy } from "./notes.js";

export { NotProved } from "./bytes.js";
export { recomputed, rounded } from "./figure.js";

const WIDTH = 256;

/** @param {Uint8Array} raw */
function proofOf(raw) {
  const parted = raw.findIndex((value, at) => value === 10 && raw[at + 1] === 10);
  const head = textOf(raw.subarray(0, Math.max(parted, 0)), "proof");
  const form = /^c2sp\.org\/tlog-proof@v1\n(?:extra (.*)\n)?index ([0-9]+)((?:\n.+)*)$/;
  const found = form.exec(head);
  need(found && NUMBER.test(found[2]) && /^[\0-\x7f]*$/.test(head), "proof");
  const [, extra = "", index, lines] = /** @type {RegExpExecArray} */ (found);
  unbased(extra, "proof");
  const path = lines.split("\n").slice(1).map((line) => unbased(line, "proof"));
  return { index: Number(index), path, checkpoint: raw.subarray(parted + 2) };
}

/** @param {Uint8Array} leaf @param {number} index @param {number} size @param {Uint8Array[]} path */
async function rootOver(leaf, index, size, path) {
  let [place, last, over] = [index, size - 1, await leafHash(leaf)];
  if (index >= size) return null;
  for (const beside of path) {
    if (last === 0) return null;
    if (place % 2 || place === last) {
      over = await nodeHash(beside, over);
      while (place && place % 2 === 0) [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
    } else {
      over = await nodeHash(over, beside);
    }
    [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
  }
  return last === 0 ? over : null;
}

/** @typedef {(path: string) => Promise<Uint8Array>} Read */
/** @typedef {import("./notes.js").Key} Key */

/**
 * Check a figure wholly, from its own files alone; NotProved says what is not.
 * @param {Read} read @param {string} path @param {string} log @param {string[]} [witnesses]
 */
export async function checkFigure(read, path, log, witnesses = []) {
  await needBrowser();
  const key = await keyOf(log, ED25519);
  const named = await Promise.all(witnesses.map((text) => keyOf(text, COSIGNATURE)));
  const raw = await read(path);
  const figure = figureOf(raw);
  const proof = proofOf(await read(`${path}.tlog-proof`));
  const head = await signedBy(proof.checkpoint, key);
  const root = await rootOver(raw, proof.index, head.size, proof.path);
  need(root && same(root, head.root), "log");
  const files = await Promise.all(
    Object.entries(figure.inputs).map(async ([name, digest]) => {
      const file = await read(name);
      need(hex(await hashed(file)) === digest, "input", name);
      return /** @type {[string, Uint8Array]} */ ([name, file]);
    }),
  );
  const found = recomputed(files.filter(([name]) => name.endsWith(".csv")), figure.value);
  const told = Object.entries(found);
  need(told.every(([name, it]) => figure.value[name] === it), "value", JSON.stringify(found));
  const cosigned = await cosigners(head, named);
  return { figure, index: proof.index, head, key, cosigned, of: named.length, files };
}

/**
 * Read a file that lies beside a figure and is a leaf of its own, and prove that it is as published.
 * @param {Read} read @param {string} path @param {Key} key
 */
export async function checkFile(read, path, key) {
  const raw = await read(path);
  const sha256 = hex(await hashed(raw));
  const leaf = new TextEncoder().encode(canonical({ kind: "open_rows", path, sha256 }));
  const proof = proofOf(await read(`${path}.tlog-proof`));
  const head = await signedBy(proof.checkpoint, key);
  const root = await rootOver(leaf, proof.index, head.size, proof.path);
  need(root && same(root, head.root), "input", path);
  return raw;
}

/** @param {string} level @param {number} index @param {number} width */
function tilePath(level, index, width) {
  let digits = String(index % 1000).padStart(3, "0");
  for (let rest = Math.floor(index / 1000); rest; rest = Math.floor(rest / 1000)) {
    digits = `x${String(rest % 1000).padStart(3, "0")}/${digits}`;
  }
  return `tile/${level}/${digits}${width === WIDTH ? "" : `.p/${width}`}`;
}

/** Read a tile; where a partial one is gone, its beginning from the full one. @param {Read} read @param {string} level @param {number} index @param {number} width */
async function tileAt(read, level, index, width) {
  try {
    return await read(tilePath(level, index, width));
  } catch (fault) {
    if (width === WIDTH) throw fault;
    return read(tilePath(level, index, WIDTH));
  }
}

/** @param {Uint8Array} raw @param {number} width @param {string} path */
function leavesIn(raw, width, path) {
  const leaves = [];
  let at = 0;
  while (leaves.length < width && at + 2 <= raw.length) {
    const end = at + 2 + raw[at] * 256 + raw[at + 1];
    need(end <= raw.length, "tile", path);
    leaves.push(raw.subarray(at + 2, end));
    at = end;
  }
  need(leaves.length === width, "tile", path);
  return leaves;
}

/** Read the leaves from a bundle's beginning on, with their hashes held against the tiles. @param {Read} read @param {number} start @param {number} size */
async function leavesFrom(read, start, size) {
  const [leaves, hashes] = [/** @type {Uint8Array[]} */ ([]), /** @type {Uint8Array[]} */ ([])];
  for (let first = start; first < size; first += WIDTH) {
    const [index, width] = [first / WIDTH, Math.min(WIDTH, size - first)];
    const path = tilePath("entries", index, width);
    const bundle = leavesIn(await tileAt(read, "entries", index, width), width, path);
    const own = await Promise.all(bundle.map(leafHash));
    const tile = (await tileAt(read, "0", index, width)).subarray(0, width * HASH);
    need(same(joined(...own), tile), "tile", tilePath("0", index, width));
    leaves.push(...bundle);
    hashes.push(...own);
  }
  return { leaves, hashes };
}

/** Hash a row of neighbours, a power of two of them, into the one above. @param {Uint8Array[]} row @returns {Promise<Uint8Array>} */
async function over(row) {
  if (row.length === 1) return row[0];
  const half = row.length / 2;
  return nodeHash(await over(row.slice(0, half)), await over(row.slice(half)));
}

/** Give the hash over [from, to): of what was read where it was, of the tiles before that. @param {Read} read @param {{start: number, hashes: Uint8Array[], size: number}} known @param {number} from @param {number} to @returns {Promise<Uint8Array>} */
async function hashOver(read, known, from, to) {
  const span = to - from;
  if (from >= known.start && span === 1) return known.hashes[from - known.start];
  if (to <= known.start) {
    const level = Math.log2(span);
    const [row, wide] = [Math.floor(level / 8), 2 ** (level % 8)];
    const first = (from / span) * wide;
    const index = Math.floor(first / WIDTH);
    const width = Math.min(WIDTH, Math.floor(known.size / WIDTH ** row) - index * WIDTH);
    const raw = await tileAt(read, String(row), index, width);
    need(raw.length >= ((first % WIDTH) + wide) * HASH, "tile", tilePath(String(row), index, width));
    const at = (/** @type {number} */ place) => ((first % WIDTH) + place) * HASH;
    return over(Array.from({ length: wide }, (_, place) => raw.subarray(at(place), at(place + 1))));
  }
  let half = 1;
  while (half * 2 < span) half *= 2;
  const left = await hashOver(read, known, from, from + half);
  return nodeHash(left, await hashOver(read, known, from + half, to));
}

/**
 * Hold what was proved against the log as it is now: that it did not go back, that it still has
 * what it had, and that no later leaf takes the figure's place.
 * @param {Read} read @param {Awaited<ReturnType<typeof checkFigure>>} proved
 */
export async function checkLogOfNow(read, { figure, index, head, key }) {
  const now = await signedBy(await read("checkpoint"), key);
  need(now.size >= head.size, "back", `${now.size} < ${head.size}`);
  const start = Math.floor(index / WIDTH) * WIDTH;
  const { leaves, hashes } = await leavesFrom(read, start, now.size);
  const known = { start, hashes, size: now.size };
  need(same(await hashOver(read, known, 0, now.size), now.root), "tile", "checkpoint");
  need(same(await hashOver(read, known, 0, head.size), head.root), "split_view", head.size);
  const later = leaves.slice(index - start + 1);
  const at = later.findIndex((leaf) => replaces(leaf, figure.figure_id));
  need(at < 0, "replaced", index + 1 + at);
  return { size: now.size, later: later.length };
}

/** @param {Uint8Array} leaf @param {string} id */
function replaces(leaf, id) {
  try {
    const { kind, supersedes, corrects } = JSON.parse(new TextDecoder().decode(leaf));
    return (kind === "figure" && supersedes === id) || (kind === "correction" && corrects === id);
  } catch {
    return false;
  }
}

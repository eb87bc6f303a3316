// Keys, signed notes, checkpoints and cosignatures (C2SP signed-note, tlog-checkpoint,
// tlog-cosignature), with Ed25519 by the browser (RFC 8032).
// @ts-check

import { HASH, NotProved, byte, bytesOf, hashed, hex, joined, need, textOf, unbased } from "./bytes.js";

const DASH = "\u2014 ";
const SPACE = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
export const NUMBER = /^(?:0|[1-9][0-9]{0,15})$/;
export const [ED25519, COSIGNATURE] = [1, 4];

/** @typedef {{ name: string, id: string, public: Uint8Array }} Key */
/** @typedef {{ name: string, id: string, body: Uint8Array }} Signature */

/** Read a public key, `name+id+base64`. @param {string} text @param {number} kind */
export async function keyOf(text, kind) {
  const [name, id = "", ...rest] = text.split("+");
  const raw = unbased(rest.join("+"), "key");
  const known = await hashed(joined(bytesOf(`${name}\n`), raw));
  const fit = name && !SPACE.test(name) && raw.length === 1 + HASH && raw[0] === kind;
  need(fit && hex(known.subarray(0, 4)) === id, "key", text);
  return { name, id, public: raw.subarray(1) };
}

/** @param {Key} key @param {Uint8Array} message @param {Uint8Array} signature */
async function isSignature(key, message, signature) {
  const imported = await crypto.subtle.importKey("raw", key.public, "Ed25519", false, ["verify"]);
  return crypto.subtle.verify("Ed25519", imported, signature, message);
}

/** A browser that cannot check signatures never says that it did: RFC 8032, 7.1, test 2. */
export async function needBrowser() {
  const [key, signature] = [
    "PUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=",
    "kqAJqfDUyrhyDoILX2QlQKKye1QWUD+Ps3YiI+vbadoIWsHkPhWZbkWPNhPQ8R2MOHsurrQwKu6wDSkWErsMAA==",
  ].map((text) => unbased(text, "browser"));
  const known = { name: "", id: "", public: key };
  try {
    const good = await isSignature(known, byte(0x72), signature.subarray(0, 64));
    need(good && !(await isSignature(known, byte(0x73), signature.subarray(0, 64))), "browser");
  } catch {
    throw new NotProved("browser");
  }
}

/** @param {Uint8Array} raw */
function noteOf(raw) {
  const whole = textOf(raw, "note");
  const parted = whole.lastIndexOf("\n\n");
  need(parted > 0 && whole.endsWith("\n") && !/[\0-\x09\x0b-\x1f]/.test(whole), "note");
  const lines = whole.slice(parted + 2, -1).split("\n");
  return { text: whole.slice(0, parted + 1), signatures: lines.map(signatureOf) };
}

/** @param {string} line @returns {Signature} */
function signatureOf(line) {
  const [name, ...rest] = line.slice(DASH.length).split(" ");
  const body = unbased(rest.join(" "), "note");
  const fit = line.startsWith(DASH) && name && !name.includes("+") && !SPACE.test(name);
  need(fit && body.length > 4, "note", line.slice(0, 80));
  return { name, id: hex(body.subarray(0, 4)), body: body.subarray(4) };
}

/** Read a checkpoint that the log's key signed. @param {Uint8Array} raw @param {Key} log */
export async function signedBy(raw, log) {
  const note = noteOf(raw);
  const own = note.signatures.filter((one) => one.name === log.name && one.id === log.id);
  const message = bytesOf(note.text);
  const good = await Promise.all(own.map((one) => isSignature(log, message, one.body)));
  need(good.length && good.every(Boolean), "signature", log.name);
  const lines = note.text.slice(0, -1).split("\n");
  need(lines.length >= 3 && lines.every(Boolean), "note");
  const [origin, size, root] = lines;
  need(origin === log.name, "origin", origin);
  need(NUMBER.test(size), "note", size);
  return { ...note, size: Number(size), root: unbased(root, "note") };
}

/** Count who of these witnesses cosigned. @param {{text: string, signatures: Signature[]}} note @param {Key[]} witnesses */
export async function cosigners(note, witnesses) {
  const names = [];
  for (const witness of witnesses) {
    const own = note.signatures.filter((one) => one.name === witness.name && one.id === witness.id);
    const good = await Promise.all(own.map((one) => isCosignature(note.text, witness, one.body)));
    if (good.length && good.every(Boolean)) names.push(witness.name);
  }
  return names;
}

/** @param {string} text @param {Key} witness @param {Uint8Array} body */
async function isCosignature(text, witness, body) {
  if (body.length !== 72) return false;
  const seconds = new DataView(body.buffer, body.byteOffset).getBigUint64(0);
  const message = bytesOf(`cosignature/v1\ntime ${seconds}\n${text}`);
  return isSignature(witness, message, body.subarray(8));
}

// @ts-check
/**
 * What the desk knows: objects by kind and id. A newer version wins, an older one is dropped
 * without a word, and who listens hears of changes at once, but not more than twelve times a second.
 *
 * @typedef {import("./types.js").Envelope} Envelope
 * @typedef {import("./types.js").Kind} Kind
 */

/** A hidden page gets no frames; it still has to ring. */
const HIDDEN_MS = 200;
/** In a storm a desk shows what is new this often: quicker than an eye asks, and keys stay free. */
const AGAIN_MS = 80;
/** What is gone is remembered until so many more are: an older version of it may still be on its way. */
const GONE_KEPT = 500;

/** @param {() => void} run */
function nextFrame(run) {
  let done = false;
  const once = () => { if (!done) { done = true; clearTimeout(late); run(); } };
  const late = setTimeout(once, HIDDEN_MS);
  requestAnimationFrame(once);
}

/** @returns {(run: () => void) => void} runs in the next frame, or when it is time again */
function paced() {
  let last = -AGAIN_MS;
  return (run) => {
    const soon = () => nextFrame(() => { last = performance.now(); run(); });
    const wait = last + AGAIN_MS - performance.now();
    if (wait > 0) setTimeout(soon, wait); else soon();
  };
}

export class Store {
  /** @param {(run: () => void) => void} [schedule] */
  constructor(schedule = paced()) {
    this.schedule = schedule;
    /** Number of the last entry that is in here. */
    this.seq = 0;
    /** @type {Map<string, Map<string, {version: number, state: any}>>} */
    this.kinds = new Map();
    /** @type {Map<string, Set<(ids: Set<string>) => void>>} */
    this.listeners = new Map();
    /** @type {Map<string, Set<string>>} */
    this.changed = new Map();
    /** @type {{things: Map<string, {version: number, state: any}>, id: string}[]} oldest first */
    this.gone = [];
  }

  /** @param {Kind} kind @param {string} id @returns {any} the state, or null */
  get(kind, id) {
    return this.kinds.get(kind)?.get(id)?.state ?? null;
  }

  /** @param {Kind} kind @param {string} id @returns {number} 0 when it is not here */
  version(kind, id) {
    return this.kinds.get(kind)?.get(id)?.version ?? 0;
  }

  /** Every object of a kind that is not gone. @param {Kind} kind @returns {any[]} */
  all(kind) {
    const found = [];
    for (const { state } of this.kinds.get(kind)?.values() ?? []) if (state) found.push(state);
    return found;
  }

  /** An entry of a reference list, or null. @param {string} list @param {string} code */
  entry(list, code) {
    return this.get("entry", `${list}:${code}`)?.entry ?? null;
  }

  /** The current entries of a list as [code, entry]. @param {string} list @returns {[string, any][]} */
  entries(list) {
    return this.all("entry").filter((e) => e.list === list && e.entry).map((e) => [e.code, e.entry]);
  }

  /** Take changes. @param {Envelope[]} objects @param {number} [seq] */
  take(objects, seq = 0) {
    for (const object of objects) this.#put(object);
    if (seq > this.seq) this.seq = seq;
  }

  /**
   * Take a snapshot: what it does not have is gone, but for what is newer than the snapshot.
   * @param {Envelope[]} objects @param {number} seq
   */
  replace(objects, seq) {
    const here = new Set(objects.map(({ kind, id }) => `${kind}\n${id}`));
    for (const [kind, things] of this.kinds) {
      for (const [id, { version, state }] of things) {
        if (state && version <= seq && !here.has(`${kind}\n${id}`)) {
          this.#put({ kind: /** @type {Kind} */ (kind), id, version: Math.max(version + 0.5, seq), state: null });
        }
      }
    }
    this.take(objects, seq);
  }

  /**
   * Hear of changes of a kind ("*": of any), with the ids that changed.
   * @param {Kind|"*"} kind @param {(ids: Set<string>) => void} listener @returns {() => void} stop
   */
  subscribe(kind, listener) {
    const listeners = this.listeners.get(kind) ?? new Set();
    this.listeners.set(kind, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /** @param {Envelope} object */
  #put({ kind, id, version, state }) {
    const things = this.kinds.get(kind) ?? new Map();
    this.kinds.set(kind, things);
    const known = things.get(id);
    if (known && known.version >= version) return;
    things.set(id, { version, state });
    if (!state) this.#forget(things, id);
    if (!this.changed.size) this.schedule(() => this.#tell());
    this.changed.set(kind, (this.changed.get(kind) ?? new Set()).add(id));
  }

  /** Remember what is gone for a while. @param {Map<string, {version: number, state: any}>} things @param {string} id */
  #forget(things, id) {
    this.gone.push({ things, id });
    const oldest = this.gone.length > GONE_KEPT ? this.gone.shift() : undefined;
    if (oldest && !oldest.things.get(oldest.id)?.state) oldest.things.delete(oldest.id);
  }

  #tell() {
    const changed = this.changed;
    this.changed = new Map();
    const all = new Set();
    for (const [kind, ids] of changed) {
      for (const id of ids) all.add(id);
      for (const listener of this.listeners.get(kind) ?? []) listener(ids);
    }
    for (const listener of this.listeners.get("*") ?? []) listener(all);
  }
}

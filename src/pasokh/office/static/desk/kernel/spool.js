// @ts-check
/**
 * Where orders wait that nobody took: the browser's own database, in the order in which they were
 * given. It outlives a reload and a crash; an order leaves it only with its receipt.
 *
 * @typedef {import("./types.js").Order} Order
 */

const STORE = "orders";

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

export class Spool {
  /** @param {string} [name] */
  constructor(name = "pasokh-spool") {
    this.name = name;
    /** @type {Promise<IDBDatabase>|null} */
    this.opening = null;
  }

  #open() {
    this.opening ??= (() => {
      const request = indexedDB.open(this.name, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "id" });
      return done(request);
    })();
    return this.opening;
  }

  /** Returns when the disk has it. @param {Order} order */
  async put({ id, name, command, words, at, person, about, label }) {
    const db = await this.#open();
    await new Promise((resolve, reject) => {
      const change = db.transaction(STORE, "readwrite", { durability: "strict" });
      change.objectStore(STORE).put({ id, name, command, words, at, person, about, label });
      change.oncomplete = () => resolve(null);
      change.onerror = () => reject(change.error);
    });
  }

  /** @param {string} id */
  async drop(id) {
    const db = await this.#open();
    await done(db.transaction(STORE, "readwrite").objectStore(STORE).delete(id));
  }

  /** Every order that waits, oldest first: ids are in the order of their birth. @returns {Promise<any[]>} */
  async all() {
    const db = await this.#open();
    return done(db.transaction(STORE).objectStore(STORE).getAll());
  }
}

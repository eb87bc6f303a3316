// @ts-check
/**
 * The order in which rows are shown. A list never moves by itself: what is new waits behind
 * "3 new", what is gone stays where it was until the list is put in order again. Only what is
 * urgent comes in at once, and then beside the row that is looked at, which stays in its place.
 *
 * @typedef {{first: number, rows: number, held: (string|null)[]}} View  the first row on the
 *   screen, how many fit, and the ids of rows that must not move (under the cursor, selected)
 */

export class Holding {
  constructor() {
    /** @type {string[]} */
    this.shown = [];
    /** @type {string[]} */
    this.waiting = [];
    /** @type {Set<string>} */
    this.gone = new Set();
    /** The order that is right differs from the one that is shown. */
    this.restless = false;
  }

  /**
   * Take the right order. Gives the number of rows by which the screen must be scrolled so that
   * the rows that are looked at stay in their place.
   * @param {string[]} sorted @param {(id: string) => boolean} urgent @param {View} view
   */
  take(sorted, urgent, view) {
    if (!this.shown.length) { this.settle(sorted); return 0; }
    const right = new Set(sorted);
    const shown = new Set(this.shown);
    this.gone = new Set(this.shown.filter((id) => !right.has(id)));
    const news = sorted.filter((id) => !shown.has(id));
    let scrolled = 0;
    for (const id of news.filter(urgent)) scrolled += this.#squeeze(id, sorted.indexOf(id), view, scrolled);
    this.waiting = news.filter((id) => !urgent(id));
    this.restless = this.gone.size > 0 || !sameOrder(this.shown, sorted);
    return scrolled;
  }

  /** Put the list in its right order now. @param {string[]} sorted */
  settle(sorted) {
    this.shown = [...sorted];
    this.waiting = [];
    this.gone = new Set();
    this.restless = false;
  }

  /** @param {string} id @param {number} right @param {View} view @param {number} scrolled */
  #squeeze(id, right, { first, rows, held }, scrolled) {
    const top = first + scrolled;
    const looked = held.map((one) => (one ? this.shown.indexOf(one) : -1))
      .filter((place) => place >= top && place < top + rows);
    if (!looked.length) { this.shown.splice(Math.max(right, Math.min(top, this.shown.length)), 0, id); return 0; }
    const below = Math.max(...looked) + 1;
    if (right >= below || below < top + rows) { this.shown.splice(Math.max(right, below), 0, id); return 0; }
    // No room beneath: above them, and the screen goes down by one row.
    this.shown.splice(Math.min(...looked), 0, id);
    return 1;
  }
}

/** @param {string[]} shown @param {string[]} sorted */
function sameOrder(shown, sorted) {
  const known = new Set(shown);
  const rest = sorted.filter((id) => known.has(id));
  return rest.every((id, place) => shown[place] === id);
}

// @ts-check
/** What a supervisor's screens say, worked out of the store. No language, no screen. */

const LATE_ALARMS = 10; // in ten minutes: a flood (EEMUA 191), 1 is the steady benchmark

/**
 * @typedef {object} Shift
 * @property {any} figure           today in numbers
 * @property {any[]} waiting        ringing calls, the longest waiting first
 * @property {any[]} talking        calls that are connected or held
 * @property {any[]} positions      all, by id
 * @property {any[]} lateMissions
 * @property {any[]} lateIncidents
 * @property {any[]} lateCallBacks
 * @property {[string, number][]} flooded   positions with a flood of alarms
 */

/** @param {import("../kernel/store.js").Store} store @param {number} now @returns {Shift} */
export function shiftOf(store, now) {
  const calls = store.all("call");
  const figure = store.get("figure", "today") ?? {};
  const over = ["cleared", "cancelled"];
  return {
    figure,
    waiting: calls.filter((c) => c.phase === "ringing").sort((a, b) => a.offered_at - b.offered_at),
    talking: calls.filter((c) => c.phase === "connected" || c.phase === "held").sort((a, b) => a.answered_at - b.answered_at),
    positions: store.all("position").sort((a, b) => (a.id < b.id ? -1 : 1)),
    lateMissions: store.all("mission").filter((m) => m.overdue && !over.includes(m.stage)).sort((a, b) => (a.due_at ?? 0) - (b.due_at ?? 0)),
    lateIncidents: store.all("incident").filter((i) => i.overdue && !i.closed_at && !i.merged_into).sort((a, b) => (a.due_at ?? 0) - (b.due_at ?? 0)),
    lateCallBacks: calls.filter((c) => c.call_back && c.call_back.due_at <= now),
    flooded: /** @type {[string, number][]} */ (Object.entries(figure.alarms ?? {}).filter(([, count]) => Number(count) >= LATE_ALARMS)),
  };
}

/** How many positions are in each state. @param {any[]} positions @returns {[string, number][]} */
export function byState(positions) {
  const states = ["ready", "busy", "wrap_up", "away", "empty"];
  return states.map((state) => [state, positions.filter((p) => p.state === state).length]);
}

/** A share with one decimal, halves up, from whole numbers; null without a base. @param {number} part @param {number} base */
export function tenths(part, base) {
  return base > 0 ? Math.floor((2000 * part + base) / (2 * base)) : null;
}

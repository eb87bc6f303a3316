// @ts-check
/** What the call taker's lists are made of: pure looks at the store. */

/** @typedef {import("../kernel/store.js").Store} Store */

/** Closed by a person in one key: the digit, the code of the log, the reasons to choose from. */
export const CLOSINGS = [
  { digit: "1", code: "N1", reasons: ["silence", "pocket"] },
  { digit: "2", code: "N2", reasons: ["play", "insult", "repeat"] },
  { digit: "3", code: "N3", reasons: ["false_report", "admitted"] },
  { digit: "4", code: "X", reasons: ["wrong_number", "not_ours", "enquiry"] },
  { digit: "5", code: "V", reasons: ["told", "elsewhere"] },
  { digit: "6", code: "R", reasons: ["recorded", "known"] },
];

/** Calls that ring, the longest waiting first. @param {Store} store @returns {any[]} */
export function ringing(store) {
  return store.all("call").filter((c) => (c.phase ?? "ringing") === "ringing" && !c.ended_at)
    .sort((a, b) => a.offered_at - b.offered_at || (a.id < b.id ? -1 : 1));
}

/** The call-back list: one call for each number, the one that is due first on top. @param {Store} store @returns {any[]} */
export function toCallBack(store) {
  return store.all("call").filter((c) => c.call_back)
    .sort((a, b) => a.call_back.due_at - b.call_back.due_at || (a.id < b.id ? -1 : 1));
}

/** The position of a person, or null. @param {Store} store @param {string} person @returns {any} */
export function seatOf(store, person) {
  return store.all("position").find((p) => p.person === person) ?? null;
}

/** Positions where nobody sits. @param {Store} store @returns {any[]} */
export function emptySeats(store) {
  return store.all("position").filter((p) => (p.state ?? "empty") === "empty")
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/**
 * The call in hand: the one at the position, else the last one that was and is not yet closed.
 * @param {Store} store @param {any} seat @param {string} held id of the call that was in hand
 */
export function inHand(store, seat, held) {
  if (seat?.call) return store.get("call", seat.call);
  const last = held ? store.get("call", held) : null;
  return last && !settled(last) ? last : null;
}

/** A call that needs nothing more from the call taker. @param {any} call */
export function settled(call) {
  return Boolean(call.ended_at) && Boolean(call.code || call.incident || accepted(call));
}

/** @param {any} call */
function accepted(call) {
  return Object.values(call.handoffs ?? {}).includes("accepted");
}

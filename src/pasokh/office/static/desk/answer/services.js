// @ts-check
/** Who else can help: the services of the caller's county, and whether anybody is there now. */

const DAYS = ["sat", "sun", "mon", "tue", "wed", "thu", "fri"];
/** The first day of the epoch was a Thursday. */
const EPOCH_DAY = 5;
const DAY_MINUTES = 1440;
const WEEK_MINUTES = 7 * DAY_MINUTES;

/**
 * The services for a county, its own ones first. @param {import("../kernel/store.js").Store} store
 * @param {string} county "" when it is not known: then all are shown @returns {[string, any][]}
 */
export function servicesOf(store, county) {
  const serves = store.entries("service").filter(([, entry]) => !entry.county || !county || entry.county === county);
  return serves.sort(([, a], [, b]) => Number(Boolean(b.county)) - Number(Boolean(a.county)));
}

/**
 * Whether hours like "sat-wed 07:30-14:30; thu 07:30-12:00" hold now; none hold always.
 * @param {string|undefined} hours @param {number} now ms @param {number} offsetMinutes of the centre's clock
 */
export function openNow(hours, now, offsetMinutes) {
  if (!hours) return true;
  const minutes = Math.floor(now / 60_000) + offsetMinutes + EPOCH_DAY * DAY_MINUTES;
  const at = ((minutes % WEEK_MINUTES) + WEEK_MINUTES) % WEEK_MINUTES;
  return hours.split("; ").some((span) => {
    const [clock, days] = span.split(" ").reverse();
    const [from, until] = clock.split("-").map(minuteOf);
    const length = until > from ? until - from : until - from + DAY_MINUTES;
    return daysOf(days).some((day) => (at - (day * DAY_MINUTES + from) + WEEK_MINUTES) % WEEK_MINUTES < length);
  });
}

/** @param {string} clock */
function minuteOf(clock) {
  const [hour, minute] = clock.split(":").map(Number);
  return hour * 60 + minute;
}

/** @param {string|undefined} days "sat-wed", "thu", or none for each day */
function daysOf(days) {
  if (!days) return DAYS.map((_, day) => day);
  const [first, last = first] = days.split("-").map((day) => DAYS.indexOf(day));
  const found = [];
  for (let day = first; ; day = (day + 1) % 7) {
    found.push(day);
    if (day === last) return found;
  }
}

// @ts-check
/**
 * What a desk and the telephone's window say to each other, in one browser. The window holds a lock
 * as long as it is open, so that a desk knows of a window that crashed without a word.
 *
 * @typedef {"off"|"asking"|"registered"|"lost"|"ringing"|"dialling"|"talking"|"held"|"gone"} PhoneState
 * @typedef {{from: "window", state: PhoneState, muted: boolean}} Told
 * @typedef {{to: "window", ask: "state"|"answer"|"call_back"|"focus"}} Asked
 */

export const CHANNEL = "pasokh-phone";
export const LOCK = "pasokh-phone";

// @ts-check
/** What happened to an incident, entry by entry; what was learned later says so. */
import { html, useEffect, useState } from "../kernel/html.js";

/** Entries that became known later than this after they happened are marked. */
const LATER_MS = 60_000;
/** The names of details that a sentence of an entry may have. */
const SHORT = ["call", "incident", "mission"];

/** @param {{desk: any, id: string, version: number}} props */
export function Timeline({ desk, id, version }) {
  const { say, api, names } = desk;
  const [entries, take] = useState(/** @type {any[]|null} */ (null));
  const [failed, fail] = useState(false);
  useEffect(() => {
    let stale = false;
    const timer = setTimeout(() => {
      api.get("/desk/timeline", { incident_id: id })
        .then((/** @type {any[]} */ found) => { if (!stale) { take(found); fail(false); } }, () => { if (!stale) fail(true); });
    }, entries ? 300 : 0);
    return () => { stale = true; clearTimeout(timer); };
  }, [id, version]);
  const told = (/** @type {any} */ entry) => {
    const details = { ...entry.details };
    for (const name of SHORT) if (typeof details[name] === "string") details[name] = short(desk, name, details[name]);
    if (details.unit) details.unit = say.digits(desk.store.get("unit", details.unit)?.call_sign || details.unit);
    if (details.outcome) details.outcome = say.word("outcome", details.outcome);
    if (details.availability) details.availability = say.word("availability", details.availability);
    return say.knows(`event.${entry.kind}`) ? say.rich(`event.${entry.kind}`, details) : entry.kind;
  };
  return html`<section class="part"><h3>${say.t("desk.timeline")}</h3>
    ${failed ? html`<p class="soft">${say.t("desk.not_now")}</p>` : null}
    <ol class="timeline" reversed>${(entries ?? []).slice().reverse().map((/** @type {any} */ entry) => html`<li key=${entry.seq}>
      <time><bdi>${say.time(entry.at, true)}</bdi></time> <span>${told(entry)}
      ${entry.known_at - entry.at > LATER_MS ? html` <span class="chip" data-tone="off">${say.rich("desk.learned_at", { time: say.time(entry.known_at) })}</span>` : null}
      ${" "}<span class="soft">${who(entry.actor, names)}</span></span></li>`)}</ol></section>`;
}

/** The number by which people call an incident, the end of the id of other things. @param {any} desk @param {string} kind @param {string} id */
function short({ store, say }, kind, id) {
  const number = kind === "incident" ? store.get("incident", id)?.number : 0;
  return number ? say.digits(number) : id.slice(-6);
}

/** @param {string} actor @param {Record<string, string>} names */
function who(actor, names) {
  const person = String(actor ?? "").split(":").at(-1) ?? "";
  return names[person] ?? "";
}

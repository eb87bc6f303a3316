// @ts-check
/** Words to all that this person has not yet said to have seen; on the wall the newest, for all. */
import { polite } from "./announce.js";
import { html, useEffect, useRef } from "./html.js";
import { useChanges, useNews, useTick } from "./parts.js";

/** @typedef {import("./desk.js").Desk} Desk */

/** Broadcasts whose words are here, newest first. @param {Desk} desk @returns {any[]} */
function said({ store }) {
  return store.all("broadcast").filter((/** @type {any} */ one) => one.text)
    .sort((/** @type {any} */ a, /** @type {any} */ b) => b.at - a.at || (a.id < b.id ? 1 : -1));
}

/** Those that wait for this person's "seen"; one's own needs none. @param {Desk} desk */
function unseen(desk) {
  const { person } = desk.me;
  return said(desk).filter((one) => !(one.acknowledged ?? []).includes(person) && one.actor?.split(":").at(-1) !== person);
}

/** The strip below the header. @param {{desk: Desk}} props */
export function BroadcastStrip({ desk }) {
  const { say, orders } = desk;
  const told = useRef(/** @type {Set<string>} */ (new Set()));
  useChanges(desk.store, ["broadcast"]);
  useNews(orders);
  useTick();
  const waiting = unseen(desk);
  useEffect(() => {
    const fresh = waiting.filter(({ id }) => !told.current.has(id));
    for (const { id } of fresh) told.current.add(id);
    if (fresh.length) polite(say.t("desk.frame.words_to_all", { text: fresh[0].text }));
  });
  const seen = (/** @type {any} */ one) => orders.send("acknowledge-broadcast", { broadcast_id: one.id },
    { about: { kind: "broadcast", id: one.id }, label: say.t("desk.frame.deed_seen") });
  return waiting.length ? html`<ul class="words-strip" aria-label=${say.t("desk.frame.words")}>${waiting.map((one) => html`
    <li key=${one.id}><b class="words-text" dir="auto">${one.text}</b>
      <bdi class="soft">${say.rich("desk.frame.age", { age: say.span(desk.clock.now() - one.at) })}</bdi>
      ${orders.about("broadcast", one.id).length ? html`<span class="sending">${say.t("desk.sending")}</span>`
        : html`<button class="button" type="button" onClick=${() => seen(one)}>${say.t("desk.frame.seen")}</button>`}</li>`)}</ul>` : null;
}

/** The newest words on the wall: nothing to press. @param {{desk: Desk}} props */
export function WallWords({ desk }) {
  useChanges(desk.store, ["broadcast"]);
  const newest = said(desk)[0];
  return newest ? html`<p class="wall-words"><span dir="auto">${newest.text}</span>
    <bdi class="soft">${desk.say.time(newest.at)}</bdi></p>` : null;
}

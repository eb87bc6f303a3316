// @ts-check
/**
 * Where is it? Free words are always accepted; when they name several places of the gazetteer,
 * one of them has to be chosen: the same name may lie hundreds of kilometres apart.
 */
import { html, useEffect, useState } from "../kernel/html.js";
import { key } from "../kernel/spelling.js";
import { Choice } from "./choice.js";
import { countyName } from "./queue.js";

const AFTER_MS = 120;

/** @param {{desk: import("../kernel/desk.js").Desk, call: any, field: any, onTake: (place: import("./deeds.js").Place) => void}} props */
export function PlaceField({ desk, call, field, onTake }) {
  const { say } = desk;
  const [text, setText] = useState("");
  const [must, setMust] = useState(false);
  const hits = usePlaces(desk, text, call.county ?? "");
  useEffect(() => { setText(""); setMust(false); }, [call.id]);
  const same = hits.filter((/** @type {any} */ hit) => [hit.name_fa, hit.name_en].some((name) => key(name ?? "") === key(text)));
  const take = (/** @type {number} */ place) => {
    if (place < 0 && !text.trim()) return;
    if (place < 0 && same.length > 1) { setMust(true); return; }
    const hit = place < 0 ? same[0] : hits[place];
    setText("");
    setMust(false);
    onTake(hit
      ? { text: place < 0 ? text.trim() : say.name(hit), county: hit.county, latitude: hit.latitude ?? undefined, longitude: hit.longitude ?? undefined }
      : { text: text.trim(), county: call.county ?? "" });
  };
  const choices = hits.map((/** @type {any} */ hit) => ({ id: hit.code, shown: html`${say.name(hit)} <span class="soft">${[countyName(desk, hit.county), hit.district].filter(Boolean).join(say.t("desk.answer.place_within"))}</span>` }));
  return html`<${Choice} id="place" field=${field} free=${!must} label=${say.t("desk.answer.where")} value=${text} choices=${choices}
    hint=${must ? say.rich("desk.answer.place_choose", { count: same.length }) : call.place ? say.rich("desk.answer.place_now", { place: call.place }) : say.t("desk.answer.place_hint")}
    onInput=${(/** @type {string} */ value) => { setText(value); setMust(false); }} onTake=${take} />`;
}

/** @param {import("../kernel/desk.js").Desk} desk @param {string} text @param {string} county where the call is known to be */
function usePlaces(desk, text, county) {
  const [hits, setHits] = useState(/** @type {any[]} */ ([]));
  useEffect(() => {
    if (text.trim().length < 2) { setHits([]); return undefined; }
    let gone = false;
    const later = setTimeout(() => desk.api.get("/desk/places", { q: text.trim(), ...(county && { county }) })
      .then((told) => gone || setHits(told.places ?? told), () => gone || setHits([])), AFTER_MS);
    return () => { gone = true; clearTimeout(later); };
  }, [text, county]);
  return hits;
}

// @ts-check
/** Who calls: the words of this call (a logged read), and the earlier calls of the same number. */
import { html, useEffect, useState } from "../kernel/html.js";
import { newId } from "../kernel/ids.js";
import { Thread } from "./threads.js";
import { ToldData, ToldPlaces } from "./told_places.js";

/** @param {{desk: import("../kernel/desk.js").Desk, call: any, told: any, deeds: import("./deeds.js").Deeds, reply: any, onTake: (place: any) => void}} props */
export function Caller({ desk, call, told: list, deeds, reply, onTake }) {
  const { say } = desk;
  const [read, setRead] = useState(/** @type {{words: any[], trouble: string}} */ ({ words: [], trouble: "" }));
  const [earlier, setEarlier] = useState(/** @type {any[]} */ ([]));
  useEffect(() => {
    let gone = false;
    desk.api.post("/desk/words", { id: newId(), thing: "call", thing_id: call.id })
      .then(({ words }) => gone || setRead({ words, trouble: "" }), (error) => gone || setRead({ words: [], trouble: error.message }));
    desk.api.get("/desk/earlier", { call_id: call.id }).then((told) => gone || setEarlier(told.earlier ?? told), () => {});
    return () => { gone = true; };
  }, [call.id, call.has_words]);
  const said = (/** @type {string} */ field) => read.words.findLast((/** @type {any} */ words) => words[field])?.[field];
  return html`<dl class="facts">
      <div><dt>${say.t("desk.answer.caller")}</dt>
        <dd>${said("name") ?? say.t("desk.answer.name_unknown")} <bdi dir="ltr" class="number">${say.digits(said("number") ?? "")}</bdi></dd></div>
      <div><dt>${say.t("desk.answer.place")}</dt>
        <dd><bdi>${call.place || said("place") || say.t("desk.answer.place_unknown")}</bdi></dd></div>
    </dl>
    <${ToldPlaces} desk=${desk} words=${read.words} list=${list} onTake=${onTake} />
    <${ToldData} desk=${desk} words=${read.words} />
    ${call.thread && html`<${Thread} desk=${desk} call=${call} words=${read.words} deeds=${deeds} field=${reply} />`}
    ${read.trouble && html`<p class="trouble">${read.trouble}</p>`}
    <ul class="plain notes">${read.words.filter((/** @type {any} */ one) => !one.message && (one.text || one.damaged)).map((/** @type {any} */ words) => html`
      <li><bdi class="timer">${say.time(words.at)}</bdi> ${words.text ?? say.t("desk.words_damaged", { envelope: words.damaged })}</li>`)}</ul>
    ${earlier.length > 0 && html`<h3>${say.t("desk.answer.earlier")}</h3>
      <ul class="plain">${earlier.slice(0, 3).map((/** @type {any} */ past) => html`<li key=${past.call}>
        <bdi class="timer">${say.time(past.at)}</bdi> ${told(desk, past)}</li>`)}</ul>`}`;
}

/** @param {import("../kernel/desk.js").Desk} desk @param {any} past */
function told({ say, store }, past) {
  if (past.incident_number) return say.rich("desk.answer.earlier_incident", { number: past.incident_number, type: say.name(store.entry("incident_type", past.type), past.type) });
  return past.code ? say.word("class", past.code) : say.t("desk.answer.earlier_open");
}

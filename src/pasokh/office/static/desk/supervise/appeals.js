// @ts-check
/** Appeals of the public page: another person than who set the mark decides, then it is told. */
import { WordsKept } from "../dispatch/words_kept.js";
import { html, useEffect, useState } from "../kernel/html.js";

const AGAIN_MS = 15_000;
const DAY_MS = 86_400_000;
const SHOWN = 12;

/** @typedef {{desk: import("../kernel/desk.js").Desk, deeds: import("./deeds.js").ShiftDeeds}} Tools */

/** @param {Tools} props */
export function Appeals({ desk, deeds }) {
  const { say } = desk;
  const [page, take] = useState(/** @type {any} */ ({ waiting: 0, untold: 0, appeals: [] }));
  const ask = () => desk.api.get(`/views/appeals?limit=${SHOWN}`).then(take, () => {});
  useEffect(() => {
    void ask();
    const timer = setInterval(ask, AGAIN_MS);
    return () => clearInterval(timer);
  }, []);
  const late = page.appeals.filter((/** @type {any} */ one) => !one.outcome && one.due_at <= desk.clock.now()).length;
  return html`<section class="panel appeals" aria-labelledby="appeals-title">
    <div class="panel-head"><h2 id="appeals-title">${say.t("desk.appeals.title")}</h2><span class="number">${say.number(page.waiting)}</span></div>
    ${late > 0 && html`<p class="conserved" data-tone="late" role="alert">${say.rich("desk.appeals.late", { count: late })}</p>`}
    ${page.waiting + page.untold === 0 && html`<p class="soft nothing">${say.t("desk.appeals.none")}</p>`}
    <ul class="said">${page.appeals.map((/** @type {any} */ one) => html`<li key=${one.appeal}>
      <${one.outcome ? Tell : Decide} desk=${desk} deeds=${deeds} appeal=${one} done=${ask} /></li>`)}</ul>
    ${page.waiting + page.untold > SHOWN && html`<p class="soft">${say.rich("desk.appeals.more", { count: page.waiting + page.untold - SHOWN })}</p>`}
  </section>`;
}

/** @param {Tools & {appeal: any, done: () => any}} props */
function Decide({ desk, deeds, appeal, done }) {
  const { say, names } = desk;
  const [reason, write] = useState("");
  const left = Math.floor((appeal.due_at - desk.clock.now()) / DAY_MS);
  const due = left < 0 ? say.rich("desk.appeals.overdue", { days: -left }) : say.rich("desk.appeals.due", { days: left });
  const outcomes = appeal.marks.length ? ["upheld", "lifted"] : ["no_mark"];
  const field = `appeal-${appeal.appeal}`;
  const decide = (/** @type {string} */ outcome) => deeds.settle(appeal.appeal, outcome, reason.trim()).then(done);
  return html`<b>${say.rich("desk.appeals.came", { days: Math.floor((desk.clock.now() - appeal.at) / DAY_MS) })}</b>
    <span class="chip" data-tone=${left < 0 ? "late" : "calm"}>${due}</span>
    ${appeal.count > 1 && html` <span class="chip">${say.rich("desk.appeals.count", { count: appeal.count })}</span>`}
    ${!appeal.legible && html` <span class="chip">${say.t("desk.appeals.no_number")}</span>`}
    ${appeal.marks.map((/** @type {any} */ mark) => html`<p key=${mark.call}>${say.word("class", mark.code)} <bdi>${mark.reason}</bdi>
      <span class="soft"> ${say.rich("desk.appeals.marked_by", { by: named(names, mark.by) })}</span></p>`)}
    ${appeal.marks.length === 0 && html`<p>${say.t("desk.appeals.not_marked")}</p>`}
    <${WordsKept} desk=${desk} thing="appeal" id=${appeal.appeal} count=${appeal.count} />
    <div class="row"><label for=${field}>${say.t("desk.appeals.reason")}</label>
      <input id=${field} dir="auto" maxlength="500" value=${reason} onInput=${(/** @type {any} */ e) => write(e.target.value)} />
      ${outcomes.map((outcome) => html`<button key=${outcome} class="button" type="button" disabled=${!reason.trim()}
        onClick=${() => decide(outcome)}>${say.t(`desk.appeals.${outcome}`)}</button>`)}</div>`;
}

/** @param {Tools & {appeal: any, done: () => any}} props */
function Tell({ desk, deeds, appeal, done }) {
  const { say, names } = desk;
  const tell = (/** @type {string} */ result) => deeds.tellAppeal(appeal.appeal, result).then(done);
  return html`<b>${say.t(`desk.appeals.${appeal.outcome}`)}</b> <bdi>${appeal.reason}</bdi>
    <span class="soft"> ${say.rich("desk.appeals.settled_by", { by: named(names, appeal.settled_by) })}</span>
    ${appeal.told.length > 0 && html` <span class="chip">${say.rich("desk.appeals.tried", { count: appeal.told.length })}</span>`}
    <p>${say.t("desk.appeals.to_tell")}</p>
    <${WordsKept} desk=${desk} thing="appeal" id=${appeal.appeal} count=${1} />
    <div class="row">${["called", "texted", "no_answer", "wrong_person"].map((result) => html`<button key=${result} class="button" type="button"
      onClick=${() => tell(result)}>${say.t(`desk.appeals.${result}`)}</button>`)}</div>`;
}

/** @param {Record<string, string>} names @param {string} actor */
function named(names, actor) {
  const person = actor.split(":").at(-1) ?? "";
  return names[person] ?? person;
}

// @ts-check
/** Whom nobody answered: one line a number, the one that is due first on top, and what came of calling back. */
import { html, useLayoutEffect, useRef } from "../kernel/html.js";
import { countyName } from "./queue.js";

const SHOWN = 12;
const RESULTS = ["reached", "no_answer", "busy", "wrong_person", "needs_help"];
/** What the network's last word (a SIP code) says of whoever was dialled. @type {Record<string, string>} */
const SAID = { 486: "busy", 600: "busy", 408: "no_answer", 480: "no_answer", 487: "no_answer" };

/** @param {{desk: import("../kernel/desk.js").Desk, now: number, calls: any[], onBegin: (call: any) => void, onResult: (call: any, result: string) => void}} props */
export function CallBacks({ desk, now, calls, onBegin, onResult }) {
  const { say } = desk;
  return html`<section class="panel" aria-labelledby="back-title">
    <h2 id="back-title">${say.t("desk.answer.call_backs")} <span class="count">${say.number(calls.length)}</span></h2>
    <ul class="plain">${calls.slice(0, SHOWN).map((call) => html`<${Line} key=${call.id} desk=${desk} now=${now} call=${call}
      onBegin=${onBegin} onResult=${onResult} />`)}</ul>
    ${calls.length > SHOWN && html`<p class="soft">${say.rich("desk.answer.and_more", { count: calls.length - SHOWN })}</p>`}
  </section>`;
}

/** @param {any} props */
function Line({ desk, now, call, onBegin, onResult }) {
  const { say, names, me } = desk;
  const { due_at, calls, attempts = 0, last, needs_help, begun_by = "", dialled_at, picked_up_at, reply } = call.call_back;
  const by = begun_by.split(":").at(-1) ?? "";
  const late = due_at <= now;
  const span = html`<bdi class="timer">${say.span(Math.abs(due_at - now))}</bdi>`;
  return html`<li class=${late ? "queued late back" : "queued back"}>
    <span>${say.rich(late ? "desk.answer.back_late" : "desk.answer.back_due", { span })}</span>
    <span class="soft">${countyName(desk, call.county)}</span>
    ${calls > 1 && html`<span class="chip">${say.rich("desk.answer.back_calls", { count: calls })}</span>`}
    ${attempts > 0 && html`<span class="chip">${say.rich("desk.answer.back_tries", { count: attempts })} · ${say.t(`desk.answer.back_result_${last}`)}</span>`}
    ${needs_help && html`<span class="chip" data-tone="late">${say.t("desk.answer.back_needs_help")}</span>`}
    ${by && by !== me.person && html`<span class="chip">${say.rich("desk.answer.back_by", { by: names[by] ?? by })}</span>`}
    ${dialled_at > 0 && html`<span class="chip" role="status">${say.rich(picked_up_at ? "desk.answer.back_talks" : "desk.answer.back_dials", { span: say.span(now - (picked_up_at || dialled_at)) })}</span>`}
    ${reply && html`<span class="chip" role="status">${SAID[reply] ? say.t(`desk.answer.back_result_${SAID[reply]}`) : say.rich("desk.answer.back_said", { reply })}</span>`}
    ${by === me.person
      ? html`<${Results} say=${say} call=${call} said=${SAID[reply] ?? ""} onResult=${onResult} />`
      : html`<button class="button" type="button" onClick=${() => onBegin(call)}>${say.t("desk.answer.back_begin")}</button>`}
  </li>`;
}

/** @param {any} props */
function Results({ say, call, said, onResult }) {
  const group = useRef(/** @type {any} */ (null));
  // What the network said is only proposed: one key, and a person's.
  useLayoutEffect(() => { group.current?.querySelectorAll("button")[Math.max(0, RESULTS.indexOf(said))]?.focus(); }, [said]);
  const pressed = (/** @type {KeyboardEvent} */ event) => {
    const buttons = [...group.current.querySelectorAll("button")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.repeat && event.key === "Enter") event.preventDefault();
    if (!step) return;
    event.preventDefault();
    buttons[Math.max(0, Math.min(buttons.length - 1, buttons.indexOf(document.activeElement) + step))].focus();
  };
  return html`<span class="results" role="group" aria-label=${say.t("desk.answer.back_what")} ref=${group} onKeyDown=${pressed}>
    ${RESULTS.map((result) => html`<button class="button" type="button" key=${result} onClick=${() => onResult(call, result)}>
      ${say.t(`desk.answer.back_result_${result}`)}</button>`)}</span>`;
}

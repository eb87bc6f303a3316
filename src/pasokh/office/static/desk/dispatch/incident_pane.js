// @ts-check
/** One incident, wholly: what it is, who goes there, what was said about it, what happened when. */
import { Field } from "../kernel/fields.js";
import { findCode } from "../kernel/grammar.js";
import { html, useState } from "../kernel/html.js";
import { whole } from "../kernel/digits.js";
import { Mark, useChanges, useNews, useTick } from "../kernel/parts.js";
import { Recording, SpokenBack } from "../kernel/recording.js";
import { Missions } from "./missions.js";
import { Timeline } from "./timeline.js";
import { Due } from "./timers.js";
import { WordsKept } from "./words_kept.js";

/** @param {{desk: any, deeds: any, id: string|null, notice: (text: string) => void, offer: (text: string) => void, select: (id: string) => void}} props */
export function IncidentPane({ desk, deeds, id, notice, offer, select }) {
  const { say, store, orders } = desk;
  useChanges(store, ["incident", "mission", "unit", "call", "entry"]);
  useNews(orders);
  useTick();
  const one = id ? store.get("incident", id) : null;
  if (!one) {
    const sending = id && orders.about("incident", id).length;
    return html`<section class="panel pane" aria-label=${say.t("desk.incident")}>
      <p class="nothing soft">${sending ? html`<span class="sending">${say.t("desk.sending")}</span>` : say.t("desk.pane_empty")}</p></section>`;
  }
  const type = one.type ? say.name(store.entry("incident_type", one.type), one.type) : say.t("desk.type_unknown");
  const number = say.digits(one.number);
  return html`<section class="panel pane" aria-label=${say.t("desk.incident_is", { incident: number })} key=${one.id}>
    <header class="pane-head">
      <${Mark} say=${say} priority=${one.priority} />
      <h2><bdi class="number">${number}</bdi> ${type}</h2>
      ${one.closed_at ? html`<span class="chip" data-tone="off">${say.t("desk.closed")}</span>` : html`<${Due} desk=${desk} due=${one.due_at} late=${one.overdue} />`}
      ${orders.about("incident", one.id).length ? html`<span class="sending">${say.t("desk.sending")}</span>` : null}
    </header>
    <${Owner} desk=${desk} deeds=${deeds} one=${one} />
    <div class="scroll" tabindex="0" role="group" aria-label=${say.t("desk.incident_is", { incident: number })}>
      <${Missions} desk=${desk} deeds=${deeds} incident=${one} offer=${offer} />
      <${Fields} desk=${desk} deeds=${deeds} one=${one} type=${type} notice=${notice} />
      <${Joined} desk=${desk} deeds=${deeds} one=${one} select=${select} offer=${offer} />
      <${Calls} desk=${desk} one=${one} />
      <${WordsKept} desk=${desk} thing="incident" id=${one.id} count=${one.has_words} key=${one.id} />
      <${Timeline} desk=${desk} id=${one.id} version=${store.version("incident", one.id)} key=${one.id} />
    </div>
  </section>`;
}

/** @param {{desk: any, deeds: any, one: any}} props */
function Owner({ desk, deeds, one }) {
  const { say, me, names } = desk;
  const mine = one.owner === me.person;
  return html`<div class="owner">
    <span>${one.owner ? say.rich("desk.owned_by", { person: mine ? say.t("desk.you") : names[one.owner] ?? one.owner }) : say.t("desk.owned_by_none")}</span>
    ${mine ? html`<button class="button small" type="button" onClick=${() => deeds.incident("ReleaseIncident", one)}>${say.t("desk.release")}</button>`
      : html`<button class="button small" type="button" onClick=${() => deeds.own(one)}>${say.t("desk.own")}</button>`}
  </div>`;
}

/** @param {{desk: any, deeds: any, one: any, type: string, notice: (text: string) => void}} props */
function Fields({ desk, deeds, one, type, notice }) {
  const { say, store } = desk;
  const [level, choose] = useState(0);
  const typed = (/** @type {string} */ text) => {
    const found = findCode(store.entries("incident_type"), text);
    if (found) void deeds.incident("TypeIncident", one, { incident_type: found[0] });
    else notice(say.t("desk.bar_no_code", { word: text }));
  };
  const moved = (/** @type {string} */ text) => deeds.incident("MoveIncident", one, { county: one.county ?? "", beat: one.beat ?? "" }, { place: text });
  const judged = (/** @type {string} */ text) => {
    void deeds.incident("PrioritiseIncident", one, { priority: level, reasons: [text] });
    choose(0);
  };
  return html`<div class="fields">
    <${Field} say=${say} id="field-type" label=${say.t("desk.column_type")} value=${one.type ? type : ""} list="types" onSave=${typed} />
    <datalist id="types">${store.entries("incident_type").map((/** @type {[string, any]} */ [code, entry]) => html`<option key=${code} value=${say.name(entry, code)}></option>`)}</datalist>
    <${Field} say=${say} id="field-place" label=${say.t("desk.column_place")} value=${one.place ?? ""} onSave=${moved} />
    <div class="field"><span class="field-label" id="levels">${say.t("desk.column_priority")}</span>
      <div class="levels" role="group" aria-labelledby="levels">${[1, 2, 3, 4, 5].map((n) => html`<button type="button" key=${n} class="button small"
        aria-pressed=${(level || one.priority) === n ? "true" : "false"} onClick=${() => choose(n === one.priority ? 0 : n)}>${say.digits(n)}</button>`)}</div></div>
    ${level ? html`<${Field} say=${say} id="field-why" label=${say.t("desk.priority_why", { priority: level })} value="" onSave=${judged} key=${level} />` : null}
    <${Field} say=${say} id="field-note" label=${say.t("desk.note")} value="" placeholder=${say.t("desk.note_hint")}
      onSave=${(/** @type {string} */ text) => deeds.incident("NoteIncident", one, {}, { text })} />
  </div>`;
}

/** Link, merge, close and their opposites. @param {{desk: any, deeds: any, one: any, select: (id: string) => void, offer: (text: string) => void}} props */
function Joined({ desk, deeds, one, select, offer }) {
  const { say, store } = desk;
  const [other, write] = useState("");
  const [why, reasoned] = useState("");
  const found = store.all("incident").find((/** @type {any} */ each) => each.number === whole(other) && each.id !== one.id && !each.merged_into);
  const number = say.digits(one.number);
  const into = one.merged_into ? store.get("incident", one.merged_into) : null;
  const settled = () => { write(""); reasoned(""); };
  const act = (/** @type {() => any} */ deed) => () => { deed(); settled(); };
  return html`<details class="joined"><summary>${say.t("desk.joined")}${one.linked?.length ? html` <span class="soft">${say.rich("desk.linked_count", { count: one.linked.length })}</span>` : null}</summary>
    <div class="row"><label for="other">${say.t("desk.other_incident")}</label>
      <input id="other" class="short" inputmode="numeric" dir="ltr" autocomplete="off" value=${other} onInput=${(/** @type {any} */ e) => write(e.target.value)} />
      <label for="why">${say.t("desk.reason")}</label>
      <input id="why" dir="auto" autocomplete="off" value=${why} onInput=${(/** @type {any} */ e) => reasoned(e.target.value)} /></div>
    <div class="deeds">
      <button class="button small" type="button" disabled=${!found || !why} onClick=${act(() => deeds.incident("LinkIncidents", one, { other_id: found.id, reason: why }))}>${say.t("desk.link")}</button>
      <button class="button small care" type="button" disabled=${!found} onClick=${act(() => deeds.merge(one, found))}>${say.t("desk.merge")}</button>
      ${into ? html`<button class="button small" type="button" disabled=${!why} onClick=${act(() => deeds.incident("UnmergeIncident", one, { reason: why }))}>${say.t("desk.unmerge")}</button>` : null}
      ${one.closed_at ? html`<button class="button small" type="button" disabled=${!why} onClick=${act(() => deeds.incident("ReopenIncident", one, { reason: why }))}>${say.t("desk.reopen")}</button>`
        : html`<button class="button small care" type="button" onClick=${() => offer(`Z ${number} `)}>${say.t("desk.close_incident")}</button>`}
    </div>
    ${one.linked?.length ? html`<ul class="links">${one.linked.map((/** @type {string} */ id) => {
      const linked = store.get("incident", id);
      return html`<li key=${id}><button class="button small" type="button" disabled=${!linked} onClick=${() => select(id)}><bdi>${linked ? say.digits(linked.number) : id}</bdi></button>
        <button class="button small" type="button" disabled=${!why} onClick=${act(() => deeds.incident("UnlinkIncidents", one, { other_id: id, reason: why }))}>${say.t("desk.unlink")}</button></li>`;
    })}</ul>` : null}
  </details>`;
}

/** @param {{desk: any, one: any}} props */
function Calls({ desk, one }) {
  const { say, store } = desk;
  const calls = (one.calls ?? []).map((/** @type {string} */ id) => store.get("call", id) ?? { id });
  if (!calls.length) return null;
  return html`<section class="part"><h3>${say.t("desk.calls")} <span class="soft">${say.number(calls.length + (one.more_calls ?? 0))}</span></h3>
    <ul class="calls">${calls.map((/** @type {any} */ call) => html`<li key=${call.id}>
      ${call.offered_at ? html`<bdi>${say.time(call.offered_at)}</bdi> ${say.word("channel", call.channel ?? "voice")} · ${say.word("phase", call.phase ?? "ended")}`
        : html`<span class="soft">${say.t("desk.call_past")}</span>`}
      ${call.code ? html` · ${say.word("class", call.code)}` : null} <bdi class="soft id">${call.id.slice(-6)}</bdi>
      ${call.recording && html`<${Recording} desk=${desk} call=${call} />`}
      <${SpokenBack} desk=${desk} call=${call} /></li>`)}</ul>
    ${one.more_calls ? html`<p class="soft">${say.rich("desk.calls_before", { count: one.more_calls })}</p>` : null}</section>`;
}

// @ts-check
/** Open incidents near the caller, by distance, time and words: link the call, or join the two. */
import { html, useEffect, useState } from "../kernel/html.js";

const AGAIN_MS = 5000;

/** @param {{desk: import("../kernel/desk.js").Desk, call: any, deeds: import("./deeds.js").Deeds, list: any, onLeave: () => void}} props */
export function Near({ desk, call, deeds, list, onLeave }) {
  const { say, store } = desk;
  const near = useNear(desk, call);
  const take = (/** @type {any} */ row) => {
    if (row.incident === call.incident) return undefined;
    return call.incident ? deeds.join(call.incident, row.incident) : deeds.link(call, row.incident);
  };
  const pressed = (/** @type {KeyboardEvent} */ event) => {
    const buttons = [.../** @type {HTMLElement} */ (event.currentTarget).querySelectorAll("button")];
    const place = buttons.indexOf(/** @type {any} */ (document.activeElement));
    if (event.key === "ArrowDown") { event.preventDefault(); buttons[Math.min(place + 1, buttons.length - 1)]?.focus(); }
    if (event.key === "ArrowUp") { event.preventDefault(); place > 0 ? buttons[place - 1].focus() : onLeave(); }
    if (event.key === "Escape") { event.stopPropagation(); onLeave(); }
    if (event.repeat) event.preventDefault();
  };
  return html`<section class="panel" aria-labelledby="near-title">
    <h2 id="near-title">${say.t("desk.answer.near")} <span class="count">${say.number(near.length)}</span></h2>
    ${near.length === 0 && html`<p class="soft">${say.t("desk.answer.near_none")}</p>`}
    <ul class="plain" ref=${list} onKeyDown=${pressed}>${near.map((/** @type {any} */ row) => {
      const incident = store.get("incident", row.incident);
      if (!incident) return null;
      const type = say.name(store.entry("incident_type", incident.type), incident.type);
      return html`<li key=${row.incident} class="near">
        <span><bdi class="number">${say.digits(incident.number)}</bdi> ${type} <span class="soft">${incident.place}</span></span>
        <span class="soft">${row.metres === null || row.metres === undefined ? "" : say.rich("desk.answer.metres", { count: Math.round(row.metres / 10) * 10 })}
          ${row.metres === null || row.metres === undefined ? "" : " · "}${say.rich("desk.answer.minutes_ago", { count: Math.round(row.minutes) })}
          ${(row.grounds ?? []).map((/** @type {string} */ ground) => html`<span key=${ground}> · ${say.t(`desk.answer.ground_${ground}`)}</span>`)}</span>
        ${row.incident === call.incident
          ? html`<span class="chip">${say.t("desk.answer.linked")}</span>`
          : html`<button class="button" type="button" onClick=${() => take(row)}>${say.t(call.incident ? "desk.answer.join" : "desk.answer.link")}</button>`}
      </li>`;
    })}</ul>
  </section>`;
}

/** @param {import("../kernel/desk.js").Desk} desk @param {any} call */
function useNear(desk, call) {
  const [near, setNear] = useState(/** @type {any[]} */ ([]));
  useEffect(() => {
    let gone = false;
    const look = () => desk.api.get("/desk/nearby", { call_id: call.id })
      .then((told) => gone || setNear(told.near), () => {});
    look();
    const again = setInterval(look, AGAIN_MS);
    return () => { gone = true; clearInterval(again); };
  }, [call.id, call.place, call.county, call.type, call.incident]);
  return near;
}

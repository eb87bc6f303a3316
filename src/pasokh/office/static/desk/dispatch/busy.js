// @ts-check
/** A busy unit is never taken silently: who has it is named, and taking it needs a reason. */
import { html, useState } from "../kernel/html.js";
import { Dialogue } from "../kernel/parts.js";
import { callSign } from "./deeds.js";

/** @param {{desk: any, deeds: any, ask: any, onClose: () => void}} props */
export function BusyUnit({ desk, deeds, ask, onClose }) {
  const { say, store, names } = desk;
  const { unit, incident, mission, missionId, problem } = ask;
  const [reason, write] = useState("");
  const holder = mission ?? store.get("mission", String(problem?.details?.mission ?? ""));
  const held = holder ? store.get("incident", holder.incident) : null;
  const by = String(problem?.details?.by ?? held?.owner ?? "");
  const number = held?.number ?? problem?.details?.number;
  const details = {
    unit: say.digits(callSign(unit)), incident: number ? say.digits(number) : "–", by: names[by] ?? (by || say.t("desk.nobody")),
    stage: holder ? say.word("stage", holder.stage) : "–", wanted: say.digits(incident.number),
  };
  const leave = () => { deeds.withdraw(missionId); onClose(); };
  const take = () => {
    if (!reason.trim()) return;
    onClose();
    if (missionId) void deeds.tell(missionId, unit, incident, reason.trim());
    else void deeds.create(unit, incident, reason.trim());
  };
  const away = problem?.reason === "unit_not_available";
  return html`<${Dialogue} label=${say.t(away ? "desk.away_title" : "desk.busy_title", details)} onClose=${leave} kind="care">
    <p>${away ? say.rich("desk.away_about", details) : say.rich("desk.busy_about", details)}</p>
    ${problem ? html`<p class="soft">${problem.detail}</p>` : null}
    <form onSubmit=${(/** @type {Event} */ e) => { e.preventDefault(); take(); }}>
      <label for="busy-reason">${say.rich("desk.busy_reason", details)}</label>
      <input id="busy-reason" type="text" dir="auto" autocomplete="off" autofocus maxlength="500" value=${reason}
        onInput=${(/** @type {any} */ e) => write(e.target.value)}
        onKeyDown=${(/** @type {KeyboardEvent} */ e) => { if (e.repeat && e.key === "Enter") e.preventDefault(); }} />
      <div class="deeds">
        <button class="button care" type="submit" disabled=${!reason.trim()}>${say.t("desk.busy_take", details)}</button>
        <button class="button" type="button" onClick=${leave}>${say.t("desk.busy_leave")}</button>
      </div>
    </form>
  <//>`;
}

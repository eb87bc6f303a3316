// @ts-check
/** The wallboard: the shift's numbers, to be read from six metres. Nothing to press. */
import { openDesk } from "./kernel/desk.js";
import { html, render } from "./kernel/html.js";
import { ClockFace, LineBar, useChanges, useTick } from "./kernel/parts.js";
import { byState, shiftOf } from "./supervise/shift.js";
import { Banners, Tiles } from "./supervise/tiles.js";

/** @param {{desk: import("./kernel/desk.js").Desk}} props */
function Wallboard({ desk }) {
  const { say } = desk;
  useChanges(desk.store, ["figure", "position", "broadcast"]);
  useTick();
  const shift = shiftOf(desk.store);
  const words = desk.store.all("broadcast").sort((a, b) => b.at - a.at)[0];
  return html`<div class="desk desk-wallboard">
    <header class="top"><h1>${say.t("desk.shift.wallboard")}</h1><${LineBar} desk=${desk} /><${ClockFace} desk=${desk} /></header>
    <${Banners} desk=${desk} shift=${shift} />
    <${Tiles} desk=${desk} shift=${shift} />
    <ul class="states" aria-label=${say.t("desk.shift.positions")}>${byState(shift.positions).filter(([state]) => state !== "empty").map(([state, count]) => html`
      <li key=${state}>${say.word("position", state)} <bdi>${say.number(count)}</bdi></li>`)}</ul>
    ${words && html`<p class="wall-words">${words.text}</p>`}
  </div>`;
}

const desk = await openDesk();
const root = document.getElementById("root");
if (root) render(html`<${Wallboard} desk=${desk} />`, root);

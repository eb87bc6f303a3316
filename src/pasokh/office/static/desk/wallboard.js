// @ts-check
/** The wallboard: the shift's numbers, to be read from six metres. Nothing to press. */
import { openDesk } from "./kernel/desk.js";
import { Frame } from "./kernel/frame.js";
import { html, render } from "./kernel/html.js";
import { useChanges, useTick } from "./kernel/parts.js";
import { CountedLine, Probed, Silence } from "./supervise/line.js";
import { byState, shiftOf } from "./supervise/shift.js";
import { Banners, Conserved, Tiles } from "./supervise/tiles.js";

/** @param {{desk: import("./kernel/desk.js").Desk}} props */
function Wallboard({ desk }) {
  const { say } = desk;
  useChanges(desk.store, ["figure", "position"]);
  useTick();
  const shift = shiftOf(desk.store, desk.clock.now());
  return html`<div class="desk desk-wallboard">
    <${Frame} desk=${desk} title=${say.t("desk.shift.wallboard")} wall />
    <${Banners} desk=${desk} shift=${shift} />
    <${Silence} desk=${desk} shift=${shift} />
    <${Probed} desk=${desk} shift=${shift} wall />
    <${Tiles} desk=${desk} shift=${shift} />
    <${Conserved} desk=${desk} shift=${shift} wall />
    <${CountedLine} desk=${desk} shift=${shift} />
    <ul class="states" aria-label=${say.t("desk.shift.positions")}>${byState(shift.positions).filter(([state]) => state !== "empty").map(([state, count]) => html`
      <li key=${state}>${say.word("position", state)} <bdi>${say.number(count)}</bdi></li>`)}</ul>
  </div>`;
}

const desk = await openDesk();
const root = document.getElementById("root");
if (root) render(html`<${Wallboard} desk=${desk} />`, root);

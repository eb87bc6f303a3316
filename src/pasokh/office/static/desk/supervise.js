// @ts-check
/** The supervisor's desk: how the shift stands, what is late, who sits where, words to all. */
import { openDesk } from "./kernel/desk.js";
import { Frame } from "./kernel/frame.js";
import { html, render, useMemo } from "./kernel/html.js";
import { LastDeeds, useChanges, useTick } from "./kernel/parts.js";
import { Answering } from "./supervise/answering.js";
import { Appeals } from "./supervise/appeals.js";
import { ShiftDeeds } from "./supervise/deeds.js";
import { Doors } from "./supervise/doors.js";
import { CountedLine, Probed, Silence } from "./supervise/line.js";
import { Late } from "./supervise/late.js";
import { Marks } from "./supervise/marks.js";
import { Minutes } from "./supervise/minutes.js";
import { Positions, Talks } from "./supervise/positions.js";
import { shiftOf } from "./supervise/shift.js";
import { Banners, Conserved, LateReleases, Tiles } from "./supervise/tiles.js";
import { Broadcasts, ShiftNotes } from "./supervise/words.js";

/** @param {{desk: import("./kernel/desk.js").Desk}} props */
function SuperviseDesk({ desk }) {
  const deeds = useMemo(() => new ShiftDeeds(desk), []);
  useChanges(desk.store, ["figure", "position", "broadcast"]);
  useTick();
  const shift = shiftOf(desk.store, desk.clock.now());
  return html`<div class="desk desk-supervise">
    <${Frame} desk=${desk} title=${desk.say.t("desk.shift.title")} />
    <${Banners} desk=${desk} shift=${shift} />
    <${Silence} desk=${desk} shift=${shift} />
    <${Probed} desk=${desk} shift=${shift} />
    <${Tiles} desk=${desk} shift=${shift} />
    <${Conserved} desk=${desk} shift=${shift} />
    <${LateReleases} desk=${desk} shift=${shift} />
    <${Doors} desk=${desk} shift=${shift} />
    <${CountedLine} desk=${desk} shift=${shift} deeds=${deeds} />
    <${Minutes} desk=${desk} />
    <div class="shift-columns">
      <div class="column"><${Late} desk=${desk} shift=${shift} deeds=${deeds} /><${Answering} desk=${desk} /><${Talks} desk=${desk} shift=${shift} /></div>
      <div class="column"><${Positions} desk=${desk} shift=${shift} deeds=${deeds} /><${Marks} desk=${desk} deeds=${deeds} /><${Appeals} desk=${desk} deeds=${deeds} /></div>
      <div class="column"><${Broadcasts} desk=${desk} deeds=${deeds} /><${ShiftNotes} desk=${desk} deeds=${deeds} /><${LastDeeds} desk=${desk} /></div>
    </div>
  </div>`;
}

const desk = await openDesk();
const root = document.getElementById("root");
if (root) render(html`<${SuperviseDesk} desk=${desk} />`, root);

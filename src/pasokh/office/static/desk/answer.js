// @ts-check
/** The call taker's desk: take the call, say what it is and where, or close it with care. */
import { polite } from "./kernel/announce.js";
import { openDesk } from "./kernel/desk.js";
import { Frame } from "./kernel/frame.js";
import { html, render, useEffect, useRef, useState } from "./kernel/html.js";
import { Help, LastDeeds, useChanges, useNews, useShortcuts, useTick } from "./kernel/parts.js";
import { emptySeats, inHand, ringing, seatOf, settled, toCallBack } from "./answer/calls.js";
import { Card } from "./answer/card.js";
import { CallBacks } from "./answer/call_backs.js";
import { Deeds } from "./answer/deeds.js";
import { NumberMark } from "./answer/mark.js";
import { Near } from "./answer/near.js";
import { Queue } from "./answer/queue.js";
import { Seat } from "./answer/seat.js";
import { openThreads, Threads } from "./answer/threads.js";
import { PhoneLink } from "./phone/link.js";

/** What each key does, for the help overlay. @type {[string, string][]} */
const KEYS = [
  ["Enter", "desk.answer.key_enter"],
  ["1 … 6", "desk.answer.key_digit"],
  ["Q, Esc", "desk.answer.key_questions"],
  ["G", "desk.answer.key_told"],
  ["T", "desk.answer.key_thread"],
  ["A", "desk.answer.key_advice"],
  ["N", "desk.answer.key_near"],
  ["B", "desk.answer.key_back"],
  ["M", "desk.answer.key_mark"],
  ["S", "desk.answer.key_sign"],
  ["R", "desk.recording_key"],
  ["Z", "desk.answer.key_undo"],
  ["W", "desk.phone.key_open"],
  ["Shift L", "desk.frame.key_lock"],
  ["?", "desk.answer.key_help"],
];

/** @param {{desk: import("./kernel/desk.js").Desk, deeds: Deeds, phone: PhoneLink}} props */
function AnswerDesk({ desk, deeds, phone }) {
  const [help, setHelp] = useState(false);
  const held = useRef("");
  // The thread that was looked into last: it stands before a call in hand until another one comes.
  const [thread, setThread] = useState("");
  const reply = useRef(/** @type {any} */ (null));
  const left = useRef("");
  const mark = useRef(/** @type {any} */ (null));
  const what = useRef(/** @type {any} */ (null));
  const asked = useRef(/** @type {any} */ (null));
  const told = useRef(/** @type {any} */ (null));
  const advice = useRef(/** @type {any} */ (null));
  const near = useRef(/** @type {any} */ (null));
  useChanges(desk.store, ["*"]);
  useNews(desk.orders);
  useNews(phone);
  useTick();
  const now = desk.clock.now();
  const seat = seatOf(desk.store, desk.me.person);
  const opened = thread ? desk.store.get("call", thread) : null;
  const call = opened && !settled(opened) ? opened : inHand(desk.store, seat, held.current);
  if (call) left.current = call.id;
  if (!call?.thread) held.current = call?.id ?? "";
  // What just left the hand can still be marked, until the next call is taken.
  const closed = call ?? desk.store.get("call", left.current);
  const answer = async (/** @type {any} */ wanted) => {
    const next = wanted ?? ringing(desk.store)[0];
    if (!seat || !next || (seat.call && !next.thread)) return;
    if (!(await deeds.answer(next, seat))) return;
    setThread(next.thread ? next.id : "");
    if (!next.thread) held.current = next.id;
  };
  const callBack = async (/** @type {any} */ wanted) => {
    const free = toCallBack(desk.store).find((one) => !one.call_back.begun_by);
    const next = wanted ?? free;
    if (seat?.call || !next) return;
    // Before the answer: whatever draws the desk next draws the card with the line.
    held.current = next.id;
    if (await deeds.beginCallBack(next, seat)) phone.callBack();
    else if (held.current === next.id) held.current = "";
  };
  const calledBack = async (/** @type {any} */ back, /** @type {string} */ result) => {
    if (!(await deeds.calledBack(back, result))) return;
    // Whoever was spoken to stays in hand until it is said what it was about.
    if (result !== "reached" && result !== "needs_help" && held.current === back.id) held.current = "";
    else what.current?.focus();
  };
  // Whoever waits for our word: one that somebody has taken up, else one that nobody has.
  const nextThread = () => {
    const waits = openThreads(desk.store).find((one) => one.thread.unanswered && one.id !== thread);
    const rings = ringing(desk.store).find((one) => one.thread);
    if (waits) setThread(waits.id);
    else if (rings) void answer(rings);
    else reply.current?.focus();
  };
  const enter = () => {
    const free = emptySeats(desk.store)[0];
    if (!seat && free) void deeds.sitDown(free.id);
    // With its window open the telephone is answered from here: one deed, whatever looks at it.
    else if (phone.state === "ringing") phone.answer();
    else if (seat && !seat.call && ringing(desk.store).length) void answer(null);
    else if (seat && !seat.call && seat.state !== "ready") void deeds.beReady(seat.id);
    else what.current?.focus();
  };
  useShortcuts({
    Enter: (event) => { if (event.target instanceof HTMLButtonElement) event.target.click(); else enter(); },
    NumpadEnter: enter,
    "Shift+Slash": () => setHelp(true),
    KeyT: nextThread,
    KeyG: () => told.current?.querySelector("button")?.focus(),
    KeyA: () => advice.current?.querySelector("button")?.focus(),
    KeyN: () => near.current?.querySelector("button")?.focus(),
    KeyB: () => void callBack(null),
    KeyW: () => void phone.open(),
    KeyM: () => mark.current?.querySelector(".mark button")?.focus(),
    KeyR: () => mark.current?.querySelector(".recording .listen")?.click(),
    KeyS: () => mark.current?.querySelector(".voice .ask")?.click(),
    KeyQ: () => asked.current?.focus(),
    KeyZ: () => { const last = desk.orders.undoable(); if (last?.undo) { const undo = last.undo; last.undo = null; undo(); } },
  }, [seat?.id, seat?.call, seat?.state, thread]);
  // A telephone was taken up: its caller is in hand now. A click said so itself.
  useEffect(() => { if (seat?.call && seat.call !== held.current) setThread(""); }, [seat?.call]);
  useEffect(() => { if (call) polite(desk.say.t("desk.answer.call_in_hand")); }, [call?.id]);
  return html`<div class="desk desk-answer">
    <${Frame} desk=${desk} title=${desk.say.t("desk.answer.title")} onHelp=${() => setHelp(true)} />
  <div class="answer">
    <div class="column">
      <${Seat} desk=${desk} seat=${seat} deeds=${deeds} now=${now} phone=${phone} />
      <${Queue} desk=${desk} now=${now} onAnswer=${answer} />
      <${Threads} desk=${desk} now=${now} chosen=${call?.thread ? call.id : ""} onOpen=${(/** @type {any} */ one) => { setThread(one.id); reply.current?.focus(); }} />
      <${CallBacks} desk=${desk} now=${now} calls=${toCallBack(desk.store)} onBegin=${callBack} onResult=${calledBack} />
    </div>
    <div class="column wide" ref=${mark}>${closed && html`<${NumberMark} desk=${desk} call=${closed} now=${now} deeds=${deeds} />`}${call
      ? html`<${Card} desk=${desk} call=${call} now=${now} deeds=${deeds} what=${what} asked=${asked} told=${told} advice=${advice} reply=${reply} onNear=${() => near.current?.querySelector("button")?.focus()} />`
      : html`<section class="panel quiet"><p>${desk.say.t(seat ? "desk.answer.no_call" : "desk.answer.no_seat")}</p></section>`}
    </div>
    <div class="column">
      ${call && html`<${Near} desk=${desk} call=${call} deeds=${deeds} list=${near} onLeave=${() => what.current?.focus()} />`}
      <${LastDeeds} desk=${desk} />
    </div>
  </div>
  ${help && html`<${Help} say=${desk.say} keys=${KEYS} verbs=${[]} onClose=${() => setHelp(false)} />`}</div>`;
}

const desk = await openDesk();
const phone = new PhoneLink(desk.phone);
phone.start();
const root = document.getElementById("root");
if (root) render(html`<${AnswerDesk} desk=${desk} deeds=${new Deeds(desk)} phone=${phone} />`, root);

// @ts-check
/** Calls in writing: who waits for our word, and the messages of the one in hand. */
import { html, useEffect, useLayoutEffect, useRef } from "../kernel/html.js";
import { countyName } from "./queue.js";

const SHOWN = 12;

/** Threads that somebody has taken up: who waits for us first, and of those the longest. @param {import("../kernel/store.js").Store} store @returns {any[]} */
export function openThreads(store) {
  return store.all("call").filter((c) => c.thread && !c.ended_at && (c.phase ?? "ringing") !== "ringing")
    .sort((a, b) => Number(!a.thread.unanswered) - Number(!b.thread.unanswered) || a.thread.last_at - b.thread.last_at || (a.id < b.id ? -1 : 1));
}

/** @param {{desk: import("../kernel/desk.js").Desk, now: number, chosen: string, onOpen: (call: any) => void}} props */
export function Threads({ desk, now, chosen, onOpen }) {
  const { say, store } = desk;
  const threads = openThreads(store);
  if (!threads.length) return null;
  return html`<section class="panel" aria-labelledby="threads-title">
    <h2 id="threads-title">${say.t("desk.answer.threads")} <span class="count">${say.number(threads.length)}</span></h2>
    <ul class="plain">${threads.slice(0, SHOWN).map((call) => html`<li key=${call.id} class="open-thread">
      <bdi class="timer">${say.span(now - call.thread.last_at)}</bdi>
      ${call.thread.unanswered > 0
        ? html`<span class="chip" data-tone="wait">${say.rich("desk.answer.thread_unanswered", { count: call.thread.unanswered })}</span>`
        : html`<span class="soft">${say.t("desk.answer.thread_quiet")}</span>`}
      <span class="soft">${countyName(desk, call.county)}</span>
      <button class="button" type="button" aria-pressed=${String(call.id === chosen)} onClick=${() => onOpen(call)}>${say.t("desk.answer.thread_open")}</button>
    </li>`)}</ul>
    ${threads.length > SHOWN && html`<p class="soft">${say.rich("desk.answer.and_more", { count: threads.length - SHOWN })}</p>`}
  </section>`;
}

/**
 * What both wrote. A stranger's words are isolated: they turn no other line around.
 * @param {{desk: import("../kernel/desk.js").Desk, call: any, words: any[], deeds: import("./deeds.js").Deeds, field: any}} props
 */
export function Thread({ desk, call, words, deeds, field }) {
  const { say } = desk;
  const log = useRef(/** @type {any} */ (null));
  const messages = words.filter(({ message }) => message);
  useLayoutEffect(() => { if (log.current) log.current.scrollTop = log.current.scrollHeight; }, [messages.length, call.id]);
  useReading(desk, call, messages, deeds);
  const pressed = (/** @type {any} */ event) => {
    if (event.key !== "Enter" || event.shiftKey || event.repeat || event.isComposing) return;
    event.preventDefault();
    const text = event.target.value.trim();
    if (!text) return;
    event.target.value = "";
    void deeds.write(call, text);
  };
  return html`<section class="thread" aria-labelledby="thread-title">
    <h3 id="thread-title">${say.t("desk.answer.thread")}</h3>
    <div class="written" role="log" tabindex="0" aria-labelledby="thread-title" ref=${log}><ol class="messages">${messages.map((one) => html`
      <li key=${one.message} class=${one.what === "sent" ? "ours" : "theirs"}>
        <span class="soft">${say.t(one.what === "sent" ? "desk.answer.wrote_we" : "desk.answer.wrote_caller")}
          ${" "}<bdi class="timer">${say.time(one.at)}</bdi></span>
        <bdi class="said">${one.text ?? (one.damaged ? say.t("desk.words_damaged", { envelope: one.damaged }) : say.t("desk.answer.message_erased"))}</bdi>
        <${ReadBy} desk=${desk} read=${call.thread.read ?? {}} message=${one.message} />
        ${one.what === "sent" && html`<${Delivery} say=${say} sent=${call.thread.sent?.[one.message]} />`}
      </li>`)}</ol></div>
    <label for="reply">${say.t("desk.answer.reply")}</label>
    <textarea id="reply" ref=${field} rows="2" dir="auto" maxlength="1000" onKeyDown=${pressed} aria-describedby="reply-hint"></textarea>
    <p class="soft" id="reply-hint">${say.t("desk.answer.reply_hint")}</p>
  </section>`;
}

/**
 * Whoever has the thread before them has read it, up to the last message that is drawn: said once.
 * @param {any} desk @param {any} call @param {any[]} messages @param {import("./deeds.js").Deeds} deeds
 */
function useReading(desk, call, messages, deeds) {
  const told = useRef("");
  const last = messages.filter(({ what }) => what === "received").at(-1)?.message ?? "";
  const mine = Object.entries(call.thread.read ?? {}).find(([who]) => who.split(":").at(-1) === desk.me.person)?.[1];
  useEffect(() => {
    if (!last || told.current === last || mine?.message === last || desk.lock.covered || document.hidden) return;
    told.current = last;
    void deeds.haveRead(call, last);
  });
}

/** Who has read up to this message. @param {any} props */
function ReadBy({ desk, read, message }) {
  const { say, names } = desk;
  const marks = Object.entries(read).filter(([, mark]) => mark.message === message);
  if (!marks.length) return null;
  return html`<span class="soft read-by">${marks.map(([who, mark], place) => {
    const person = who.split(":").at(-1) ?? "";
    return html`${place ? " · " : ""}${say.rich("desk.answer.read_by", { who: html`<bdi>${names[person] ?? person}</bdi>`, at: html`<bdi class="timer">${say.time(mark.at)}</bdi>` })}`;
  })}</span>`;
}

/** How far a message of ours has come; of old ones nobody waits for a word. @param {any} props */
function Delivery({ say, sent }) {
  if (!sent) return null;
  const failed = sent.delivery === "failed";
  return html`<span class=${failed ? "chip" : "soft"} data-tone=${failed ? "late" : undefined}>
    ${say.t(`desk.answer.delivery_${sent.delivery}`)}${failed && sent.why && html` <bdi dir="ltr">${sent.why}</bdi>`}</span>`;
}

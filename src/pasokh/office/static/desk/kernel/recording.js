// @ts-check
/**
 * A call's recording: how it stands, until when it is kept, and its voice for who may hear it.
 * Each listening stands in the log, so none begins by itself.
 */
import { ProblemAnswered } from "./api.js";
import { html, useEffect, useReducer, useRef, useState } from "./html.js";
import { newId } from "./ids.js";
import { useNews } from "./parts.js";

const OPEN = ["running", "paused", "kept"];

/** @param {{desk: any, call: any, children?: any}} props */
export function Recording({ desk, call, children = null }) {
  const { say } = desk;
  const { phase, evidence, lost, found = "whole", duration = 0, erase_at: day = 0 } = call.recording;
  const kept = phase === "kept";
  return html`<div class="recording" role="group" aria-label=${say.t("desk.recording")}>
    <p class="deeds"><span class="chip" data-tone=${phase === "lost" ? "late" : phase === "paused" ? "wait" : undefined}>${say.t(`desk.recording_${phase}`)}</span>
      ${kept && html`<bdi class="timer">${say.span(duration)}</bdi>`}
      ${evidence && html`<span class="chip">${say.t("desk.recording_evidence")}</span>`}
      ${lost && html`<span>${say.t(`desk.recording_lost_${lost}`)}</span>`}
      ${children}</p>
    ${OPEN.includes(phase) && (evidence || kept) && html`<p class="soft">${evidence
      ? say.rich("desk.recording_class_b", { why: evidence }) : say.rich("desk.recording_class_a", { day: say.day(day) })}</p>`}
    ${phase === "erased" && html`<p class="soft">${say.t("desk.recording_erased_means")}</p>`}
    ${kept && found !== "whole" && html`<p class="notice" role="alert">${say.t(`desk.recording_found_${found}`)}</p>`}
    ${kept && html`<${Listening} desk=${desk} call=${call} key=${call.id} />`}
  </div>`;
}

/**
 * The recorded calls of ours to who gave up, each like a call's; `children` draws what can be done.
 * @param {{desk: any, call: any, children?: ((back: any) => any)|null}} props
 */
export function SpokenBack({ desk, call, children = null }) {
  const { say } = desk;
  return (call.spoken_back ?? []).map((/** @type {any} */ back) => html`<div class="spoken-back" key=${back.id}>
    <p class="soft">${say.rich("desk.recording_back", { at: say.time(back.at) })}</p>
    <${Recording} desk=${desk} call=${back}>${children?.(back)}<//></div>`);
}

/** Ask to hear it; what is long over asks for a reason first. @param {{desk: any, call: any}} props */
function Listening({ desk, call }) {
  const { say, api, lock } = desk;
  const [audio, hear] = useState("");
  const [wants, want] = useState(false);
  const [reason, write] = useState("");
  const [trouble, tell] = useState("");
  // The same id until there is an answer: an order that was not answered is no second listening.
  const id = useRef("");
  const glass = useRef(/** @type {any} */ (null));
  useNews(lock);
  useEffect(() => { if (lock.covered) hear(""); }, [lock.covered]);
  useEffect(() => { if (wants) glass.current?.focus(); }, [wants]);
  const begin = async (/** @type {Event} */ event) => {
    event.preventDefault();
    id.current ||= newId();
    try {
      const told = await api.post("/desk/recording", { id: id.current, call_id: call.id, reason: reason.trim() });
      id.current = "";
      tell("");
      want(false);
      hear(told.audio);
    } catch (error) {
      const answered = error instanceof ProblemAnswered;
      if (answered) id.current = "";
      const needs = answered && error.problem.reason === "needs_reason";
      want(needs || wants);
      tell(needs ? "" : answered ? error.message : say.t("desk.not_now"));
    }
  };
  const broke = () => { hear(""); tell(say.t("desk.recording_broke")); };
  if (audio) return html`<${Player} say=${say} audio=${api.base + audio} total=${call.recording.duration} onBreak=${broke} />`;
  return html`<form class="deeds" onSubmit=${begin}>
    ${wants && html`<label>${say.t("desk.recording_why")} <input ref=${glass} dir="auto" autocomplete="off" maxlength="500" required value=${reason} onInput=${(/** @type {any} */ e) => write(e.target.value)} /></label>`}
    <button class="button listen" type="submit">${say.t("desk.recording_listen")}</button>
    ${trouble && html`<span role="alert">${trouble}</span>`}</form>`;
}

/** @param {{say: import("./say.js").Say, audio: string, total: number, onBreak: () => void}} props */
function Player({ say, audio, total, onBreak }) {
  const voice = useRef(/** @type {HTMLAudioElement|null} */ (null));
  const deed = useRef(/** @type {HTMLButtonElement|null} */ (null));
  const [, again] = useReducer((/** @type {number} */ n) => n + 1, 0);
  const news = () => again(null);
  const play = () => { void voice.current?.play().catch(news); };
  useEffect(() => { deed.current?.focus(); play(); }, []);
  const heard = voice.current;
  const still = heard?.paused ?? true;
  const at = (heard?.currentTime ?? 0) * 1000;
  const long = Number.isFinite(heard?.duration) ? (heard?.duration ?? 0) * 1000 : total;
  const place = say.t("desk.recording_at", { at: say.span(at), long: say.span(long) });
  return html`<div class="deeds player">
    <audio ref=${voice} src=${audio} preload="auto" onPlay=${news} onPause=${news} onTimeUpdate=${news} onDurationChange=${news} onEnded=${news} onError=${onBreak}></audio>
    <button class="button listen" type="button" ref=${deed} onClick=${() => { if (still) play(); else heard?.pause(); }}>${say.t(still ? "desk.recording_play" : "desk.recording_pause")}</button>
    <input type="range" dir="ltr" min="0" max=${Math.ceil(long / 1000)} step="1" value=${Math.floor(at / 1000)} aria-label=${say.t("desk.recording_place")} aria-valuetext=${place}
      onInput=${(/** @type {any} */ event) => { if (heard) heard.currentTime = Math.min(Number(event.target.value), long / 1000); }} />
    <bdi class="timer" dir="ltr">${say.span(at)} / ${say.span(long)}</bdi></div>`;
}

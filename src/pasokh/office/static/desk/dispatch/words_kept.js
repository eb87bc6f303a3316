// @ts-check
/** Words of persons: sealed until somebody asks, and asking is recorded. */
import { ProblemAnswered } from "../kernel/api.js";
import { html, useState } from "../kernel/html.js";
import { newId } from "../kernel/ids.js";

/** @param {{desk: any, thing: string, id: string, count?: number}} props */
export function WordsKept({ desk, thing, id, count = 0 }) {
  const { say, api, names } = desk;
  const [words, take] = useState(/** @type {any[]|null} */ (null));
  const [wants, want] = useState(false);
  const [reason, write] = useState("");
  const [problem, tell] = useState("");
  if (!count) return null;
  const open = async () => {
    try {
      const told = await api.post("/desk/words", { id: newId(), thing, thing_id: id, ...(reason ? { reason } : {}) });
      take(told.words);
      tell("");
    } catch (error) {
      const needs = error instanceof ProblemAnswered && error.problem.reason === "needs_reason";
      want(needs || wants);
      tell(error instanceof ProblemAnswered ? error.message : say.t("desk.not_now"));
    }
  };
  return html`<section class="part"><h3>${say.t("desk.words")} <span class="soft">${say.rich("desk.words_count", { count })}</span>
      ${words ? html`<button class="button small" type="button" onClick=${() => take(null)}>${say.t("desk.words_hide")}</button>`
        : html`<button class="button small" type="button" onClick=${open}>${say.t("desk.words_open")}</button>`}</h3>
    ${wants && !words ? html`<div class="row"><label for="glass">${say.t("desk.words_reason")}</label>
      <input id="glass" dir="auto" value=${reason} onInput=${(/** @type {any} */ e) => write(e.target.value)} /></div>` : null}
    ${problem ? html`<p role="status">${problem}</p>` : null}
    ${words ? html`<ul class="words">${words.map((/** @type {any} */ one) => html`<li key=${`${one.at}${one.what}`}>
      <time><bdi>${say.time(one.at)}</bdi></time> ${[one.name, one.number, one.place, one.text].filter(Boolean).map((part) => html`<bdi>${part}</bdi> `)}
      ${one.damaged ? say.t("desk.words_damaged", { envelope: one.damaged }) : one.erased ? say.t("desk.words_erased") : null}
      <span class="soft">${names[String(one.actor).split(":").at(-1) ?? ""] ?? ""}</span></li>`)}</ul>` : null}
  </section>`;
}

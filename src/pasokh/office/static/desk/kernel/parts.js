// @ts-check
/** Pieces that every desk shows: how the line is, help, a dialogue, the sign of a priority. */
import { html, useEffect, useLayoutEffect, useReducer, useRef } from "./html.js";
import { shortcuts } from "./shortcuts.js";

/** Draw again when a kind of object changes. @param {import("./store.js").Store} store @param {any[]} kinds */
export function useChanges(store, kinds) {
  const [, again] = useReducer((/** @type {number} */ n) => n + 1, 0);
  useEffect(() => {
    const stops = kinds.map((kind) => store.subscribe(kind, () => again(null)));
    return () => stops.forEach((stop) => stop());
  }, []);
}

/** Draw again when a part of the kernel says something changed. @param {{subscribe: (fn: any) => any}} part */
export function useNews(part) {
  const [, again] = useReducer((/** @type {number} */ n) => n + 1, 0);
  useEffect(() => { const stop = part.subscribe(() => again(null)); return () => { stop(); }; }, []);
}

/** Draw again every second: for what counts. */
export function useTick() {
  const [tick, again] = useReducer((/** @type {number} */ n) => n + 1, 0);
  useEffect(() => { const timer = setInterval(() => again(null), 1000); return () => clearInterval(timer); }, []);
  return tick;
}

/**
 * Keys of what is drawn: they act as soon as it is there. An effect after the frame would let a
 * key that is pressed at once reach nobody, or the seat as it was before.
 * @param {Record<string, (event: KeyboardEvent) => void>} keys @param {any[]} about what they speak of
 */
export function useShortcuts(keys, about) {
  useLayoutEffect(() => shortcuts(keys), about);
}

/** A priority by shape and numeral; the colour only repeats it. @param {{say: any, priority: number}} props */
export function Mark({ say, priority }) {
  const shown = priority ? say.digits(priority) : "–";
  const said = priority ? say.t("desk.priority_is", { priority }) : say.t("desk.priority_none");
  return html`<span class="mark" data-priority=${priority || 0} role="img" aria-label=${said}><span>${shown}</span></span>`;
}

/** What the line is like, since when, and what waits. @param {{desk: import("./desk.js").Desk}} props */
export function LineBar({ desk }) {
  const { live, say, orders } = desk;
  useNews(live);
  useNews(orders);
  useTick();
  const waits = orders.open().filter(({ state }) => state === "spooled").length;
  const since = say.span(Date.now() - live.since);
  return html`<div class="line" data-state=${live.state} id="line">
    <span class="lamp" aria-hidden="true"></span>
    <span role="status">${live.state === "live" ? say.t("desk.line_live") : say.t(`desk.line_${live.state}`)}</span>
    ${live.state === "live" ? null : html`<b class="since">${say.rich("desk.line_since", { since })}</b>`}
    ${waits ? html`<b class="waits">${say.rich("desk.line_waits", { count: waits })}</b>` : null}
    ${orders.foreign ? html`<span class="waits">${say.rich("desk.line_foreign", { count: orders.foreign })}</span>` : null}
  </div>`;
}

/** The centre's time of day. @param {{desk: import("./desk.js").Desk}} props */
export function ClockFace({ desk }) {
  useTick();
  return html`<time class="clock" aria-label=${desk.say.t("desk.clock")}>${desk.say.time(desk.clock.now(), true)}</time>`;
}

/**
 * A dialogue that takes the keyboard until it is answered; Esc is the way out.
 * @param {{label: string, onClose: () => void, children?: any, kind?: string}} props
 */
export function Dialogue({ label, onClose, children, kind = "" }) {
  const box = useRef(/** @type {any} */ (null));
  // No key comes between the drawing and these two steps. While the dialogue stands, nothing
  // beneath it can take the keyboard; so it is given back as soon as the dialogue is gone.
  useLayoutEffect(() => {
    const before = /** @type {HTMLElement|null} */ (document.activeElement);
    box.current.showModal();
    return () => queueMicrotask(() => before?.focus?.());
  }, []);
  return html`<dialog ref=${box} class=${`over ${kind}`} aria-label=${label}
    onCancel=${(/** @type {Event} */ e) => { e.preventDefault(); onClose(); }}>
    <h2>${label}</h2>${children}</dialog>`;
}

/**
 * Every key and every command of this desk.
 * @param {{say: any, keys: [string, string][], verbs: import("./grammar.js").Verb[], onClose: () => void}} props
 */
export function Help({ say, keys, verbs, onClose }) {
  return html`<${Dialogue} label=${say.t("desk.help")} onClose=${onClose} kind="help">
    <p class="soft">${say.t("desk.help_about")}</p>
    <dl class="facts keys">${keys.map(([name, id]) => html`<div key=${name}><dt><kbd dir="ltr">${name}</kbd></dt><dd>${say.t(id)}</dd></div>`)}</dl>
    <dl class="facts keys">${verbs.map((verb) => html`<div key=${verb.verb}>
      <dt><kbd dir="ltr">${say.t(`desk.form_${verb.verb}`)}</kbd></dt>
      <dd>${say.t(`desk.verb_${verb.verb}`)} <span class="soft">${verb.persian.join(say.t("desk.comma"))}</span></dd></div>`)}</dl>
    <div class="deeds"><button class="button primary" type="button" onClick=${onClose}>${say.t("desk.close")}</button></div>
  <//>`;
}

/** The last deeds with their outcome; a refusal stays until it is read. @param {{desk: import("./desk.js").Desk}} props */
export function LastDeeds({ desk }) {
  const { orders, say } = desk;
  useNews(orders);
  const shown = orders.list.slice(-4).reverse();
  return html`<ol class="last-deeds" aria-label=${say.t("desk.last_deeds")}>${shown.map((order) => html`
    <li key=${order.id} data-state=${order.state}><span class="deed-state">${say.t(`desk.order_${order.state}`)}</span>
      <bdi>${order.label}</bdi> ${order.problem ? html`<b>${order.problem.detail}</b>` : null}</li>`)}</ol>`;
}

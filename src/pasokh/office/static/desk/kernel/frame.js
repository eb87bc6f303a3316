// @ts-check
/** The top of every desk: its name, the line, who sits here, the lock, and what all must hear. */
import { BroadcastStrip, WallWords } from "./broadcasts.js";
import { html } from "./html.js";
import { ClockFace, LineBar, useNews, useShortcuts } from "./parts.js";

/** @typedef {import("./desk.js").Desk} Desk */

/**
 * @param {{desk: Desk, title: string, onHelp?: () => void, wall?: boolean, children?: any}} props
 * `wall`: only shown, nothing to press.
 */
export function Frame({ desk, title, onHelp, wall = false, children }) {
  const { say } = desk;
  return html`<div class="frame">
    <header class="top"><h1>${title}</h1>${children}
      <${LineBar} desk=${desk} />
      ${wall ? null : html`<span class="who"><bdi>${desk.names[desk.me.person] ?? desk.me.person}</bdi></span>`}
      <${ClockFace} desk=${desk} />
      ${wall ? null : html`<${RingSwitch} desk=${desk} /><${LockButton} desk=${desk} />`}
      ${onHelp ? html`<button class="button small" type="button" onClick=${onHelp}>${say.t("desk.help")} <kbd>?</kbd></button>` : null}
    </header>
    <${SessionNotice} desk=${desk} />
    ${wall ? html`<${WallWords} desk=${desk} />` : html`<${BroadcastStrip} desk=${desk} />`}
  </div>`;
}

/** Whether a waiting call sounds on this machine. @param {{desk: Desk}} props */
function RingSwitch({ desk }) {
  const { ring, say } = desk;
  useNews(ring);
  return ring.audible ? html`<button class="button small" type="button" aria-pressed=${ring.on ? "true" : "false"}
    onClick=${() => ring.toggle()}>${say.t(ring.on ? "desk.frame.ring_on" : "desk.frame.ring_off")}</button>` : null;
}

/** @param {{desk: Desk}} props */
function LockButton({ desk }) {
  const { lock, say } = desk;
  useShortcuts({ "Shift+KeyL": () => { void lock.lock(); } }, []);
  return lock.told ? html`<button class="button small" type="button" aria-keyshortcuts="Shift+L"
    onClick=${() => lock.lock()}>${say.t("desk.frame.lock_now")}</button>` : null;
}

/** The session is over, somebody else's, or may not be at this desk: said until it is mended. @param {{desk: Desk}} props */
function SessionNotice({ desk }) {
  const { session, say } = desk;
  useNews(session);
  const home = `/office/${desk.language}/`;
  if (session.state === "ended") {
    return html`<div class="notice session-notice" role="alert"><b>${say.t("desk.frame.ended")}</b>
      <span>${say.t("desk.frame.ended_mend")}</span>
      <a class="button" href=${`${home}accounts/login/`} target="_blank" rel="noopener">${say.t("desk.frame.sign_in")}</a></div>`;
  }
  if (session.state === "another") {
    return html`<div class="notice session-notice" role="alert"><b>${say.t("desk.frame.another")}</b>
      <button class="button" type="button" onClick=${() => location.reload()}>${say.t("desk.frame.reload")}</button></div>`;
  }
  if (!session.refused) return null;
  return html`<div class="notice session-notice" role="alert"><b>${say.t("desk.frame.not_opened")}</b>
    <span>${session.refused.detail}</span><a class="button" href=${home}>${say.t("desk.frame.home")}</a></div>`;
}

// @ts-check
/** Counting to the moment at which something must have happened; late is said by shape and text. */
import { html } from "../kernel/html.js";

/** @param {{desk: any, due: number, late?: boolean}} props */
export function Due({ desk, due, late = false }) {
  const { say, clock } = desk;
  if (!due) return late ? html`<span class="timer" data-late=""><i aria-hidden="true">▲</i> ${say.t("desk.late")}</span>` : null;
  const left = due - clock.now();
  const over = late || left < 0;
  return html`<span class="timer" data-late=${over ? "" : undefined} data-near=${!over && left < 30_000 ? "" : undefined}>
    ${over ? html`<i aria-hidden="true">▲</i> ${say.t("desk.late")} ` : html`<i aria-hidden="true">◷</i> `}
    <bdi>${say.span(Math.abs(left))}</bdi></span>`;
}

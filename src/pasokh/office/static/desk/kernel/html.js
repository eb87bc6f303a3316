// @ts-check
/** The one door to the vendored templates without a build. Nothing else imports them. */
import htm from "../../vendor/htm/htm.js";
import { h } from "../../vendor/preact/preact.js";

export { Component, Fragment, h, render } from "../../vendor/preact/preact.js";
export {
  useEffect, useLayoutEffect, useMemo, useReducer, useRef, useState,
} from "../../vendor/preact/hooks.js";

/** Tagged template: html`<p class="soft">${text}</p>`. Text is always text, never markup. */
export const html = htm.bind(/** @type {any} */ (h));

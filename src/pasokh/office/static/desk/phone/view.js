// @ts-check
/** What the telephone's window shows: one thing at a time, large enough to hit without looking. */
import { assertive } from "../kernel/announce.js";
import { html, useEffect, useReducer, useRef } from "../kernel/html.js";
import { useNews, useShortcuts } from "../kernel/parts.js";

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];
const METER_MS = 120;

/** @typedef {{say: import("../kernel/say.js").Say, phone: import("./phone.js").Phone}} Props */

/** @param {Props} props */
export function PhoneWindow({ say, phone }) {
  useNews(phone);
  const [, tick] = useReducer((/** @type {number} */ n) => n + 1, 0);
  const state = phone.state();
  useEffect(() => { const timer = setInterval(() => tick(null), 1000); return () => clearInterval(timer); }, []);
  useShortcuts(keysOf(phone), []);
  useEffect(() => { document.body.dataset.phone = state; if (state === "ringing") assertive(say.t("desk.phone.rings")); }, [state]);
  if (phone.second) return html`<section class="panel phone"><h1>${say.t("desk.phone.title")}</h1><p role="alert">${say.t("desk.phone.second")}</p></section>`;
  return html`<section class="panel phone" data-state=${state}>
    <header class="panel-head"><h1>${say.t("desk.phone.title")} <bdi>${say.digits(phone.line.position)}</bdi></h1>
      <span class="chip" role="status" data-tone=${state === "lost" ? "late" : undefined}>${say.t(`desk.phone.state_${state}`)}</span></header>
    ${phone.on ? html`<${Line} say=${say} phone=${phone} /><${Call} say=${say} phone=${phone} />` : html`<${Start} say=${say} phone=${phone} />`}
    ${phone.on && html`<${Devices} say=${say} phone=${phone} />`}
    <p class="soft">${say.t("desk.phone.keys")}</p>
  </section>`;
}

/** What each key does. Escape ends nothing. @param {import("./phone.js").Phone} phone */
function keysOf(phone) {
  /** @type {Record<string, (event: KeyboardEvent) => void>} */
  const keys = {
    Enter: (event) => { if (event.target instanceof HTMLButtonElement) event.target.click(); else phone.enter(); },
    NumpadEnter: () => phone.enter(),
    KeyM: () => phone.talk?.mute(),
    KeyH: () => phone.talk?.hold(),
    "Shift+Digit8": () => phone.talk?.tone("*"),
    "Shift+Digit3": () => phone.talk?.tone("#"),
    NumpadMultiply: () => phone.talk?.tone("*"),
  };
  for (const digit of "0123456789") {
    keys[`Digit${digit}`] = () => phone.talk?.tone(digit);
    keys[`Numpad${digit}`] = () => phone.talk?.tone(digit);
  }
  return keys;
}

/** Before it is a telephone: one key, so that the browser gives microphone and sound. @param {Props} props */
function Start({ say, phone }) {
  const { trouble } = phone.microphone;
  return html`<div class="phone-start">
    <p>${say.t("desk.phone.start_why")}</p>
    ${trouble && html`<p class="notice" role="alert">${say.t(trouble)}</p>`}
    <button class="button primary big" type="button" aria-keyshortcuts="Enter" onClick=${() => phone.switchOn()}>${say.t(trouble ? "desk.phone.again" : "desk.phone.switch_on")}</button>
  </div>`;
}

/** Why no call rings here, and what mends it. @param {Props} props */
function Line({ say, phone }) {
  const { state } = phone.line;
  if (state === "registered") return null;
  return html`<div class="notice" role="alert"><span>${say.t(`desk.phone.line_${state}`)}</span>
    ${["elsewhere", "locked"].includes(state) && html`<button class="button" type="button" onClick=${() => phone.line.start(true)}>${say.t("desk.phone.take")}</button>`}</div>`;
}

/** @param {Props} props */
function Call({ say, phone }) {
  const { talk } = phone;
  const answer = useRef(/** @type {HTMLButtonElement|null} */ (null));
  useEffect(() => { if (talk?.state === "ringing") answer.current?.focus(); }, [talk?.state]);
  if (!talk) return html`<p class="phone-quiet soft">${say.t("desk.phone.no_call")}</p>`;
  if (talk.state === "ringing") {
    return html`<div class="phone-call"><button class="button primary big answer" type="button" aria-keyshortcuts="Enter" ref=${answer} onClick=${() => phone.answer()}>${say.t("desk.phone.answer")}</button>
      <button class="button" type="button" onClick=${() => talk.hangUp()}>${say.t("desk.phone.not_now")}</button></div>`;
  }
  if (talk.state === "dialling") {
    return html`<div class="phone-call"><p class="phone-clock"><bdi>${say.span(Date.now() - talk.since)}</bdi></p>
      <p class="deeds"><button class="button care" type="button" onClick=${() => talk.hangUp()}>${say.t("desk.phone.hang_up")}</button></p></div>`;
  }
  const held = talk.state === "held";
  return html`<div class="phone-call">
    <p class="phone-clock"><bdi>${say.span(Date.now() - talk.since)}</bdi></p>
    ${talk.troubles.map((id) => html`<p class="notice" role="alert" key=${id}>${say.t(id)}</p>`)}
    <p class="deeds">
      <button class="button" type="button" aria-pressed=${talk.muted ? "true" : "false"} aria-keyshortcuts="M" onClick=${() => talk.mute()}>${say.t(talk.muted ? "desk.phone.unmute" : "desk.phone.mute")} <kbd>M</kbd></button>
      <button class="button" type="button" aria-pressed=${held ? "true" : "false"} aria-keyshortcuts="H" onClick=${() => talk.hold()}>${say.t(held ? "desk.phone.resume" : "desk.phone.hold")} <kbd>H</kbd></button>
      <button class="button care" type="button" onClick=${() => talk.hangUp()}>${say.t("desk.phone.hang_up")}</button>
    </p>
    <div class="keypad" role="group" aria-label=${say.t("desk.phone.keypad")} dir="ltr">${KEYS.map((key) => html`<button class="button" type="button" key=${key} disabled=${held} onClick=${() => talk.tone(key)}><bdi>${say.digits(key)}</bdi></button>`)}</div>
    <p class="soft packets" data-in=${talk.packets.in} data-out=${talk.packets.out}>${say.rich("desk.phone.packets", { came: talk.packets.in, went: talk.packets.out, lost: talk.packets.lost })}</p>
  </div>`;
}

/** @param {Props} props */
function Devices({ say, phone }) {
  const { microphone, tones } = phone;
  return html`<div class="phone-devices">
    ${microphone.trouble && html`<p class="notice" role="alert">${say.t(microphone.trouble)}</p>`}
    <label for="phone-input">${say.t("desk.phone.microphone")}</label>
    <${Choice} id="phone-input" say=${say} devices=${microphone.inputs} chosen=${microphone.input} onChoose=${(/** @type {string} */ device) => microphone.choose(device, tones.sound)} />
    <${Meter} phone=${phone} label=${say.t("desk.phone.level")} />
    ${microphone.outputs.length > 0 && html`<label for="phone-output">${say.t("desk.phone.ear")}</label>
    <${Choice} id="phone-output" say=${say} devices=${microphone.outputs} chosen=${microphone.output} onChoose=${(/** @type {string} */ device) => microphone.listenAt(device)} />`}
  </div>`;
}

/** @param {{id: string, say: import("../kernel/say.js").Say, devices: MediaDeviceInfo[], chosen: string, onChoose: (device: string) => void}} props */
function Choice({ id, say, devices, chosen, onChoose }) {
  return html`<select id=${id} value=${chosen} onChange=${(/** @type {any} */ event) => onChoose(event.target.value)}>
    <option value="">${say.t("desk.phone.usual")}</option>
    ${devices.filter(({ deviceId }) => deviceId && deviceId !== "default").map(({ deviceId, label }) => html`<option key=${deviceId} value=${deviceId} dir="auto">${label}</option>`)}</select>`;
}

/** @param {{phone: import("./phone.js").Phone, label: string}} props */
function Meter({ phone, label }) {
  const bar = useRef(/** @type {HTMLMeterElement|null} */ (null));
  useEffect(() => {
    const timer = setInterval(() => { if (bar.current) bar.current.value = phone.microphone.level(); }, METER_MS);
    return () => clearInterval(timer);
  }, []);
  return html`<meter ref=${bar} min="0" max="1" value="0" aria-label=${label}></meter>`;
}

// @ts-check
/**
 * The cover over a locked desk: no word of a caller or an incident, but it still rings. How many
 * wait and how long, how many incidents of the first priority are open, and the way back in. The
 * desk below stays as it was, with what was typed in it.
 */
import { Component, html, render } from "./html.js";
import { waiting } from "./ring.js";

/** @typedef {import("./desk.js").Desk} Desk */

/** Put the cover over a desk whenever it is locked. @param {Desk} desk */
export function coverOver(desk) {
  const place = document.createElement("div");
  document.body.append(place);
  /** @type {HTMLElement|null} */
  let before = null;
  const look = () => {
    const { covered } = desk.lock;
    if (covered === ("locked" in document.body.dataset)) return;
    if (covered) before = /** @type {HTMLElement|null} */ (document.activeElement);
    if (covered) document.body.dataset.locked = "";
    else delete document.body.dataset.locked;
    render(covered ? html`<${Cover} desk=${desk} />` : null, place);
    if (!covered) before?.focus?.();
  };
  desk.lock.subscribe(look);
  look();
}

class Cover extends Component {
  /** @param {any} props */
  constructor(props) {
    super(props);
    this.state = { code: "", password: "" };
    this.box = /** @type {any} */ (null);
    /** The ways to unlock are known, and the first one has the focus. */
    this.found = false;
  }

  componentDidMount() {
    const { lock, store, live } = this.props.desk;
    const again = () => this.setState({});
    this.timer = setInterval(again, 1000);
    this.stops = [lock.subscribe(again), live.subscribe(again), store.subscribe("call", again), store.subscribe("incident", again)];
    // What opens a dialogue below meanwhile may not lie over the cover.
    this.watch = new MutationObserver(() => { if (document.querySelector("#root dialog[open]")) this.raise(); });
    this.watch.observe(document.getElementById("root") ?? document.body, { subtree: true, attributeFilter: ["open"] });
    this.raise();
  }

  componentWillUnmount() {
    clearInterval(this.timer);
    this.watch?.disconnect();
    this.stops?.forEach((/** @type {() => void} */ stop) => stop());
  }

  componentDidUpdate() {
    const ways = Boolean(this.props.desk.lock.ways);
    if (ways && !this.found) this.box?.querySelector("[data-first], input, button")?.focus();
    this.found = ways;
  }

  raise() {
    const { activeElement } = document;
    this.box?.close();
    this.box?.showModal();
    if (activeElement instanceof HTMLElement && this.box?.contains(activeElement)) activeElement.focus();
  }

  /** @param {Event} event @param {"code"|"password"} means */
  async give(event, means) {
    event.preventDefault();
    await this.props.desk.lock.unlock(means, this.state[means]);
    this.setState({ [means]: "" });
  }

  render() {
    const { desk } = this.props;
    const { say, lock, live, ring } = desk;
    const held = (/** @type {Event} */ event) => event.preventDefault();
    const keyed = (/** @type {KeyboardEvent} */ event) => { if (event.key === "Escape" || event.repeat) event.preventDefault(); };
    return html`<dialog class="cover" aria-labelledby="cover-title" onCancel=${held} onKeyDown=${keyed}
      onClose=${() => desk.lock.covered && !this.box?.open && this.raise()} ref=${(/** @type {any} */ box) => { this.box = box; }}>
      <h2 id="cover-title">${say.t("desk.frame.locked")}</h2>
      <p class="soft"><bdi>${desk.names[desk.me.person] ?? desk.me.person}</bdi></p>
      <${Waits} desk=${desk} />
      ${live.state === "live" ? null : html`<p class="cover-line" role="status">${say.t(`desk.line_${live.state}`)}</p>`}
      ${ring.mute() ? html`<p class="soft">${say.t("desk.frame.touch_for_sound")}</p>` : null}
      ${lock.ways ? this.ways(lock.ways) : html`<p class="soft">${say.t("desk.frame.asking_office")}</p>`}
      <p role="alert" class="cover-trouble">${say.knows(lock.trouble) ? say.t(lock.trouble) : lock.trouble}</p>
      <p><a href=${`/office/${desk.language}/accounts/logout/`}>${say.t("desk.frame.another_person")}</a></p>
    </dialog>`;
  }

  /** @param {import("./lock.js").Ways} ways */
  ways(ways) {
    const { say, lock } = this.props.desk;
    const touch = ways.passkey && "PublicKeyCredential" in globalThis && "parseRequestOptionsFromJSON" in PublicKeyCredential;
    return html`<div class="cover-ways">
      ${touch ? html`<button class="button primary" type="button" data-first disabled=${lock.busy} onClick=${() => lock.touch()}>${say.t("desk.frame.with_passkey")}</button>` : null}
      ${ways.click ? html`<button class="button primary" type="button" data-first disabled=${lock.busy} onClick=${() => lock.unlock("click", "1")}>${say.t("desk.frame.with_click")}</button>` : null}
      ${ways.code ? this.form("code") : null}${ways.password && !ways.click ? this.form("password") : null}
    </div>`;
  }

  /** @param {"code"|"password"} means */
  form(means) {
    const { say, lock } = this.props.desk;
    return html`<form class="row" onSubmit=${(/** @type {Event} */ event) => this.give(event, means)}>
      <label for=${`cover-${means}`}>${say.t(`desk.frame.${means}`)}</label>
      <input id=${`cover-${means}`} name=${means} type=${means === "code" ? "text" : "password"} inputmode=${means === "code" ? "numeric" : undefined}
        dir="ltr" autocomplete=${means === "code" ? "one-time-code" : "current-password"} value=${this.state[means]}
        onInput=${(/** @type {any} */ event) => this.setState({ [means]: event.target.value })} />
      <button class="button" type="submit" disabled=${lock.busy}>${say.t("desk.frame.unlock")}</button></form>`;
  }
}

/** Who waits, as numbers: nothing of it is personal. @param {{desk: Desk}} props */
function Waits({ desk }) {
  const { say, store } = desk;
  const calls = waiting(store);
  const longest = calls.length ? say.span(desk.clock.now() - calls[0].offered_at) : "–";
  const first = store.all("incident").filter((/** @type {any} */ one) => one.priority === 1 && !one.closed_at && !one.merged_into).length;
  return html`<dl class="cover-waits" data-rings=${calls.length ? "" : undefined}>
    <div><dt>${say.t("desk.frame.calls_wait")}</dt><dd><bdi role="status">${say.number(calls.length)}</bdi></dd></div>
    <div><dt>${say.t("desk.frame.longest_wait")}</dt><dd><bdi>${longest}</bdi></dd></div>
    <div><dt>${say.t("desk.frame.first_priority")}</dt><dd><bdi>${say.number(first)}</bdi></dd></div></dl>`;
}

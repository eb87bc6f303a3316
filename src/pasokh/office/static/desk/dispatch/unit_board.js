// @ts-check
/** Units by station: who is free, who is where on its way, whose state is old or not known. */
import { Component, html } from "../kernel/html.js";
import { OVER, callSign } from "./deeds.js";

/** A state that nobody has confirmed so long is shown as old. */
const OLD_MS = 4 * 3600_000;
/** @type {Record<string, string>} */
const SIGNS = { free: "●", conditional: "◐", off: "○", unknown: "?", created: "◌", dispatched: "→", acknowledged: "⇉", en_route: "⇢", on_scene: "■" };

export class UnitBoard extends Component {
  constructor() {
    super();
    /** @type {any} */
    this.timer = undefined;
  }

  componentDidMount() {
    const { store, orders } = this.props.desk;
    const again = () => { this.timer ??= setTimeout(() => { this.timer = undefined; this.setState({}); }, 200); };
    this.stops = ["unit", "mission", "entry"].map((kind) => store.subscribe(kind, again));
    this.stops.push(orders.subscribe(again));
  }

  componentWillUnmount() {
    this.stops?.forEach((/** @type {() => void} */ stop) => stop());
  }

  /** @param {any} unit */
  stateOf(unit) {
    const { store, clock } = this.props.desk;
    const mission = (unit.missions ?? []).map((/** @type {string} */ id) => store.get("mission", id))
      .findLast((/** @type {any} */ one) => one && !OVER.has(one.stage));
    if (mission) return { state: mission.stage, mission, old: clock.now() - (mission.stage_at ?? clock.now()) > OLD_MS };
    if (unit.missions?.length) return { state: "unknown", mission: null, old: false };
    const plain = { available: "free", conditionally_available: "conditional", not_available: "off" };
    return { state: plain[/** @type {keyof plain} */ (unit.availability ?? "available")] ?? "unknown", mission: null, old: false };
  }

  render() {
    const { desk, onUnit, only, onOnly } = this.props;
    const { store, say } = desk;
    const all = store.all("unit").filter((/** @type {any} */ unit) => !unit.retired);
    const states = new Map(all.map((/** @type {any} */ unit) => [unit.id, this.stateOf(unit)]));
    const free = all.filter((/** @type {any} */ unit) => states.get(unit.id)?.state === "free").length;
    const shown = only ? all.filter((/** @type {any} */ unit) => states.get(unit.id)?.state === "free") : all;
    /** @type {Map<string, any[]>} */
    const stations = new Map();
    for (const unit of shown) stations.set(unit.station ?? "", [...(stations.get(unit.station ?? "") ?? []), unit]);
    const named = [...stations].map(([code, units]) => /** @type {[string, any[]]} */ ([say.name(store.entry("station", code), code) || say.t("desk.no_station"), units]))
      .sort(([a], [b]) => a.localeCompare(b, desk.language));
    return html`<section class="panel units" aria-label=${say.t("desk.units")}>
      <header class="panel-head"><h2>${say.t("desk.units")}</h2>
        <span class="soft">${say.rich("desk.units_count", { free, all: all.length })}</span>
        <button class="button small" type="button" aria-pressed=${only ? "true" : "false"} onClick=${onOnly}>${say.t("desk.units_free_only")}</button></header>
      <div class="scroll" tabindex="0" role="group" aria-label=${say.t("desk.units")}>
        ${named.map(([station, units]) => html`<div class="station" key=${station}><h3>${station}</h3>
          <ul>${units.sort((a, b) => (callSign(a) < callSign(b) ? -1 : 1)).map((unit) => this.#unit(unit, states.get(unit.id), onUnit))}</ul></div>`)}
        ${all.length ? null : html`<p class="nothing soft">${say.t("desk.units_none")}</p>`}
      </div></section>`;
  }

  /** @param {any} unit @param {any} how @param {(unit: any) => void} onUnit */
  #unit(unit, { state, mission, old }, onUnit) {
    const { desk } = this.props;
    const { say, store } = desk;
    const number = mission ? store.get("incident", mission.incident)?.number : 0;
    const word = say.t(`desk.unit_${state}`);
    const sending = desk.orders.about("unit", unit.id).length || (mission && desk.orders.about("mission", mission.id).length);
    const title = [say.digits(callSign(unit)), word, number ? say.t("desk.at_incident", { incident: say.digits(number) }) : "",
      old ? say.t("desk.unit_old") : "", sending ? say.t("desk.sending") : ""].filter(Boolean).join(say.t("desk.comma"));
    return html`<li key=${unit.id}><button type="button" class="unit" data-state=${state} data-old=${old ? "" : undefined}
      data-late=${mission?.overdue ? "" : undefined} title=${title} aria-label=${title} onClick=${() => onUnit(unit)}>
      <i aria-hidden="true">${SIGNS[state] ?? "?"}</i><bdi>${say.digits(callSign(unit))}</bdi>
      ${number ? html`<bdi class="soft">${say.digits(number)}</bdi>` : null}${sending ? html`<span class="dots" aria-hidden="true">…</span>` : null}</button></li>`;
  }
}

// @ts-check
/** The incidents of this desk: the most urgent first, still under the cursor, new ones collected. */
import { assertive, polite } from "../kernel/announce.js";
import { Holding } from "../kernel/holding.js";
import { Component, html } from "../kernel/html.js";
import { Mark } from "../kernel/parts.js";
import { key } from "../kernel/spelling.js";
import { WindowedList } from "../kernel/windowed.js";
import { OVER, callSign } from "./deeds.js";
import { Due } from "./timers.js";

/** @type {[string, string][]} */
const COLUMNS = [["priority", "2rem"], ["number", "3.4rem"], ["type", "minmax(6rem, 1fr)"], ["place", "minmax(7rem, 1.3fr)"],
  ["county", "minmax(4rem, 0.6fr)"], ["age", "3rem"], ["units", "minmax(8.5rem, 1fr)"], ["owner", "minmax(4rem, 0.5fr)"], ["due", "6.4rem"]];
/** What a narrow screen shows in the pane only. */
const WIDE_ONLY = new Set(["county", "owner"]);
const WIDE = matchMedia("(min-width: 1500px)");
/** Putting 2,000 in order at each frame would be work for nobody's eyes. */
const SORT_MS = 150;
/** Who has left the screen alone so long does not look at a row that could move. */
const IDLE_MS = 60_000;
/** An incident that nobody has judged yet stands after the urgent ones, before the ordinary. */
const UNJUDGED = 2.5;

export class IncidentList extends Component {
  constructor() {
    super();
    this.holding = new Holding();
    this.view = { first: 0, rows: 20 };
    this.hovered = null;
    // Who has just opened it looks at it.
    this.touched = Date.now();
    /** @type {any} */
    this.list = null;
    /** @type {Set<string>|null} */
    this.known = null;
    /** @type {any} */
    this.columns = null;
    this.waiting = 0;
    this.sortedAt = -Infinity;
    /** @type {any} */
    this.timer = undefined;
    this.touch = () => { this.touched = Date.now(); };
    this.cells = (/** @type {string} */ id) => this.#cells(id);
    this.stamp = (/** @type {string} */ id) => this.#stamp(id);
    this.marks = (/** @type {string} */ id) => this.#marks(id);
  }

  componentDidMount() {
    const { desk, onReady } = this.props;
    // The first change after a rest is shown in this frame; those that press behind it wait.
    const later = () => {
      const rest = SORT_MS - (performance.now() - this.sortedAt);
      if (rest <= 0 && !this.timer) this.sort();
      else this.timer ??= setTimeout(() => { this.timer = undefined; this.sort(); }, rest);
    };
    this.stops = ["incident", "mission", "unit", "entry"].map((kind) => desk.store.subscribe(kind, later));
    this.stops.push(desk.orders.subscribe(() => this.setState({})));
    this.tick = setInterval(() => { this.#idle(); this.setState({}); }, 1000);
    for (const kind of ["pointermove", "keydown"]) addEventListener(kind, this.touch, { passive: true });
    this.sort();
    onReady?.(this);
  }

  componentWillUnmount() {
    this.stops?.forEach((/** @type {() => void} */ stop) => stop());
    clearInterval(this.tick);
    for (const kind of ["pointermove", "keydown"]) removeEventListener(kind, this.touch);
  }

  /** @param {any} before */
  componentDidUpdate(before) {
    if (before.filter !== this.props.filter || before.mine !== this.props.mine) this.settle();
  }

  /** Everything in its right order, as filtered. */
  sorted() {
    const { desk, filter, mine } = this.props;
    const words = key(filter ?? "").split(" ").filter(Boolean);
    return desk.store.all("incident")
      .filter((/** @type {any} */ one) => !one.closed_at && !one.merged_into)
      .filter((/** @type {any} */ one) => (!mine || one.owner === desk.me.person) && this.#says(one, words))
      .sort((/** @type {any} */ a, /** @type {any} */ b) => (a.priority || UNJUDGED) - (b.priority || UNJUDGED)
        || a.opened_at - b.opened_at || (a.id < b.id ? -1 : 1))
      .map((/** @type {any} */ { id }) => id);
  }

  sort() {
    const { desk, selected } = this.props;
    this.sortedAt = performance.now();
    const sorted = this.sorted();
    const urgent = (/** @type {string} */ id) => desk.store.get("incident", id)?.priority === 1;
    const mine = (/** @type {string} */ id) => desk.orders.list.some((/** @type {any} */ o) => o.name === "OpenIncident" && o.about?.id === id);
    const down = this.holding.take(sorted, (id) => urgent(id) || mine(id), { ...this.view, held: [this.hovered, selected] });
    this.#tell(sorted, urgent);
    this.setState({}, () => this.list?.scrollRows(down));
  }

  /** Select the next row that still is an incident; after the last comes the first. */
  next() {
    const { selected, onSelect } = this.props;
    const ids = this.holding.shown.filter((id) => !this.holding.gone.has(id));
    if (!ids.length) return;
    const id = ids[(ids.indexOf(selected) + 1) % ids.length];
    onSelect(id);
    this.list?.reveal(id);
  }

  settle() {
    this.holding.settle(this.sorted());
    this.setState({}, () => this.props.selected && this.hovered === null && this.list?.reveal(this.props.selected));
  }

  /** Said aloud: what is urgent at once, the rest in passing. @param {string[]} sorted @param {(id: string) => boolean} urgent */
  #tell(sorted, urgent) {
    const { desk } = this.props;
    const alarm = (/** @type {string} */ id) => desk.say.t("desk.urgent_new", {
      incident: desk.say.digits(desk.store.get("incident", id).number), type: this.#type(desk.store.get("incident", id)),
    });
    const now = new Set(sorted.filter(urgent));
    const fresh = this.known ? [...now].filter((id) => !this.known?.has(id)) : [];
    if (fresh.length) assertive(fresh.slice(0, 3).map(alarm).join(" "));
    if (desk.live.ready) this.known = now;
    const waiting = this.holding.waiting.length;
    if (waiting > this.waiting) polite(desk.say.t("desk.list_new", { count: waiting }));
    this.waiting = waiting;
  }

  #idle() {
    const unseen = this.hovered === null && Date.now() - this.touched > IDLE_MS;
    if (unseen && (this.holding.restless || this.holding.waiting.length)) this.settle();
  }

  /** @param {any} one @param {string[]} words */
  #says(one, words) {
    if (!words.length) return true;
    const { desk } = this.props;
    const { say, store } = desk;
    const county = store.entry("area", one.county ?? "");
    const units = this.#open(one).map((mission) => callSign(store.get("unit", mission.unit)));
    const text = key([one.number, this.#type(one), one.place, say.name(county, one.county), desk.names[one.owner], ...units].join(" "));
    return words.every((word) => text.includes(word));
  }

  /** @param {any} one */
  #type(one) {
    const { say, store } = this.props.desk;
    return one.type ? say.name(store.entry("incident_type", one.type), one.type) : say.t("desk.type_unknown");
  }

  /** @param {any} one @returns {any[]} */
  #open(one) {
    return (one.missions ?? []).map((/** @type {string} */ id) => this.props.desk.store.get("mission", id))
      .filter((/** @type {any} */ mission) => mission && !OVER.has(mission.stage));
  }

  /** A unit was there and is free again: nobody has to be sent, the incident wants closing. @param {any} one */
  #served(one) {
    return (one.missions ?? []).some((/** @type {string} */ id) => this.props.desk.store.get("mission", id)?.stage === "cleared");
  }

  /** The nearest moment at which something must have happened. @param {any} one @param {any[]} missions */
  #due(one, missions) {
    const times = missions.map(({ due_at }) => due_at).filter(Boolean);
    return times.length ? Math.min(...times) : one.due_at ?? 0;
  }

  /** @param {string} id */
  #stamp(id) {
    const { desk } = this.props;
    const one = desk.store.get("incident", id);
    if (!one) return "gone";
    const missions = this.#open(one);
    const due = this.#due(one, missions);
    const now = desk.clock.now();
    return [desk.store.version("incident", id), ...missions.map(({ id: mission }) => desk.store.version("mission", mission)),
      desk.orders.about("incident", id).length, this.holding.gone.has(id), Math.floor((now - one.opened_at) / 60_000),
      due ? Math.floor((due - now) / 1000) : "", this.#type(one)].join();
  }

  /** @param {string} id */
  #marks(id) {
    const { desk } = this.props;
    const one = desk.store.get("incident", id);
    const missions = one ? this.#open(one) : [];
    return {
      "data-priority": one?.priority || 0, "data-gone": this.holding.gone.has(id) ? "" : undefined,
      "data-bare": one && !missions.length && !this.#served(one) ? "" : undefined,
      "data-late": one?.overdue || missions.some(({ overdue }) => overdue) ? "" : undefined,
    };
  }

  /** @param {string} id */
  #cells(id) {
    const { desk } = this.props;
    const { say, store, clock } = desk;
    const one = store.get("incident", id);
    if (!one) return Array(COLUMNS.length).fill("");
    const missions = this.#open(one);
    const sending = desk.orders.about("incident", id).length > 0;
    const due = this.#due(one, missions);
    const cells = {
      priority: html`<${Mark} say=${say} priority=${one.priority} />`,
      number: html`<bdi class="number">${say.digits(one.number)}</bdi>`,
      type: html`<span title=${this.#type(one)}>${this.#type(one)}</span>`,
      place: html`<bdi title=${one.place}>${one.place || html`<span class="soft">${say.t("desk.place_unknown")}</span>`}</bdi>`,
      county: say.name(store.entry("area", one.county ?? ""), one.county),
      owner: one.owner ? desk.names[one.owner] ?? one.owner : "",
      age: html`<bdi>${say.digits(Math.max(0, Math.floor((clock.now() - one.opened_at) / 60_000)))}′</bdi>`,
      units: this.holding.gone.has(id) ? html`<span class="chip" data-tone="off">${say.t("desk.row_gone")}</span>`
        : sending ? html`<span class="sending">${say.t("desk.sending")}</span>` : this.#units(one, missions),
      due: html`<${Due} desk=${desk} due=${due} late=${one.overdue} />`,
    };
    return this.columns.map((/** @type {any} */ { id: column }) => cells[/** @type {keyof typeof cells} */ (column)]);
  }

  /** @param {any} one @param {any[]} missions those that are not over */
  #units(one, missions) {
    const { say, store } = this.props.desk;
    if (!missions.length && this.#served(one)) return html`<span class="chip" data-tone="off">${say.t("desk.units_done")}</span>`;
    if (!missions.length) return html`<span class="chip" data-tone="wait">${say.t("desk.no_unit")}</span>`;
    return missions.slice(0, 3).map((mission) => html`<span class="chip" data-stage=${mission.stage} key=${mission.id}>
      <bdi>${say.digits(callSign(store.get("unit", mission.unit) ?? { id: mission.unit }))}</bdi> ${say.t(`desk.short_${mission.stage}`)}</span>`);
  }

  render() {
    const { desk, selected, onSelect, onOpen } = this.props;
    const { say } = desk;
    const { shown, waiting, restless } = this.holding;
    this.columns ??= COLUMNS.filter(([id]) => WIDE.matches || !WIDE_ONLY.has(id))
      .map(([id, width]) => ({ id, width, label: say.t(`desk.column_${id}`) }));
    const news = waiting.length ? say.rich("desk.list_new", { count: waiting.length }) : restless ? say.t("desk.list_moved") : null;
    return html`<div class="list-box">
      <button class="strip" type="button" hidden=${!news} onClick=${() => this.settle()}>${news} <span class="soft">${say.t("desk.list_bring")}</span></button>
      <${WindowedList} ref=${(/** @type {any} */ list) => { this.list = list; }} id="incidents" label=${say.t("desk.incidents")}
        columns=${this.columns} ids=${shown} cells=${this.cells} stamp=${this.stamp} marks=${this.marks}
        selected=${selected} onSelect=${onSelect} onOpen=${onOpen} empty=${say.t("desk.list_empty")}
        onView=${(/** @type {any} */ view, /** @type {any} */ hovered) => { this.view = view; this.hovered = hovered; }} />
    </div>`;
  }
}

// @ts-check
/** The dispatcher's desk: incidents, one of them wholly, units, and the line for everything. */
import { CommandBar } from "./kernel/command_bar.js";
import { openDesk } from "./kernel/desk.js";
import { Frame } from "./kernel/frame.js";
import { parse } from "./kernel/grammar.js";
import { Component, html, render } from "./kernel/html.js";
import { Help, LastDeeds } from "./kernel/parts.js";
import { assertive } from "./kernel/announce.js";
import { shortcuts } from "./kernel/shortcuts.js";
import { BusyUnit } from "./dispatch/busy.js";
import { Deeds, callSign } from "./dispatch/deeds.js";
import { IncidentList } from "./dispatch/incident_list.js";
import { IncidentPane } from "./dispatch/incident_pane.js";
import { echoOf, runLine } from "./dispatch/lines.js";
import { UnitBoard } from "./dispatch/unit_board.js";
import { VERBS, choicesFor, lookups } from "./dispatch/verbs.js";

/** @type {[string, string][]} */
const KEYS = [["/", "desk.key_search"], [".", "desk.key_repeat"], ["?", "desk.key_help"], ["Esc", "desk.key_back"],
  ["N", "desk.key_new"], ["M", "desk.key_mine"], ["↑ ↓", "desk.key_rows"], ["B", "desk.key_bring"],
  ["Shift L", "desk.frame.key_lock"]];

class DispatchDesk extends Component {
  /** @param {any} props */
  constructor(props) {
    super(props);
    const { desk } = props;
    this.state = { selected: null, filter: "", mine: false, free: false, help: false, busy: /** @type {any[]} */ ([]), notice: "" };
    this.deeds = new Deeds(desk, {
      busy: (ask) => this.setState((/** @type {any} */ s) => ({ busy: [...s.busy, ask] })),
      select: (id) => this.setState({ selected: id }),
      notice: (text) => this.notice(text),
    });
    this.lookup = lookups(desk, () => this.state.selected);
    this.screen = {
      select: (/** @type {string} */ id) => this.select(id),
      filter: (/** @type {string} */ text) => this.setState({ filter: text }),
      repeat: () => this.repeat(), help: () => this.setState({ help: true }),
    };
    this.select = (/** @type {string|null} */ id) => this.setState({ selected: id });
    this.offer = (/** @type {string} */ text) => this.bar?.offer(text);
    this.notice = (/** @type {string} */ text) => { this.setState({ notice: text }); assertive(text); };
    this.read = (/** @type {string} */ text) => parse(text, VERBS, this.lookup);
  }

  componentDidMount() {
    this.stop = shortcuts({
      Slash: () => document.getElementById("search")?.focus(), Period: () => this.repeat(),
      "Shift+Slash": () => this.setState({ help: true }), Escape: () => this.back(),
      KeyN: () => this.bar?.focus(), Enter: () => this.bar?.focus(),
      KeyM: () => this.setState((/** @type {any} */ s) => ({ mine: !s.mine })), KeyB: () => this.list?.settle(),
    });
  }

  repeat() {
    const last = this.bar?.last();
    if (last) this.bar.enter(last);
  }

  /** One step back: dialogue, notice, filter, selection; then the line. */
  back() {
    const { help, busy, notice, filter, selected } = this.state;
    if (help || busy.length) return;
    if (notice) this.setState({ notice: "" });
    else if (filter) this.setState({ filter: "" });
    else if (selected) this.setState({ selected: null });
    this.bar?.focus();
  }

  /** @param {any} unit */
  unit(unit) {
    const mission = this.deeds.missionOf(unit);
    if (mission) this.select(mission.incident);
    else this.offer(`D ${callSign(unit)} `);
  }

  render() {
    const { desk } = this.props;
    const { say } = desk;
    const { selected, filter, mine, free, help, busy, notice } = this.state;
    return html`<div class="desk desk-dispatch">
      <${Frame} desk=${desk} title=${say.t("desk.dispatch")} onHelp=${() => this.setState({ help: true })} />
      <section class="panel list" aria-label=${say.t("desk.incidents")}>
        <div class="panel-head"><h2>${say.t("desk.incidents")}</h2><${Counts} desk=${desk} />
          <button class="button small" type="button" aria-pressed=${mine ? "true" : "false"} onClick=${() => this.setState({ mine: !mine })}>${say.t("desk.mine")}</button>
          <label class="hidden" for="search">${say.t("desk.search")}</label>
          <input id="search" type="search" dir="auto" autocomplete="off" placeholder=${say.t("desk.search_hint")} value=${filter}
            onInput=${(/** @type {any} */ e) => this.setState({ filter: e.target.value })}
            onKeyDown=${(/** @type {KeyboardEvent} */ e) => { if (e.key === "Enter" && !e.repeat) { e.preventDefault(); document.getElementById("incidents")?.focus(); } }} /></div>
        <${IncidentList} desk=${desk} selected=${selected} filter=${filter} mine=${mine} onSelect=${this.select}
          onOpen=${() => this.bar?.focus()} onReady=${(/** @type {any} */ list) => { this.list = list; }} />
      </section>
      <${IncidentPane} desk=${desk} deeds=${this.deeds} id=${selected} notice=${this.notice} offer=${this.offer} select=${this.select} />
      <${UnitBoard} desk=${desk} only=${free} onOnly=${() => this.setState({ free: !free })} onUnit=${(/** @type {any} */ unit) => this.unit(unit)} />
      <footer class="foot">
        ${notice ? html`<p class="notice"><b>${notice}</b> <button class="button small" type="button" onClick=${() => this.setState({ notice: "" })}>${say.t("desk.read")}</button></p>` : null}
        <${CommandBar} say=${say} label=${say.t("desk.bar")} parse=${this.read} echo=${(/** @type {any} */ line) => echoOf(desk, line)}
          choices=${(/** @type {string} */ text) => choicesFor(desk, this.read(text))} onReady=${(/** @type {any} */ bar) => { this.bar = bar; }}
          run=${(/** @type {any} */ line) => runLine(this.deeds, this.screen, line)} onEmptyEnter=${() => this.list?.settle()} onEmptyDown=${() => this.list?.next()} onLeave=${() => this.back()} />
        <${LastDeeds} desk=${desk} />
      </footer>
      ${help ? html`<${Help} say=${say} keys=${KEYS} verbs=${VERBS.filter(({ verb }) => /[A-Z]/.test(verb))} onClose=${() => this.setState({ help: false })} />` : null}
      ${busy.length ? html`<${BusyUnit} key=${`${busy[0].unit.id}${busy[0].missionId}`} desk=${desk} deeds=${this.deeds} ask=${busy[0]} onClose=${() => this.setState({ busy: busy.slice(1) })} />` : null}
    </div>`;
  }
}

/** Open, without a unit, late: the line that says what needs a dispatcher now. */
class Counts extends Component {
  constructor() {
    super();
    /** @type {any} */
    this.timer = undefined;
  }

  componentDidMount() {
    const { store } = this.props.desk;
    const again = () => { this.timer ??= setTimeout(() => { this.timer = undefined; this.setState({}); }, 300); };
    this.stops = ["incident", "mission"].map((kind) => store.subscribe(kind, again));
  }

  componentWillUnmount() {
    this.stops?.forEach((/** @type {() => void} */ stop) => stop());
  }

  render() {
    const { store, say } = this.props.desk;
    const open = store.all("incident").filter((/** @type {any} */ one) => !one.closed_at && !one.merged_into);
    const sent = new Set(store.all("mission").filter((/** @type {any} */ m) => m.stage !== "cancelled").map((/** @type {any} */ m) => m.incident));
    const bare = open.filter((/** @type {any} */ one) => !sent.has(one.id)).length;
    const late = open.filter((/** @type {any} */ one) => one.overdue).length + store.all("mission").filter((/** @type {any} */ m) => m.overdue && !["cleared", "cancelled"].includes(m.stage)).length;
    return html`<p class="counts"><span>${say.rich("desk.count_open", { count: open.length })}</span>
      <span data-tone=${bare ? "wait" : "off"}>${say.rich("desk.count_bare", { count: bare })}</span>
      <span data-tone=${late ? "late" : "off"}>${late ? html`<i aria-hidden="true">▲</i> ` : null}${say.rich("desk.count_late", { count: late })}</span></p>`;
  }
}

const desk = await openDesk();
const panels = document.getElementById("root");
if (panels) render(html`<${DispatchDesk} desk=${desk} />`, panels);

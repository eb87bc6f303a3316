// @ts-check
/**
 * The one line for everything: a combobox with completion, and beneath it what Enter would do, in
 * words, before Enter is pressed. A key that is held down sends nothing.
 */
import { Component, html } from "./html.js";

/**
 * @typedef {{insert: string, label: string, note?: string}} Choice
 *
 * @typedef {object} BarProps
 * @property {import("./say.js").Say} say
 * @property {string} label
 * @property {(text: string) => import("./grammar.js").Line} parse
 * @property {(line: import("./grammar.js").Line) => any} echo        one sentence (nodes)
 * @property {(text: string) => Choice[]} choices
 * @property {(line: import("./grammar.js").Line) => void} run
 * @property {() => void} [onEmptyEnter]
 * @property {() => void} [onEmptyDown]
 * @property {() => void} [onLeave]
 * @property {(bar: CommandBar) => void} [onReady]
 */

const CHOICES = 8;

export class CommandBar extends Component {
  constructor() {
    super();
    this.state = { text: "", active: -1, open: false, sure: "" };
    /** @type {HTMLInputElement|null} */
    this.input = null;
    /** @type {string[]} */
    this.history = [];
    this.back = 0;
  }

  componentDidMount() {
    this.props.onReady?.(this);
    this.focus();
  }

  focus() {
    this.input?.focus();
  }

  /** Write a line for the person, who still presses Enter. @param {string} text */
  offer(text) {
    this.setState({ text, active: -1, open: false, sure: "" });
    this.focus();
  }

  /** Run a line as if it were typed now. @param {string} text */
  enter(text) {
    const line = this.props.parse(text);
    if (line.verb && !line.problem) this.#run(line);
    else this.offer(text);
  }

  /** The last line that was run. */
  last() {
    return this.history.at(-1) ?? "";
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    /** @type {Record<string, () => void>} */
    const acts = {
      Enter: () => { if (!event.repeat) this.#entered(); },
      NumpadEnter: () => { if (!event.repeat) this.#entered(); },
      ArrowDown: () => this.#move(1), ArrowUp: () => this.#move(-1), Escape: () => this.#escaped(),
    };
    const act = acts[event.code] ?? (event.key === "Enter" ? acts.Enter : null);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  #entered() {
    const { text, active, open, sure } = this.state;
    const choices = open ? this.props.choices(text).slice(0, CHOICES) : [];
    if (choices[active]) { this.#choose(choices[active]); return; }
    if (!text.trim()) { this.props.onEmptyEnter?.(); return; }
    const line = this.props.parse(text);
    if (!line.verb || line.problem) { this.setState({ open: false }); return; }
    // One number that means two things is asked about once more.
    if (line.ambiguous && sure !== text) { this.setState({ sure: text, open: false }); return; }
    this.#run(line);
  }

  /** @param {import("./grammar.js").Line} line */
  #run(line) {
    if (line.verb?.verb !== ".") this.history.push(line.typed);
    this.back = 0;
    this.setState({ text: "", active: -1, open: false, sure: "" });
    this.props.run(line);
  }

  /** @param {number} step */
  #move(step) {
    const { text, active, open } = this.state;
    const count = Math.min(CHOICES, this.props.choices(text).length);
    if (open && count) {
      const next = active + step;
      this.setState({ active: next >= count ? -1 : next < -1 ? count - 1 : next });
    } else if (step < 0 && this.back < this.history.length) {
      this.back += 1;
      this.setState({ text: this.history.at(-this.back) ?? "", open: false, sure: "" });
    } else if (step > 0 && !text) {
      this.props.onEmptyDown?.();
    } else if (step > 0) {
      this.setState({ open: true });
    }
  }

  #escaped() {
    const { text, open } = this.state;
    if (open && text) this.setState({ open: false, active: -1 });
    else if (text) this.setState({ text: "", sure: "" });
    else this.props.onLeave?.();
  }

  /** @param {Choice} choice */
  #choose(choice) {
    this.setState({ text: choice.insert, active: -1, open: true, sure: "" });
    this.focus();
  }

  render() {
    const { say, label, parse, choices } = this.props;
    const { text, active, open } = this.state;
    const line = parse(text);
    const offered = open && text ? choices(text).slice(0, CHOICES) : [];
    return html`<div class="bar">
      <div class="bar-line">
        <span class="bar-sign" aria-hidden="true">›</span>
        <input ref=${(/** @type {any} */ node) => { this.input = node; }} id="bar" type="text" role="combobox" dir="auto"
          autocomplete="off" autocorrect="off" spellcheck=${false} aria-label=${label} aria-autocomplete="list"
          aria-expanded=${offered.length ? "true" : "false"} aria-controls="bar-choices" aria-describedby="bar-echo"
          aria-activedescendant=${active >= 0 ? `bar-choice-${active}` : undefined}
          placeholder=${say.t("desk.bar_hint")} value=${text} enterkeyhint="send"
          onInput=${(/** @type {any} */ e) => this.setState({ text: e.target.value, active: -1, open: true, sure: "" })}
          onBlur=${() => this.setState({ open: false })}
          onKeyDown=${(/** @type {KeyboardEvent} */ e) => this.pressed(e)} />
      </div>
      <ul id="bar-choices" role="listbox" class="choices" aria-label=${say.t("desk.bar_choices")} hidden=${!offered.length}>
        ${offered.map((/** @type {Choice} */ choice, /** @type {number} */ at) => html`<li role="option" key=${choice.insert}
          id=${`bar-choice-${at}`} aria-selected=${at === active ? "true" : "false"}
          onPointerDown=${(/** @type {Event} */ e) => { e.preventDefault(); this.#choose(choice); }}>
          <b><bdi>${choice.label}</bdi></b> <span class="soft">${choice.note}</span></li>`)}
      </ul>
      <p id="bar-echo" class="echo" role="status" data-tone=${this.#tone(line)}>${this.#echo(line)}</p>
    </div>`;
  }

  /** @param {import("./grammar.js").Line} line */
  #tone(line) {
    if (!line.typed.trim()) return "none";
    if (line.problem) return "stop";
    return line.verb?.destructive || line.ambiguous ? "care" : "go";
  }

  /** @param {import("./grammar.js").Line} line */
  #echo(line) {
    const { say, echo } = this.props;
    if (!line.typed.trim()) return say.t("desk.bar_rest");
    if (line.problem) return say.rich(line.problem.id, line.problem.details);
    return [
      line.remapped ? html`<span class="taken">${say.rich("desk.bar_taken", { text: line.taken })}</span> ` : null,
      echo(line), " ",
      html`<kbd>${say.t(line.ambiguous && this.state.sure !== line.typed ? "desk.bar_twice" : "desk.bar_enter")}</kbd>`,
    ];
  }
}

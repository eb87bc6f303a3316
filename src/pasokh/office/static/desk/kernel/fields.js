// @ts-check
/**
 * Fields for what others may change at the same time. While someone types in it a field keeps
 * what is typed; what came meanwhile is shown beside it and never replaces it.
 */
import { Component, html } from "./html.js";

/**
 * @typedef {object} FieldProps
 * @property {import("./say.js").Say} say
 * @property {string} id
 * @property {string} label
 * @property {string} value              what the centre has now
 * @property {(text: string) => void} onSave
 * @property {string} [list]             id of a <datalist>
 * @property {string} [placeholder]
 * @property {boolean} [clears]          empty after it was saved (a note, not a state)
 */
export class Field extends Component {
  constructor() {
    super();
    /** @type {{text: string|null, began: string}} */
    this.state = { text: null, began: "" };
  }

  save() {
    const { text } = this.state;
    if (text === null) return;
    const { value, onSave } = this.props;
    this.setState({ text: null });
    if (text.trim() && text !== value) onSave(text.trim());
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    if (event.isComposing) return;
    if (event.code === "Enter" || event.code === "NumpadEnter") {
      event.preventDefault();
      if (!event.repeat) this.save();
    } else if (event.code === "Escape") {
      event.stopPropagation();
      this.setState({ text: null });
    }
  }

  render() {
    const { say, id, label, value, list, placeholder } = this.props;
    const { text, began } = this.state;
    const dirty = text !== null;
    const other = dirty && value !== began;
    return html`<div class="field" data-dirty=${dirty ? "" : undefined}>
      <label for=${id}>${label}</label>
      <input id=${id} type="text" dir="auto" autocomplete="off" list=${list} placeholder=${placeholder}
        value=${dirty ? text : value} aria-describedby=${dirty ? `${id}-why` : undefined}
        onInput=${(/** @type {any} */ e) => this.setState({ text: e.target.value, began: dirty ? began : value })}
        onKeyDown=${(/** @type {KeyboardEvent} */ e) => this.pressed(e)} />
      ${dirty ? html`<button class="button primary" type="button" onClick=${() => this.save()}>${say.t("desk.save")}</button>` : null}
      ${dirty ? html`<p id=${`${id}-why`} class="field-why soft">${other
        ? say.rich("desk.field_changed", { value }) : say.t("desk.field_unsaved")}</p>` : null}
    </div>`;
  }
}

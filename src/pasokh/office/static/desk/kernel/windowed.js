// @ts-check
/**
 * A list of any length in at most 50 rows of the page: grid rows of one height, each contained,
 * drawn again only when their own object changed. The rest is counted, not drawn.
 */
import { Component, html } from "./html.js";

export const ROWS = 50;
/** Rows drawn above what is seen, so that a turn of the wheel finds them ready. */
const ABOVE = 8;
export const ROW_PIXELS = 30;

/**
 * @typedef {object} Column
 * @property {string} id
 * @property {string} label
 * @property {string} width  a track of a CSS grid
 *
 * @typedef {object} Props
 * @property {string} id
 * @property {string} label
 * @property {Column[]} columns
 * @property {string[]} ids                    in the order in which they are shown
 * @property {(id: string) => any[]} cells     one node for each column
 * @property {(id: string) => string} stamp    changes when the row must be drawn again
 * @property {(id: string) => Record<string, any>} [marks]  data-* attributes of a row
 * @property {string|null} selected
 * @property {(id: string) => void} onSelect
 * @property {(id: string) => void} [onOpen]
 * @property {(view: {first: number, rows: number}, hovered: string|null) => void} [onView]
 * @property {any} [empty]
 */

class Row extends Component {
  /** @param {any} next */
  shouldComponentUpdate(next) {
    const { id, stamp, place, selected, columns } = this.props;
    return id !== next.id || stamp !== next.stamp || place !== next.place
      || selected !== next.selected || columns !== next.columns;
  }

  render() {
    const { id, place, selected, cells, marks, columns, template, list } = this.props;
    return html`<div role="row" class="grid-row" id=${`${list}-${id}`} data-id=${id} aria-rowindex=${place + 2}
      aria-selected=${selected ? "true" : "false"} ...${marks ?? {}}
      style=${{ gridTemplateColumns: template, transform: `translateY(${place * ROW_PIXELS}px)` }}>
      ${cells(id).map((/** @type {any} */ cell, /** @type {number} */ at) => html`<div role="gridcell"
        class=${`cell cell-${columns[at].id}`} aria-colindex=${at + 1} key=${columns[at].id}>${cell}</div>`)}
    </div>`;
  }
}

export class WindowedList extends Component {
  constructor() {
    super();
    this.state = { start: 0 };
    /** @type {string|null} */
    this.hovered = null;
    /** @type {HTMLElement|null} */
    this.view = null;
    this.size = () => this.#scrolled();
  }

  componentDidMount() {
    this.watcher = new ResizeObserver(this.size);
    if (this.view) this.watcher.observe(this.view);
    this.#scrolled();
  }

  componentWillUnmount() {
    this.watcher?.disconnect();
  }

  /** The first row that is seen, and how many fit. */
  seen() {
    const view = this.view;
    if (!view) return { first: 0, rows: 1 };
    return { first: Math.floor(view.scrollTop / ROW_PIXELS), rows: Math.max(1, Math.floor(view.clientHeight / ROW_PIXELS)) };
  }

  /** Go down by whole rows, without a person's doing. @param {number} rows */
  scrollRows(rows) {
    if (this.view && rows) this.view.scrollTop += rows * ROW_PIXELS;
  }

  /** Bring a row into view. @param {string} id */
  reveal(id) {
    const place = this.props.ids.indexOf(id);
    if (place < 0 || !this.view) return;
    const { first, rows } = this.seen();
    if (place < first || place * ROW_PIXELS < this.view.scrollTop) this.view.scrollTop = place * ROW_PIXELS;
    else if (place >= first + rows) this.view.scrollTop = (place + 1) * ROW_PIXELS - this.view.clientHeight;
    this.#scrolled();
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    const { ids, selected, onSelect, onOpen } = this.props;
    if (event.ctrlKey || event.altKey || event.metaKey || !ids.length) return;
    const { rows } = this.seen();
    const now = selected ? ids.indexOf(selected) : -1;
    /** @type {Record<string, number>} */
    const to = { ArrowDown: now + 1, ArrowUp: now - 1, PageDown: now + rows, PageUp: now - rows, Home: 0, End: ids.length - 1 };
    if (event.code in to) {
      event.preventDefault();
      const id = ids[Math.min(ids.length - 1, Math.max(0, to[event.code]))];
      onSelect(id);
      this.reveal(id);
    } else if (event.code === "Enter" && selected && !event.repeat) {
      event.preventDefault();
      onOpen?.(selected);
    }
  }

  #scrolled() {
    const { first, rows } = this.seen();
    const start = Math.max(0, Math.min(first - ABOVE, this.props.ids.length - ROWS));
    if (start !== this.state.start) this.setState({ start });
    this.props.onView?.({ first, rows }, this.hovered);
  }

  /** @param {Event} event */
  #over(event) {
    const target = event.target instanceof Element ? event.target.closest("[data-id]") : null;
    this.hovered = event.type === "pointerleave" ? null : target?.getAttribute("data-id") ?? null;
    this.props.onView?.(this.seen(), this.hovered);
  }

  render() {
    const { id, label, columns, ids, cells, stamp, marks, selected, onSelect, empty } = this.props;
    const start = Math.max(0, Math.min(this.state.start, ids.length - ROWS));
    const template = columns.map((/** @type {Column} */ { width }) => width).join(" ");
    const clicked = (/** @type {Event} */ event) => {
      const row = event.target instanceof Element ? event.target.closest("[data-id]") : null;
      if (row) onSelect(row.getAttribute("data-id"));
    };
    const active = selected && ids.includes(selected) ? `${id}-${selected}` : undefined;
    return html`<div class="grid-list" role="grid" id=${id} aria-label=${label} aria-rowcount=${ids.length + 1}
      aria-colcount=${columns.length} tabindex="0" aria-activedescendant=${active}
      onKeyDown=${(/** @type {KeyboardEvent} */ event) => this.pressed(event)}>
      <div role="rowgroup"><div role="row" class="grid-head" aria-rowindex="1" style=${{ gridTemplateColumns: template }}>
        ${columns.map((/** @type {Column} */ column, /** @type {number} */ at) => html`<div role="columnheader" key=${column.id}
          class=${`cell cell-${column.id}`} aria-colindex=${at + 1}>${column.label}</div>`)}
      </div></div>
      <div class="grid-view" role="rowgroup" tabindex="-1" ref=${(/** @type {any} */ node) => { this.view = node; }}
        onScroll=${this.size} onClick=${clicked}
        onPointerOver=${(/** @type {Event} */ e) => this.#over(e)} onPointerLeave=${(/** @type {Event} */ e) => this.#over(e)}>
        <div class="grid-space" role="presentation" style=${{ blockSize: `${ids.length * ROW_PIXELS}px` }}>
          ${ids.slice(start, start + ROWS).map((/** @type {string} */ one, /** @type {number} */ at) => html`<${Row} key=${one}
            id=${one} list=${id} place=${start + at} stamp=${stamp(one)} selected=${one === selected}
            cells=${cells} marks=${marks?.(one)} columns=${columns} template=${template} />`)}
        </div>
        ${ids.length ? null : html`<p class="nothing soft">${empty}</p>`}
      </div>
    </div>`;
  }
}

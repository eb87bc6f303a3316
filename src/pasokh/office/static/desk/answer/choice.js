// @ts-check
/** A text field with choices under it (combobox): arrows move, Enter takes, Escape closes. */
import { html, useState } from "../kernel/html.js";

/**
 * @param {{id: string, label: string, value: string, onInput: (text: string) => void,
 *   choices: {id: string, shown: any}[], onTake: (place: number) => void, onEmptyDown?: () => void,
 *   hint?: string, free?: boolean, field?: any}} props
 *   onTake gets the place of the choice, or -1 for the text as it stands.
 */
export function Choice({ id, label, value, onInput, choices, onTake, onEmptyDown, hint, free = false, field }) {
  // What was chosen belongs to the text it was chosen for. Derived and not reset by an effect,
  // which would run after a quick person's next key.
  const [picked, pick] = useState({ value, place: free ? -1 : 0 });
  const [open, setOpen] = useState(false);
  const chosen = picked.value === value ? picked.place : free ? -1 : 0;
  const shown = open && choices.length > 0;
  const pressed = (/** @type {KeyboardEvent} */ event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" && !choices.length && onEmptyDown) { event.preventDefault(); onEmptyDown(); return; }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setOpen(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      pick((/** @type {any} */ was) => {
        const from = was.value === value ? was.place : free ? -1 : 0;
        return { value, place: Math.max(free ? -1 : 0, Math.min(choices.length - 1, from + step)) };
      });
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (event.repeat) return;
      setOpen(false);
      onTake(choices.length ? Math.min(chosen, choices.length - 1) : -1);
    } else if (event.key === "Escape" && shown) {
      event.preventDefault();
      event.stopPropagation();
      setOpen(false);
    }
  };
  const active = shown && chosen >= 0 ? `${id}-${chosen}` : undefined;
  return html`<div class="choice">
    <label for=${id}>${label}</label>
    <input ref=${field} id=${id} type="text" dir="auto" autocomplete="off" spellcheck=${false} role="combobox"
      aria-expanded=${String(shown)} aria-controls=${`${id}-list`} aria-autocomplete="list"
      aria-activedescendant=${active} aria-describedby=${hint ? `${id}-hint` : undefined} value=${value}
      onInput=${(/** @type {any} */ event) => { setOpen(true); onInput(event.target.value); }} onKeyDown=${pressed}
      onBlur=${() => setOpen(false)} />
    <div class="under"><ul id=${`${id}-list`} role="listbox" aria-label=${label} hidden=${!shown}>
      ${choices.map((choice, place) => html`<li key=${choice.id} id=${`${id}-${place}`} role="option"
        aria-selected=${String(place === chosen)} onMouseDown=${(/** @type {Event} */ event) => { event.preventDefault(); setOpen(false); onTake(place); }}>
        ${choice.shown}</li>`)}
    </ul></div>
    ${hint && html`<p class="soft" id=${`${id}-hint`}>${hint}</p>`}
  </div>`;
}

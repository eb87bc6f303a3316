// @ts-check
/**
 * Single keys, by their place on the keyboard and not by what the layout makes of them. Never in
 * a text field, never with Ctrl, Alt or Meta, and a key that is held down counts once.
 */

/** @param {EventTarget|null} target */
export function typing(target) {
  return target instanceof HTMLElement
    && (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));
}

/** The name of a key: "KeyN", "Slash", "Shift+Slash". @param {KeyboardEvent} event */
export function keyName(event) {
  return event.shiftKey ? `Shift+${event.code}` : event.code;
}

/**
 * @param {Record<string, (event: KeyboardEvent) => void>} keys
 * @param {EventTarget} [where] @returns {() => void} take them away again
 */
export function shortcuts(keys, where = document) {
  const pressed = (/** @type {any} */ event) => {
    if (event.repeat || event.isComposing || event.defaultPrevented) return;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    // A dialogue has its own way out.
    if (event.target instanceof Element && event.target.closest("dialog")) return;
    if (typing(event.target) && event.code !== "Escape") return;
    const act = keys[keyName(event)];
    if (!act) return;
    event.preventDefault();
    act(event);
  };
  where.addEventListener("keydown", pressed);
  return () => where.removeEventListener("keydown", pressed);
}

// @ts-check
/** Telling those who do not look. Assertive only for what requires a response from this person. */

/** @param {string} id @param {"polite"|"assertive"} manner */
function region(id, manner) {
  let found = document.getElementById(id);
  if (!found) {
    found = document.createElement("div");
    found.id = id;
    found.className = "hidden";
    found.setAttribute("aria-live", manner);
    found.setAttribute("role", manner === "assertive" ? "alert" : "status");
    document.body.append(found);
  }
  return found;
}

/** A change that may be heard in passing. @param {string} text */
export function polite(text) {
  region("said-politely", "polite").textContent = text;
}

/** Something that requires a response. @param {string} text */
export function assertive(text) {
  region("said-at-once", "assertive").textContent = text;
}

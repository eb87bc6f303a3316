// A comment in a flood: the browser computes a little before it sends. Where it cannot, the comment is
// taken all the same, and its letter comes later.

// So many digests are asked for at once: one by one the waiting costs more than the computing.
const AT_ONCE = 256;

const form = /** @type {HTMLFormElement} */ (document.getElementById("look"));
const field = /** @type {HTMLInputElement} */ (document.getElementById("proof"));
const status = /** @type {HTMLElement} */ (document.getElementById("proof-status"));
const letters = new TextEncoder();

/**
 * Count the zeros with which the SHA-256 of the task and a number begins.
 * @param {number} tried
 * @returns {Promise<number>}
 */
async function zerosOf(tried) {
  const digest = await crypto.subtle.digest("SHA-256", letters.encode(`${field.dataset.task}${tried}`));
  return Math.clz32(new DataView(digest).getUint32(0));
}

/**
 * Find the first number that is a proof.
 * @returns {Promise<number>}
 */
async function proof() {
  for (let from = 0; ; from += AT_ONCE) {
    const tried = Array.from({ length: AT_ONCE }, (_, n) => zerosOf(from + n));
    const found = (await Promise.all(tried)).findIndex((zeros) => zeros >= Number(field.dataset.bits));
    if (found >= 0) return from + found;
  }
}

// Over an unsafe line a browser does not compute.
if (globalThis.isSecureContext) {
  const found = proof().then((number) => {
    field.value = String(number);
  });
  form.addEventListener("submit", (event) => {
    const button = /** @type {HTMLButtonElement} */ (event.submitter);
    if (field.value || button.name) return;
    event.preventDefault();
    status.textContent = String(status.dataset.words);
    void found.then(() => form.requestSubmit(button));
  });
}

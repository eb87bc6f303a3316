// @ts-check
/** The form with scripts: the browser's place when asked for, and a draft that a reload keeps. */

const form = /** @type {HTMLFormElement} */ (document.getElementById("letter"));
const said = /** @type {HTMLElement} */ (document.getElementById("located"));
const button = /** @type {HTMLButtonElement} */ (document.getElementById("locate-me"));
const DRAFT = "pasokh-draft";
const KEPT = ["text", "place", "number", "name"];

/** @param {string} name */
const field = (name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name));

/** @param {GeolocationPosition} found */
function located({ coords, timestamp }) {
  field("latitude").value = String(coords.latitude);
  field("longitude").value = String(coords.longitude);
  field("accuracy").value = String(Math.ceil(coords.accuracy));
  field("measured_at").value = String(Math.round(timestamp));
  const metres = new Intl.NumberFormat(document.documentElement.lang).format(Math.ceil(coords.accuracy));
  said.textContent = (form.dataset.located ?? "").replace("{metres}", metres);
}

if (navigator.geolocation) {
  /** @type {HTMLElement} */ (document.getElementById("locate")).hidden = false;
  button.addEventListener("click", () => {
    said.textContent = form.dataset.locating ?? "";
    const unlocated = () => { said.textContent = form.dataset.unlocated ?? ""; };
    navigator.geolocation.getCurrentPosition(located, unlocated, { enableHighAccuracy: true, timeout: 20000 });
  });
}

// The draft stays in this tab only, and goes when it is sent.
const draft = JSON.parse(sessionStorage.getItem(DRAFT) ?? "{}");
const marks = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll("input[type=checkbox]")]);
for (const name of KEPT) if (!field(name).value && draft[name]) field(name).value = draft[name];
for (const mark of marks) if (draft.marks?.includes(mark.value)) mark.checked = true;
form.addEventListener("input", () => {
  const kept = Object.fromEntries(KEPT.map((name) => [name, field(name).value]));
  const marked = marks.filter((mark) => mark.checked).map((mark) => mark.value);
  sessionStorage.setItem(DRAFT, JSON.stringify({ ...kept, marks: marked }));
});
form.addEventListener("submit", () => sessionStorage.removeItem(DRAFT));

// Keeps the live page moving: each message holds the whole board as texts and attributes by name.
// Nothing is created, moved or removed; the page is complete without this file.

const body = document.body;
const line = document.getElementById("line");
const lineText = document.getElementById("line-text");

/** @param {string} key */
const byName = (key) => {
  const found = new Map();
  for (const element of document.querySelectorAll(`[data-${key}]`)) {
    const name = element.dataset[key] ?? element.getAttribute(`data-${key}`);
    if (!found.has(name)) found.set(name, []);
    found.get(name).push(element);
  }
  return found;
};

const texts = byName("c");
const attributes = byName("a");

// A line is not pulled away from under somebody who reads it.
const held = () => document.querySelector("#feed:hover, #feed:focus-within") !== null;

const show = (board) => {
  if (board.shape !== body.dataset.shape) {
    location.reload();
    return;
  }
  const keepFeed = held();
  for (const [name, text] of Object.entries(board.texts)) {
    if (keepFeed && name.startsWith("feed-")) continue;
    for (const element of texts.get(name) ?? []) {
      if (element.textContent !== text) element.textContent = text;
    }
  }
  for (const [name, pairs] of Object.entries(board.attributes)) {
    if (keepFeed && name.startsWith("feed-")) continue;
    for (const element of attributes.get(name) ?? []) {
      for (const [attribute, value] of Object.entries(pairs)) {
        if (element.getAttribute(attribute) !== value) element.setAttribute(attribute, value);
      }
    }
  }
};

const say = (state) => {
  if (line.dataset.state === state) return;
  line.dataset.state = state;
  lineText.textContent = line.dataset[state];
};

// Only the newest board is shown, once a frame, and none while nobody looks.
let newest = null;
const draw = () => {
  if (newest === null) return;
  const board = newest;
  newest = null;
  show(board);
};

const stream = new EventSource(body.dataset.stream);
stream.addEventListener("open", () => say("live"));
stream.addEventListener("error", () => say("lost"));
stream.addEventListener("message", (event) => {
  say("live");
  newest = JSON.parse(event.data);
  requestAnimationFrame(draw);
});

const pace = document.getElementById("pace");
pace?.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = new URLSearchParams(new FormData(pace, event.submitter));
  fetch(pace.action, { method: "POST", body: form, redirect: "manual" }).catch(() => say("lost"));
});

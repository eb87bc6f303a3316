// In an answering desk: when a call that is new to it was painted (wall time, ms), by its id.
async () => {
  const { Store } = await import("/office/static/desk/kernel/store.js");
  const painted = {}, known = new Set();
  let fresh = [];
  window.benchLine = painted;
  const queue = document.querySelector("section[aria-labelledby=queue-title]");
  // What the desk was told of and has drawn since: it is on the glass after the next frame.
  new MutationObserver(() => {
    const drawn = fresh;
    fresh = [];
    if (!drawn.length) return;
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        const now = performance.timeOrigin + performance.now();
        for (const id of drawn) painted[id] = now;
      };
      port2.postMessage(null);
    });
  }).observe(queue, { subtree: true, childList: true, characterData: true });
  const take = Store.prototype.take;
  Store.prototype.take = function (...told) {
    Store.prototype.take = take;
    this.subscribe("call", (ids) => {
      for (const id of ids) if (!known.has(id)) { known.add(id); fresh.push(id); }
    });
    return take.apply(this, told);
  };
}

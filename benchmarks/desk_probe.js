// Runs in the page before anything else: how late a key is painted, how long frames and tasks take.
window.bench = (() => {
  const keys = [], tasks = [], frames = [];
  let counts = false, last = 0;
  const painted = (run) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => run();
    port2.postMessage(null);
  });
  const frame = (now) => {
    if (!counts) return;
    if (last) frames.push(now - last);
    last = now;
    requestAnimationFrame(frame);
  };
  new PerformanceObserver((list) => { for (const one of list.getEntries()) tasks.push(one.duration); })
    .observe({ type: "longtask" });
  addEventListener("keydown", ({ timeStamp }) => painted(() => keys.push(performance.now() - timeStamp)), { capture: true });
  return {
    painted,
    // The policy forbids a harness to bring its own loop as text.
    until: (holds) => new Promise((done) => {
      const look = () => { if (holds()) done(performance.now()); else setTimeout(look, 4); };
      look();
    }),
    begin() { keys.length = tasks.length = frames.length = 0; last = 0; counts = true; requestAnimationFrame(frame); },
    end() { counts = false; return { keys: [...keys], tasks: [...tasks], frames: [...frames] }; },
    // Wall time at which a row of the list was painted with another priority: id and level before it.
    rows: [],
    watch(list) {
      new MutationObserver((changes) => {
        const seen = changes.map(({ target }) => [target.dataset.id, Number(target.dataset.priority)]);
        painted(() => { for (const one of seen) window.bench.rows.push([...one, performance.timeOrigin + performance.now()]); });
      }).observe(list, { subtree: true, attributes: true, attributeFilter: ["data-priority"] });
    },
  };
})();

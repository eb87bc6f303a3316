// The page's clock, put forward by hand: hours pass in the time that their work takes. What is
// due again and again comes once a step, as it does for a page whose clock jumps.
(() => {
  const began = Date.now();
  const due = new Map();
  let now = 0, next = 1;
  const add = (run, wait, every) => {
    due.set(next, { run, at: now + Math.max(1, Number(wait) || 0), every });
    return next++;
  };
  Date.now = () => began + Math.round(now);
  performance.now = () => now;
  window.setTimeout = (run, wait, ...rest) => add(() => run(...rest), wait, 0);
  window.setInterval = (run, wait, ...rest) => add(() => run(...rest), wait, Math.max(1, wait));
  window.requestAnimationFrame = (run) => add(() => run(now), 16, 0);
  window.clearTimeout = window.clearInterval = window.cancelAnimationFrame = (id) => { due.delete(id); };
  const first = (until) => {
    let found = 0, at = until;
    for (const [id, one] of due) if (one.at < at || (one.at === at && !found)) { found = id; at = one.at; }
    return found;
  };
  const run = async (ms) => {
    const until = now + ms;
    for (let id = first(until); id; id = first(until)) {
      const one = due.get(id);
      now = one.at;
      if (one.every) one.at = until + one.every; else due.delete(id);
      one.run();
      await null;
      await null;
    }
    now = until;
  };
  // So many steps: what the centre tells in that time, then the time itself.
  window.benchSteps = async (steps, changes, ms) => {
    for (let step = 0; step < steps; step += 1) {
      await fetch(`/bench/step?changes=${changes}&ahead=${ms}`).then((answer) => answer.arrayBuffer());
      await run(ms);
    }
  };
})();

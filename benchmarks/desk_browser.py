"""A real browser at a desk: opened, typed in, and read out over its own debugging protocol."""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from urllib.request import urlopen

from msgspec import Struct
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
SCREEN = {"width": 1366, "height": 768}
KEY_SECONDS = 0.15
FRAME_MS = 17.0
LONG_MS = 100.0
HERE = Path(__file__).parent
PROBE, CLOCK = HERE / "desk_probe.js", HERE / "desk_clock.js"
LINE = ["d", "4", "1", "2", "Space", "1", "0", "2", "3", "Escape", "Escape"]
# The module's own class tells of its one instance when the next frame comes.
_FIND_STORE = """async () => {
  const { Store } = await import("/office/static/desk/kernel/store.js");
  const take = Store.prototype.take;
  await new Promise((found) => {
    Store.prototype.take = function (...told) {
      window.benchStore = this;
      found();
      return take.apply(this, told);
    };
  });
  Store.prototype.take = take;
}"""


class Watched(Struct, frozen=True):
    """What a page did for some seconds while somebody typed."""

    key_p50: float
    key_p95: float
    frames_share: float
    frames_rate: float
    long_tasks: int
    cpu_share: float


@contextmanager
def browser() -> Iterator[Browser]:
    """Start Debian's Chromium, or the one that PASOKH_CHROMIUM names."""
    found = shutil.which(os.environ.get("PASOKH_CHROMIUM", "chromium"))
    if found is None:
        raise RuntimeError("no chromium: apt-get install chromium, or set PASOKH_CHROMIUM")
    with sync_playwright() as playwright:
        one = playwright.chromium.launch(executable_path=found, args=FLAGS)
        try:
            yield one
        finally:
            one.close()


@contextmanager
def opened(browser: Browser, address: str, *scripts: Path) -> Iterator[Page]:
    """Open a page that fills nothing from a cache, its probe in it."""
    context = browser.new_context(viewport=SCREEN, locale="fa-IR")
    for script in (PROBE, *scripts):
        context.add_init_script(path=script)
    try:
        page = context.new_page()
        page.goto(address)
        page.wait_for_selector("#bar")
        yield page
    finally:
        context.close()


def ask(address: str, path: str) -> Any:
    """Ask the bench's server."""
    with urlopen(address + path, timeout=30) as answer:  # noqa: S310 - our own server
        return json.load(answer)


def debugging(context: BrowserContext, page: Page) -> CDPSession:
    """Speak with the page's process; times are those that its main thread really had."""
    session = context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    return session


def metric(session: CDPSession, name: str) -> float:
    """Read one figure of the page's process."""
    read = session.send("Performance.getMetrics")["metrics"]
    return next(float(one["value"]) for one in read if one["name"] == name)


def watch(page: Page, seconds: float) -> Watched:
    """Type in the bar, a key every 150 ms, and give what was seen."""
    session = debugging(page.context, page)
    page.focus("#bar")
    page.evaluate("bench.begin()")
    busy, begun = metric(session, "TaskDuration"), monotonic()
    for number, key in enumerate(cycle(LINE), 1):
        page.keyboard.press(key)
        if monotonic() - begun > seconds:
            break
        sleep(max(0.0, begun + number * KEY_SECONDS - monotonic()))
    spent = monotonic() - begun
    busy = metric(session, "TaskDuration") - busy
    seen = page.evaluate("bench.end()")
    session.detach()
    frames = seen["frames"]
    return Watched(
        key_p50=share_of(seen["keys"], 0.50),
        key_p95=share_of(seen["keys"], 0.95),
        frames_share=100 * sum(one <= FRAME_MS for one in frames) / len(frames),
        frames_rate=1e3 * len(frames) / sum(frames),
        long_tasks=sum(one > LONG_MS for one in seen["tasks"]),
        cpu_share=100 * busy / spent,
    )


def heap_and_nodes(page: Page, session: CDPSession) -> tuple[float, float]:
    """Give the heap in use (MB) and the nodes of the page, after collecting what nobody holds."""
    for _ in range(3):
        session.send("HeapProfiler.collectGarbage")
        page.wait_for_timeout(100)
    return metric(session, "JSHeapUsedSize") / 1e6, metric(session, "Nodes")


def find_store(page: Page) -> None:
    """Lay hold of the desk's store as `benchStore`; a frame must come for it."""
    page.evaluate(_FIND_STORE)


def share_of(values: list[float], share: float) -> float:
    """Give the value below which so large a share lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]

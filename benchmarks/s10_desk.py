"""S10: the dispatcher's desk in a real browser, 2,000 open incidents, on a line of exact load.

Keys are typed in the bar every 150 ms; a key is late from its event to the paint after it. The
yardstick is an empty page of the same server, typed in beside it. What needs the real centre
(cold start, one desk's order on another's screen) is in s10_centre.
"""

import sys
from statistics import median
from time import monotonic, sleep

from playwright.sync_api import Browser, Page

from benchmarks import s10_centre
from benchmarks.desk_browser import (
    CLOCK,
    Watched,
    ask,
    browser,
    debugging,
    find_store,
    heap_and_nodes,
    opened,
    watch,
)
from benchmarks.rows import NO_BAR, Bar, Judged, Plan, Row
from benchmarks.served import free_port, started

INCIDENTS = 2_000
EMPTY = "an empty page"
CALM, STORM = (50, 1), (50, 20)
# Eight hours at five changes a second, which is a province at its peak. A step is shorter than
# the silence after which a desk calls its line cut.
SOAK_STEPS, SOAK_CHANGES, SOAK_STEP_MS = 2_000, 72, 14_400
# The engine compiles what it keeps, and the list meets its longest rows: heap grows until then.
WARM_TENTHS = 2
CUT_SECONDS = 5.0
_DESK, _EMPTY_PAGE = "/office/fa/desk/dispatch/", "/office/fa/empty/"
_WHOLE = """async () => {
  const truth = await fetch("/desk/snapshot").then((answer) => answer.json());
  const old = ({ kind, id, version }) => benchStore.version(kind, id) !== version;
  const stale = truth.objects.filter(old).length;
  const kinds = [...new Set(truth.objects.map(({ kind }) => kind))];
  const held = kinds.reduce((sum, kind) => sum + benchStore.all(kind).length, 0);
  return stale + Math.abs(held - truth.objects.length);
}"""


def bench(plan: Plan) -> list[Row]:
    """Measure calm, storm, a cut line, eight hours; then the real centre."""
    incidents = plan.sized(INCIDENTS, 200)
    port = free_port()
    command = [sys.executable, "-m", "benchmarks.desk_server", str(port), str(incidents)]
    with started(command, port), browser() as chromium:
        at = f"http://127.0.0.1:{port}"
        rounds = [_round(chromium, at, 4.0 if not plan.quick else 1.5) for _ in range(plan.rounds)]
        cuts = [_cut(chromium, at) for _ in range(plan.sized(3, 1))]
        soak = _soak(chromium, at, plan.sized(SOAK_STEPS, 20))
        real = s10_centre.bench(plan, chromium)
    return [*_watched(rounds, incidents), *_cut_rows(cuts), *soak, *real]


def _round(chromium: Browser, at: str, seconds: float) -> tuple[Watched, Watched, Watched]:
    """Watch the empty page, the desk at 50 changes a second, and at 1,000."""
    _pace(at, 0, 0)
    with opened(chromium, at + _EMPTY_PAGE) as page:
        sleep(0.5)
        empty = watch(page, seconds / 2)
    with opened(chromium, at + _DESK) as page:
        _settled(page)
        seen = []
        for pace in (CALM, STORM):
            _pace(at, *pace)
            sleep(1.0)
            seen.append(watch(page, seconds))
    _pace(at, 0, 0)
    return empty, seen[0], seen[1]


def _pace(at: str, frames: float, changes: int) -> None:
    ask(at, f"/bench/pace?frames={frames}&changes={changes}")


def _settled(page: Page) -> None:
    page.wait_for_selector('#line[data-state="live"]')
    page.wait_for_selector("#incidents .grid-row")
    sleep(0.5)


def _cut(chromium: Browser, at: str) -> tuple[float, float]:
    """Cut the line while changes go on; give the seconds until it is whole, and its faults."""
    _pace(at, *CALM)
    with opened(chromium, at + _DESK) as page:
        _settled(page)
        find_store(page)
        ask(at, "/bench/cut")
        page.wait_for_selector('#line[data-state="cut"]')
        sleep(CUT_SECONDS)
        _pace(at, 0, 0)
        last = ask(at, "/bench/back")["seq"]
        begun = monotonic()
        page.evaluate(f"bench.until(() => benchStore.seq >= {last})")
        page.wait_for_selector('#line[data-state="live"]')
        whole = monotonic() - begun
        return whole, page.evaluate(_WHOLE)


def _soak(chromium: Browser, at: str, steps: int) -> list[Row]:
    """Live the hours with the clock put forward by hand; compare when warm with the end."""
    _pace(at, 0, 0)
    tenth, read = steps // 10, []
    with opened(chromium, at + _DESK, CLOCK) as page:
        _settled_by_hand(page)
        session = debugging(page.context, page)
        for _ in range(10):
            _lived(page, tenth)
            read.append(heap_and_nodes(page, session))
    changes, hours = 10 * tenth * SOAK_CHANGES, 10 * tenth * SOAK_STEP_MS / 3_600_000
    heaps = ", ".join(f"{heap:.2f}" for heap, _ in read)
    warm, end = read[WARM_TENTHS : WARM_TENTHS + 3], read[-3:]
    return [
        Row(
            id="S10",
            work=f"soak: growth of {what} after warm-up",
            size=f"{changes:,} changes in {hours:.2g} h of the page's clock",
            unit="%",
            ours=[
                100 * (median(one[which] for one in end) / median(one[which] for one in warm) - 1)
            ],
            bar=Bar(Judged.OURS, most=10),
            note=f"MB of heap after each tenth: {heaps}" if what == "heap" else "",
        )
        for which, what in enumerate(("heap", "DOM nodes"))
    ]


def _settled_by_hand(page: Page) -> None:
    page.evaluate("benchSteps(5, 1, 1000)")
    page.wait_for_selector("#incidents .grid-row")


def _lived(page: Page, steps: int) -> None:
    page.evaluate(f"benchSteps({steps}, {SOAK_CHANGES}, {SOAK_STEP_MS})")


def _watched(rounds: list[tuple[Watched, Watched, Watched]], incidents: int) -> list[Row]:
    calm, storm = (
        f"{incidents:,} incidents, {frames * changes:,} changes/s"
        for frames, changes in (CALM, STORM)
    )
    most, least = _most, _least
    asked = (
        ("key to paint, p95", "ms", "key_p95", ((calm, most(50)), (storm, most(100)))),
        ("key to paint, p50", "ms", "key_p50", ((calm, NO_BAR), (storm, NO_BAR))),
        ("frames of at most 17 ms", "%", "frames_share", ((calm, least(95)), (storm, NO_BAR))),
        ("frames", "a second", "frames_rate", ((calm, NO_BAR), (storm, least(50)))),
        ("tasks over 100 ms", "tasks", "long_tasks", ((calm, most(0)), (storm, NO_BAR))),
        ("main thread", "% of a core", "cpu_share", ((calm, most(15)), (storm, NO_BAR))),
    )
    return [
        Row(
            id="S10",
            work=f"desk in a browser: {work}",
            size=size,
            unit=unit,
            ours=[getattr(seen[1 + at], field) for seen in rounds],
            yardstick=EMPTY,
            theirs=[] if field == "long_tasks" else [getattr(seen[0], field) for seen in rounds],
            bar=bar,
        )
        for work, unit, field, sizes in asked
        for at, (size, bar) in enumerate(sizes)
    ]


def _most(value: float) -> Bar:
    return Bar(Judged.OURS, most=value)


def _least(value: float) -> Bar:
    return Bar(Judged.OURS, least=value)


def _cut_rows(cuts: list[tuple[float, float]]) -> list[Row]:
    size = f"cut for {CUT_SECONDS:g} s (shortened from 30) at 50 changes/s, then the snapshot again"
    return [
        Row(
            id="S10",
            work=f"line cut: {work}",
            size=size,
            unit=unit,
            ours=[cut[at] for cut in cuts],
            bar=_most(bar),
        )
        for at, (work, unit, bar) in enumerate(
            (("back to a whole desk", "s", 2), ("changes missed", "changes", 0))
        )
    ]

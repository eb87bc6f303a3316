"""L1: calls over a real switch at 1, 10 and 100 a second, three of ten of whom give up."""

from pathlib import Path

from playwright.sync_api import Browser

from benchmarks.desk_browser import browser, share_of
from benchmarks.disk import fresh_folder
from benchmarks.line_load import Loaded, stand
from benchmarks.rows import NO_BAR, Bar, Judged, Plan, Row

# Calls a second, positions, and how late the 99th of 100 may be told (ms).
_RATES = ((1, 10, None), (10, 40, 10), (100, 200, 25))
_SECONDS = 30
_QUICK = (3, 4, None)
_PAINTED_MS = 300
_OPTIONS = "the switch alone: its answer to OPTIONS meanwhile"


def bench(plan: Plan) -> list[Row]:
    """Let callers come at each rate."""
    rates = (_QUICK,) if plan.quick else _RATES
    seconds = plan.sized(_SECONDS, 2)
    rows = []
    with browser() as chromium:
        for rate, positions, bar in rates:
            with fresh_folder(plan.folder) as folder:
                loaded = _loaded(Path(folder), chromium, rate, positions, seconds)
            size = f"{rate} calls/s for {seconds} s, 30 % give up"
            rows += rows_of("L1", size, loaded, bar)
    return rows


def rows_of(row_id: str, size: str, loaded: Loaded, told_most_ms: float | None) -> list[Row]:
    """Write what a load came to: nobody lost, and how soon each call was known."""
    return [*_counted(row_id, size, loaded), *_timed(row_id, size, loaded, told_most_ms)]


def _loaded(folder: Path, chromium: Browser, rate: int, positions: int, seconds: int) -> Loaded:
    with stand(folder, chromium, positions, seconds + 120) as standing:
        return standing.load(rate, seconds)


def _counted(row_id: str, size: str, loaded: Loaded) -> list[Row]:
    told = loaded.told
    note = f"{told['answered']} answered and {told['gone']} gone in the callers' own words"
    counted = (
        ("calls whose outcome differs from the callers' own counters", loaded.differ, note),
        ("calls lost", loaded.lost, ""),
        ("calls doubled, or not of one outcome", loaded.doubled, ""),
        ("residual of the centre's sum", loaded.residual, ""),
    )
    return [
        Row(
            id=row_id,
            work=work,
            size=f"{size}: {loaded.sent:,} calls",
            unit="calls",
            ours=[count],
            bar=Bar(Judged.OURS, most=0),
            note=more,
        )
        for work, count, more in counted
    ]


def _timed(row_id: str, size: str, loaded: Loaded, told_most_ms: float | None) -> list[Row]:
    unseen = loaded.sent - len(loaded.painted_ms)
    note = f"{unseen} of {loaded.sent:,} calls were over before the desk drew again"
    measured = (
        ("the call is taken by the machine", loaded.taken_ms, told_most_ms, loaded.shares),
        ("a screen on the live stream has heard", loaded.event_ms, None, ""),
        ("painted on a desk", loaded.painted_ms, _PAINTED_MS, note),
    )
    return [
        Row(
            id=row_id,
            work=f"from the caller's INVITE until {work}, {name}",
            size=size,
            unit="ms",
            ours=[share_of(values, share)],
            yardstick=f"{_OPTIONS}, {name}",
            theirs=[share_of(loaded.options_ms, share)],
            bar=NO_BAR if most is None or share < 0.9 else Bar(Judged.OURS, most=most),
            note=more if share > 0.9 else "",
        )
        for work, values, most, more in measured
        for name, share in (("p50", 0.50), ("p99", 0.99))
    ]

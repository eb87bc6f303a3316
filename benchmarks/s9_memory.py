"""S9: memory of a centre with its log on disk, over a month and under a hundred times the load."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from benchmarks.disk import fresh_folder
from benchmarks.drills import START, drill_on
from benchmarks.machine import rss_mib
from benchmarks.rows import Bar, Judged, Plan, Row
from pasokh.adapters.storage.sqlite_log import SqliteLog
from pasokh.core.time import DAY, HOUR, MINUTE, Span

BAR = Bar(Judged.OURS, most=512)
# Calls stay in memory until their final figure, eight days later, is a day old.
FULL_AFTER_DAYS = 10


def bench(plan: Plan) -> list[Row]:
    """Let the drill live, and read the resident memory on the way. One round: seeds repeat."""
    days, surge = plan.sized(30, 1), plan.sized(10 * MINUTE, MINUTE)
    month = tuple(n * DAY for n in range(1, days + 1)) if not plan.quick else (HOUR, 2 * HOUR)
    asked = (
        (plan, 1, month, f"1 x, {days} simulated days"),
        (plan, 100, (surge // 2, surge), "100 x: 17 calls/s, 10 simulated minutes"),
    )
    # Each in a process of its own: none inherits what another's memory was.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as one:
        return list(one.map(_row, *zip(*asked, strict=True)))


def _row(plan: Plan, times: int, steps: tuple[Span, ...], size: str) -> Row:
    with fresh_folder(plan.folder) as folder:
        log = SqliteLog(folder / "log.sqlite")
        drill, room = drill_on(log, times)
        drill.advance(START + min(HOUR, steps[-1] // 10))
        read = [rss_mib()]
        for step in steps:
            drill.advance(START + step)
            read.append(rss_mib())
        log.close()
    full = read[min(FULL_AFTER_DAYS, len(read) - 1)]
    return Row(
        id="S9",
        work="resident memory at the end, log on disk",
        size=size,
        unit="MiB",
        ours=[read[-1]],
        yardstick="the same after the first hour (first minute of ten)",
        theirs=[read[0]],
        bar=BAR,
        note=(
            f"{room.head.seq:,} entries; {read[0]:.0f} MiB at first, {read[1]:.0f} after the first "
            f"step, {full:.0f} when the kept days are full, {max(read):.0f} at most, "
            f"{read[-1]:.0f} at the end"
        ),
    )

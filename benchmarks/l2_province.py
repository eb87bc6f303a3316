"""L2: a hundred times the province's load for ten minutes: nobody lost, and memory that stays."""

from pathlib import Path

from benchmarks.desk_browser import browser
from benchmarks.disk import fresh_folder
from benchmarks.l1_rates import rows_of
from benchmarks.line_load import stand
from benchmarks.rows import NO_BAR, Bar, Judged, Plan, Row

# 15,000 calls a day are 0.17 a second.
_RATE, _POSITIONS = 17, 60
_SECONDS = 600
# What a call holds until its day is finally figured.
_KIB_A_CALL = 16
# Of fewer calls what is told is what a stream and a first answer cost once, by the number of calls.
_CALLS_LEAST = 1_000


def bench(plan: Plan) -> list[Row]:
    """Let callers come for ten minutes."""
    rate, positions = plan.sized(_RATE, 2), plan.sized(_POSITIONS, 4)
    seconds = plan.sized(_SECONDS, 3)
    with (
        browser() as chromium,
        fresh_folder(plan.folder) as folder,
        stand(Path(folder), chromium, positions, seconds + 120) as standing,
    ):
        loaded = standing.load(rate, seconds)
    size = f"{rate} calls/s for {seconds} s, 30 % give up"
    first, last = loaded.memory_mib[0], loaded.memory_mib[-1]
    memory = Row(
        id="L2",
        work="resident memory of the control room, for each call of the load",
        size=size,
        unit="KiB",
        ours=[1024 * (last - first) / max(1, loaded.sent)],
        bar=Bar(Judged.OURS, most=_KIB_A_CALL) if loaded.sent >= _CALLS_LEAST else NO_BAR,
        note=f"{first:.0f} MiB before, {last:.0f} MiB at the end, desk and stream kept along",
    )
    return [*rows_of("L2", size, loaded, None), memory]

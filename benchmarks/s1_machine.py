"""S1: durable commands through the machine; every asker waits for its receipt from the disk.

Askers walk whole calls, one command after the other. The submissions are made before the clock
starts: making ids is the asker's work. For growth, the log already holds 1, 10, 100 times as much.
"""

import asyncio
import gc
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from time import perf_counter

import uvloop

from benchmarks.disk import LABEL, appends_per_second, fresh_folder
from benchmarks.rows import NO_BAR, Bar, Judged, Plan, Row
from benchmarks.walks import Sender
from pasokh.adapters.storage.sqlite_log import SqliteLog
from pasokh.control_room.state import Centre
from pasokh.core.log import EMPTY
from pasokh.core.machine import Submission
from pasokh.drivers.live import Live
from pasokh.drivers.live_clock import WallClock
from pasokh.drivers.room import Room

COMMANDS = 20_000
APPENDS = 1_500
BAR = Bar(Judged.RATIO, least=10)
# Commands on average in a walk, and how many ids a millisecond carries at about that rate.
_PER_CALL = 11
_PER_MILLISECOND = 30
_GROUP = 2_000


def bench(plan: Plan) -> list[Row]:
    """Measure at 64 askers against the bar, at 8 and 512 for information, and growth."""
    size = plan.sized(COMMANDS, 600)
    rows = [_row(plan, askers, 0, size, BAR if askers == 64 else NO_BAR) for askers in (64, 8, 512)]
    grown = [_row(plan, 64, factor * size, size, NO_BAR) for factor in (1, 10, 100)]
    return [*rows, *grown]


def _row(plan: Plan, askers: int, before: int, size: int, bar: Bar) -> Row:
    ours: list[float] = []
    theirs: list[float] = []
    with fresh_folder(plan.folder) as folder:
        turning = _Turning(folder, before)
        # The write-ahead log reaches its full size once in the life of a file; not measured.
        uvloop.run(turning.rate(askers, size))
        for _ in range(plan.rounds):
            probe = appends_per_second(folder, plan.sized(APPENDS, 50))
            ours.append(uvloop.run(turning.rate(askers, size)))
            probe_after = appends_per_second(folder, plan.sized(APPENDS, 50))
            theirs.append((probe + probe_after) / 2)
        turning.log.close()
    told = f"{askers} askers" + (
        f", {before:,} commands in the log and the state" if before else ""
    )
    return Row(
        id="S1",
        work="durable commands through the machine",
        size=told,
        unit="commands/s",
        ours=ours,
        yardstick=LABEL,
        theirs=theirs,
        bar=bar,
    )


class _Turning:
    """One centre with its log on disk, which grows from round to round."""

    def __init__(self, folder: Path, before: int) -> None:
        self.log = SqliteLog(folder / "log.sqlite")
        self._room = Room(Centre(), EMPTY, self.log)
        self._sender = Sender(1405)
        self._numbers = count()
        for submission in self._sender.set_up(WallClock().now()):
            self._room.take(submission, WallClock().now())
        while self._room.head.seq < before:
            self._grow()
        self._room.commit()

    async def rate(self, askers: int, size: int) -> float:
        """Give commands a second, from the first question to the last receipt."""
        live = Live(self._room, WallClock())
        calls = list(self._calls(size // _PER_CALL + askers, live.clock.now()))
        gc.collect()
        gc.freeze()
        waiting = iter(calls)
        started = perf_counter()
        taken = sum(await asyncio.gather(*(_ask(live, waiting) for _ in range(askers))))
        spent = perf_counter() - started
        await live.drain()
        assert live.durable_head == self._room.head == self.log.head()
        return taken / spent

    def _calls(self, wanted: int, now: int) -> Iterator[list[Submission]]:
        for n in range(wanted):
            yield self._sender.call(next(self._numbers), now + n * _PER_CALL // _PER_MILLISECOND)

    def _grow(self) -> None:
        now = WallClock().now()
        for _ in range(_GROUP // _PER_CALL):
            for submission in self._sender.call(next(self._numbers), now):
                self._room.take(submission, now)
        self._room.commit()


async def _ask(live: Live, calls: Iterator[list[Submission]]) -> int:
    taken = 0
    for call in calls:
        for submission in call:
            receipt = await live.submit(submission)
            assert receipt.refusal is None
            taken += 1
    return taken

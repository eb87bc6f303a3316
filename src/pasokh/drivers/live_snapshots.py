"""When to keep the state beside the log, so that a restart is short. Losing one loses only time."""

import asyncio
from collections.abc import Sequence

from pasokh.account.events import DayFigured
from pasokh.control_room.fold import freeze
from pasokh.core.log import Entry
from pasokh.core.machine import Fact
from pasokh.drivers.live import Live
from pasokh.drivers.ports import Snapshots

# At 10,000 entries a second this is one snapshot in 20 s; a restart refolds at most so many.
EVERY_ENTRIES = 200_000


class SnapshotKeeper:
    """Keeps a snapshot every so many entries and whenever a day was figured.

    The state is frozen between two commands, in memory; it is written beside the log, in a
    thread of its own, once the disk has the entries that it was folded from.
    """

    def __init__(self, live: Live, snapshots: Snapshots, every: int = EVERY_ENTRIES) -> None:
        """Follow a living centre."""
        self._live = live
        self._snapshots = snapshots
        self._every = every
        self._kept_seq = live.durable_head.seq
        self._keeping: asyncio.Task[None] | None = None
        live.follow(self._see)

    async def keep(self) -> None:
        """Keep one now. Returns at once when the last one is as new as the log."""
        head = self._live.head
        if head.seq == self._kept_seq:
            return
        state = freeze(self._live.centre)
        self._kept_seq = head.seq
        await self._live.durable(head.seq)
        await asyncio.to_thread(self._snapshots.keep, head, state)

    def _see(self, entries: Sequence[Entry], _facts: Sequence[Fact]) -> None:
        if self._keeping is not None and not self._keeping.done():
            return
        enough = entries[-1].seq - self._kept_seq >= self._every
        if enough or any(entry.kind == DayFigured.__name__ for entry in entries):
            self._keeping = asyncio.get_running_loop().create_task(self.keep())

"""A centre with a spool on simulated disks, whose power may be cut and come back."""

import asyncio

from pasokh.adapters.storage.keys import KeyStore
from pasokh.adapters.storage.sqlite_log import SqliteLog
from pasokh.adapters.storage.vault import SqliteVault
from pasokh.adapters.telephony.journal import Journal
from pasokh.adapters.telephony.spool import Spool
from pasokh.answer.state import Call
from pasokh.core.machine import Words
from pasokh.drivers.live import Live
from pasokh.drivers.live_clock import WallClock
from pasokh.drivers.recovery import recover
from pasokh.drivers.room import Room
from tests.simulated.disk import Disk, SimulatedFolder


class Spooled:
    """Live, vault and spool; made anew on the same disks it is the next process."""

    def __init__(self, disk: Disk | None = None, journal: Disk | None = None) -> None:
        self.disk, self.journal = disk or Disk(), journal or Disk()
        self.log = SqliteLog("centre", vfs=self.disk.vfs_name)
        keys = KeyStore("keys", bytes(32), vfs=self.disk.vfs_name)
        self.vault = SqliteVault(keys, self.log)
        centre, head, _ = recover(self.log)
        self.live = Live(Room(centre, head, self.log, self.vault), WallClock())
        self.said: list[str] = []
        self.spool = Spool(self.live, Journal(SimulatedFolder(self.journal)), self.said.append)

    async def durable(self) -> None:
        """Wait for the log's disk."""
        await self.live.durable(self.live.centre.seq)
        await asyncio.sleep(0)

    def again(self) -> "Spooled":
        """The next process, on what the disks hold of what was written."""
        return Spooled(Disk(self.disk.files()), Disk(self.journal.files()))

    @property
    def calls(self) -> list[Call]:
        """All calls, the oldest first."""
        return list(self.live.centre.answer.calls.values())

    def texts(self, call: Call) -> list[str]:
        """What was written in a thread, the oldest first."""
        return [self.words(call, place).text for place in range(len(call.words))]

    def words(self, call: Call, place: int = 0) -> Words:
        """Open words of a call."""
        found = self.vault.open(call.words[place].sealed)
        assert found is not None
        return found

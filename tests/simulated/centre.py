"""A centre on a simulated disk: log, vault, snapshots and room, wired as the real one."""

from random import Random

from msgspec import Struct

from pasokh.adapters.storage.keys import KeyStore
from pasokh.adapters.storage.snapshots import FileSnapshots
from pasokh.adapters.storage.sqlite_log import SqliteLog
from pasokh.adapters.storage.vault import SqliteVault
from pasokh.control_room.fold import freeze, state_hash
from pasokh.core.machine import Receipt, Submission
from pasokh.core.time import Instant
from pasokh.drivers.recovery import recover
from pasokh.drivers.room import Room
from tests.simulated.disk import Disk, SimulatedFolder

MASTER = bytes(32)


class Group(Struct, frozen=True):
    """A commit that was acknowledged: its receipts, where the log ended, the state then."""

    receipts: list[Receipt]
    seq: int
    chain: str
    state: str


class SimulatedCentre:
    """Opened on whatever a disk holds; recovered before it takes anything."""

    def __init__(self, disk: Disk, seed: int = 0, checkpoint_pages: int = 60) -> None:
        entropy = Random(seed).randbytes  # noqa: S311 - a drill, no secret
        vfs = disk.vfs_name
        self.log = SqliteLog("centre", vfs=vfs, checkpoint_pages=checkpoint_pages)
        self.keys = KeyStore("keys", MASTER, entropy=entropy, vfs=vfs, block=8)
        self.vault = SqliteVault(self.keys, self.log, entropy=entropy)
        self.snapshots = FileSnapshots(SimulatedFolder(disk), self.log, "simulated")
        centre, head, self.replayed = recover(self.log, self.snapshots)
        self.room = Room(centre, head, self.log, self.vault)
        self.acknowledged: list[Group] = []

    def group(self, asked: list[tuple[Submission, Instant]]) -> list[Receipt]:
        """Take some submissions and commit them; only then is anybody told."""
        receipts = [self.room.take(*one) for one in asked]
        self.room.commit()
        state = state_hash(self.room.centre)
        head = self.room.head
        self.acknowledged.append(Group(receipts, head.seq, head.chain, state))
        return receipts

    def keep_snapshot(self) -> None:
        self.snapshots.keep(self.room.head, freeze(self.room.centre))

    def close(self) -> None:
        self.log.close()
        self.keys.close()


def groups_of(
    day: list[tuple[Submission, Instant]], seed: int, largest: int = 12
) -> list[list[tuple[Submission, Instant]]]:
    """Cut a day into commits of different sizes."""
    rng = Random(seed)  # noqa: S311 - a drill, no secret
    groups = []
    while day:
        size = rng.randrange(1, largest + 1)
        groups.append(day[:size])
        day = day[size:]
    return groups

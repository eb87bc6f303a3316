"""The disk fails at the n-th operation, once or for ever: stop at once, lose nothing, act once."""

from collections.abc import Callable
from typing import Any

import apsw
import msgspec
import pytest

from pasokh.adapters.storage.schema import StorageRefused
from pasokh.adapters.storage.verify import verify
from pasokh.core.machine import Submission
from pasokh.core.time import Instant
from pasokh.drivers.ports import LogFault
from tests.simulated.centre import SimulatedCentre, groups_of
from tests.simulated.day import a_day
from tests.simulated.disk import Disk

# SQLite swallows some errors (of a change of journal mode, of a closing); apsw then tells the
# interpreter. What we must not miss, we ask for again and assert below.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

SEED = 23
GROUPS: list[list[tuple[Submission, Instant]]] = groups_of(a_day(SEED, 4), SEED)
# Small, so that checkpoints are among the operations that fail.
PAGES = 30


class Outage:
    """Fails the n-th operation of these kinds, and in one mode every one after it."""

    def __init__(
        self, error: Callable[[], Exception], kinds: set[str], at: int, *, ever: bool
    ) -> None:
        self.error = error
        self.kinds = kinds
        self.at = at
        self.ever = ever
        self.seen = 0
        self.hits = 0

    def __call__(self, kind: str) -> None:
        self.seen += kind in self.kinds
        if kind in self.kinds and (self.seen == self.at or (self.ever and self.seen > self.at)):
            self.hits += 1
            raise self.error()


def io_error() -> Exception:
    return apsw.IOError("EIO")


def disk_full() -> Exception:
    return apsw.FullError("ENOSPC")


@pytest.fixture(scope="module")
def undisturbed() -> object:
    disk = Disk()
    centre = SimulatedCentre(disk, SEED, PAGES)
    for group in GROUPS:
        centre.group(group)
    state = effects_of(centre)
    centre.close()
    disk.release()
    return state


def effects_of(centre: SimulatedCentre) -> object:
    """What commands did to the state, without what chance chose: envelopes, the lookup key."""
    return without_chance(msgspec.to_builtins(centre.room.centre))


def without_chance(found: Any) -> Any:
    if isinstance(found, dict):
        chosen = {"envelope", "digest", "caller"}
        kept = {name: without_chance(value) for name, value in found.items() if name not in chosen}
        return kept | ({"callers": len(found["callers"])} if "callers" in found else {})
    return [without_chance(one) for one in found] if isinstance(found, list | tuple) else found


def run_until_fault(disk: Disk) -> tuple[SimulatedCentre | None, LogFault | None]:
    try:
        centre = SimulatedCentre(disk, SEED, PAGES)
    except (StorageRefused, apsw.Error):
        return None, None
    try:
        for group in GROUPS:
            centre.group(group)
    except LogFault as fault:
        return centre, fault
    return centre, None


def check_that_it_is_dead(centre: SimulatedCentre, fault: LogFault, disk: Disk) -> None:
    before = disk.steps
    entries, envelopes, _ = centre.room.drain()
    for _ in range(2):
        if "the keys" in str(fault):
            with pytest.raises(LogFault, match="stop and start again"):
                centre.keys.take()
            continue
        with pytest.raises(LogFault, match="out of use"):
            centre.log.append(entries, envelopes)
        with pytest.raises(LogFault, match="same command ids"):
            centre.log.receipt_of("any")
    assert disk.steps == before, "nothing is tried again on a disk that failed"


def check_restart(files: dict[str, bytes], told: SimulatedCentre | None, state: object) -> int:
    """Start on the files, find what was acknowledged, ask everything again; count the late ones."""
    disk = Disk(files)
    centre = SimulatedCentre(disk, SEED + 1, PAGES)
    acknowledged = told.acknowledged if told else []
    assert verify(centre.log.read()).fault is None
    there = centre.room.head.seq
    last = acknowledged[-1].seq if acknowledged else 0
    assert there >= last
    for group in acknowledged:
        assert [centre.log.receipt_of(r.command_id) for r in group.receipts] == group.receipts
    for group in GROUPS:
        centre.group(group)
    assert effects_of(centre) == state, "each command had one effect (N2)"
    centre.close()
    disk.release()
    return there - last


KINDS = {"sync": {"sync"}, "write": {"write"}, "any": {"write", "sync", "truncate"}}


@pytest.mark.slow
@pytest.mark.parametrize("ever", [False, True], ids=["once", "for ever"])
@pytest.mark.parametrize(
    ("error", "kinds"), [(io_error, "sync"), (io_error, "any"), (disk_full, "write")]
)
def test_a_failing_disk_stops_the_log_and_a_restart_mends(
    error: Callable[[], Exception],
    kinds: str,
    ever: bool,  # noqa: FBT001 - a parameter of the test
    undisturbed: object,
) -> None:
    faults = late = 0
    at = 0
    while True:
        at += 1
        disk = Disk()
        outage = Outage(error, KINDS[kinds], at, ever=ever)
        disk.before = outage
        centre, fault = run_until_fault(disk)
        if not outage.hits:
            break
        if fault is not None and centre is not None:
            faults += 1
            check_that_it_is_dead(centre, fault, disk)
        kept, durable = disk.files(), disk.photograph()
        late += check_restart(kept, centre, undisturbed) > 0
        lost = durable.image((), durable.durable_names)
        check_restart(lost, centre, undisturbed)
        disk.release()
    assert at > len(GROUPS), "every operation of the run failed in its turn"
    assert faults >= len(GROUPS) - 1
    if kinds == "sync":
        assert late > 0, "some commands were in the file though nobody could confirm them"
    disk.release()


def test_a_full_disk_says_so(undisturbed: object) -> None:
    disk = Disk()
    centre = SimulatedCentre(disk, SEED)
    disk.before = Outage(disk_full, {"write"}, 1, ever=True)
    room = centre.room
    room.take(*GROUPS[0][0])
    with pytest.raises(LogFault, match="disk is full, make room"):
        room.commit()
    disk.release()


def test_an_error_of_a_checkpoint_is_not_swallowed() -> None:
    """SQLite's own checkpoint ignores the error of its fsync; ours stops the log."""
    disk = Disk()
    centre = SimulatedCentre(disk, SEED, checkpoint_pages=1)
    main = disk.names["centre"]
    broken: list[int] = []

    class _Sync:
        def __call__(self, kind: str) -> None:
            if kind == "sync" and any(change.node == main for change in disk.pending):
                broken.append(disk.steps)
                raise apsw.IOError("EIO")

    disk.before = _Sync()
    centre.room.take(*GROUPS[0][0])
    with pytest.raises(LogFault, match="the disk failed"):
        centre.room.commit()
    assert len(broken) == 1
    disk.release()

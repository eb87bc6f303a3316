"""The live driver: nothing is told before the disk has it, and nothing counts twice."""

import asyncio
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Event

import pytest
from msgspec.structs import replace

from pasokh.account.commands import OpenCentre
from pasokh.adapters.storage.folder import DiskFolder
from pasokh.adapters.storage.parking import FileParking
from pasokh.adapters.storage.sqlite_log import SqliteLog
from pasokh.answer.commands import OfferCall
from pasokh.control_room.decide import STEPS
from pasokh.control_room.fold import state_hash
from pasokh.control_room.state import Centre
from pasokh.core.ids import time_ordered_id
from pasokh.core.log import EMPTY, Entry, Head
from pasokh.core.machine import Receipt, Submission, Words
from pasokh.core.people import Role, actor_of
from pasokh.core.refusal import Reason
from pasokh.core.time import DAY
from pasokh.drivers.live import Live
from pasokh.drivers.live_clock import PacedClock, WallClock
from pasokh.drivers.live_snapshots import SnapshotKeeper
from pasokh.drivers.live_timetable import command_id_of, due_commands
from pasokh.drivers.ports import Envelope, LogFault
from pasokh.drivers.ports_live import CommandParked, NotTaking, OutcomeUnknown
from pasokh.drivers.recovery import recover
from pasokh.drivers.room import Room
from pasokh.wiring_erasing import vault_of

GATEWAY = actor_of(Role.MACHINE, "gateway")
NOW = 1_795_000_000_000


class StillClock:
    def now(self) -> int:
        return NOW


class SlowLog:
    """A log in memory whose disk is as slow as the test says, and fails when it says."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.batches: list[int] = []
        self.open = Event()
        self.open.set()
        self.fails = False

    def head(self) -> Head:
        return EMPTY

    def last_birth(self) -> int:
        return 0

    def append(self, entries: Sequence[Entry], envelopes: Sequence[Envelope] = ()) -> None:
        assert self.open.wait(5)
        if self.fails:
            raise LogFault("the disk failed")
        self.entries.extend(entries)
        self.batches.append(len(entries))

    def read(self, after: int = 0, until: int | None = None) -> Iterator[Entry]:
        return iter(e for e in self.entries if e.seq > after and (until is None or e.seq <= until))

    def receipt_of(self, command_id: str) -> Receipt | None:
        if self.fails:
            raise LogFault("the disk failed")
        return None


class KeptSnapshots:
    def __init__(self) -> None:
        self.kept: list[tuple[Head, bytes]] = []

    def latest(self) -> tuple[Head, bytes] | None:
        return self.kept[-1] if self.kept else None

    def keep(self, head: Head, state: bytes) -> None:
        self.kept.append((head, state))


def live_on(log: SlowLog) -> Live:
    return Live(Room(Centre(), EMPTY, log), StillClock())


def offer(number: int, salt: int | None = None) -> Submission:
    command_id = time_ordered_id(NOW, number if salt is None else salt)
    return Submission(command_id, GATEWAY, OfferCall(f"c-{number}"))


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


def test_what_arrives_while_the_disk_is_busy_goes_in_one_transaction() -> None:
    async def scene() -> list[int]:
        log = SlowLog()
        live = live_on(log)
        log.open.clear()
        first = asyncio.create_task(live.submit(offer(1)))
        await settle()
        rest = [asyncio.create_task(live.submit(offer(n))) for n in range(2, 10)]
        await settle()
        assert not any(task.done() for task in (first, *rest))
        assert live.durable_head == EMPTY
        log.open.set()
        receipts = await asyncio.gather(first, *rest)
        assert [r.last_seq for r in receipts] == list(range(1, 10))
        return log.batches

    assert asyncio.run(scene()) == [1, 8]


def test_a_repeated_id_gets_the_receipt_when_the_disk_has_it_and_acts_once() -> None:
    async def scene() -> None:
        log = SlowLog()
        live = live_on(log)
        log.open.clear()
        tasks = [asyncio.create_task(live.submit(offer(1, salt=7))) for _ in range(3)]
        await settle()
        assert not any(task.done() for task in tasks)
        log.open.set()
        receipts = await asyncio.gather(*tasks)
        assert receipts == [receipts[0]] * 3
        assert len(log.entries) == 1
        assert await live.submit(offer(1, salt=7)) == receipts[0]

    asyncio.run(scene())


def test_followers_get_entries_and_facts_after_the_commit_in_order() -> None:
    async def scene() -> None:
        log = SlowLog()
        live = live_on(log)
        seen: list[int] = []

        def follow(entries: Sequence[Entry], facts: Sequence[object]) -> None:
            assert live.durable_head.seq == entries[-1].seq
            assert len(entries) == len(facts)
            seen.extend(entry.seq for entry in entries)

        live.follow(follow)
        await asyncio.gather(*(live.submit(offer(n)) for n in range(50)))
        assert seen == list(range(1, 51))

    asyncio.run(scene())


def test_a_fault_answers_everyone_unknown_and_takes_nothing_more() -> None:
    async def scene() -> None:
        log = SlowLog()
        live = live_on(log)
        await live.submit(offer(1))
        log.open.clear()
        log.fails = True
        riding = asyncio.create_task(live.submit(offer(2)))
        await settle()
        waiting = asyncio.create_task(live.submit(offer(3)))
        looking = asyncio.create_task(live.durable(3))
        await settle()
        log.open.set()
        answers = await asyncio.gather(riding, waiting, looking, return_exceptions=True)
        assert [type(answer) for answer in answers] == [OutcomeUnknown] * 3
        assert live.failed.is_set()
        assert isinstance(live.fault, LogFault)
        with pytest.raises(OutcomeUnknown):
            await live.submit(offer(4))
        with pytest.raises(OutcomeUnknown):  # not even what the disk has is shown any more
            await live.durable(1)

    asyncio.run(scene())


def test_a_machine_that_breaks_halfway_stops_instead_of_going_on() -> None:
    async def scene() -> None:
        live = live_on(SlowLog())
        broken = Submission(time_ordered_id(NOW, 1), GATEWAY, object())  # type: ignore[arg-type]
        with pytest.raises(OutcomeUnknown):
            await live.submit(broken)
        with pytest.raises(OutcomeUnknown):
            await live.submit(offer(2))
        assert "broke the machine" in str(live.fault)

    asyncio.run(scene())


def test_a_command_that_broke_the_machine_does_not_break_the_next_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(state: object, ask: object, moment: object) -> list[object]:
        raise ZeroDivisionError

    async def ask(*numbers: int) -> None:
        parking = FileParking(DiskFolder(tmp_path))
        live = Live(Room(Centre(), EMPTY, SlowLog()), StillClock(), parking)
        for number in numbers:
            await live.submit(offer(number))

    with monkeypatch.context() as patch:
        patch.setitem(STEPS, OfferCall, ("answer", breaks))
        with pytest.raises(OutcomeUnknown):
            asyncio.run(ask(1))
    with pytest.raises(CommandParked):
        asyncio.run(ask(1))
    asyncio.run(ask(2))
    (parked,) = FileParking(DiskFolder(tmp_path)).parked
    assert parked.kind == "OfferCall"
    assert parked.broke.startswith("ZeroDivisionError in ")


def test_a_disk_that_failed_a_moment_before_is_not_laid_to_the_command_that_comes_then(
    tmp_path: Path,
) -> None:
    old = Submission("a-name-of-old", GATEWAY, OfferCall("c-1"))

    async def ask(*, disk_fails: bool) -> BaseException | None:
        log = SlowLog()
        log.fails = disk_fails
        parking = FileParking(DiskFolder(tmp_path))
        live = Live(Room(Centre(), EMPTY, log), StillClock(), parking)
        await live.submit(old)
        return live.fault

    with pytest.raises(OutcomeUnknown) as told:
        asyncio.run(ask(disk_fails=True))
    assert isinstance(told.value.__cause__, LogFault)
    assert FileParking(DiskFolder(tmp_path)).parked == []
    assert asyncio.run(ask(disk_fails=False)) is None


def test_what_breaks_over_a_callers_words_says_none_of_them(tmp_path: Path) -> None:
    """The text of this exception is the whole text that could not be encoded."""

    async def scene() -> Live:
        log = SqliteLog(tmp_path / "log.sqlite")
        room = Room(Centre(), EMPTY, log, vault_of(tmp_path, log))
        live = Live(room, StillClock(), FileParking(DiskFolder(tmp_path)))
        words = Words(text="a secret \ud800 of a caller")
        with pytest.raises(OutcomeUnknown):
            await live.submit(replace(offer(1), words=words))
        log.close()
        return live

    live = asyncio.run(scene())
    (parked,) = FileParking(DiskFolder(tmp_path)).parked
    assert "UnicodeEncodeError in vault.py" in parked.broke
    for told in (parked.broke, str(live.fault), (tmp_path / "parked.jsonl").read_text()):
        assert "secret" not in told


def test_drained_it_takes_nothing_and_has_written_everything() -> None:
    async def scene() -> None:
        log = SlowLog()
        live = live_on(log)
        live.take(offer(1))
        await live.drain()
        assert [entry.seq for entry in log.entries] == [1]
        with pytest.raises(NotTaking):
            await live.submit(offer(2))

    asyncio.run(scene())


def test_snapshots_are_of_durable_states_and_a_restart_builds_on_them(tmp_path: Path) -> None:
    kept = KeptSnapshots()

    async def scene(log: SqliteLog) -> str:
        live = Live(Room(Centre(), EMPTY, log), WallClock())
        SnapshotKeeper(live, kept, every=10)
        for number in range(25):
            await live.submit(Submission(f"id-{number}", GATEWAY, OfferCall(f"c-{number}")))
        await live.drain()
        await asyncio.sleep(0.05)
        return state_hash(live.centre)

    log = SqliteLog(tmp_path / "log.sqlite")
    lived = asyncio.run(scene(log))
    assert len(kept.kept) == 2, "one for every ten entries"
    again = recover(log, kept)
    assert again.replayed == 25 - kept.kept[-1][0].seq < 10
    assert state_hash(again.centre) == lived == state_hash(recover(log).centre)
    log.close()


def test_the_timetable_asks_for_figures_once_their_cutoff_has_passed() -> None:
    async def scene() -> None:
        live = live_on(SlowLog())
        opened = Submission("open", GATEWAY, OpenCentre("x"))
        await live.submit(opened)
        assert list(due_commands(live.centre, NOW)) == []
        due = list(due_commands(live.centre, NOW + 3 * DAY))
        assert len(due) == 2, "today and tomorrow are over and a day old by then"
        (due_at, command), _ = due
        assert NOW < due_at <= NOW + 3 * DAY
        assert command_id_of(due_at, command) == command_id_of(due_at, command)
        receipt = await live.submit(Submission("x", GATEWAY, command))
        assert receipt.refusal is not None
        assert receipt.refusal.reason is Reason.DAY_NOT_OVER

    asyncio.run(scene())


def test_a_paced_clock_stands_still_at_nought_and_refuses_other_paces() -> None:
    clock = PacedClock(NOW, 0)
    assert clock.now() == NOW
    clock.set_pace(60)
    assert clock.now() >= NOW
    with pytest.raises(ValueError, match="a pace is one of"):
        clock.set_pace(7)
    assert clock.pace == 60

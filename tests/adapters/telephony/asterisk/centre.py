"""A line to a test's Asterisk, its centre on simulated disks, and a clock that the test turns."""

import asyncio
from collections import Counter
from collections.abc import Coroutine, Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from pasokh.adapters.storage.sqlite_log import SqliteLog
from pasokh.adapters.telephony.asterisk.book import Book
from pasokh.adapters.telephony.asterisk.calls import call_id_of
from pasokh.adapters.telephony.asterisk.gap import Gap
from pasokh.adapters.telephony.asterisk.line import AsteriskLine
from pasokh.adapters.telephony.asterisk.link import keep_link
from pasokh.adapters.telephony.asterisk.session import Account
from pasokh.adapters.telephony.asterisk.tail import Tail
from pasokh.adapters.telephony.journal import Journal
from pasokh.answer.commands import BeReady, OpenPosition, SignIn
from pasokh.answer.state import Call
from pasokh.answer.views import conservation
from pasokh.core.log import Entry
from pasokh.core.machine import CommandRefused, Submission
from pasokh.drivers.live import Live
from pasokh.drivers.recovery import recover
from pasokh.drivers.room import Room
from tests.adapters.telephony.asterisk.pbx import SECRET, Pbx
from tests.adapters.telephony.asterisk.timeline import BEGAN, Step, Story
from tests.simulated.disk import Disk, SimulatedFolder

OUTCOMES = frozenset({"CallAnswered", "CallFellBack", "CallAbandoned", "CallRejected"})
POSITIONS = 8
MAPPING = {f"PJSIP/op{n}": f"p{n}" for n in range(POSITIONS)}
MAPPING |= {f"Op {n}": f"p{n}" for n in range(POSITIONS)}


class TurnedClock:
    """A clock that stands where a test puts it."""

    def __init__(self) -> None:
        self.at = BEGAN - 60_000

    def now(self) -> int:
        return self.at


class Centre:
    """One life of a centre's process. The next one gets its disks, clock and switch."""

    def __init__(
        self,
        log: Path,
        before: "Centre | None" = None,
        *,
        logged: bool = True,
        fresh: bool = False,
    ) -> None:
        """`fresh`: the centre's log is lost, and the line's journal is not."""
        self.disk = before.disk if before and not fresh else Disk()
        self.journal = Disk(before.journal.files()) if before else Disk()
        self.clock = before.clock if before else TurnedClock()
        self.pbx = before.pbx if before else Pbx(log, self.clock.now)
        self.words: list[str] = []
        self.log = SqliteLog("centre", vfs=self.disk.vfs_name)
        state, head, _ = recover(self.log)
        self.live = Live(Room(state, head, self.log), self.clock)
        folder = SimulatedFolder(self.journal)
        book = Book(lambda: self.live.centre.answer, MAPPING, ("sos",))
        gap = Gap(folder, partial(Tail, log)) if logged else None
        self.line = AsteriskLine(self.live, Journal(folder), book, gap, self.words.append)
        self.line.replay()
        self.last = b""
        self._tasks: list[asyncio.Task[None]] = []

    async def listen(self) -> None:
        """Connect over a real socket, as a centre does."""
        take = self.line.take

        async def counted(packets: Any) -> None:
            await take(packets)
            self.last = next((raw for raw in packets if b"\nMark: " in raw), self.last)

        self.line.take = counted  # type: ignore[method-assign] - counts beside it
        account = Account("127.0.0.1", self.pbx.port, "pasokh", lambda: SECRET)
        link = keep_link(self.line, account, self.words.append)
        self._tasks = [asyncio.create_task(link), asyncio.create_task(self.line.keep_settling())]
        await self.connected()

    async def connected(self) -> None:
        """Wait until the switch is heard and what it lists is known."""
        await until(lambda: self.pbx.heard and not self.line.book.present.listing)
        await until(lambda: self.line.book.present.now is not None)

    async def end(self) -> None:
        """The process is gone, without a word."""
        for task in self._tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def seat(self, *positions: str) -> None:
        for position in positions:
            for command in (
                OpenPosition(position),
                SignIn(position, f"taker-{position}"),
                BeReady(position),
            ):
                name = f"seat-{position}-{type(command).__name__}"
                receipt = await self.live.submit(Submission(name, "machine:test", command))
                assert receipt.refusal is None, receipt.refusal

    async def play(self, steps: Iterable[Step]) -> None:
        for step in steps:
            self.clock.at = max(self.clock.at, step.at)
            self.pbx.play(step)
        await asyncio.sleep(0)

    async def hear_all(self) -> None:
        """Wait until everything that the switch has sent was heard, and every line of its log."""
        mark = f"Mark: {self.clock.at}.{self.pbx.sent}"
        self.pbx.say(f"Event: Nothing\n{mark}")
        await until(lambda: self.last.endswith(mark.encode()))
        self.clock.at += 10_000
        await self.line.settle()
        await self.line.settle()
        await self.live.durable(self.live.centre.seq)

    def call(self, story: Story) -> Call:
        return self.live.centre.answer.calls[call_id_of(story.uniqueid)]

    def call_rings(self, story: Story) -> bool:
        """Whether it is there, and rings at a position."""
        found = self.live.centre.answer.calls.get(call_id_of(story.uniqueid))
        return found is not None and found.rung is not None

    def entries(self) -> list[Entry]:
        return list(self.log.read())

    @property
    def noes(self) -> list[Entry]:
        return [entry for entry in self.entries() if entry.kind == CommandRefused.__name__]

    def check(self, stories: Iterable[Story]) -> None:
        """Each call is there once, with its outcome and its end, and nothing is left over."""
        kinds: dict[str, Counter[str]] = {}
        for entry in self.entries():
            call_id = msgspec.json.decode(entry.body).get("call_id")
            if call_id:
                kinds.setdefault(call_id, Counter())[entry.kind] += 1
        told = {call_id_of(story.uniqueid): story for story in stories}
        assert set(kinds) == set(told), "calls too many or too few"
        for call_id, story in told.items():
            found = kinds[call_id]
            outcomes = {kind: n for kind, n in found.items() if kind in OUTCOMES}
            assert found["CallOffered"] == 1
            assert outcomes == {story.outcome: 1}, (story.uniqueid, found)
            talked = story.outcome in ("CallAnswered", "CallFellBack")
            assert found["CallEnded"] == talked, (story.uniqueid, found)
        counts = conservation(self.live.centre.answer)
        assert (counts.residual, counts.ringing) == (0, 0)


async def until(true: Any, seconds: float = 20) -> None:
    """Wait for a condition."""
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110 - any condition
            await asyncio.sleep(0.002)


def run(story: Coroutine[Any, Any, None]) -> None:
    asyncio.run(story)

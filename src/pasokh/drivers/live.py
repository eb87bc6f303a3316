"""The wall clock's driver: one loop decides, one thread commits, nobody hears before the disk.

Group commit: whatever was taken while the disk was busy goes to it in one transaction, and the
next transaction starts in the callback that ends the last one. A receipt, a view and a follower
see nothing that the disk does not have.
"""

import asyncio
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeAlias

from pasokh.control_room.state import Centre
from pasokh.core.broken import where_broken
from pasokh.core.log import Entry, Head, head_of
from pasokh.core.machine import Fact, Receipt, Submission
from pasokh.core.time import Instant
from pasokh.drivers.ports import Clock, LogFault, Parking
from pasokh.drivers.ports_live import CommandParked, Follower, NotTaking, OutcomeUnknown
from pasokh.drivers.room import Room

# The process ends with this code when the disk failed (EX_TEMPFAIL of sysexits.h): start it again.
EXIT_DISK_FAILED = 75

_Waiter: TypeAlias = "asyncio.Future[None]"


class Live:
    """One centre at the pace of the wall clock. Belongs to the loop in which it is made."""

    def __init__(self, room: Room, clock: Clock, parking: Parking | None = None) -> None:
        """Take over a room whose state is a fold of its whole log."""
        self.clock = clock
        self.fault: BaseException | None = None
        self.failed = asyncio.Event()
        self._room = room
        self._parking = parking
        self._loop = asyncio.get_running_loop()
        self._writer = ThreadPoolExecutor(1, "log-writer")
        self._followers: list[Follower] = []
        self._durable = room.head
        self._taking = True
        self._writing = False
        self._called = False
        # Who waits for the transaction on the disk now, and who for the one after it.
        self._riding_until = room.head.seq
        self._riding: list[_Waiter] = []
        self._waiting: list[_Waiter] = []

    @property
    def centre(self) -> Centre:
        """The state in memory, perhaps ahead of the disk: await `durable` before showing it."""
        return self._room.centre

    @property
    def head(self) -> Head:
        """The end of what was taken, durable or not: where `centre` stands."""
        return self._room.head

    @property
    def durable_head(self) -> Head:
        """The end of what the disk has."""
        return self._durable

    def take(self, submission: Submission, now: Instant | None = None) -> Receipt:
        """Decide and fold now, commit soon. The receipt counts only after `durable(last_seq)`."""
        if self.fault is not None:
            raise OutcomeUnknown from self.fault
        if not self._taking:
            raise NotTaking
        if self._parking is not None and self._parking.holds(submission.command_id):
            raise CommandParked
        try:
            receipt = self._room.take(submission, self.clock.now() if now is None else now)
        except LogFault as fault:
            # The disk failed in the writer's thread and the loop has not heard: no command's fault.
            self._fail(fault)
            raise OutcomeUnknown from fault
        except Exception as broke:
            self._break(submission, broke)
            raise OutcomeUnknown from broke
        if receipt.last_seq > self._durable.seq:
            self._call_writer()
        return receipt

    async def submit(self, submission: Submission) -> Receipt:
        """Give the receipt after the commit that covers it; raises OutcomeUnknown or NotTaking."""
        receipt = self.take(submission)
        if receipt.last_seq > self._durable.seq:
            await self.durable(receipt.last_seq)
        return receipt

    async def durable(self, seq: int) -> None:
        """Wait until the disk has everything up to `seq`; OutcomeUnknown if it never will."""
        if self.fault is not None:
            raise OutcomeUnknown from self.fault
        if seq <= self._durable.seq:
            return
        waiter = self._loop.create_future()
        (self._riding if seq <= self._riding_until else self._waiting).append(waiter)
        await waiter

    def follow(self, follower: Follower) -> None:
        """Hand every committed entry to `follower` from now on, in this loop's thread."""
        self._followers.append(follower)

    def read(self, after: int, until: int) -> Iterator[Entry]:
        """Yield durable entries with after < seq <= until."""
        return self._room.log.read(after, until)

    async def drain(self) -> None:
        """Take nothing more, and return when the disk has everything that was taken."""
        self._taking = False
        await self.durable(self._room.head.seq)
        self._writer.shutdown()

    def _break(self, submission: Submission, broke: Exception) -> None:
        """Stop: a fold that broke halfway left a state that no log has; a restart mends that.

        The command is parked first, or the one who asks again would stop the next process too.
        """
        where = where_broken(broke)
        if self._parking is not None:
            self._parking.park(submission, where)
        self._fail(RuntimeError(f"{submission.command_id} broke the machine: {where}"))

    def _call_writer(self) -> None:
        """Write after everything that is ready in this turn of the loop has been taken."""
        if not (self._writing or self._called):
            self._called = True
            self._loop.call_soon(self._write)

    def _write(self) -> None:
        self._called = False
        entries, envelopes, facts = self._room.drain()
        if not entries:
            return
        self._writing = True
        self._riding, self._waiting = self._waiting, []
        self._riding_until = entries[-1].seq
        writing = self._writer.submit(self._room.log.append, entries, envelopes)
        writing.add_done_callback(
            lambda done: self._loop.call_soon_threadsafe(self._written, entries, facts, done)
        )

    def _written(self, entries: Sequence[Entry], facts: Sequence[Fact], done: Future[None]) -> None:
        fault = done.exception()
        if fault is not None:
            self._fail(fault)
            return
        self._writing = False
        self._durable = head_of(entries[-1])
        riding, self._riding = self._riding, []
        self._write()
        for waiter in riding:
            if not waiter.done():  # its asker went away
                waiter.set_result(None)
        for follower in self._followers:
            follower(entries, facts)

    def _fail(self, fault: BaseException) -> None:
        """Tell everyone who waits that the outcome is unknown, and take nothing more."""
        if self.fault is not None:
            return
        self.fault = fault
        self._writer.shutdown(wait=False, cancel_futures=True)
        waiters, self._riding, self._waiting = self._riding + self._waiting, [], []
        for waiter in waiters:
            if not waiter.done():
                waiter.set_exception(OutcomeUnknown())
        self.failed.set()

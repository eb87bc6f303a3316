"""A spool on a journal: texts, forms and alarms are on the disk before anything reads them.

The order is the promise: on our disk, then read, then acknowledged. What came while the disk was
busy is written together. A file whose things are all in the durable log is taken away, because
it holds what nobody sealed; one with something that nobody could read stays for a person.
"""

import asyncio
from collections.abc import Callable, Sequence

import msgspec

from pasokh.adapters.telephony.journal import Journal
from pasokh.adapters.telephony.kept_journal import CLEARED_EVERY_SECONDS, KeptJournal
from pasokh.core.broken import where_broken
from pasokh.core.machine import Receipt
from pasokh.drivers.ports_live import CommandParked, Control, NotTaking, OutcomeUnknown
from pasokh.drivers.ports_spool import Raw, SpoolReader

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Raw).decode


class Spool:
    """The RawSpool port on a journal. `say` tells the operator what has to be looked at."""

    def __init__(self, control: Control, journal: Journal, say: Callable[[str], None]) -> None:
        """Call `replay` once every reader is named."""
        self._control = control
        self._journal = KeptJournal(control, journal, self._needs)
        self._say = say
        self._readers: dict[str, SpoolReader] = {}
        self._waiting: list[tuple[Raw, asyncio.Future[Sequence[Receipt]]]] = []
        self._fault: OSError | None = None
        self._broken = asyncio.Event()

    def reads(self, kind: str, reader: SpoolReader) -> None:
        """Name the reader of a kind."""
        self._readers[kind] = reader

    def replay(self) -> None:
        """Read again what the journal holds: what the log has already changes nothing."""
        for file, record in self._journal.replay():
            try:
                raw = _decode(record)
            except msgspec.DecodeError as error:
                self._keep(file, f"a record that is none of ours: {error}")
                continue
            self._hear(raw, file)
        for name in self._journal.damaged():
            self._say(f"{name} of the texts' journal is damaged; a copy is kept beside it")

    async def take(self, kind: str, key: str, body: bytes) -> Sequence[Receipt]:
        """Keep a thing, then read it; OSError when the disk failed."""
        raw = Raw(kind, key, self._control.clock.now(), body)
        taken: asyncio.Future[Sequence[Receipt]] = asyncio.get_running_loop().create_future()
        self._waiting.append((raw, taken))
        async with self._journal.between:
            await self._write()
        return await taken

    async def clear(self) -> None:
        """Take files away whose things are in the durable log, until cancelled.

        Raises the OSError that the disk gave: a process whose disk failed has to end.
        """
        while self._fault is None:
            try:
                await asyncio.wait_for(self._broken.wait(), CLEARED_EVERY_SECONDS)
            except TimeoutError:
                await self.clear_once()
        raise self._fault

    async def clear_once(self) -> None:
        """Look once which files nobody needs any more."""
        await self._journal.clear_once()

    async def _write(self) -> None:
        """Write everything that waits; whoever waited for the lock may find nothing left to do."""
        batch, self._waiting = self._waiting, []
        if not batch:
            return
        records = [_encode(raw) for raw, _ in batch]
        try:
            file = await self._journal.append(records)
        except OSError as fault:
            self._fault = fault
            self._broken.set()
            for _, taken in batch:
                taken.set_exception(fault)
            return
        for raw, taken in batch:
            receipts = self._hear(raw, file)
            if not taken.done():  # whoever brought it went away
                taken.set_result(receipts)

    def _needs(self, thing: tuple[str, str]) -> bool:
        kind, key = thing
        return self._readers[kind].waits(key)

    def _hear(self, raw: Raw, file: int) -> Sequence[Receipt]:
        reader = self._readers.get(raw.kind)
        if reader is None:
            self._keep(file, f"nobody reads {raw.kind!r}")
            return ()
        self._journal.holds(file, (raw.kind, raw.key))
        try:
            submissions = list(reader.read(raw))
        except Exception as broke:  # noqa: BLE001 - one bad message must not stop the next start
            self._keep(file, f"{raw.kind} {raw.key} cannot be read: {where_broken(broke)}")
            return ()
        receipts = []
        for submission in submissions:
            try:
                receipts.append(self._control.take(submission))
            except CommandParked:
                self._keep(file, f"{submission.command_id} broke the machine once")
            except (NotTaking, OutcomeUnknown):
                # The journal has it: the next process reads it again.
                self._journal.park(file)
        return receipts

    def _keep(self, file: int, why: str) -> None:
        self._journal.park(file)
        self._say(f"file {file} of the texts' journal is kept for a person: {why}")

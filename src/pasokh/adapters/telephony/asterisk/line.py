"""One line of the centre: journals what Asterisk tells, makes calls of it, fills gaps from its log.

Turns in the control room's own loop. The order is the promise: on our disk, then read.
"""

import asyncio
from collections.abc import Callable, Sequence

from pasokh.adapters.telephony.asterisk.book import Book
from pasokh.adapters.telephony.asterisk.calls import call_id_of
from pasokh.adapters.telephony.asterisk.desk import Desk
from pasokh.adapters.telephony.asterisk.gap import LINE_WAITS, Gap
from pasokh.adapters.telephony.asterisk.lines_heard import deeds_of_line
from pasokh.adapters.telephony.asterisk.live_words import LiveWords
from pasokh.adapters.telephony.asterisk.packet import Packet, PacketFault, packet_of
from pasokh.adapters.telephony.asterisk.packets_heard import deeds_of_packet
from pasokh.adapters.telephony.asterisk.queue_log import LineFault, line_of
from pasokh.adapters.telephony.asterisk.records import (
    Record,
    RecordFault,
    Source,
    record,
    record_of,
)
from pasokh.adapters.telephony.journal import Journal
from pasokh.adapters.telephony.kept_journal import KeptJournal
from pasokh.core.ids import CallId
from pasokh.drivers.ports_live import Control

SETTLED_EVERY_SECONDS = 1.0


class AsteriskLine:
    """Joins Asterisk to a centre."""

    def __init__(
        self,
        control: Control,
        journal: Journal,
        book: Book,
        gap: Gap | None,
        say: Callable[[str], None],
    ) -> None:
        """`gap` reads queue_log; without one, what happens while nobody listens stays unknown."""
        self.book = book
        self.unread = 0
        self.live_words = LiveWords(book, say)
        self._control = control
        self._journal = KeptJournal(
            control, journal, self._needs, None if gap is None else gap.keep
        )
        self._gap = gap
        self._say = say
        self._desk = Desk(control, say)
        self._wake = asyncio.Event()
        self._listed_at = 0
        self.send: Callable[[bytes], None] = _nowhere

    def replay(self) -> None:
        """Hear again what the journal holds: what the log has already changes nothing."""
        for file, text in self._journal.replay():
            self._read(text, file, live=False)
        for name in self._journal.damaged():
            self._say(f"{name} of the telephone's journal is damaged; a copy is kept beside it")

    async def take(self, packets: Sequence[bytes]) -> None:
        """Journal packets, and hear what they say. OSError when the disk failed."""
        now, behind = self._control.clock.now(), self.live_words.behind
        async with self._journal.between:
            await self._hear([record(Source.PACKET, now, behind, raw) for raw in packets])
        if self.book.undecided or self.live_words.listed_at > self._listed_at:
            self._listed_at = self.live_words.listed_at
            self._wake.set()

    def hang_up(self) -> None:
        """The connection is gone: queue_log alone tells what goes on until the next one."""
        self.send = _nowhere
        self.live_words.disconnected()

    async def keep_settling(self) -> None:
        """Read queue_log again and again, at once when an end is undecided."""
        while True:
            await self.settle()
            self._wake.clear()
            try:
                await asyncio.wait_for(self._wake.wait(), SETTLED_EVERY_SECONDS)
            except TimeoutError:
                continue

    async def settle(self) -> None:
        """Hear the lines of queue_log that are due, then decide what was undecided before."""
        async with self._journal.between:
            # While channels are listed, nobody knows which calls are over.
            if self.book.present.listing:
                return
            undecided = tuple(self.book.undecided)
            now, behind = self._control.clock.now(), self.live_words.behind
            lines = await self._lines(now - behind, at_once=bool(undecided))
            await self._hear([record(Source.LINE, now, behind, raw) for raw in lines])
            self._desk.take(self.book.decide(undecided), live=True)

    async def clear(self) -> None:
        """Take journal files away whose calls are over in the durable log, again and again."""
        await self._journal.clear()

    async def _lines(self, switch_now: int, *, at_once: bool) -> list[bytes]:
        if self._gap is None:
            return []
        try:
            await self._journal.on_disk(self._gap.read)
        except OSError as error:
            self.live_words.say_once("queue_log", f"queue_log cannot be read: {error}")
            return []
        self.live_words.forget_said("queue_log")
        if at_once:
            return self._gap.all()
        return self._gap.due(max(switch_now - LINE_WAITS, self.live_words.listed_at))

    async def _hear(self, records: Sequence[bytes]) -> None:
        if not records:
            return
        file = await self._journal.append(records)
        for text in records:
            self._read(text, file, live=True)

    def _read(self, text: bytes, file: int, *, live: bool) -> None:
        try:
            heard = record_of(text)
            if heard.source is Source.PACKET:
                self._read_packet(heard, packet_of(heard.raw), file, live=live)
            else:
                self._read_line(heard, file, live=live)
        except (RecordFault, PacketFault, LineFault) as fault:
            self.unread += 1
            self._journal.park(file)
            self._say(f"Asterisk said what nobody understands; it is in the journal: {fault}")

    def _read_packet(self, heard: Record, packet: Packet, file: int, *, live: bool) -> None:
        at = heard.came if packet.at is None else max(0, packet.at + heard.behind)
        if uniqueid := packet.said("uniqueid"):
            self._journal.holds(file, call_id_of(uniqueid))
        if live:
            self._desk.take(self.live_words.deeds_of(packet, heard.came, at), live=True)
        self._desk.take(deeds_of_packet(self.book, packet, at), live=live)

    def _read_line(self, heard: Record, file: int, *, live: bool) -> None:
        line = line_of(heard.raw)
        if line.uniqueid:
            self._journal.holds(file, call_id_of(line.uniqueid))
        at = max(0, line.at + heard.behind)
        self._desk.take(deeds_of_line(self.book, line, at), live=live)

    def _needs(self, call_id: CallId) -> bool:
        """Tell whether the journal is still needed for a call: it goes on, or is still to come."""
        steps, channels = self.book.steps, self.book.channels
        return steps.rings(call_id) or steps.talks(call_id) or channels.find(call_id) is not None


def _nowhere(_text: bytes) -> None:
    """Nobody is connected."""

"""Reading the log's file: entries in order, old receipts, boxes of sealed words."""

from collections.abc import Iterator
from threading import Lock

import apsw

from pasokh.adapters.storage.schema import FilePath, connect_reader
from pasokh.control_room.codec import event_of
from pasokh.core.ids import born_of
from pasokh.core.log import EMPTY, Entry, Head, head_of
from pasokh.core.machine import CommandRefused, Receipt
from pasokh.core.refusal import Refusal
from pasokh.core.time import Instant

# In the order of Entry.
_SELECT = (
    "SELECT seq, at, known_at, actor, cause, command_id, kind, version, body, chain FROM entry "
)
# A page at a time: a reader that stands still for hours never holds the file.
_PAGED = _SELECT + "WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT 1000"
_OF_COMMAND = _SELECT + "WHERE command_id = ? ORDER BY seq"
# Ids of UUID 7 in the order of their births; only lower case counts as such (core.ids).
_LAST_BORN = (
    "SELECT command_id FROM entry WHERE command_id < 'g' "
    "AND command_id GLOB '[0-9a-f]*-[0-9a-f]*-7*' ORDER BY command_id DESC"
)
_LAST = _SELECT + "ORDER BY seq DESC LIMIT 1"
_SEQ_MAX = 2**63 - 1


class LogReader:
    """The reading half of the Log port. Any thread may ask; one is served at a time."""

    def __init__(self, connection: apsw.Connection) -> None:
        """Read through this connection, which nobody else may use meanwhile."""
        self._reading = connection
        self._gate = Lock()

    def head(self) -> Head:
        """Give the last durable entry's place and chain value."""
        last = self._rows(_LAST, ())
        return head_of(Entry(*last[0])) if last else EMPTY

    def read(self, after: int = 0, until: int | None = None) -> Iterator[Entry]:
        """Yield durable entries with after < seq <= until, in order, a page in memory at most."""
        last = _SEQ_MAX if until is None else until
        while page := self._rows(_PAGED, (after, last)):
            for row in page:
                yield Entry(*row)
            after = page[-1][0]

    def receipt_of(self, command_id: str) -> Receipt | None:
        """Rebuild the receipt that a command of old got; None when it was never taken."""
        entries = [Entry(*row) for row in self._rows(_OF_COMMAND, (command_id,))]
        if not entries:
            return None
        first = event_of(entries[0]) if entries[0].kind == CommandRefused.__name__ else None
        refusal = None
        if isinstance(first, CommandRefused):
            refusal = Refusal(first.reason, first.who_can, first.details)
        return Receipt(command_id, entries[0].seq, entries[-1].seq, refusal)

    def last_birth(self) -> Instant:
        """Give the latest time that any command id in the log carries (UUID 7); 0 without one."""
        with self._gate:
            ids = self._reading.execute(_LAST_BORN)
            return next((born for (i,) in ids if (born := born_of(i)) is not None), 0)

    def chain_at(self, seq: int) -> str | None:
        """Give the chain value of an entry; None when the log does not reach so far."""
        if seq == 0:
            return EMPTY.chain
        found = self._rows("SELECT chain FROM entry WHERE seq = ?", (seq,))
        return found[0][0] if found else None

    def box_of(self, envelope: str) -> bytes | None:
        """Give the sealed bytes of an envelope; None when there is no such envelope."""
        found = self._rows("SELECT box FROM envelope WHERE envelope = ?", (envelope,))
        return found[0][0] if found else None

    def boxes_of(self, subject: str) -> list[bytes]:
        """Give the sealed bytes of all envelopes of a subject."""
        return [
            row[0] for row in self._rows("SELECT box FROM envelope WHERE subject = ?", (subject,))
        ]

    def close(self) -> None:
        """Let go of the file."""
        self._reading.close()

    def _rows(self, statement: str, bindings: tuple[str | int, ...]) -> list[tuple]:  # type: ignore[type-arg]
        with self._gate:
            return self._reading.execute(statement, bindings).fetchall()


def read_only(path: FilePath) -> LogReader:
    """Open a log for verifying and for figures while its writer is at work."""
    return LogReader(connect_reader(path))

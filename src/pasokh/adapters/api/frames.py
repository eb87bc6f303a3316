"""Facts as frames of an event stream: each is built once, for all screens, and kept for a while."""

from collections import deque
from collections.abc import Iterable, Sequence

import msgspec
from msgspec import Struct

from pasokh.core.ids import CommandId
from pasokh.core.log import Entry
from pasokh.core.people import Actor
from pasokh.core.time import Instant

# How many entries a screen may fall behind before it must come back (and read them from the log).
KEPT_ENTRIES = 10_000


class StreamedFact(Struct, frozen=True, gc=False):
    """One entry of the log as the stream sends it. Sealed words stay sealed."""

    seq: int
    at: Instant
    known_at: Instant
    actor: Actor
    cause: int | None
    command_id: CommandId
    kind: str
    version: int
    body: msgspec.Raw


_ENCODE = msgspec.json.Encoder().encode


def frame_of(entry: Entry) -> bytes:
    """Write an entry as one event of the stream; its id is the sequence number."""
    told = StreamedFact(
        entry.seq,
        entry.at,
        entry.known_at,
        entry.actor,
        entry.cause,
        entry.command_id,
        entry.kind,
        entry.version,
        msgspec.Raw(entry.body.encode()),
    )
    return b"id: %d\nevent: fact\ndata: %b\n\n" % (entry.seq, _ENCODE(told))


def event_frame(event: str, told: object, seq: int | None = None) -> bytes:
    """Write any other event; with `seq` it moves the place from which a screen comes back."""
    place = b"" if seq is None else b"id: %d\n" % seq
    return b"%bevent: %b\ndata: %b\n\n" % (place, event.encode(), _ENCODE(told))


class Frames:
    """The newest entries, ready to be sent. Frames are made when the first screen wants them."""

    def __init__(self, after: int, kept: int = KEPT_ENTRIES) -> None:
        """Begin empty, behind the entry `after`."""
        self._entries: deque[Entry | bytes] = deque()
        self._kept = kept
        self.last = after
        self._joined: tuple[int, int, bytes] = (-1, -1, b"")

    @property
    def first(self) -> int:
        """The oldest sequence number held; last + 1 when none is."""
        return self.last - len(self._entries) + 1

    def add(self, entries: Sequence[Entry]) -> None:
        """Take committed entries, and let the oldest go."""
        self._entries.extend(entries)
        self.last = entries[-1].seq
        while len(self._entries) > self._kept:
            self._entries.popleft()

    def after(self, seq: int) -> bytes:
        """Join every frame behind `seq`, which must not lie before `first`.

        All screens that keep up ask for the same frames, so the last answer is kept.
        """
        if self._joined[:2] != (seq, self.last):
            self._joined = (seq, self.last, b"".join(self._made(seq)))
        return self._joined[2]

    def _made(self, seq: int) -> Iterable[bytes]:
        for at in range(seq + 1 - self.first, len(self._entries)):
            entry = self._entries[at]
            if not isinstance(entry, bytes):
                entry = self._entries[at] = frame_of(entry)
            yield entry

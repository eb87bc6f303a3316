"""What changed on the desks, as frames: built once for each sight of the centre, kept for a while.

A sight is what a screen may see: one county or the province, with opened words or without.
"""

from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct

from pasokh.control_room.desk_objects import DeskKey, DeskObject, ThingKind
from pasokh.core.ids import AreaCode
from pasokh.core.time import Instant

# At ten frames a second, a cut of two minutes is bridged; whoever was away longer starts anew.
KEPT_FRAMES = 1_200
KEPT_BYTES = 16 * 1024 * 1024

_ENCODE = msgspec.json.Encoder().encode


class Sight(NamedTuple):
    """What a screen may see. An empty county means the whole province."""

    county: AreaCode
    words: bool

    def sees(self, county: AreaCode | None) -> bool:
        """Tell whether a thing of this county is seen; None is a thing that was nowhere."""
        return county is not None and (not self.county or county in ("", self.county))


class DeskEnvelope(Struct, frozen=True):
    """One object as it is sent. `state` is null when it is on no desk any more.

    `version` is the number of the entry that changed it last; a half more when its place was
    opened only later, three quarters when it left the desks because its time was over.
    """

    kind: ThingKind
    id: str
    version: float
    state: Any


class DeskSnapshot(Struct, frozen=True):
    """Every object that is on a desk, as of the entry `seq`; the stream goes on behind it."""

    seq: int
    now: Instant
    objects: tuple[DeskEnvelope, ...]


class Change(Struct, frozen=True, gc=False):
    """One object that changed: its county and the one that it was in, and its envelope as JSON."""

    county: AreaCode | None
    was: AreaCode | None
    full: bytes
    bare: bytes
    gone: bytes

    def seen(self, sight: Sight) -> bytes:
        """Give the envelope for a sight; empty when it never saw the thing."""
        if sight.sees(self.county):
            return self.full if sight.words else self.bare
        return self.gone if sight.sees(self.was) else b""


def envelope(key: DeskKey, version: float, state: DeskObject | None) -> bytes:
    """Write an envelope (JSON). A whole version is written as a whole number."""
    number = int(version) if version == int(version) else version
    return _ENCODE(DeskEnvelope(key[0], key[1], number, state))


def without_words(state: DeskObject) -> DeskObject:
    """Blank what came out of the vault, for who has opened no desk."""
    fields = {"place", "latitude", "longitude", "text"} & set(state.__struct_fields__)
    if not fields:
        return state
    blank: dict[str, Any] = {name: "" if name in ("place", "text") else None for name in fields}
    return msgspec.structs.replace(state, **blank)


class DeskFrame:
    """Changes that go out together. `seq`: everything up to this entry is in it or before it."""

    __slots__ = ("_told", "at", "changes", "loose", "now", "seq", "size")

    def __init__(
        self, seq: int, now: Instant, at: Instant, changes: Sequence[Change], *, loose: bool
    ) -> None:
        """`loose`: no entry came since the frame before, so both have one number."""
        self.seq = seq
        self.now = now
        self.at = at
        self.changes = changes
        self.loose = loose
        self.size = sum(len(change.full) + len(change.bare) for change in changes)
        self._told: dict[Sight, bytes] = {}

    def told(self, sight: Sight) -> bytes:
        """Write the frame for a sight, once; empty when nothing of it is seen."""
        if sight not in self._told:
            seen = b",".join(filter(None, (change.seen(sight) for change in self.changes)))
            data = b'{"seq":%d,"now":%d,"at":%d,"objects":[%b]}' % (
                self.seq,
                self.now,
                self.at,
                seen,
            )
            frame = b"id: %d\nevent: change\ndata: %b\n\n" % (self.seq, data)
            self._told[sight] = frame if seen else b""
        return self._told[sight]


class DeskRing:
    """The newest frames. A place in it is the count of all frames before it."""

    def __init__(
        self, after: int, kept_frames: int = KEPT_FRAMES, kept_bytes: int = KEPT_BYTES
    ) -> None:
        """Begin empty, behind the entry `after`."""
        self.last_seq = after
        self.first = 0
        self._kept_frames = kept_frames
        self._kept_bytes = kept_bytes
        self._frames: deque[DeskFrame] = deque()
        self._bytes = 0
        self._whole_after = after

    @property
    def next(self) -> int:
        """The place of the frame that comes next."""
        return self.first + len(self._frames)

    def add(self, seq: int, now: Instant, at: Instant, changes: Sequence[Change]) -> None:
        """Take changes, and let the oldest frames go. Nothing changed: only the number goes on."""
        loose = seq == self.last_seq
        self.last_seq = seq
        if not changes:
            return
        frame = DeskFrame(seq, now, at, changes, loose=loose)
        self._frames.append(frame)
        self._bytes += frame.size
        while len(self._frames) > self._kept_frames or self._bytes > self._kept_bytes:
            gone = self._frames.popleft()
            self._bytes -= gone.size
            self.first += 1
            self._whole_after = gone.seq + gone.loose

    def place_after(self, seq: int) -> int | None:
        """Say where somebody goes on who has everything up to `seq`; None when that is not known.

        Frames of the same number are sent again: who has only the first of them misses the rest.
        """
        if not self._whole_after <= seq <= self.last_seq:
            return None
        place = bisect_right(self._frames, seq, key=_seq_of)
        while place and self._frames[place - 1].loose and self._frames[place - 1].seq == seq:
            place -= 1
        return self.first + place

    def after(self, place: int, sight: Sight) -> bytes:
        """Join the frames from a place on, which must not lie before `first`."""
        rest = range(place - self.first, len(self._frames))
        return b"".join(self._frames[at].told(sight) for at in rest)


def joined(seq: int, now: Instant, envelopes: Iterable[bytes]) -> bytes:
    """Write a snapshot (JSON)."""
    return b'{"seq":%d,"now":%d,"objects":[%b]}' % (seq, now, b",".join(envelopes))


def _seq_of(frame: DeskFrame) -> int:
    return frame.seq

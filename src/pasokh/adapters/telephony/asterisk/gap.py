"""Reads queue_log behind the packets: what no packet told is heard from it, a little later.

A line waits for the packet that says the same more exactly; after a gap, or when the end of a call
is undecided, it waits no longer. How far was heard is kept beside the journal.
"""

from collections import deque
from typing import Protocol

import msgspec
from msgspec import Struct

from pasokh.adapters.telephony.asterisk.queue_log import LineFault, line_of
from pasokh.adapters.telephony.asterisk.tail import Mark, Tail
from pasokh.core.time import SECOND, Instant, Span

MARK_NAME = "queue_log.mark"
LINE_WAITS: Span = 2 * SECOND


class MarkDisk(Protocol):
    """Where the mark is kept; errors of the disk are OSError."""

    def read(self, name: str) -> bytes:
        """Read a file; FileNotFoundError when it is not there."""
        ...

    def replace(self, name: str, text: bytes) -> None:
        """Write a file durably: after a crash the old one or the new one is there."""
        ...


class Batch(Struct):
    """Lines that were read together, and the mark behind them."""

    lines: deque[bytes]
    mark: Mark


class Gap:
    """The lines of queue_log that nobody has heard yet. One thread at a time."""

    def __init__(self, disk: MarkDisk, tail_of: "TailOf") -> None:
        """Go on at the kept mark; the first time, at the end of the log, and keep that at once."""
        self._disk = disk
        kept = _kept(disk)
        self._tail = tail_of(kept)
        self._heard = self._tail.mark
        self._batches: deque[Batch] = deque()
        self._kept = kept
        self.keep()

    def read(self) -> None:
        """Look for new lines. OSError when the log is there and cannot be read."""
        lines, mark = self._tail.read()
        self._tail.mark = mark
        if lines:
            self._batches.append(Batch(deque(lines), self._tail.mark))

    def due(self, before: Instant) -> list[bytes]:
        """Give lines of seconds that began before; one that cannot be read is due at once."""
        found: list[bytes] = []
        while self._batches:
            batch = self._batches[0]
            while batch.lines and _at(batch.lines[0]) < before:
                found.append(batch.lines.popleft())
            if batch.lines:
                return found
            self._heard = batch.mark
            self._batches.popleft()
        return found

    def all(self) -> list[bytes]:
        """Give every line that was read."""
        found = [line for batch in self._batches for line in batch.lines]
        self._batches.clear()
        self._heard = self._tail.mark
        return found

    def keep(self) -> None:
        """Keep how far was heard, once that is in the durable log. OSError when it cannot be."""
        if self._heard != self._kept:
            self._disk.replace(MARK_NAME, msgspec.json.encode(self._heard))
            self._kept = self._heard


class TailOf(Protocol):
    """Makes a tail that begins at a mark."""

    def __call__(self, mark: Mark | None) -> Tail:
        """Begin there; without a mark at the end of what is there now."""
        ...


def _kept(disk: MarkDisk) -> Mark | None:
    try:
        return msgspec.json.decode(disk.read(MARK_NAME), type=Mark)
    except (FileNotFoundError, msgspec.DecodeError):
        return None


def _at(line: bytes) -> Instant:
    try:
        return line_of(line).at
    except LineFault:
        return 0

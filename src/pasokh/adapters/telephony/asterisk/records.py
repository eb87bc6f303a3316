"""What the journal keeps: each packet and line as it came, with when, and how clocks differed.

A record is `P` for a packet or `L` for a line of queue_log, when it came (ms), by how much the
switch's clock was behind ours then (ms), a line feed, and the bytes.
"""

import re
from enum import StrEnum

from msgspec import Struct

from pasokh.core.time import Instant, Span

_HEAD = re.compile(rb"([PL]) (\d{1,15}) (-?\d{1,15})\n", re.ASCII)


class RecordFault(Exception):
    """What the journal holds is no record; the text says what it was."""


class Source(StrEnum):
    """Where a record came from."""

    PACKET = "P"
    LINE = "L"


class Record(Struct, frozen=True):
    """One record, read."""

    source: Source
    came: Instant
    behind: Span
    raw: bytes


def record(source: Source, came: Instant, behind: Span, raw: bytes) -> bytes:
    """Write a record."""
    return b"%s %d %d\n%s" % (source.value.encode(), came, behind, raw)


def record_of(text: bytes) -> Record:
    """Read a record; RecordFault when it is none."""
    head = _HEAD.match(text)
    if head is None:
        raise RecordFault(f"no record: {text[:40]!r}")
    return Record(Source(head[1].decode()), int(head[2]), int(head[3]), text[head.end() :])

"""Lines of Asterisk's queue_log: what its queues did, to the second, whoever listened."""

import re
from enum import StrEnum

from msgspec import Struct

from pasokh.core.time import SECOND, Instant

LINE_MAX = 8_192
_FIELDS_MIN = 5
_NO_ONE = "NONE"
_EPOCH = re.compile(rb"\d{1,11}", re.ASCII)
_BORN = re.compile(r"(?:.*-)?(\d{1,11})\.\d{1,12}", re.ASCII)


class LineFault(Exception):
    """What stands there is no line of a queue_log; the text says what it was."""


class Verb(StrEnum):
    """What happened in a queue."""

    ENTERED = "ENTERQUEUE"  # URL, number, place in the queue
    CONNECTED = "CONNECT"  # waited, the position's channel, rang
    GIVEN_UP = "ABANDON"
    COMPLETED_BY_CALLER = "COMPLETECALLER"
    COMPLETED_BY_POSITION = "COMPLETEAGENT"
    NO_ANSWER = "RINGNOANSWER"
    RING_CANCELLED = "RINGCANCELED"
    TIMED_OUT = "EXITWITHTIMEOUT"
    KEY_PRESSED = "EXITWITHKEY"
    NOBODY_THERE = "EXITEMPTY"
    OTHER = ""


_VERBS = {verb.value: verb for verb in Verb}


class LogLine(Struct, frozen=True):
    """One line. `at` is the beginning of its second, in milliseconds."""

    at: Instant
    uniqueid: str
    queue: str
    member: str
    verb: Verb
    said: tuple[str, ...]


def line_of(raw: bytes) -> LogLine:
    """Read a line; LineFault when it is none."""
    parts = raw.rstrip(b"\r\n").split(b"|")
    if len(raw) > LINE_MAX or len(parts) < _FIELDS_MIN or not _EPOCH.fullmatch(parts[0]):
        raise LineFault(f"no line of a queue_log: {raw[:60]!r}")
    _, uniqueid, queue, member, verb, *said = (part.decode("utf-8", "replace") for part in parts)
    return LogLine(
        int(parts[0]) * SECOND,
        "" if uniqueid == _NO_ONE else uniqueid,
        queue,
        "" if member == _NO_ONE else member,
        _VERBS.get(verb, Verb.OTHER),
        tuple(said),
    )


def born_at(uniqueid: str) -> Instant | None:
    """Give the second in which a channel began, which its Uniqueid carries; None without one."""
    found = _BORN.fullmatch(uniqueid)
    return int(found[1]) * SECOND if found else None

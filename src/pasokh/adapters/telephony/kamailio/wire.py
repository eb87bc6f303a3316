r"""The wire between the switch and us: netstrings with a step of a call in each.

    KIND epoch.microseconds boot.number [what more the kind says]\n
    Call-ID\n From tag\n To tag\n
    raw message, where there is one

What a stranger wrote (Call-ID, tags) has lines of its own, so that no space in it moves a field.
`boot` names the switch's start, and steps are numbered from it without a gap.
"""

from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from pasokh.core.time import Instant

# More than a switch's buffer for one message: whoever announces more is no switch of ours.
FRAME_MAX = 1 << 20
_DIGITS_MAX = 8
_NULL = "<null>"
_LINES = 5


class WireFault(Exception):
    """What came over the wire is none of our frames or steps; the text says what it was."""


class StepKind(StrEnum):
    """What a switch tells."""

    HELLO = "HELLO"  # the connection stands; the number is the last one that we confirmed
    PHONES = "PHONES"  # the positions whose telephones are registered now; of no call, not kept
    INVITE = "INVITE"  # a call waits: transaction index and label
    PROBE = "PROBE"  # a probe call of ours waits: transaction index and label
    FALLBACK = "FALLBACK"  # a call came while we were away, and rings the fallback group
    RESCUED = "RESCUED"  # a call that waited was sent to the fallback group
    MISSED = "MISSED"  # a position did not take the call: index, label, code, position
    ANSWER = "ANSWER"  # a final yes: code, position or "fallback"
    HELD = "HELD"  # one of both holds the other: they hear nothing
    RESUMED = "RESUMED"  # both speak again
    GONE = "GONE"  # the final reply to a caller who gave up
    FAILED = "FAILED"  # another final no: code
    CANCEL = "CANCEL"  # the caller wants to give up; no outcome by itself
    BYE = "BYE"  # one of both hung up
    DIAL = "DIAL"  # a position's telephone calls back: index, label, position
    PICKED = "PICKED"  # who was called back picked up
    OVER = "OVER"  # a call back is over; a code when it came to nothing
    OTHER = ""  # what a switch of another release says
    MESSAGE = "MESSAGE"  # somebody wrote: the neighbour that brought it
    CALLS = "CALLS"  # the calls that it has, as asked: a part or the last; of no call, not kept
    COUNTED = "COUNTED"  # what became of the calls of a period, as asked; of no call, not kept
    WROTE = "WROTE"  # what came of a message of ours: code, our name for it; of no call, not kept
    BAD = "BAD"  # a message that was refused: code, 0 when it could not be answered


_KINDS = {kind.value: kind for kind in StepKind}


class SwitchWord(Struct, frozen=True):
    """A step of a call as the switch told it. `at` in milliseconds; tags are "" when missing."""

    kind: StepKind
    at: Instant
    boot: int
    number: int
    said: tuple[str, ...]
    sip_call_id: str
    from_tag: str
    to_tag: str
    raw: bytes


def frames(buffer: bytearray) -> Iterator[bytes]:
    """Take every whole netstring off the front of `buffer`; WireFault when there is none."""
    while buffer:
        colon = buffer.find(b":", 0, _DIGITS_MAX)
        if colon < 0 and len(buffer) < _DIGITS_MAX:
            return
        length = _number(bytes(buffer[: max(colon, 0)]))
        if length > FRAME_MAX:
            raise WireFault(f"a frame of {length} bytes; at most {FRAME_MAX} are taken")
        end = colon + 1 + length
        if len(buffer) <= end:
            return
        if buffer[end] != ord(","):
            raise WireFault("a frame does not end where it says")
        found = bytes(buffer[colon + 1 : end])
        del buffer[: end + 1]
        yield found


def frame(text: str) -> bytes:
    """Put a word to the switch into a netstring."""
    body = text.encode()
    return b"%d:%s," % (len(body), body)


def step_of(line: bytes) -> SwitchWord:
    """Read a step; WireFault when it is none."""
    parts = line.split(b"\n", _LINES - 1)
    if len(parts) != _LINES:
        raise WireFault(f"a step of {len(parts)} lines")
    head, sip_call_id, from_tag, to_tag = (_text(part) for part in parts[:-1])
    kind, stamp, place, *said = head.split() + [""] * 3
    boot, _, number = place.partition(".")
    try:
        return SwitchWord(
            _KINDS.get(kind, StepKind.OTHER),
            _milliseconds(stamp),
            int(boot),
            int(number),
            tuple(filter(None, said)),
            sip_call_id,
            from_tag,
            to_tag,
            parts[-1],
        )
    except ValueError as error:
        raise WireFault(f"no step: {head[:80]!r}") from error


def _text(line: bytes) -> str:
    text = line.decode("utf-8", "replace")
    return "" if text == _NULL else text


def _milliseconds(stamp: str) -> Instant:
    seconds, _, micros = stamp.partition(".")
    return max(0, int(seconds) * 1000 + int(micros.ljust(6, "0")[:3]))


def _number(digits: bytes) -> int:
    if not digits.isdigit():
        raise WireFault(f"no length of a frame: {digits[:_DIGITS_MAX]!r}")
    return int(digits)

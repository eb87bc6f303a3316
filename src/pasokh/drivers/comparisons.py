"""Finds in a log what was compared with a switch's own count, and what persons said of it."""

from collections.abc import Iterable

from pasokh.answer.events_watch import CountsCompared, DifferenceAcknowledged
from pasokh.control_room.codec import event_of
from pasokh.core.ids import Id
from pasokh.core.log import Entry
from pasokh.core.time import HOUR, Instant, Span
from pasokh.drivers.ports import ReadableLog

_KINDS = frozenset({CountsCompared.__name__, DifferenceAcknowledged.__name__})

# A period is compared when its last call has its outcome; a centre that was down does it later.
_COMPARED_WITHIN: Span = 12 * HOUR


def comparisons_of(
    log: ReadableLog, began_at: Instant, ended_at: Instant, before: int
) -> list[CountsCompared]:
    """Give the comparisons of periods of [began_at, ended_at), from a log of `before` entries.

    It reads the entries of that time alone, not the whole log.
    """
    first, last = 0, before
    while first < last:
        middle = (first + last) // 2
        entry = next(iter(log.read(middle, middle + 1)))
        first, last = (middle + 1, last) if entry.known_at < began_at else (first, middle)
    found: list[CountsCompared] = []
    for entry in log.read(first, before):
        if entry.known_at > ended_at + _COMPARED_WITHIN:
            break
        event = event_of(entry) if entry.kind == CountsCompared.__name__ else None
        if isinstance(event, CountsCompared) and began_at <= event.began_at < ended_at:
            found.append(event)
    return found


def comparisons(entries: Iterable[Entry]) -> tuple[list[CountsCompared], dict[Id, str]]:
    """Give every comparison in its order, and the reason with which one was acknowledged."""
    found: list[CountsCompared] = []
    seen: dict[Id, str] = {}
    for entry in entries:
        if entry.kind not in _KINDS:
            continue
        event = event_of(entry)
        if isinstance(event, CountsCompared):
            found.append(event)
        elif isinstance(event, DifferenceAcknowledged):
            seen[event.comparison_id] = event.reason
    return found, seen

"""Finds in a log what was compared with a switch's own count, and what persons said of it."""

from collections.abc import Iterable

from pasokh.answer.events_watch import CountsCompared, DifferenceAcknowledged
from pasokh.control_room.codec import event_of
from pasokh.core.ids import Id
from pasokh.core.log import Entry

_KINDS = frozenset({CountsCompared.__name__, DifferenceAcknowledged.__name__})


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

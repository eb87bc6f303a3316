"""What an event says about what is kept: words sealed, things linked, words that are over."""

from collections.abc import Callable, Iterator
from typing import Any

from pasokh.answer import events as answer
from pasokh.answer.appeals import subject_of_appeal
from pasokh.answer.events_appeals import AppealExpired
from pasokh.answer.events_voice import RecordingErased, RecordingMarked
from pasokh.control_room.retention import KIND_OF, RetentionKind, kept_under
from pasokh.core.ids import CallId
from pasokh.core.machine import Event, Sealed
from pasokh.core.time import Instant
from pasokh.core.told_places import subject_of_place
from pasokh.dispatch import events as dispatch
from pasokh.drivers.ports_erasing import (
    CallAbout,
    CalledBack,
    CallerJoined,
    Deed,
    Ended,
    Given,
    Marked,
    Merged,
    Reported,
)
from pasokh.staff.events_holds import ErasuresReported


def deeds_of(event: Event, at: Instant) -> Iterator[Deed]:
    """Yield what the book notes of an event that became known at `at` (milliseconds)."""
    kind = KIND_OF.get(type(event))
    words: Sealed | None = getattr(event, "words", None)
    if kind is not None and words is not None:
        keep = kept_under(words.subject)
        due_at = None if keep is None else at + keep
        yield Given(words.subject, kind, _thing_of(event, words.subject), at, due_at)
    said = _SAYS.get(type(event))
    if said is not None:
        yield from said(event)


def recording_ended(event: Event) -> CallId:
    """Name the call whose recording an event ended; empty for any other event."""
    return event.call_id if isinstance(event, RecordingErased) else ""


def _thing_of(event: Event, subject: str) -> str:
    if isinstance(event, answer.PlaceTold):
        return event.call_id or _caller(event.caller)
    return subject


def _caller(caller: str) -> str:
    return f"caller/{caller}"


_SAYS: dict[type[Event], Callable[[Any], Iterator[Deed]]] = {
    answer.CallOffered: lambda e: iter(
        [CallerJoined(_caller(e.caller), e.call_id)] if e.caller else ()
    ),
    answer.CallBackDialled: lambda e: iter([CalledBack(e.dial_id, e.call_id)]),
    answer.CallLinked: lambda e: iter([CallAbout(e.call_id, e.incident_id)]),
    answer.PlaceExpired: lambda e: iter([Ended(subject_of_place(e.place_id))]),
    AppealExpired: lambda e: iter([Ended(subject_of_appeal(e.appeal_id))]),
    RecordingMarked: lambda e: iter([Marked(e.call_id)]),
    RecordingErased: lambda e: iter([Ended(e.call_id, RetentionKind.RECORDING)]),
    dispatch.IncidentMerged: lambda e: iter([Merged(e.incident_id, e.into)]),
    dispatch.IncidentSplit: lambda e: iter([Merged(e.incident_id, e.new_incident_id)]),
    ErasuresReported: lambda _e: iter([Reported()]),
}

# Whatever else is in the log need not be decoded.
WANTED = frozenset(kind.__name__ for kind in (*KIND_OF, *_SAYS))

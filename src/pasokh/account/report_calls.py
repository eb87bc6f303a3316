"""What the report notes of a call beside its class: why, what about, how its incident closed."""

from collections.abc import Callable, Iterable
from typing import Any

from msgspec import Struct

from pasokh.answer import events as a
from pasokh.core.ids import CallId, IncidentId
from pasokh.core.machine import Event, Fact
from pasokh.dispatch import events as d


class CallNote(Struct):
    """The words of a call that a breakdown needs; none of them is a person's."""

    reason: str = ""
    call_type: str = ""
    disposition: str = ""


class IncidentNote(Struct):
    """The same of an incident."""

    incident_type: str = ""
    disposition: str = ""


class CallNotes:
    """Notes of calls that have not been counted yet."""

    def __init__(self) -> None:
        """Begin with none."""
        self._calls: dict[CallId, CallNote] = {}
        self._incidents: dict[IncidentId, IncidentNote] = {}

    def take(self, fact: Fact) -> None:
        """Note what a fact says."""
        note = _NOTES.get(type(fact.event))
        if note is not None:
            note(self, fact.event)

    def uncounted(self, call_ids: Iterable[CallId]) -> list[CallId]:
        """Leave out the calls that were popped before."""
        return [call_id for call_id in call_ids if call_id in self._calls]

    def pop(self, call_id: CallId, incident_id: IncidentId | None) -> CallNote:
        """Give a call's note, its incident's words filled in, and forget it.

        The incident's own note goes too: calls that join it after their day was counted find
        no words of it any more, only its missions.
        """
        note = self._calls.pop(call_id)
        incident = self._incidents.pop(incident_id or "", None)
        if incident is not None:
            note.call_type = note.call_type or incident.incident_type
            note.disposition = incident.disposition
        return note

    def offered(self, event: a.CallOffered) -> None:
        """Begin a note."""
        self._calls[event.call_id] = CallNote()

    def typed(self, event: a.CallTyped) -> None:
        """Note what the call is about."""
        if note := self._calls.get(event.call_id):
            note.call_type = event.call_type

    def classed(self, event: a.CallClassed | a.CallReclassed) -> None:
        """Note why the call has its code."""
        if note := self._calls.get(event.call_id):
            note.reason = event.reason

    def opened(self, event: d.IncidentOpened) -> None:
        """Begin an incident's note."""
        self._incidents[event.incident_id] = IncidentNote(event.incident_type)

    def closed(self, event: d.IncidentClosed) -> None:
        """Note how the incident closed."""
        if note := self._incidents.get(event.incident_id):
            note.disposition = event.disposition


_NOTES: dict[type[Event], Callable[[CallNotes, Any], None]] = {
    a.CallOffered: CallNotes.offered,
    a.CallTyped: CallNotes.typed,
    a.CallClassed: CallNotes.classed,
    a.CallReclassed: CallNotes.classed,
    d.IncidentOpened: CallNotes.opened,
    d.IncidentClosed: CallNotes.closed,
}

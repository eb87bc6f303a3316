"""How far a call is, as the one who made it may know: no name, no place, no word of others."""

from enum import StrEnum

from msgspec import Struct

from pasokh.control_room.state import Centre
from pasokh.core.ids import CallId, IncidentId


class ContactState(StrEnum):
    """How far it is; the furthest that is true."""

    ACCEPTED = "accepted"
    ANSWERED = "answered"
    UNIT_SENT = "unit_sent"
    CLOSED = "closed"


class ContactNow(Struct, frozen=True):
    """A call's state after the entry `seq`."""

    seq: int
    state: ContactState


def contact_now(centre: Centre, call_id: CallId) -> ContactNow | None:
    """Say how far a call is; None when there is none, or when it was forgotten."""
    call = centre.answer.calls.get(call_id)
    if call is None:
        return None
    closed, sent = _incident(centre, call.incident_id)
    if call.over and closed:
        return ContactNow(centre.seq, ContactState.CLOSED)
    if sent:
        return ContactNow(centre.seq, ContactState.UNIT_SENT)
    answered = call.answered_at is not None
    return ContactNow(centre.seq, ContactState.ANSWERED if answered else ContactState.ACCEPTED)


def _incident(centre: Centre, incident_id: IncidentId | None) -> tuple[bool, bool]:
    """Tell whether nothing of an incident is open, and whether a unit was sent to it."""
    if incident_id is None:
        return True, False
    incident = centre.dispatch.incidents.get(centre.dispatch.survivor_of(incident_id))
    if incident is None:
        return True, False
    missions = (centre.dispatch.missions[mission_id] for mission_id in incident.missions)
    return incident.closed_at is not None, any(m.dispatched_at is not None for m in missions)

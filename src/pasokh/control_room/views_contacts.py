"""How far a call is, as the one who made it may know: no name, no place, no word of others."""

from collections.abc import Iterator, Sequence
from enum import StrEnum

from msgspec import Struct

from pasokh.answer.events import Delivery
from pasokh.answer.state import Call, Phase
from pasokh.control_room.state import Centre
from pasokh.core.ids import CallId, IncidentId
from pasokh.core.machine import Kept, KeptWhat

# The line of what is written at the public doors.
WEB_LINE = "web"
# A page shows so many messages of its thread, the newest.
TOLD_MAX = 200
_SAID = frozenset({KeptWhat.RECEIVED, KeptWhat.SENT})


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


class SaidNow(Struct, frozen=True):
    """A message of a call: where its words lie, and of one of ours how far it has come."""

    call_id: CallId
    kept: Kept
    delivery: Delivery | None


class ThreadNow(Struct, frozen=True):
    """A thread over all its calls: how far it is, entries about it, and its messages."""

    state: ContactState
    entries: int
    said: Sequence[SaidNow]


def web_threads(centre: Centre) -> Iterator[tuple[str, CallId]]:
    """Yield the threads of the public doors with their calls, in the order of these."""
    for call_id in centre.answer.calls:
        if name := web_thread(centre, call_id):
            yield name, call_id


def web_thread(centre: Centre, call_id: CallId) -> str:
    """Name the thread of a call of the public doors; "" for any other call."""
    call = centre.answer.calls.get(call_id)
    if call is None or call.line != WEB_LINE or call.thread is None:
        return ""
    return call.thread.key.partition("\nthread ")[2]


def thread_now(centre: Centre, call_ids: Sequence[CallId]) -> ThreadNow | None:
    """Look at a thread's calls, oldest first; None when all are forgotten."""
    calls = [centre.answer.calls[one] for one in call_ids if one in centre.answer.calls]
    if not calls:
        return None
    said = [_said(call, kept) for call in calls for kept in call.words if kept.what in _SAID]
    # None of the entries about a call goes without a change of it.
    entries = sum(len(call.trail) for call in calls)
    return ThreadNow(_thread_state(calls[-1]), entries, said[-TOLD_MAX:])


def _said(call: Call, kept: Kept) -> SaidNow:
    sending = None if call.thread is None else call.thread.sent.get(kept.message)
    return SaidNow(call.call_id, kept, None if sending is None else sending.delivery)


def _thread_state(call: Call) -> ContactState:
    if call.over:
        return ContactState.CLOSED
    return ContactState.ACCEPTED if call.phase is Phase.RINGING else ContactState.ANSWERED


def _incident(centre: Centre, incident_id: IncidentId | None) -> tuple[bool, bool]:
    """Tell whether nothing of an incident is open, and whether a unit was sent to it."""
    if incident_id is None:
        return True, False
    incident = centre.dispatch.incidents.get(centre.dispatch.survivor_of(incident_id))
    if incident is None:
        return True, False
    missions = (centre.dispatch.missions[mission_id] for mission_id in incident.missions)
    return incident.closed_at is not None, any(m.dispatched_at is not None for m in missions)

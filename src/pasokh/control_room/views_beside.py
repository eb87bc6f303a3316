"""What lies beside a call or an incident: the caller's earlier calls, its steps, its sealed words.

Each is asked for by a desk when somebody looks there; none is part of what a desk always shows.
"""

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import Any, TypeAlias

import msgspec
from msgspec import Struct

from pasokh.answer.appeals import open_beside
from pasokh.answer.events import CallCode
from pasokh.control_room.codec import fact_of
from pasokh.control_room.happenings import happening
from pasokh.control_room.state import Centre
from pasokh.core.ids import AreaCode, CallId, IncidentId
from pasokh.core.log import Entry
from pasokh.core.machine import Fact, Kept
from pasokh.core.people import Actor
from pasokh.core.time import Instant
from pasokh.staff.events import ReadThing

Sees: TypeAlias = Callable[[AreaCode], bool]

EARLIER_MAX = 20
STEPS_MAX = 1_000
# Beside what any watcher is told (control_room.happenings): fields that a desk may see too, and
# what their sentences call them. What stands in neither list is never shown.
_TOLD = {
    "advice": "advice",
    "answer": "answer",
    "beat": "beat",
    "call_type": "type",
    "county": "county",
    "disposition": "disposition",
    "incident_type": "type",
    "person_id": "person",
    "protocol": "protocol",
    "reason": "why",
    "reasons": "why",
    "step": "step",
    "survivor": "survivor",
}


class EarlierCall(Struct, frozen=True, omit_defaults=True):
    """A call of the same caller that came before."""

    call: CallId
    at: Instant
    type: str = ""
    code: CallCode | None = None
    incident: IncidentId | None = None
    incident_number: int = 0


class TrailStep(Struct, frozen=True):
    """An entry about an incident, with what its sentence names."""

    seq: int
    at: Instant
    known_at: Instant
    actor: Actor
    kind: str
    details: dict[str, str | int]


def earlier_calls(centre: Centre, call_id: CallId, sees: Sees) -> list[EarlierCall] | None:
    """The same caller's calls before this one, newest first; None without such a call."""
    calls = centre.answer.calls
    call = calls.get(call_id)
    if call is None or not sees(call.county):
        return None
    ids = centre.answer.callers.get(call.caller, []) if call.caller else []
    before = ids[: ids.index(call_id)] if call_id in ids else []
    found = [calls[earlier] for earlier in reversed(before) if earlier in calls]
    return [_earlier(centre, other.call_id) for other in found if sees(other.county)][:EARLIER_MAX]


def trail_of(centre: Centre, incident_id: IncidentId, sees: Sees) -> Sequence[int] | None:
    """The newest entries about an incident, by their place in the log; None without such a one."""
    incident = centre.dispatch.incidents.get(incident_id)
    if incident is None or not sees(incident.county):
        return None
    return incident.trail[-STEPS_MAX:]


def steps(centre: Centre, entries: Iterable[Entry]) -> list[TrailStep]:
    """Say what each entry tells a desk."""
    return [_step(centre, fact_of(entry)) for entry in entries]


def kept_words(centre: Centre, thing: ReadThing, thing_id: str) -> list[Kept]:
    """Where the words about a thing lie; none when it was forgotten.

    Open appeals of one number are decided together, so they are read together.
    """
    if thing is ReadThing.APPEAL:
        appeal = centre.answer.appeals.get(thing_id)
        if appeal is None:
            return []
        others = open_beside(centre.answer.appeals, appeal)
        return [appeal.kept, *(other.kept for other in others if other is not appeal)]
    if thing is ReadThing.INCIDENT:
        incident = centre.dispatch.incidents.get(thing_id)
        return [] if incident is None else list(incident.words)
    call = centre.answer.calls.get(thing_id)
    return [] if call is None else list(call.words)


def _earlier(centre: Centre, call_id: CallId) -> EarlierCall:
    call = centre.answer.calls[call_id]
    incident_id = call.incident_id and centre.dispatch.survivor_of(call.incident_id)
    incident = centre.dispatch.incidents.get(incident_id or "")
    return EarlierCall(
        call_id,
        call.offered_at,
        call.call_type,
        call.code,
        incident_id,
        0 if incident is None else incident.number,
    )


def _step(centre: Centre, fact: Fact) -> TrailStep:
    fields: dict[str, Any] = msgspec.structs.asdict(fact.event)
    more = {
        _TOLD[name]: value.value if isinstance(value, StrEnum) else value
        for name, value in fields.items()
        if name in _TOLD and isinstance(value, str | int) and value != ""
    }
    if isinstance(fields.get("reasons"), tuple):
        more["why"] = ", ".join(fields["reasons"])
    told = happening(centre, fact)
    return TrailStep(
        fact.seq, fact.at, fact.known_at, fact.actor, told.kind, {**more, **told.details}
    )

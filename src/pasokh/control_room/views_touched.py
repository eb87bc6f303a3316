"""Which objects of the desks a fact changed: so a stream builds a handful and never everything.

Most facts change the things that they name, and those that follow them: a mission's step its unit
and its incident. What else a kind of fact changes has a row in `_MORE`. Too many named costs a
microsecond, one too few leaves a desk with what is no longer so: a test compares all objects
before and after every fact of a drill.

May be asked when the state has already gone on: whatever moved a thing elsewhere since then names
both ends itself.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any, TypeAlias

from pasokh.account.events import DayFigured
from pasokh.answer import events as a
from pasokh.answer.finding import call_of, listed
from pasokh.answer.state import CALLS_OF_A_CALLER
from pasokh.control_room.desk_objects import DeskKey, ThingKind
from pasokh.control_room.state import Centre
from pasokh.control_room.views_desk import calls_of
from pasokh.core.ids import IncidentId, MissionId
from pasokh.core.machine import CommandRefused, Event, Fact
from pasokh.dispatch import events as d
from pasokh.reference.entries import LIST_OF, ListName
from pasokh.reference.events import EntryEnded, EntrySet, EntryTookEffect

_Named: TypeAlias = Callable[[Centre, str], Iterable[DeskKey]]


def touched(centre: Centre, fact: Fact) -> set[DeskKey]:
    """Name every object that may look otherwise after `fact`."""
    event = fact.event
    found: set[DeskKey] = set()
    for field, named in _fields_of(type(event)):
        value = getattr(event, field)
        if value:
            for thing_id in value if isinstance(value, tuple) else (value,):
                found.update(named(centre, thing_id))
    more = _MORE.get(type(event))
    if more is not None:
        found.update(more(centre, event))
    return found


@cache
def _fields_of(kind: type[Event]) -> tuple[tuple[str, _Named], ...]:
    if kind in _NOTHING:
        return ()
    return tuple((name, _NAMED[name]) for name in kind.__struct_fields__ if name in _NAMED)


def _call(centre: Centre, call_id: str) -> Iterator[DeskKey]:
    """A call; what is recorded of a call back stands with the call that it was for."""
    call = call_of(centre.answer, call_id)
    yield ThingKind.CALL, call_id if call is None else call.call_id


def _incident(centre: Centre, incident_id: str) -> Iterator[DeskKey]:
    """An incident, and the one that stands for it."""
    yield ThingKind.INCIDENT, incident_id
    survivor = centre.dispatch.survivor_of(incident_id)
    if survivor != incident_id:
        yield ThingKind.INCIDENT, survivor


def _mission(centre: Centre, mission_id: str) -> Iterator[DeskKey]:
    yield ThingKind.MISSION, mission_id
    mission = centre.dispatch.missions.get(mission_id)
    if mission is not None:
        yield ThingKind.UNIT, mission.unit_id
        yield ThingKind.INCIDENT, mission.incident_id


def _unit(_centre: Centre, unit_id: str) -> Iterator[DeskKey]:
    yield ThingKind.UNIT, unit_id


def _position(_centre: Centre, position_id: str) -> Iterator[DeskKey]:
    yield ThingKind.POSITION, position_id


# Fields of events that name things, and what is touched with the thing.
_NAMED: dict[str, _Named] = {
    "broadcast_id": lambda _centre, thing_id: ((ThingKind.BROADCAST, thing_id),),
    "call_id": _call,
    "call_ids": _call,
    "incident_id": _incident,
    "into": _incident,
    "mission_id": _mission,
    "mission_ids": _mission,
    "new_incident_id": _incident,
    "other_id": _incident,
    "position_id": _position,
    "unit_id": _unit,
}
# What was refused changed nothing, whatever it names.
_NOTHING: frozenset[type[Event]] = frozenset({CommandRefused})


def _family(centre: Centre, incident_id: IncidentId) -> Iterator[DeskKey]:
    """All that an incident has: its calls, its missions."""
    incident = centre.dispatch.incidents.get(incident_id)
    if incident is not None:
        yield from _missions(incident.missions)
    for call_id in calls_of(centre, incident_id):
        yield ThingKind.CALL, call_id


def _missions(mission_ids: Iterable[MissionId]) -> Iterator[DeskKey]:
    for mission_id in mission_ids:
        yield ThingKind.MISSION, mission_id


def _with_family(centre: Centre, event: Any) -> Iterator[DeskKey]:
    """Its missions stand in its county, have its priority, and leave the desk with it."""
    yield from _family(centre, event.incident_id)


def _merged(centre: Centre, event: d.IncidentMerged | d.IncidentUnmerged) -> Iterator[DeskKey]:
    """Everything on the way to the survivors, a ring of merges included, and what they have."""
    ends = (event.incident_id, event.into)
    way = set(ends)
    for start in ends:
        at: IncidentId | None = start
        while (incident := centre.dispatch.incidents.get(at or "")) is not None:
            at = incident.merged_into
            if at is None or at in way:
                break
            way.add(at)
    for incident_id in way:
        yield ThingKind.INCIDENT, incident_id
    for incident_id in ends:
        yield from _family(centre, centre.dispatch.survivor_of(incident_id))


def _offered(centre: Centre, event: a.CallOffered) -> Iterator[DeskKey]:
    """A caller's new call changes no older one, but where so many are kept that one is let go."""
    calls = centre.answer.callers.get(event.caller, ()) if event.caller else ()
    if len(calls) >= CALLS_OF_A_CALLER:
        for call_id in calls:
            yield ThingKind.CALL, call_id


def _caller(centre: Centre, event: Any) -> Iterator[DeskKey]:
    """What is known of a call may change the line of its number, and so the others in it."""
    call = centre.answer.calls.get(event.call_id)
    for call_id in centre.answer.callers.get(call.caller, ()) if call is not None else ():
        yield ThingKind.CALL, call_id


def _listed(centre: Centre, event: EntrySet | EntryEnded | EntryTookEffect) -> Iterator[DeskKey]:
    """A line of a list; a limit of time is in everything that is due."""
    name = LIST_OF[type(event.entry)] if isinstance(event, EntrySet) else event.list
    yield ThingKind.ENTRY, f"{name.value}:{event.code}"
    if name is ListName.TIMER:
        for incident_id in centre.dispatch.open:
            yield ThingKind.INCIDENT, incident_id
            yield from _missions(centre.dispatch.incidents[incident_id].missions)
        yield from ((ThingKind.CALL, call_id) for call_id in listed(centre.answer))


def _forgotten(centre: Centre, _event: DayFigured) -> Iterator[DeskKey]:
    """A final day is forgotten: open things of before may have lost what they pointed to."""
    for incident in centre.dispatch.incidents.values():
        if incident.closed_at is None:
            yield ThingKind.INCIDENT, incident.incident_id
    for call in centre.answer.calls.values():
        if call.ended_at is None:
            yield ThingKind.CALL, call.call_id
    yield from ((ThingKind.CALL, call_id) for call_id in listed(centre.answer))


# What can put a call on the call-back list, or take it off.
_OF_A_LINE: tuple[type[Event], ...] = (
    a.CallAbandoned,
    a.CallRejected,
    a.CallAnswered,
    a.CallFellBack,
    a.CallBackBegun,
    a.CallBackDialled,
    a.CallBackPickedUp,
    a.CallBackHungUp,
    a.CallBackMade,
    a.CallClassed,
    a.CallReclassed,
    a.CallLinked,
    a.HandoffAccepted,
    a.CallFlaggedTest,
)
# A mark stands on every call of its number.
_OF_A_MARK: tuple[type[Event], ...] = (
    a.NuisanceMarked,
    a.NuisanceProposed,
    a.NuisanceConfirmed,
    a.NuisanceAppealed,
    a.AppealDecided,
    a.NuisanceExpired,
)
_MORE: dict[type[Event], Callable[[Centre, Any], Iterable[DeskKey]]] = {
    d.IncidentClosed: _with_family,
    d.IncidentMoved: _with_family,
    d.IncidentPrioritised: _with_family,
    d.IncidentReopened: _with_family,
    d.IncidentMerged: _merged,
    d.IncidentUnmerged: _merged,
    EntrySet: _listed,
    EntryEnded: _listed,
    EntryTookEffect: _listed,
    a.CallOffered: _offered,
    **dict.fromkeys((*_OF_A_LINE, *_OF_A_MARK), _caller),
    DayFigured: _forgotten,
}

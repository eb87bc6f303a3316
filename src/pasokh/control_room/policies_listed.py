"""What follows from the lists: a type says a priority, a unit is what its entry says."""

from collections.abc import Sequence

from pasokh.control_room.state import Centre
from pasokh.core.machine import Command, Fact
from pasokh.dispatch.commands import ChangeUnit, PrioritiseIncident, RegisterUnit, RetireUnit
from pasokh.dispatch.events import (
    IncidentOpened,
    IncidentTyped,
    MissionCancelled,
    MissionCleared,
)
from pasokh.dispatch.state import Unit
from pasokh.reference.entries import ListName, TypeEntry, UnitEntry
from pasokh.reference.events import EntryTookEffect
from pasokh.reference.views import current

ENDED = "its entry ended"


def type_says_priority(centre: Centre, fact: Fact) -> Sequence[Command]:
    """Give an incident its type's priority, until a person has given one."""
    event = fact.event
    if not isinstance(event, IncidentOpened | IncidentTyped):
        return ()
    entry = current(centre.reference, ListName.INCIDENT_TYPE, event.incident_type, fact.known_at)
    incident = centre.dispatch.incidents[event.incident_id]
    if not isinstance(entry, TypeEntry) or incident.judged or incident.priority == entry.priority:
        return ()
    return (
        PrioritiseIncident(event.incident_id, entry.priority, (f"type:{event.incident_type}",)),
    )


def unit_follows_its_entry(centre: Centre, fact: Fact) -> Sequence[Command]:
    """Register, change or retire a unit when its entry begins, changes or ends."""
    event = fact.event
    if not isinstance(event, EntryTookEffect) or event.list is not ListName.UNIT:
        return ()
    unit = centre.dispatch.units.get(event.code)
    entry = current(centre.reference, ListName.UNIT, event.code, fact.known_at)
    if not isinstance(entry, UnitEntry):
        return _retired(unit)
    said = (entry.call_sign, entry.station, entry.county, entry.capabilities)
    if unit is None or unit.retired:
        return (RegisterUnit(event.code, *said[1:], call_sign=entry.call_sign),)
    if said == (unit.call_sign, unit.station, unit.county, unit.capabilities):
        return ()
    return (ChangeUnit(event.code, *said),)


def unit_ends_with_its_entry(centre: Centre, fact: Fact) -> Sequence[Command]:
    """Retire a unit whose entry ended while it was out, once its last mission is over."""
    event = fact.event
    if not isinstance(event, MissionCleared | MissionCancelled):
        return ()
    unit_id = centre.dispatch.missions[event.mission_id].unit_id
    if unit_id not in centre.reference.lists.get(ListName.UNIT, {}):
        return ()
    if current(centre.reference, ListName.UNIT, unit_id, fact.known_at) is not None:
        return ()
    return _retired(centre.dispatch.units.get(unit_id))


def _retired(unit: Unit | None) -> Sequence[Command]:
    """A unit that is out serves to the end of its missions."""
    if unit is None or unit.retired or unit.missions:
        return ()
    return (RetireUnit(unit.unit_id, ENDED),)

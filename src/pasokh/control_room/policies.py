"""The one stair from floor to floor: when this event, then these commands. A table, no more."""

from collections.abc import Callable, Sequence

from pasokh.answer.commands import LinkCall, UnlinkCall
from pasokh.control_room.policies_listed import (
    type_says_priority,
    unit_ends_with_its_entry,
    unit_follows_its_entry,
)
from pasokh.control_room.state import Centre
from pasokh.core.machine import Command, Event, Fact
from pasokh.dispatch.events import (
    IncidentOpened,
    IncidentSplit,
    IncidentTyped,
    MissionCancelled,
    MissionCleared,
)
from pasokh.reference.events import EntryTookEffect


def _calls_follow_the_split(_centre: Centre, fact: Fact) -> Sequence[Command]:
    event = fact.event
    if not isinstance(event, IncidentSplit):
        return ()
    commands: list[Command] = []
    for call_id in event.call_ids:
        commands.append(UnlinkCall(call_id, f"split from {event.incident_id}"))
        commands.append(LinkCall(call_id, event.new_incident_id))
    return commands


POLICIES: dict[type[Event], Callable[[Centre, Fact], Sequence[Command]]] = {
    IncidentSplit: _calls_follow_the_split,
    IncidentOpened: type_says_priority,
    IncidentTyped: type_says_priority,
    EntryTookEffect: unit_follows_its_entry,
    MissionCleared: unit_ends_with_its_entry,
    MissionCancelled: unit_ends_with_its_entry,
}

"""What the steps of the dispatch fold share: finding a thing, its trail, its number, its stage."""

from pasokh.core.ids import IncidentId, MissionId
from pasokh.core.machine import Fact, Kept, KeptWhat, Sealed
from pasokh.core.time import Instant
from pasokh.dispatch.events import Stage
from pasokh.dispatch.state import DispatchState, Incident, Mission

# Four digits are read aloud at once; nobody has so many incidents open.
LAST_NUMBER = 9_999


def incident_of(state: DispatchState, incident_id: IncidentId, fact: Fact) -> Incident:
    """Find the incident that a fact is about, and note the fact on its trail."""
    incident = state.incidents[incident_id]
    incident.trail.append(fact.seq)
    return incident


def mission_of(state: DispatchState, mission_id: MissionId, fact: Fact) -> Mission:
    """Find the mission that a fact is about, and note the fact on its incident's trail."""
    mission = state.missions[mission_id]
    state.incidents[mission.incident_id].trail.append(fact.seq)
    return mission


def enter(state: DispatchState, mission_id: MissionId, stage: Stage, fact: Fact) -> Mission:
    """Bring a mission to its next stage, in which it is not overdue yet."""
    mission = mission_of(state, mission_id, fact)
    mission.stage = stage
    mission.stage_at = fact.at
    mission.overdue = False
    return mission


def keep(incident: Incident, what: KeptWhat, sealed: Sealed | None, fact: Fact) -> None:
    """Remember where words about an incident lie; there may be none."""
    if sealed is not None:
        incident.words += (Kept(what, sealed, fact.at, fact.actor),)


def open_up(state: DispatchState, incident: Incident, at: Instant) -> None:
    """Put an incident among the open ones, new or again, under a number that no other has."""
    incident.closed_at = None
    incident.overdue = False
    incident.waits_since = at
    holder = state.numbers.get(incident.number)
    if not incident.number or (holder != incident.incident_id and holder in state.open):
        incident.number = _free_number(state)
    state.numbers[incident.number] = incident.incident_id
    state.open[incident.incident_id] = None


def shut(state: DispatchState, incident: Incident, at: Instant) -> None:
    """Take an incident out of the open ones: it was closed, or another one stands for it."""
    incident.closed_at = at
    incident.overdue = False
    state.open.pop(incident.incident_id, None)


def _free_number(state: DispatchState) -> int:
    """Count on to the next number that no open incident has; 0 when all are taken."""
    for _ in range(LAST_NUMBER):
        state.last_number = state.last_number % LAST_NUMBER + 1
        if state.numbers.get(state.last_number) not in state.open:
            return state.last_number
    return 0

"""How each event of the dispatch floor changes its state. In place, and never a refusal."""

from collections.abc import Iterable

from pasokh.core.ids import IncidentId
from pasokh.core.machine import Fact, FoldTable
from pasokh.core.time import Instant
from pasokh.dispatch import events as e
from pasokh.dispatch.events import Stage
from pasokh.dispatch.state import DispatchState, Incident, Mission, Unit


def _opened(state: DispatchState, event: e.IncidentOpened, fact: Fact) -> None:
    state.incidents[event.incident_id] = Incident(
        event.incident_id,
        event.incident_type,
        event.county,
        event.beat,
        event.origin,
        event.test,
        fact.at,
    )


def _typed(state: DispatchState, event: e.IncidentTyped, _fact: Fact) -> None:
    state.incidents[event.incident_id].incident_type = event.incident_type


def _prioritised(state: DispatchState, event: e.IncidentPrioritised, _fact: Fact) -> None:
    state.incidents[event.incident_id].priority = event.priority


def _moved(state: DispatchState, event: e.IncidentMoved, _fact: Fact) -> None:
    incident = state.incidents[event.incident_id]
    incident.county = event.county
    incident.beat = event.beat


def _merged(state: DispatchState, event: e.IncidentMerged, fact: Fact) -> None:
    before = {state.survivor_of(event.incident_id), state.survivor_of(event.into)}
    state.incidents[event.incident_id].merged_into = event.into
    survivor = state.incidents[state.survivor_of(event.incident_id)]
    survivor.closed_at = None
    for incident_id in sorted(before - {survivor.incident_id}):
        incident = state.incidents[incident_id]
        incident.closed_at = fact.at
        survivor.missions += incident.missions
        incident.missions = []
    for mission_id in survivor.missions:
        state.missions[mission_id].incident_id = survivor.incident_id


def _split(state: DispatchState, event: e.IncidentSplit, fact: Fact) -> None:
    old = state.incidents[event.incident_id]
    new = Incident(
        event.new_incident_id,
        old.incident_type,
        old.county,
        old.beat,
        old.origin,
        old.test,
        fact.at,
    )
    state.incidents[event.new_incident_id] = new
    for mission_id in event.mission_ids:
        state.missions[mission_id].incident_id = event.new_incident_id
        old.missions.remove(mission_id)
        new.missions.append(mission_id)


def _linked(state: DispatchState, event: e.IncidentsLinked, _fact: Fact) -> None:
    state.incidents[event.incident_id].linked.append(event.other_id)
    state.incidents[event.other_id].linked.append(event.incident_id)


def _closed(state: DispatchState, event: e.IncidentClosed, fact: Fact) -> None:
    incident = state.incidents[event.incident_id]
    incident.closed_at = fact.at
    incident.disposition = event.disposition


def _reopened(state: DispatchState, event: e.IncidentReopened, _fact: Fact) -> None:
    state.incidents[event.incident_id].closed_at = None


def _flagged_test(state: DispatchState, event: e.IncidentFlaggedTest, _fact: Fact) -> None:
    state.incidents[event.incident_id].test = event.test


def _registered(state: DispatchState, event: e.UnitRegistered, _fact: Fact) -> None:
    state.units[event.unit_id] = Unit(
        event.unit_id, event.station, event.county, event.capabilities
    )


def _state_set(state: DispatchState, event: e.UnitStateSet, _fact: Fact) -> None:
    unit = state.units[event.unit_id]
    unit.availability = event.availability
    unit.secondary = event.secondary


def _retired(state: DispatchState, event: e.UnitRetired, _fact: Fact) -> None:
    state.units[event.unit_id].retired = True


def _created(state: DispatchState, event: e.MissionCreated, fact: Fact) -> None:
    state.missions[event.mission_id] = Mission(
        event.mission_id, event.incident_id, event.unit_id, Stage.CREATED, fact.at
    )
    state.incidents[event.incident_id].missions.append(event.mission_id)


def _dispatched(state: DispatchState, event: e.MissionDispatched, fact: Fact) -> None:
    mission = state.missions[event.mission_id]
    mission.stage = Stage.DISPATCHED
    mission.dispatched_at = fact.at
    state.units[mission.unit_id].missions.append(event.mission_id)


def _acknowledged(state: DispatchState, event: e.MissionAcknowledged, _fact: Fact) -> None:
    state.missions[event.mission_id].stage = Stage.ACKNOWLEDGED


def _en_route(state: DispatchState, event: e.MissionEnRoute, _fact: Fact) -> None:
    state.missions[event.mission_id].stage = Stage.EN_ROUTE


def _on_scene(state: DispatchState, event: e.MissionOnScene, fact: Fact) -> None:
    mission = state.missions[event.mission_id]
    mission.stage = Stage.ON_SCENE
    mission.on_scene_at = fact.at


def _outcome(state: DispatchState, event: e.MissionOutcomeRecorded, _fact: Fact) -> None:
    state.missions[event.mission_id].outcome = event.outcome


def _cleared(state: DispatchState, event: e.MissionCleared, fact: Fact) -> None:
    _finish(state, event.mission_id, Stage.CLEARED, fact.at)


def _cancelled(state: DispatchState, event: e.MissionCancelled, fact: Fact) -> None:
    _finish(state, event.mission_id, Stage.CANCELLED, fact.at)


def _finish(state: DispatchState, mission_id: str, stage: Stage, at: Instant) -> None:
    mission = state.missions[mission_id]
    if mission.dispatched_at is not None:
        state.units[mission.unit_id].missions.remove(mission_id)
    mission.stage = stage
    mission.over_at = at


FOLD: FoldTable = {
    e.IncidentOpened: _opened,
    e.IncidentTyped: _typed,
    e.IncidentPrioritised: _prioritised,
    e.IncidentMoved: _moved,
    e.IncidentMerged: _merged,
    e.IncidentSplit: _split,
    e.IncidentsLinked: _linked,
    e.IncidentClosed: _closed,
    e.IncidentReopened: _reopened,
    e.IncidentFlaggedTest: _flagged_test,
    e.UnitRegistered: _registered,
    e.UnitStateSet: _state_set,
    e.UnitRetired: _retired,
    e.MissionCreated: _created,
    e.MissionDispatched: _dispatched,
    e.MissionAcknowledged: _acknowledged,
    e.MissionEnRoute: _en_route,
    e.MissionOnScene: _on_scene,
    e.MissionOutcomeRecorded: _outcome,
    e.MissionCleared: _cleared,
    e.MissionCancelled: _cancelled,
}


def finished(state: DispatchState, before: Instant) -> list[IncidentId]:
    """Name the incidents that closed before an instant and have no mission under way.

    Merged incidents are named together with all that were merged with them, or not at all.
    """
    waiting = {
        state.survivor_of(incident.incident_id)
        for incident in state.incidents.values()
        if not _closed_before(state, incident, before)
    }
    return [
        incident_id
        for incident_id in state.incidents
        if state.survivor_of(incident_id) not in waiting
    ]


def _closed_before(state: DispatchState, incident: Incident, before: Instant) -> bool:
    if incident.closed_at is None or incident.closed_at >= before:
        return False
    return all(state.missions[mission_id].over_at is not None for mission_id in incident.missions)


def forget(state: DispatchState, incident_ids: Iterable[IncidentId]) -> None:
    """Let go of incidents with their missions, and of units that are retired and idle."""
    for incident_id in incident_ids:
        for mission_id in state.incidents.pop(incident_id).missions:
            del state.missions[mission_id]
    for unit in list(state.units.values()):
        if unit.retired and not unit.missions:
            del state.units[unit.unit_id]

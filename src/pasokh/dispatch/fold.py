"""How each event of the dispatch floor changes its state. In place, and never a refusal."""

from collections.abc import Iterable

from pasokh.answer import events as a
from pasokh.core.ids import IncidentId, MissionId
from pasokh.core.machine import Fact, FoldTable, KeptWhat
from pasokh.core.people import is_person
from pasokh.core.time import Instant
from pasokh.dispatch import events as e
from pasokh.dispatch.events import Stage
from pasokh.dispatch.fold_merges import FOLD as MERGES
from pasokh.dispatch.keeping import enter, incident_of, keep, mission_of, open_up, shut
from pasokh.dispatch.state import DispatchState, Incident, Mission, Unit


def _opened(state: DispatchState, event: e.IncidentOpened, fact: Fact) -> None:
    incident = state.incidents[event.incident_id] = Incident(
        event.incident_id,
        event.incident_type,
        event.county,
        event.beat,
        event.origin,
        event.test,
        fact.at,
    )
    incident.trail.append(fact.seq)
    open_up(state, incident, fact.at)
    keep(incident, KeptWhat.OPENED, event.words, fact)


def _typed(state: DispatchState, event: e.IncidentTyped, fact: Fact) -> None:
    incident_of(state, event.incident_id, fact).incident_type = event.incident_type


def _prioritised(state: DispatchState, event: e.IncidentPrioritised, fact: Fact) -> None:
    incident = incident_of(state, event.incident_id, fact)
    incident.priority = event.priority
    incident.judged = is_person(fact.actor)


def _moved(state: DispatchState, event: e.IncidentMoved, fact: Fact) -> None:
    incident = incident_of(state, event.incident_id, fact)
    incident.county = event.county
    incident.beat = event.beat
    keep(incident, KeptWhat.MOVED, event.words, fact)


def _noted(state: DispatchState, event: e.IncidentNoted, fact: Fact) -> None:
    keep(incident_of(state, event.incident_id, fact), KeptWhat.NOTED, event.words, fact)


def _pairs(event: e.IncidentsLinked | e.IncidentsUnlinked) -> tuple[tuple[str, str], ...]:
    """Both ways: each incident names the other."""
    return (event.incident_id, event.other_id), (event.other_id, event.incident_id)


def _linked(state: DispatchState, event: e.IncidentsLinked, fact: Fact) -> None:
    for one, other in _pairs(event):
        incident_of(state, one, fact).linked += (other,)


def _unlinked(state: DispatchState, event: e.IncidentsUnlinked, fact: Fact) -> None:
    for one, other in _pairs(event):
        incident = incident_of(state, one, fact)
        incident.linked = tuple(linked for linked in incident.linked if linked != other)


def _assigned(state: DispatchState, event: e.IncidentAssigned, fact: Fact) -> None:
    incident_of(state, event.incident_id, fact).owner = event.person_id


def _released(state: DispatchState, event: e.IncidentReleased, fact: Fact) -> None:
    incident_of(state, event.incident_id, fact).owner = None


def _incident_overdue(state: DispatchState, event: e.IncidentOverdue, fact: Fact) -> None:
    incident_of(state, event.incident_id, fact).overdue = True


def _call_followed(state: DispatchState, event: a.CallLinked | a.CallUnlinked, fact: Fact) -> None:
    # A call may be taken off an incident that is forgotten already.
    incident = state.incidents.get(event.incident_id)
    if incident is not None:
        incident.trail.append(fact.seq)


def _closed(state: DispatchState, event: e.IncidentClosed, fact: Fact) -> None:
    incident = incident_of(state, event.incident_id, fact)
    incident.disposition = event.disposition
    shut(state, incident, fact.at)


def _reopened(state: DispatchState, event: e.IncidentReopened, fact: Fact) -> None:
    open_up(state, incident_of(state, event.incident_id, fact), fact.at)


def _flagged_test(state: DispatchState, event: e.IncidentFlaggedTest, fact: Fact) -> None:
    incident_of(state, event.incident_id, fact).test = event.test


def _registered(state: DispatchState, event: e.UnitRegistered, _fact: Fact) -> None:
    # One that comes back may still be on a mission: an order given before it was retired, and sent.
    before = state.units.get(event.unit_id)
    state.units[event.unit_id] = Unit(
        event.unit_id,
        event.station,
        event.county,
        event.capabilities,
        missions=[] if before is None else before.missions,
        call_sign=event.call_sign,
    )


def _changed(state: DispatchState, event: e.UnitChanged, _fact: Fact) -> None:
    unit = state.units[event.unit_id]
    unit.call_sign = event.call_sign
    unit.station = event.station
    unit.county = event.county
    unit.capabilities = event.capabilities


def _state_set(state: DispatchState, event: e.UnitStateSet, _fact: Fact) -> None:
    unit = state.units[event.unit_id]
    unit.availability = event.availability
    unit.secondary = event.secondary


def _retired(state: DispatchState, event: e.UnitRetired, _fact: Fact) -> None:
    state.units[event.unit_id].retired = True


def _created(state: DispatchState, event: e.MissionCreated, fact: Fact) -> None:
    state.missions[event.mission_id] = Mission(
        event.mission_id, event.incident_id, event.unit_id, Stage.CREATED, fact.at, fact.at
    )
    incident_of(state, event.incident_id, fact).missions.append(event.mission_id)


def _dispatched(state: DispatchState, event: e.MissionDispatched, fact: Fact) -> None:
    mission = enter(state, event.mission_id, Stage.DISPATCHED, fact)
    mission.dispatched_at = fact.at
    mission.sent_by = fact.actor
    state.incidents[mission.incident_id].overdue = False
    state.units[mission.unit_id].missions.append(event.mission_id)


def _acknowledged(state: DispatchState, event: e.MissionAcknowledged, fact: Fact) -> None:
    enter(state, event.mission_id, Stage.ACKNOWLEDGED, fact)


def _en_route(state: DispatchState, event: e.MissionEnRoute, fact: Fact) -> None:
    enter(state, event.mission_id, Stage.EN_ROUTE, fact)


def _on_scene(state: DispatchState, event: e.MissionOnScene, fact: Fact) -> None:
    enter(state, event.mission_id, Stage.ON_SCENE, fact).on_scene_at = fact.at


def _outcome(state: DispatchState, event: e.MissionOutcomeRecorded, fact: Fact) -> None:
    mission_of(state, event.mission_id, fact).outcome = event.outcome


def _mission_overdue(state: DispatchState, event: e.MissionOverdue, fact: Fact) -> None:
    mission_of(state, event.mission_id, fact).overdue = True


def _cleared(state: DispatchState, event: e.MissionCleared, fact: Fact) -> None:
    _finish(state, event.mission_id, Stage.CLEARED, fact)


def _cancelled(state: DispatchState, event: e.MissionCancelled, fact: Fact) -> None:
    _finish(state, event.mission_id, Stage.CANCELLED, fact)


def _finish(state: DispatchState, mission_id: MissionId, stage: Stage, fact: Fact) -> None:
    mission = enter(state, mission_id, stage, fact)
    if mission.dispatched_at is not None:
        state.units[mission.unit_id].missions.remove(mission_id)
    mission.over_at = fact.at
    # Only somebody who wants the unit asks who sent it.
    mission.sent_by = ""


FOLD: FoldTable = {
    e.IncidentOpened: _opened,
    e.IncidentTyped: _typed,
    e.IncidentPrioritised: _prioritised,
    e.IncidentMoved: _moved,
    e.IncidentNoted: _noted,
    e.IncidentsLinked: _linked,
    e.IncidentsUnlinked: _unlinked,
    e.IncidentAssigned: _assigned,
    e.IncidentReleased: _released,
    e.IncidentOverdue: _incident_overdue,
    a.CallLinked: _call_followed,
    a.CallUnlinked: _call_followed,
    e.IncidentClosed: _closed,
    e.IncidentReopened: _reopened,
    e.IncidentFlaggedTest: _flagged_test,
    e.UnitRegistered: _registered,
    e.UnitChanged: _changed,
    e.UnitStateSet: _state_set,
    e.UnitRetired: _retired,
    e.MissionCreated: _created,
    e.MissionDispatched: _dispatched,
    e.MissionAcknowledged: _acknowledged,
    e.MissionEnRoute: _en_route,
    e.MissionOnScene: _on_scene,
    e.MissionOutcomeRecorded: _outcome,
    e.MissionOverdue: _mission_overdue,
    e.MissionCleared: _cleared,
    e.MissionCancelled: _cancelled,
    **MERGES,
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
    """Let go of incidents with their missions, and of retired units that no mission names."""
    for incident_id in incident_ids:
        for mission_id in state.incidents.pop(incident_id).missions:
            del state.missions[mission_id]
            state.homes.pop(mission_id, None)
    named = {mission.unit_id for mission in state.missions.values()}
    for unit in list(state.units.values()):
        if unit.retired and unit.unit_id not in named:
            del state.units[unit.unit_id]

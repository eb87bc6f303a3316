"""Facts that only the rows of a day need: types, grades, what units are for, times of stages."""

from typing import TypeAlias

from pasokh.account.state import AccountState
from pasokh.answer import events as a
from pasokh.core.machine import Event, Fact, FoldTable
from pasokh.dispatch import events as d

_Timed: TypeAlias = (
    d.MissionDispatched
    | d.MissionAcknowledged
    | d.MissionEnRoute
    | d.MissionOnScene
    | d.MissionCleared
)
_TIME_OF: dict[type[Event], str] = {
    d.MissionDispatched: "ordered_at",
    d.MissionAcknowledged: "acknowledged_at",
    d.MissionEnRoute: "en_route_at",
    d.MissionOnScene: "on_scene_at",
    d.MissionCleared: "cleared_at",
}


def stage_reached(state: AccountState, event: _Timed, fact: Fact) -> None:
    """Keep when a mission reached a stage, if anybody knows; said twice, the first time stands."""
    mission = state.missions.get(event.mission_id)
    name = _TIME_OF[type(event)]
    if mission is not None and event.time_known and getattr(mission, name) is None:
        setattr(mission, name, fact.at)


def _call_typed(state: AccountState, event: a.CallTyped, _fact: Fact) -> None:
    if call := state.calls.get(event.call_id):
        call.call_type = event.call_type


def _typed(state: AccountState, event: d.IncidentTyped, _fact: Fact) -> None:
    if incident := state.incidents.get(event.incident_id):
        incident.incident_type = event.incident_type


def _moved(state: AccountState, event: d.IncidentMoved, _fact: Fact) -> None:
    if incident := state.incidents.get(event.incident_id):
        incident.county = event.county


def _graded(state: AccountState, event: d.IncidentPrioritised, fact: Fact) -> None:
    incident = state.incidents.get(event.incident_id)
    if incident is None or incident.priority == event.priority:
        return
    incident.regraded += incident.priority is not None
    incident.priority, incident.graded_at = event.priority, fact.at


def _unit_is(state: AccountState, event: d.UnitRegistered | d.UnitChanged, _fact: Fact) -> None:
    state.capabilities[event.unit_id] = event.capabilities


STAGES: FoldTable = {
    a.CallTyped: _call_typed,
    d.IncidentTyped: _typed,
    d.IncidentMoved: _moved,
    d.IncidentPrioritised: _graded,
    d.UnitRegistered: _unit_is,
    d.UnitChanged: _unit_is,
    d.MissionAcknowledged: stage_reached,
    d.MissionEnRoute: stage_reached,
    d.MissionOnScene: stage_reached,
}

"""Missions: one unit to one incident, step by step, each step at most once."""

from pasokh.core.machine import DecideTable, Decision, Moment
from pasokh.core.people import Role
from pasokh.core.refusal import Reason, Refusal, refuse
from pasokh.dispatch import commands as c
from pasokh.dispatch import events as e
from pasokh.dispatch.events import Availability, Stage
from pasokh.dispatch.finding import unit_busy
from pasokh.dispatch.state import DispatchState, Mission

SENDERS = (Role.DISPATCHER, Role.SUPERVISOR)
# The steps of a mission in their order; a later step may come without the earlier ones, because
# a crew that forgot to press "en route" is on scene all the same.
ORDER = {
    Stage.CREATED: 0,
    Stage.DISPATCHED: 1,
    Stage.ACKNOWLEDGED: 2,
    Stage.EN_ROUTE: 3,
    Stage.ON_SCENE: 4,
}


def _create(state: DispatchState, ask: c.CreateMission, _moment: Moment) -> Decision:
    if ask.mission_id in state.missions:
        return refuse(Reason.MISSION_EXISTS, mission=ask.mission_id)
    # An order for an incident that was merged away goes to the one that survived.
    incident = state.incidents.get(state.survivor_of(ask.incident_id))
    if incident is None:
        return refuse(Reason.INCIDENT_UNKNOWN, incident=ask.incident_id)
    if incident.closed_at is not None:
        return refuse(Reason.INCIDENT_CLOSED, incident=ask.incident_id)
    unit = state.units.get(ask.unit_id)
    if unit is None:
        return refuse(Reason.UNIT_UNKNOWN, unit=ask.unit_id)
    if unit.retired:
        return refuse(Reason.UNIT_RETIRED, unit=ask.unit_id)
    return [e.MissionCreated(ask.mission_id, incident.incident_id, ask.unit_id)]


def _dispatch(state: DispatchState, ask: c.DispatchMission, _moment: Moment) -> Decision:
    mission = _open(state, ask.mission_id)
    if isinstance(mission, Refusal):
        return mission
    if mission.dispatched_at is not None:
        return refuse(Reason.MISSION_ALREADY_DISPATCHED, mission=ask.mission_id)
    if not ask.override_reason:
        refusal = _unit_not_free(state, mission)
        if refusal is not None:
            return refusal
    return [e.MissionDispatched(ask.mission_id, ask.time_known, ask.override_reason)]


def _acknowledge(state: DispatchState, ask: c.AcknowledgeMission, _moment: Moment) -> Decision:
    refusal = _step_refused(state, ask.mission_id, Stage.ACKNOWLEDGED)
    return refusal or [e.MissionAcknowledged(ask.mission_id, ask.time_known)]


def _start(state: DispatchState, ask: c.StartMission, _moment: Moment) -> Decision:
    refusal = _step_refused(state, ask.mission_id, Stage.EN_ROUTE)
    return refusal or [e.MissionEnRoute(ask.mission_id, ask.time_known)]


def _arrive(state: DispatchState, ask: c.ArriveMission, _moment: Moment) -> Decision:
    refusal = _step_refused(state, ask.mission_id, Stage.ON_SCENE)
    return refusal or [e.MissionOnScene(ask.mission_id, ask.time_known)]


def _outcome(state: DispatchState, ask: c.RecordOutcome, _moment: Moment) -> Decision:
    mission = state.missions.get(ask.mission_id)
    if mission is None:
        return refuse(Reason.MISSION_UNKNOWN, mission=ask.mission_id)
    if mission.dispatched_at is None:
        return refuse(Reason.MISSION_NOT_DISPATCHED, mission=ask.mission_id)
    if mission.outcome is ask.outcome:
        return refuse(Reason.MISSION_STEP_DONE, mission=ask.mission_id, step=ask.outcome.value)
    return [e.MissionOutcomeRecorded(ask.mission_id, ask.outcome)]


def _clear(state: DispatchState, ask: c.ClearMission, _moment: Moment) -> Decision:
    mission = _open(state, ask.mission_id)
    if isinstance(mission, Refusal):
        return mission
    if mission.dispatched_at is None:
        return refuse(Reason.MISSION_NOT_DISPATCHED, mission=ask.mission_id)
    return [e.MissionCleared(ask.mission_id, ask.time_known)]


def _cancel(state: DispatchState, ask: c.CancelMission, _moment: Moment) -> Decision:
    mission = _open(state, ask.mission_id)
    if isinstance(mission, Refusal):
        return mission
    if mission.stage is Stage.ON_SCENE:
        return refuse(Reason.MISSION_ON_SCENE, mission=ask.mission_id)
    return [e.MissionCancelled(ask.mission_id, mission.stage, ask.reason)]


def _unit_not_free(state: DispatchState, mission: Mission) -> Refusal | None:
    unit = state.units[mission.unit_id]
    if unit.missions:
        return unit_busy(state, unit, who_can=SENDERS)
    if unit.retired or unit.availability is Availability.NOT_AVAILABLE:
        return refuse(Reason.UNIT_NOT_AVAILABLE, who_can=SENDERS, unit=unit.unit_id)
    return None


def _step_refused(state: DispatchState, mission_id: str, step: Stage) -> Refusal | None:
    mission = _open(state, mission_id)
    if isinstance(mission, Refusal):
        return mission
    if mission.dispatched_at is None:
        return refuse(Reason.MISSION_NOT_DISPATCHED, mission=mission_id)
    if ORDER[mission.stage] >= ORDER[step]:
        return refuse(Reason.MISSION_STEP_DONE, mission=mission_id, step=step.value)
    return None


def _open(state: DispatchState, mission_id: str) -> Mission | Refusal:
    mission = state.missions.get(mission_id)
    if mission is None:
        return refuse(Reason.MISSION_UNKNOWN, mission=mission_id)
    if mission.over_at is not None:
        return refuse(Reason.MISSION_OVER, mission=mission_id, stage=mission.stage.value)
    return mission


def _mark_overdue(state: DispatchState, ask: c.MarkOverdue, _moment: Moment) -> Decision:
    mission = _open(state, ask.mission_id)
    if isinstance(mission, Refusal):
        return mission
    if mission.stage is not ask.stage:
        return refuse(Reason.NOT_DUE, thing=ask.mission_id)
    if mission.overdue:
        return refuse(Reason.ALREADY_OVERDUE, thing=ask.mission_id)
    return [e.MissionOverdue(ask.mission_id, ask.stage)]


DECIDE: DecideTable = {
    c.CreateMission: _create,
    c.DispatchMission: _dispatch,
    c.AcknowledgeMission: _acknowledge,
    c.StartMission: _start,
    c.ArriveMission: _arrive,
    c.RecordOutcome: _outcome,
    c.ClearMission: _clear,
    c.CancelMission: _cancel,
    c.MarkOverdue: _mark_overdue,
}

"""What follows from each command about an incident; missions and units stand in their own files."""

from pasokh.core.machine import DecideTable, Decision, Moment
from pasokh.core.people import is_person
from pasokh.core.refusal import Reason, Refusal, refuse
from pasokh.dispatch import commands as c
from pasokh.dispatch import events as e
from pasokh.dispatch.decide_merges import DECIDE as MERGES
from pasokh.dispatch.decide_missions import DECIDE as MISSIONS
from pasokh.dispatch.decide_units import DECIDE as UNITS
from pasokh.dispatch.finding import known, under_way
from pasokh.dispatch.state import DispatchState
from pasokh.dispatch.timers import waits


def _open(state: DispatchState, ask: c.OpenIncident, moment: Moment) -> Decision:
    if ask.incident_id in state.incidents:
        return refuse(Reason.INCIDENT_EXISTS, incident=ask.incident_id)
    return [
        e.IncidentOpened(
            ask.incident_id,
            ask.incident_type,
            ask.county,
            ask.beat,
            ask.origin,
            ask.test,
            moment.sealed,
        )
    ]


def _type(state: DispatchState, ask: c.TypeIncident, _moment: Moment) -> Decision:
    incident = known(state, ask.incident_id)
    if isinstance(incident, Refusal):
        return incident
    if incident.incident_type == ask.incident_type:
        return refuse(Reason.INCIDENT_UNCHANGED, incident=ask.incident_id)
    return [e.IncidentTyped(ask.incident_id, ask.incident_type)]


def _prioritise(state: DispatchState, ask: c.PrioritiseIncident, moment: Moment) -> Decision:
    incident = known(state, ask.incident_id)
    if isinstance(incident, Refusal):
        return incident
    # A person may put their name to what the type alone had said.
    judging = is_person(moment.actor) and not incident.judged
    if incident.priority == ask.priority and not judging:
        return refuse(Reason.INCIDENT_UNCHANGED, incident=ask.incident_id)
    return [e.IncidentPrioritised(ask.incident_id, ask.priority, ask.reasons)]


def _move(state: DispatchState, ask: c.MoveIncident, moment: Moment) -> Decision:
    incident = known(state, ask.incident_id)
    if isinstance(incident, Refusal):
        return incident
    same_area = (incident.county, incident.beat) == (ask.county, ask.beat)
    if same_area and moment.sealed is None:
        return refuse(Reason.INCIDENT_UNCHANGED, incident=ask.incident_id)
    return [e.IncidentMoved(ask.incident_id, ask.county, ask.beat, moment.sealed)]


def _note(state: DispatchState, ask: c.NoteIncident, moment: Moment) -> Decision:
    incident = known(state, ask.incident_id)
    if isinstance(incident, Refusal):
        return incident
    if moment.sealed is None:
        return refuse(Reason.NEEDS_WORDS, incident=ask.incident_id)
    return [e.IncidentNoted(ask.incident_id, moment.sealed)]


def _assign(state: DispatchState, ask: c.AssignIncident, _moment: Moment) -> Decision:
    incident = under_way(state, ask.incident_id)
    if isinstance(incident, Refusal):
        return incident
    if incident.owner == ask.person_id:
        return refuse(Reason.INCIDENT_OWNED, incident=ask.incident_id, by=ask.person_id)
    return [e.IncidentAssigned(ask.incident_id, ask.person_id)]


def _release(state: DispatchState, ask: c.ReleaseIncident, _moment: Moment) -> Decision:
    incident = under_way(state, ask.incident_id)
    if isinstance(incident, Refusal):
        return incident
    if incident.owner is None:
        return refuse(Reason.INCIDENT_NOT_OWNED, incident=ask.incident_id)
    return [e.IncidentReleased(ask.incident_id, incident.owner)]


def _close(state: DispatchState, ask: c.CloseIncident, _moment: Moment) -> Decision:
    incident = under_way(state, ask.incident_id)
    if isinstance(incident, Refusal):
        return incident
    for mission_id in incident.missions:
        if state.missions[mission_id].over_at is None:
            return refuse(
                Reason.INCIDENT_HAS_MISSIONS, incident=ask.incident_id, mission=mission_id
            )
    return [e.IncidentClosed(ask.incident_id, ask.disposition, ask.time_known)]


def _reopen(state: DispatchState, ask: c.ReopenIncident, _moment: Moment) -> Decision:
    incident = known(state, ask.incident_id)
    if isinstance(incident, Refusal):
        return incident
    if incident.closed_at is None:
        return refuse(Reason.INCIDENT_NOT_CLOSED, incident=ask.incident_id)
    return [e.IncidentReopened(ask.incident_id, ask.reason)]


def _flag_test(state: DispatchState, ask: c.FlagIncidentTest, _moment: Moment) -> Decision:
    incident = known(state, ask.incident_id)
    if isinstance(incident, Refusal):
        return incident
    if incident.test is ask.test:
        return refuse(Reason.INCIDENT_UNCHANGED, incident=ask.incident_id)
    return [e.IncidentFlaggedTest(ask.incident_id, ask.test, ask.reason)]


def _mark_overdue(state: DispatchState, ask: c.MarkIncidentOverdue, _moment: Moment) -> Decision:
    incident = under_way(state, ask.incident_id)
    if isinstance(incident, Refusal):
        return incident
    if incident.overdue:
        return refuse(Reason.ALREADY_OVERDUE, thing=ask.incident_id)
    if not waits(state, incident):
        return refuse(Reason.NOT_DUE, thing=ask.incident_id)
    return [e.IncidentOverdue(ask.incident_id)]


DECIDE: DecideTable = {
    c.OpenIncident: _open,
    c.TypeIncident: _type,
    c.PrioritiseIncident: _prioritise,
    c.MoveIncident: _move,
    c.NoteIncident: _note,
    c.CloseIncident: _close,
    c.ReopenIncident: _reopen,
    c.FlagIncidentTest: _flag_test,
    c.AssignIncident: _assign,
    c.ReleaseIncident: _release,
    c.MarkIncidentOverdue: _mark_overdue,
    **MERGES,
    **UNITS,
    **MISSIONS,
}

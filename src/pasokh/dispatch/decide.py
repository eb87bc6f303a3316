"""What follows from each command about an incident; missions and units stand in their own files."""

from pasokh.core.machine import DecideTable, Decision, Moment
from pasokh.core.refusal import Reason, Refusal, refuse
from pasokh.dispatch import commands as c
from pasokh.dispatch import events as e
from pasokh.dispatch.decide_missions import DECIDE as MISSIONS
from pasokh.dispatch.decide_units import DECIDE as UNITS
from pasokh.dispatch.state import DispatchState, Incident


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
    incident = _known(state, ask.incident_id)
    if isinstance(incident, Refusal):
        return incident
    if incident.incident_type == ask.incident_type:
        return refuse(Reason.INCIDENT_UNCHANGED, incident=ask.incident_id)
    return [e.IncidentTyped(ask.incident_id, ask.incident_type)]


def _prioritise(state: DispatchState, ask: c.PrioritiseIncident, _moment: Moment) -> Decision:
    incident = _known(state, ask.incident_id)
    if isinstance(incident, Refusal):
        return incident
    if incident.priority == ask.priority:
        return refuse(Reason.INCIDENT_UNCHANGED, incident=ask.incident_id)
    return [e.IncidentPrioritised(ask.incident_id, ask.priority, ask.reasons)]


def _move(state: DispatchState, ask: c.MoveIncident, moment: Moment) -> Decision:
    incident = _known(state, ask.incident_id)
    if isinstance(incident, Refusal):
        return incident
    same_area = (incident.county, incident.beat) == (ask.county, ask.beat)
    if same_area and moment.sealed is None:
        return refuse(Reason.INCIDENT_UNCHANGED, incident=ask.incident_id)
    return [e.IncidentMoved(ask.incident_id, ask.county, ask.beat, moment.sealed)]


def _note(state: DispatchState, ask: c.NoteIncident, moment: Moment) -> Decision:
    incident = _known(state, ask.incident_id)
    if isinstance(incident, Refusal):
        return incident
    if moment.sealed is None:
        return refuse(Reason.NEEDS_WORDS, incident=ask.incident_id)
    return [e.IncidentNoted(ask.incident_id, moment.sealed)]


def _merge(state: DispatchState, ask: c.MergeIncident, _moment: Moment) -> Decision:
    for incident_id in (ask.incident_id, ask.into):
        if incident_id not in state.incidents:
            return refuse(Reason.INCIDENT_UNKNOWN, incident=incident_id)
    if ask.incident_id == ask.into:
        return refuse(Reason.INCIDENT_SAME, incident=ask.incident_id)
    merged_into = state.incidents[ask.incident_id].merged_into
    if merged_into is not None:
        return refuse(Reason.INCIDENT_MERGED, incident=ask.incident_id, into=merged_into)
    # `into` may itself be merged, even into this one: two desks may join the same two at once,
    # and the fold knows that a cycle is one incident.
    return [e.IncidentMerged(ask.incident_id, ask.into)]


def _split(state: DispatchState, ask: c.SplitIncident, _moment: Moment) -> Decision:
    incident = _known(state, ask.incident_id)
    if isinstance(incident, Refusal):
        return incident
    if ask.new_incident_id in state.incidents:
        return refuse(Reason.INCIDENT_EXISTS, incident=ask.new_incident_id)
    if not ask.call_ids and not ask.mission_ids:
        return refuse(Reason.SPLIT_EMPTY, incident=ask.incident_id)
    for mission_id in ask.mission_ids:
        if mission_id not in incident.missions:
            return refuse(Reason.SPLIT_FOREIGN, incident=ask.incident_id, thing=mission_id)
    return [e.IncidentSplit(ask.incident_id, ask.new_incident_id, ask.call_ids, ask.mission_ids)]


def _link(state: DispatchState, ask: c.LinkIncidents, _moment: Moment) -> Decision:
    incident = _known(state, ask.incident_id)
    if isinstance(incident, Refusal):
        return incident
    if ask.other_id not in state.incidents:
        return refuse(Reason.INCIDENT_UNKNOWN, incident=ask.other_id)
    if ask.incident_id == ask.other_id:
        return refuse(Reason.INCIDENT_SAME, incident=ask.incident_id)
    if ask.other_id in incident.linked:
        return refuse(Reason.INCIDENT_LINKED, incident=ask.incident_id, other=ask.other_id)
    return [e.IncidentsLinked(ask.incident_id, ask.other_id, ask.reason)]


def _close(state: DispatchState, ask: c.CloseIncident, _moment: Moment) -> Decision:
    incident = _known(state, ask.incident_id)
    if isinstance(incident, Refusal):
        return incident
    if incident.closed_at is not None:
        return refuse(Reason.INCIDENT_CLOSED, incident=ask.incident_id)
    for mission_id in incident.missions:
        if state.missions[mission_id].over_at is None:
            return refuse(
                Reason.INCIDENT_HAS_MISSIONS, incident=ask.incident_id, mission=mission_id
            )
    return [e.IncidentClosed(ask.incident_id, ask.disposition, ask.time_known)]


def _reopen(state: DispatchState, ask: c.ReopenIncident, _moment: Moment) -> Decision:
    incident = _known(state, ask.incident_id)
    if isinstance(incident, Refusal):
        return incident
    if incident.closed_at is None:
        return refuse(Reason.INCIDENT_NOT_CLOSED, incident=ask.incident_id)
    return [e.IncidentReopened(ask.incident_id, ask.reason)]


def _flag_test(state: DispatchState, ask: c.FlagIncidentTest, _moment: Moment) -> Decision:
    incident = _known(state, ask.incident_id)
    if isinstance(incident, Refusal):
        return incident
    if incident.test is ask.test:
        return refuse(Reason.INCIDENT_UNCHANGED, incident=ask.incident_id)
    return [e.IncidentFlaggedTest(ask.incident_id, ask.test, ask.reason)]


def _known(state: DispatchState, incident_id: str) -> Incident | Refusal:
    """Find an incident that has not been merged away."""
    incident = state.incidents.get(incident_id)
    if incident is None:
        return refuse(Reason.INCIDENT_UNKNOWN, incident=incident_id)
    survivor = state.survivor_of(incident_id)
    if survivor != incident_id:
        return refuse(Reason.INCIDENT_MERGED, incident=incident_id, into=survivor)
    return incident


DECIDE: DecideTable = {
    c.OpenIncident: _open,
    c.TypeIncident: _type,
    c.PrioritiseIncident: _prioritise,
    c.MoveIncident: _move,
    c.NoteIncident: _note,
    c.MergeIncident: _merge,
    c.SplitIncident: _split,
    c.LinkIncidents: _link,
    c.CloseIncident: _close,
    c.ReopenIncident: _reopen,
    c.FlagIncidentTest: _flag_test,
    **UNITS,
    **MISSIONS,
}

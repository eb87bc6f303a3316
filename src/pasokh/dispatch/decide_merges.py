"""Whether two incidents are one: merge and unmerge, split, link and unlink."""

from pasokh.core.ids import IncidentId
from pasokh.core.machine import DecideTable, Decision, Moment
from pasokh.core.refusal import Reason, Refusal, refuse
from pasokh.dispatch import commands as c
from pasokh.dispatch import events as e
from pasokh.dispatch.finding import known
from pasokh.dispatch.state import DispatchState


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
    incident = known(state, ask.incident_id)
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
    incident = known(state, ask.incident_id)
    if isinstance(incident, Refusal):
        return incident
    if ask.other_id not in state.incidents:
        return refuse(Reason.INCIDENT_UNKNOWN, incident=ask.other_id)
    if ask.incident_id == ask.other_id:
        return refuse(Reason.INCIDENT_SAME, incident=ask.incident_id)
    if ask.other_id in incident.linked:
        return refuse(Reason.INCIDENT_LINKED, incident=ask.incident_id, other=ask.other_id)
    return [e.IncidentsLinked(ask.incident_id, ask.other_id, ask.reason)]


def _unlink(state: DispatchState, ask: c.UnlinkIncidents, _moment: Moment) -> Decision:
    for incident_id in (ask.incident_id, ask.other_id):
        if incident_id not in state.incidents:
            return refuse(Reason.INCIDENT_UNKNOWN, incident=incident_id)
    if ask.other_id not in state.incidents[ask.incident_id].linked:
        return refuse(Reason.INCIDENT_NOT_LINKED, incident=ask.incident_id, other=ask.other_id)
    return [e.IncidentsUnlinked(ask.incident_id, ask.other_id, ask.reason)]


def _unmerge(state: DispatchState, ask: c.UnmergeIncident, _moment: Moment) -> Decision:
    incident = state.incidents.get(ask.incident_id)
    if incident is None:
        return refuse(Reason.INCIDENT_UNKNOWN, incident=ask.incident_id)
    if incident.merged_into is None:
        return refuse(Reason.INCIDENT_NOT_MERGED, incident=ask.incident_id)
    cuts = [(ask.incident_id, incident.merged_into)]
    # In a cycle of merges another one leads back to it: both ways are cut, or nothing is parted.
    back = _leads_back(state, ask.incident_id)
    if back is not None:
        cuts.append((back, ask.incident_id))
    return [e.IncidentUnmerged(cut, into, ask.reason) for cut, into in cuts]


def _leads_back(state: DispatchState, incident_id: IncidentId) -> IncidentId | None:
    """Name the incident of the same cycle that was merged into this one."""
    path: list[IncidentId] = []
    following: IncidentId | None = incident_id
    while following is not None and following not in path:
        path.append(following)
        following = state.incidents[following].merged_into
    return path[-1] if following == incident_id else None


DECIDE: DecideTable = {
    c.MergeIncident: _merge,
    c.UnmergeIncident: _unmerge,
    c.SplitIncident: _split,
    c.LinkIncidents: _link,
    c.UnlinkIncidents: _unlink,
}

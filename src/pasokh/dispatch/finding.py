"""Which incident a command may be about, and who has the unit that somebody else wants."""

from pasokh.core.ids import IncidentId
from pasokh.core.people import Role
from pasokh.core.refusal import Reason, Refusal, refuse
from pasokh.dispatch.state import DispatchState, Incident, Unit


def known(state: DispatchState, incident_id: IncidentId) -> Incident | Refusal:
    """Find an incident that has not been merged away."""
    incident = state.incidents.get(incident_id)
    if incident is None:
        return refuse(Reason.INCIDENT_UNKNOWN, incident=incident_id)
    survivor = state.survivor_of(incident_id)
    if survivor != incident_id:
        return refuse(Reason.INCIDENT_MERGED, incident=incident_id, into=survivor)
    return incident


def under_way(state: DispatchState, incident_id: IncidentId) -> Incident | Refusal:
    """Find an incident that stands for itself and is open."""
    incident = known(state, incident_id)
    if not isinstance(incident, Refusal) and incident.closed_at is not None:
        return refuse(Reason.INCIDENT_CLOSED, incident=incident_id)
    return incident


def unit_busy(state: DispatchState, unit: Unit, *, who_can: tuple[Role, ...] = ()) -> Refusal:
    """Name what a busy unit does: its mission, the number of the incident, and who has it."""
    holder = state.missions[unit.missions[-1]]
    incident = state.incidents[holder.incident_id]
    return refuse(
        Reason.UNIT_BUSY,
        who_can=who_can,
        unit=unit.call_sign or unit.unit_id,
        mission=holder.mission_id,
        incident=incident.incident_id,
        number=incident.number,
        by=incident.owner or holder.sent_by.partition(":")[2],
    )

"""How merge, unmerge and split change the dispatch floor: who stands for whom, whose is what.

Each mission has a home, the incident that it was made for; the incident that stands for the home
after all merges holds it. So an unmerge gives back exactly what a merge brought, in any order.
"""

from pasokh.core.ids import IncidentId
from pasokh.core.machine import Fact, FoldTable
from pasokh.dispatch import events as e
from pasokh.dispatch.keeping import incident_of, open_up, shut
from pasokh.dispatch.state import DispatchState, Incident


def _merged(state: DispatchState, event: e.IncidentMerged, fact: Fact) -> None:
    before = {state.survivor_of(event.incident_id), state.survivor_of(event.into)}
    incident_of(state, event.incident_id, fact).merged_into = event.into
    incident_of(state, event.into, fact)
    survivor = state.incidents[state.survivor_of(event.incident_id)]
    for incident_id in sorted(before - {survivor.incident_id}):
        incident = state.incidents[incident_id]
        shut(state, incident, fact.at)
        _hand_over(state, incident)
    if survivor.closed_at is not None:
        open_up(state, survivor, fact.at)


def _unmerged(state: DispatchState, event: e.IncidentUnmerged, fact: Fact) -> None:
    before = state.incidents[state.survivor_of(event.incident_id)]
    cut = incident_of(state, event.incident_id, fact)
    incident_of(state, event.into, fact)
    cut.merged_into = None
    if state.survivor_of(before.incident_id) != before.incident_id:
        shut(state, before, fact.at)
    if cut.closed_at is not None:
        open_up(state, cut, fact.at)
    _hand_over(state, before)


def _hand_over(state: DispatchState, holder: Incident) -> None:
    """Give each mission to the incident that stands for its home now."""
    held, holder.missions = holder.missions, []
    for mission_id in held:
        home = state.homes.setdefault(mission_id, holder.incident_id)
        incident_id = state.survivor_of(home)
        state.missions[mission_id].incident_id = incident_id
        state.incidents[incident_id].missions.append(mission_id)


def _split(state: DispatchState, event: e.IncidentSplit, fact: Fact) -> None:
    old = incident_of(state, event.incident_id, fact)
    new = _like(old, event.new_incident_id, fact)
    state.incidents[event.new_incident_id] = new
    open_up(state, new, fact.at)
    for mission_id in event.mission_ids:
        state.missions[mission_id].incident_id = event.new_incident_id
        state.homes.pop(mission_id, None)
        old.missions.remove(mission_id)
        new.missions.append(mission_id)


def _like(old: Incident, incident_id: IncidentId, fact: Fact) -> Incident:
    """Begin an incident where another one is, as urgent, until somebody says otherwise."""
    return Incident(
        incident_id,
        old.incident_type,
        old.county,
        old.beat,
        old.origin,
        old.test,
        fact.at,
        priority=old.priority,
        judged=old.judged,
        trail=[fact.seq],
    )


FOLD: FoldTable = {
    e.IncidentMerged: _merged,
    e.IncidentUnmerged: _unmerged,
    e.IncidentSplit: _split,
}

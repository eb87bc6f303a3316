"""How the events of all floors change what the account floor remembers."""

from collections.abc import Iterable

from pasokh.account import events as own
from pasokh.account.definitions import FigureVersion
from pasokh.account.fold_releases import RELEASES
from pasokh.account.fold_stages import STAGES, stage_reached
from pasokh.account.seats import forget_quarters, turn_seat
from pasokh.account.state import (
    AccountState,
    CallRecord,
    FigureRecord,
    IncidentRecord,
    MissionRecord,
)
from pasokh.answer import events as a
from pasokh.core.ids import IncidentId
from pasokh.core.machine import Fact, FoldTable
from pasokh.core.time import Day, day_of, start_of
from pasokh.dispatch import events as d

# How many days of figures are kept in memory to show; all of them stay in the log.
FIGURES_KEPT = 60


def _centre_opened(state: AccountState, event: own.CentreOpened, fact: Fact) -> None:
    state.name = event.name
    state.utc_offset_minutes = event.utc_offset_minutes
    state.keep_days = event.keep_days
    state.opened_day = day_of(fact.at, event.utc_offset_minutes)


def _day_figured(state: AccountState, event: own.DayFigured, _fact: Fact) -> None:
    state.figures[event.day] = FigureRecord(
        event.figure_version, event.figure_id, event.cutoff, event.tally
    )
    state.figures.pop(event.day - FIGURES_KEPT, None)
    # Days begin with 1970: before that there is nothing to forget.
    if event.figure_version is FigureVersion.FINAL and event.day >= state.keep_days:
        _forget_calls(state, event.day - state.keep_days)


def _offered(state: AccountState, event: a.CallOffered, fact: Fact) -> None:
    state.calls[event.call_id] = CallRecord(
        event.call_id,
        fact.at,
        event.origin is a.Origin.PUBLIC,
        event.test,
        event.county,
        channel=event.channel,
    )
    state.calls_of_day.setdefault(state.day_of(fact.at), {})[event.call_id] = None


def _answered(state: AccountState, event: a.CallAnswered, fact: Fact) -> None:
    turn_seat(state.seats, event.position_id, event, fact.at)
    _spoken_to(state, event, fact)


def _spoken_to(state: AccountState, event: a.CallAnswered | a.CallFellBack, fact: Fact) -> None:
    if call := state.calls.get(event.call_id):
        call.answered_at = fact.at


def _ended(state: AccountState, event: a.CallEnded, fact: Fact) -> None:
    turn_seat(state.seats, event.position_id, event, fact.at)
    _over(state, event, fact)


def _over(
    state: AccountState, event: a.CallEnded | a.CallAbandoned | a.CallRejected, fact: Fact
) -> None:
    if call := state.calls.get(event.call_id):
        call.ended_at = fact.at


def _called_back(state: AccountState, event: a.CallBackMade, _fact: Fact) -> None:
    if call := state.calls.get(event.call_id):
        call.reached = call.reached or event.reached


def _located(state: AccountState, event: a.CallLocated, _fact: Fact) -> None:
    if call := state.calls.get(event.call_id):
        call.county = event.county


def _classed(state: AccountState, event: a.CallClassed | a.CallReclassed, _fact: Fact) -> None:
    if call := state.calls.get(event.call_id):
        call.recoded = call.code is not None
        call.code = event.code


def _handed_off(state: AccountState, event: a.HandoffAccepted, _fact: Fact) -> None:
    if call := state.calls.get(event.call_id):
        call.handed_off = True


def _flagged_test(state: AccountState, event: a.CallFlaggedTest, _fact: Fact) -> None:
    if call := state.calls.get(event.call_id):
        call.test = event.test


def _linked(state: AccountState, event: a.CallLinked, _fact: Fact) -> None:
    if call := state.calls.get(event.call_id):
        call.incident_id = event.incident_id
        incident = state.incidents.get(state.survivor_of(event.incident_id))
        if incident is not None:
            incident.calls[event.call_id] = None


def _unlinked(state: AccountState, event: a.CallUnlinked, _fact: Fact) -> None:
    if call := state.calls.get(event.call_id):
        call.incident_id = None
        incident = state.incidents.get(state.survivor_of(event.incident_id))
        if incident is not None:
            incident.calls.pop(event.call_id, None)


def _seat_turned(
    state: AccountState,
    event: a.CallTakerSignedIn | a.CallTakerReady | a.CallTakerAway | a.CallTakerSignedOut,
    fact: Fact,
) -> None:
    turn_seat(state.seats, event.position_id, event, fact.at)


def _incident_opened(state: AccountState, event: d.IncidentOpened, fact: Fact) -> None:
    record = IncidentRecord(event.incident_id, fact.at, event.origin is a.Origin.PUBLIC, event.test)
    record.incident_type, record.county = event.incident_type, event.county
    _keep_incident(state, record)


def _keep_incident(state: AccountState, incident: IncidentRecord) -> None:
    state.incidents[incident.incident_id] = incident
    opened = state.incidents_of_day.setdefault(state.day_of(incident.opened_at), {})
    opened[incident.incident_id] = None


def _incident_merged(state: AccountState, event: d.IncidentMerged, fact: Fact) -> None:
    ids = {state.survivor_of(event.incident_id), state.survivor_of(event.into)}
    state.incidents[event.incident_id].merged_into = event.into
    survivor = state.incidents[state.survivor_of(event.incident_id)]
    survivor.closed_at = None
    for incident_id in sorted(ids - {survivor.incident_id}):
        incident = state.incidents[incident_id]
        incident.closed_at = fact.at
        survivor.calls.update(incident.calls)
        survivor.missions.update(incident.missions)
        survivor.first_forgotten |= incident.first_forgotten
        incident.calls, incident.missions = {}, {}


def _incident_unmerged(state: AccountState, event: d.IncidentUnmerged, fact: Fact) -> None:
    before = state.incidents[state.survivor_of(event.incident_id)]
    cut = state.incidents[event.incident_id]
    cut.merged_into = None
    if state.survivor_of(before.incident_id) != before.incident_id:
        before.closed_at = fact.at
    cut.closed_at = None
    # A call and a mission name the incident that they are about, whoever stands for it.
    calls, missions = before.calls, before.missions
    before.calls, before.missions = {}, {}
    for call_id in calls:
        home = state.calls[call_id].incident_id or before.incident_id
        state.incidents[state.survivor_of(home)].calls[call_id] = None
    for mission_id in missions:
        home = state.missions[mission_id].incident_id
        state.incidents[state.survivor_of(home)].missions[mission_id] = None
    if before.first_forgotten:
        _recall_first(state, before)
        _recall_first(state, cut)


def _recall_first(state: AccountState, incident: IncidentRecord) -> None:
    """Find out anew whether a forgotten call was about any incident that this one stands for."""
    incident.first_forgotten = any(
        other.own_forgotten and state.survivor_of(other.incident_id) == incident.incident_id
        for other in state.incidents.values()
    )


def _incident_split(state: AccountState, event: d.IncidentSplit, fact: Fact) -> None:
    # The calls follow by the commands that the policy of control_room gives.
    old = state.incidents[event.incident_id]
    new = IncidentRecord(event.new_incident_id, fact.at, old.public, old.test)
    new.incident_type, new.county = old.incident_type, old.county
    new.priority, new.graded_at = old.priority, old.graded_at
    _keep_incident(state, new)
    for mission_id in event.mission_ids:
        old.missions.pop(mission_id, None)
        new.missions[mission_id] = None
        state.missions[mission_id].incident_id = event.new_incident_id


def _incident_closed(state: AccountState, event: d.IncidentClosed, fact: Fact) -> None:
    state.incidents[event.incident_id].closed_at = fact.at


def _incident_reopened(state: AccountState, event: d.IncidentReopened, _fact: Fact) -> None:
    if incident := state.incidents.get(event.incident_id):
        incident.closed_at = None


def _incident_flagged(state: AccountState, event: d.IncidentFlaggedTest, _fact: Fact) -> None:
    if incident := state.incidents.get(event.incident_id):
        incident.test = event.test


def _mission_created(state: AccountState, event: d.MissionCreated, _fact: Fact) -> None:
    state.missions[event.mission_id] = MissionRecord(
        event.mission_id, event.incident_id, unit_id=event.unit_id
    )
    state.incidents[event.incident_id].missions[event.mission_id] = None


def _mission_dispatched(state: AccountState, event: d.MissionDispatched, fact: Fact) -> None:
    state.missions[event.mission_id].dispatched_at = fact.at
    stage_reached(state, event, fact)
    state.missions_of_day.setdefault(state.day_of(fact.at), {})[event.mission_id] = None


def _mission_outcome(state: AccountState, event: d.MissionOutcomeRecorded, _fact: Fact) -> None:
    if mission := state.missions.get(event.mission_id):
        mission.outcome = event.outcome


def _mission_over(
    state: AccountState, event: d.MissionCleared | d.MissionCancelled, fact: Fact
) -> None:
    state.missions[event.mission_id].over = True
    if isinstance(event, d.MissionCleared):
        stage_reached(state, event, fact)


FOLD: FoldTable = {
    own.CentreOpened: _centre_opened,
    own.DayFigured: _day_figured,
    a.CallOffered: _offered,
    a.CallAnswered: _answered,
    a.CallEnded: _ended,
    a.CallAbandoned: _over,
    a.CallFellBack: _spoken_to,
    a.CallRejected: _over,
    a.CallBackMade: _called_back,
    a.CallLocated: _located,
    a.CallClassed: _classed,
    a.CallReclassed: _classed,
    a.HandoffAccepted: _handed_off,
    a.CallFlaggedTest: _flagged_test,
    a.CallLinked: _linked,
    a.CallUnlinked: _unlinked,
    a.CallTakerSignedIn: _seat_turned,
    a.CallTakerReady: _seat_turned,
    a.CallTakerAway: _seat_turned,
    a.CallTakerSignedOut: _seat_turned,
    d.IncidentOpened: _incident_opened,
    d.IncidentMerged: _incident_merged,
    d.IncidentUnmerged: _incident_unmerged,
    d.IncidentSplit: _incident_split,
    d.IncidentClosed: _incident_closed,
    d.IncidentReopened: _incident_reopened,
    d.IncidentFlaggedTest: _incident_flagged,
    d.MissionCreated: _mission_created,
    d.MissionDispatched: _mission_dispatched,
    d.MissionOutcomeRecorded: _mission_outcome,
    d.MissionCleared: _mission_over,
    d.MissionCancelled: _mission_over,
    **STAGES,
    **RELEASES,
}


def _forget_calls(state: AccountState, last_day: Day) -> None:
    state.forgotten_day = last_day
    for day in [day for day in state.calls_of_day if day <= last_day]:
        for call_id in state.calls_of_day.pop(day):
            _forget_call(state, state.calls.pop(call_id))
    forget_quarters(state.seats, start_of(last_day + 1, state.utc_offset_minutes))
    for index in (state.incidents_of_day, state.missions_of_day):
        for day in [day for day in index if day <= last_day]:
            del index[day]


def _forget_call(state: AccountState, call: CallRecord) -> None:
    if call.incident_id is None:
        return
    incident = state.incidents.get(state.survivor_of(call.incident_id))
    if incident is not None:
        incident.calls.pop(call.call_id, None)
        if call.public and call.answered and not call.test:
            incident.first_forgotten = True
            state.incidents[call.incident_id].own_forgotten = True


def needs(state: AccountState, incident_id: IncidentId) -> bool:
    """Tell whether the class of a call that is not forgotten depends on this incident."""
    incident = state.incidents.get(state.survivor_of(incident_id))
    return incident is not None and bool(incident.calls)


def forget(state: AccountState, incident_ids: Iterable[IncidentId]) -> None:
    """Let go of incidents that the dispatch floor forgets too, with their missions."""
    for incident_id in incident_ids:
        incident = state.incidents.pop(incident_id)
        _drop(state.incidents_of_day, state.day_of(incident.opened_at), incident_id)
        for mission_id in incident.missions:
            mission = state.missions.pop(mission_id)
            if mission.dispatched_at is not None:
                _drop(state.missions_of_day, state.day_of(mission.dispatched_at), mission_id)


def _drop(index: dict[Day, dict[str, None]], day: Day, thing: str) -> None:
    # A brought log may state times out of their order: then the day is still there.
    if day in index:
        index[day].pop(thing, None)

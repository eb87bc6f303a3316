"""The class of each call at a cut-off: the first rule that fits wins (definitions, section 1).

The cut-off is the log's end as folded into the state: a figure of the past is made by folding a
prefix of the log, never by asking the state to look back.
"""

from collections.abc import Iterable

from pasokh.account.definitions import CURRENT, CallClass, Definition
from pasokh.account.state import AccountState, CallRecord, IncidentRecord, MissionRecord
from pasokh.core.ids import CallId, IncidentId
from pasokh.core.time import Instant


def classes_of(
    state: AccountState,
    call_ids: Iterable[CallId],
    cutoff: Instant,
    definition: Definition = CURRENT,
) -> dict[CallId, CallClass]:
    """Class calls as of `cutoff` (milliseconds), which is not before the state's last fact."""
    firsts: dict[IncidentId, CallId | None] = {}
    return {
        call_id: _class_of(state, state.calls[call_id], cutoff, definition, firsts)
        for call_id in call_ids
    }


def counts(state: AccountState, mission: MissionRecord) -> bool:
    """Tell whether a mission was dispatched and is no exercise."""
    return mission.dispatched_at is not None and not state.incidents[mission.incident_id].test


def has_mission(state: AccountState, incident: IncidentRecord) -> bool:
    """Tell whether an incident (a survivor) has a dispatched mission that counts."""
    return any(counts(state, state.missions[mission_id]) for mission_id in incident.missions)


def _class_of(
    state: AccountState,
    call: CallRecord,
    cutoff: Instant,
    definition: Definition,
    firsts: dict[IncidentId, CallId | None],
) -> CallClass:
    if call.test:
        return CallClass.TEST
    if not call.public:
        return CallClass.NOT_PUBLIC
    if not call.answered:
        return _abandoned(call, cutoff, definition)
    operational = _operational(state, call, firsts)
    if operational is not None:
        return operational
    if call.handed_off:
        return CallClass.HANDED_OFF
    return CallClass.PENDING if call.code is None else CallClass(call.code.value)


def _abandoned(call: CallRecord, cutoff: Instant, definition: Definition) -> CallClass:
    """Class a call that nobody answered; one that still rings has rung until the cut-off."""
    rang = (cutoff if call.ended_at is None else call.ended_at) - call.offered_at
    if rang < definition.short_abandon:
        return CallClass.ABANDONED_SHORT
    return CallClass.ABANDONED


def _operational(
    state: AccountState, call: CallRecord, firsts: dict[IncidentId, CallId | None]
) -> CallClass | None:
    incident = state.incidents.get(state.survivor_of(call.incident_id or ""))
    if incident is None or not has_mission(state, incident):
        return None
    if incident.incident_id not in firsts:
        firsts[incident.incident_id] = _first_call(state, incident)
    if firsts[incident.incident_id] == call.call_id:
        return CallClass.OPERATIONAL_FIRST
    return CallClass.OPERATIONAL_REPEAT


def _first_call(state: AccountState, incident: IncidentRecord) -> CallId | None:
    if incident.first_forgotten:
        return None
    calls = (state.calls[call_id] for call_id in incident.calls)
    public = (call for call in calls if call.public and call.answered and not call.test)
    first = min(public, key=lambda call: (call.offered_at, call.call_id), default=None)
    return None if first is None else first.call_id

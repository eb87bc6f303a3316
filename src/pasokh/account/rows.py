"""The rows of a day: what its figures are made of, one line a call, an incident and a mission.

Rows know no name, number, address or word of anybody. Spans are whole milliseconds, hours are
the centre's own. A row is what the archive keeps and what every engine reads.
"""

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from pasokh.account.areas import CountyLife
from pasokh.account.classes import classes_of, counts
from pasokh.account.definitions import CURRENT, CallClass, Definition
from pasokh.account.disclosure.rows import PublicLists, TypeTree
from pasokh.account.events import DayFigured
from pasokh.account.open_data.names import PublicNames
from pasokh.account.state import AccountState, CallRecord, IncidentRecord, MissionRecord
from pasokh.core.log import Head
from pasokh.core.time import Day, Instant, Span, hour_of, iso_day


class CallRow(Struct, frozen=True, gc=False):
    """One call as of a cut-off.

    Spans: from the ring to the answer, from the answer to the first order to a unit, from the
    ring to the first unit on scene; None where that never was.
    """

    call_id: str
    day: str
    hour: int
    county: str
    channel: str
    call_class: str
    code: str
    recoded: bool
    answer_ms: Span | None
    reached: bool
    incident_id: str
    # Of its incident, else its own.
    incident_type: str
    dispatch_ms: Span | None
    arrival_ms: Span | None


class IncidentRow(Struct, frozen=True, gc=False):
    """One incident that stands for itself. `graded_ms`: from the grade to the first order."""

    incident_id: str
    day: str
    hour: int
    county: str
    incident_type: str
    public: bool
    test: bool
    priority: int
    regraded: int
    calls: int
    missions: int
    graded_ms: Span | None


class MissionRow(Struct, frozen=True, gc=False):
    """One mission on the day of its order. Spans begin with the order."""

    mission_id: str
    incident_id: str
    day: str
    hour: int
    county: str
    incident_type: str
    capability: str
    outcome: str
    acknowledge_ms: Span | None
    turnout_ms: Span | None
    arrival_ms: Span | None
    cleared_ms: Span | None


class DayRows(Struct, frozen=True):
    """All rows of a day, each table in the order of its ids."""

    calls: list[CallRow]
    incidents: list[IncidentRow]
    missions: list[MissionRow]


class SettledDay(Struct, frozen=True):
    """A day's rows as of its figure, and the entry of the log that holds the figure."""

    figure: DayFigured
    entry: Head
    rows: DayRows
    # What everybody knew of counties and types on that day.
    lists: PublicLists = PublicLists((), TypeTree({}))
    names: PublicNames = PublicNames()
    begins_at: Instant = 0
    # Which counties there were when, decided ones included.
    lives: tuple[CountyLife, ...] = ()


def day_rows(
    state: AccountState, day: Day, cutoff: Instant, definition: Definition = CURRENT
) -> DayRows:
    """Give a civil day's rows as of `cutoff`, which is not before the state's last fact."""
    classes = classes_of(state, state.calls_of_day.get(day, {}), cutoff, definition)
    incidents = (state.incidents[one] for one in sorted(state.incidents_of_day.get(day, {})))
    missions = (state.missions[one] for one in sorted(state.missions_of_day.get(day, {})))
    return DayRows(
        [_call_row(state, state.calls[one], classes[one]) for one in sorted(classes)],
        [
            _incident_row(state, one)
            for one in incidents
            if state.survivor_of(one.incident_id) == one.incident_id
        ],
        [_mission_row(state, one) for one in missions if counts(state, one)],
    )


def _place(state: AccountState, at: Instant) -> dict[str, Any]:
    offset = state.utc_offset_minutes
    return {"day": iso_day(state.day_of(at)), "hour": hour_of(at, offset)}


def _span(start: Instant | None, end: Instant | None) -> Span | None:
    return None if start is None or end is None else end - start


def _first(times: Iterable[Instant | None]) -> Instant | None:
    return min((at for at in times if at is not None), default=None)


def _missions_of(state: AccountState, incident: IncidentRecord | None) -> list[MissionRecord]:
    ids = () if incident is None else incident.missions
    return [mission for one in ids if counts(state, mission := state.missions[one])]


def _call_row(state: AccountState, call: CallRecord, name: CallClass) -> CallRow:
    incident = state.incidents.get(state.survivor_of(call.incident_id or ""))
    missions = _missions_of(state, incident)
    return CallRow(
        call_id=call.call_id,
        **_place(state, call.offered_at),
        county=call.county,
        channel=call.channel.value,
        call_class=name.value,
        code="" if call.code is None else call.code.value,
        recoded=call.recoded,
        answer_ms=_span(call.offered_at, call.answered_at),
        reached=call.reached,
        incident_id="" if incident is None else incident.incident_id,
        incident_type=call.call_type if incident is None else incident.incident_type,
        dispatch_ms=_span(call.answered_at, _first(one.ordered_at for one in missions)),
        arrival_ms=_span(call.offered_at, _first(one.on_scene_at for one in missions)),
    )


def _incident_row(state: AccountState, incident: IncidentRecord) -> IncidentRow:
    missions = _missions_of(state, incident)
    return IncidentRow(
        incident_id=incident.incident_id,
        **_place(state, incident.opened_at),
        county=incident.county,
        incident_type=incident.incident_type,
        public=incident.public,
        test=incident.test,
        priority=incident.priority or 0,
        regraded=incident.regraded,
        calls=len(incident.calls),
        missions=len(missions),
        graded_ms=_span(incident.graded_at, _first(one.ordered_at for one in missions)),
    )


def _mission_row(state: AccountState, mission: MissionRecord) -> MissionRow:
    incident = state.incidents[state.survivor_of(mission.incident_id)]
    started = mission.dispatched_at or 0
    order = mission.ordered_at
    return MissionRow(
        mission_id=mission.mission_id,
        incident_id=incident.incident_id,
        **_place(state, started),
        county=incident.county,
        incident_type=incident.incident_type,
        capability=",".join(sorted(state.capabilities.get(mission.unit_id or "", ()))),
        outcome="" if mission.outcome is None else mission.outcome.value,
        acknowledge_ms=_span(order, mission.acknowledged_at),
        turnout_ms=_span(order, mission.en_route_at),
        arrival_ms=_span(order, mission.on_scene_at),
        cleared_ms=_span(order, mission.cleared_at),
    )

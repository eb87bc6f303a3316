"""One thing of the state, or a page of them: calls, incidents, missions, units, figures.

What a desk or a partner's machine asks for by id. Looks, and changes nothing.
"""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TypeVar

from msgspec import Struct

from pasokh.account.definitions import FigureVersion
from pasokh.account.events import Tally
from pasokh.account.figures import Shares, shares_of
from pasokh.answer.state import Call, Position
from pasokh.control_room.state import Centre
from pasokh.core.ids import CallId, IncidentId
from pasokh.core.time import Day, Instant, iso_day
from pasokh.dispatch.state import Incident, Mission, Unit

_Thing = TypeVar("_Thing")


class CallPage(Struct, frozen=True):
    """Calls in the order in which they came; `seq` says up to which entry this is true."""

    seq: int
    calls: Sequence[Call]


class CallSheet(Struct, frozen=True):
    """One call."""

    seq: int
    call: Call


class IncidentPage(Struct, frozen=True):
    """Open incidents in the order in which they were opened."""

    seq: int
    incidents: Sequence[Incident]


class IncidentSheet(Struct, frozen=True):
    """An incident, the incident that stands for it after all merges, its calls and missions."""

    seq: int
    incident: Incident
    survivor: IncidentId
    calls: Sequence[Call]
    missions: Sequence[Mission]


class MissionPage(Struct, frozen=True):
    """Missions that are not over, in the order in which they were created."""

    seq: int
    missions: Sequence[Mission]


class UnitPage(Struct, frozen=True):
    """Units that are not retired, in the order in which they were registered."""

    seq: int
    units: Sequence[Unit]


class PositionPage(Struct, frozen=True):
    """Every position, in the order in which they were opened."""

    seq: int
    positions: Sequence[Position]


class FigureSheet(Struct, frozen=True):
    """A day's figures as they were last made; `cutoff` in milliseconds since 1970 (UTC)."""

    day: str
    figure_version: FigureVersion
    figure_id: str
    cutoff: Instant
    tally: Tally
    shares: Shares


class DayPage(Struct, frozen=True):
    """The days whose figures are kept in memory, the newest first."""

    seq: int
    days: Sequence[FigureSheet]


def ringing(centre: Centre, after: str, limit: int) -> CallPage:
    """The calls that ring, in the order in which they came."""
    calls = [centre.answer.calls[call_id] for call_id in centre.answer.ringing]
    return CallPage(centre.seq, _page(calls, "call_id", after, limit))


def call(centre: Centre, call_id: CallId) -> CallSheet | None:
    """One call; None when there is none, or when it was forgotten."""
    found = centre.answer.calls.get(call_id)
    return None if found is None else CallSheet(centre.seq, found)


def open_incidents(centre: Centre, after: str, limit: int) -> IncidentPage:
    """The incidents that are neither closed nor merged away."""
    things = (i for i in centre.dispatch.incidents.values() if i.closed_at is None)
    return IncidentPage(centre.seq, _page(things, "incident_id", after, limit))


def incident(centre: Centre, incident_id: IncidentId) -> IncidentSheet | None:
    """One incident with what belongs to it; None when there is none, or when it was forgotten."""
    found = centre.dispatch.incidents.get(incident_id)
    if found is None:
        return None
    record = centre.account.incidents.get(incident_id)
    calls = [centre.answer.calls.get(call_id) for call_id in (record.calls if record else ())]
    return IncidentSheet(
        centre.seq,
        found,
        centre.dispatch.survivor_of(incident_id),
        [call for call in calls if call is not None],
        [centre.dispatch.missions[mission_id] for mission_id in found.missions],
    )


def open_missions(centre: Centre, after: str, limit: int) -> MissionPage:
    """The missions that are not over."""
    things = (m for m in centre.dispatch.missions.values() if m.over_at is None)
    return MissionPage(centre.seq, _page(things, "mission_id", after, limit))


def units(centre: Centre, after: str, limit: int) -> UnitPage:
    """The units that serve."""
    things = (u for u in centre.dispatch.units.values() if not u.retired)
    return UnitPage(centre.seq, _page(things, "unit_id", after, limit))


def positions(centre: Centre, after: str, limit: int) -> PositionPage:
    """The positions."""
    things = centre.answer.positions.values()
    return PositionPage(centre.seq, _page(things, "position_id", after, limit))


def days(centre: Centre) -> DayPage:
    """The figured days, the newest first."""
    kept = sorted(centre.account.figures, reverse=True)
    sheets = [sheet for day in kept if (sheet := figures(centre, day)) is not None]
    return DayPage(centre.seq, sheets)


def figures(centre: Centre, day: Day) -> FigureSheet | None:
    """A day's figures; None when none were made, or when only the log still has them."""
    record = centre.account.figures.get(day)
    if record is None:
        return None
    return FigureSheet(
        iso_day(day),
        record.figure_version,
        record.figure_id,
        record.cutoff,
        record.tally,
        shares_of(record.tally),
    )


def _page(things: Iterable[_Thing], key: str, after: str, limit: int) -> list[_Thing]:
    """The next `limit` things behind the one called `after`; none when it is no longer there."""
    rest = iter(things)
    if after:
        for thing in rest:
            if getattr(thing, key) == after:
                break
    return list(islice(rest, limit))

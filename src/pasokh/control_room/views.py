"""The board: the whole centre on one page, as numbers and ids. No language, no HTML, no clock.

`board` is a pure look at the state; it is cheap enough to be taken once a second for all screens.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

from pasokh.account.definitions import ABANDONED, OPERATIONAL, OUTSIDE, CallClass, FigureVersion
from pasokh.account.events import Tally
from pasokh.account.figures import DayTally, day_tally
from pasokh.answer import views as answer
from pasokh.answer.state import Phase
from pasokh.control_room.happenings import Happening, happenings_of
from pasokh.control_room.state import Centre
from pasokh.core.ids import AreaCode
from pasokh.core.machine import Fact
from pasokh.core.time import DAY, MINUTE, SECOND, Day, Instant, day_of, start_of
from pasokh.dispatch import views as dispatch
from pasokh.dispatch.events import Stage

FEED_LENGTH = 30


class Share(Struct, frozen=True):
    """A part and its base: no percentage travels without what it is a share of."""

    part: int
    base: int


class Headline(Struct, frozen=True):
    """The public sentence's numbers and its rivals, of public calls that are no test."""

    offered: int
    answered: int
    operational: Share
    first_only: Share
    of_offered: Share
    confirmed_missions: Share
    pending: Share
    repeat: Share
    in_time: Share
    # Left side less right side of each identity: both must be 0.
    residual_offered: int
    residual_answered: int


class CountyNow(Struct, frozen=True):
    """One county now and today. The empty code gathers what has no known county yet."""

    county: AreaCode
    ringing: int
    open_calls: int
    open_incidents: int
    units_out: int
    units_available: int
    calls_today: int
    operational_today: int


class PastDay(Struct, frozen=True):
    """A past day's figures as they were last made."""

    day: Day
    figure_version: FigureVersion
    figure_id: str
    headline: Headline


class Board(Struct, frozen=True):
    """Everything that the live page shows."""

    seq: int
    now: Instant
    day: Day
    second_of_day: int
    centre: str
    calls: answer.CallsNow
    ringing: tuple[answer.RingingCall, ...]
    positions: tuple[answer.PositionNow, ...]
    tally: Tally
    headline: Headline
    counties: tuple[CountyNow, ...]
    incidents_open: int
    missions: dict[Stage, int]
    missions_cleared: int
    units: dispatch.UnitsNow
    past: PastDay | None
    feed: tuple[Happening, ...]


def board(
    centre: Centre, now: Instant, facts: Sequence[Fact] = (), today: DayTally | None = None
) -> Board:
    """Look at a centre at `now` (milliseconds). `facts`: the newest ones, oldest first.

    `today` is the tally of the day of `now`. Counting 15,000 calls takes about 60 ms, everything
    else about 5 ms; so whoever looks every second may hand in a tally some seconds old.
    """
    account = centre.account
    day = day_of(now, account.utc_offset_minutes)
    if today is None:
        today = day_tally(account, day, now)
    ringing = answer.ringing_calls(centre.answer, now)
    open_calls = answer.open_calls_by_county(centre.answer)
    incidents = dispatch.open_incidents_by_county(centre.dispatch)
    units = dispatch.units_by_county(centre.dispatch)
    return Board(
        seq=centre.seq,
        now=now,
        day=day,
        second_of_day=(now + account.utc_offset_minutes * MINUTE) % DAY // SECOND,
        centre=account.name,
        calls=answer.calls_now(open_calls, ringing),
        ringing=ringing,
        positions=answer.positions_now(centre.answer, now),
        tally=today.tally,
        headline=headline_of(today.tally),
        counties=_counties(open_calls, incidents, units, today),
        incidents_open=incidents.total(),
        missions=dispatch.open_missions_by_stage(centre.dispatch),
        missions_cleared=dispatch.missions_cleared_since(
            centre.dispatch, start_of(day, account.utc_offset_minutes)
        ),
        units=_all_units(units.values()),
        past=_past(centre, day),
        feed=happenings_of(centre, facts, FEED_LENGTH),
    )


def headline_of(tally: Tally) -> Headline:
    """Work the public sentence and its rivals out of a tally, as parts with their bases."""
    classes = tally.classes
    first = classes.get(CallClass.OPERATIONAL_FIRST, 0)
    operational = sum(classes.get(name, 0) for name in OPERATIONAL)
    abandoned = sum(classes.get(name, 0) for name in ABANDONED)
    outside = {name.value for name in (*OUTSIDE, *ABANDONED)}
    # Added up class by class, and apart from it taken from what was offered: the residuals
    # would show a call that has no class, or two.
    answered = sum(count for name, count in classes.items() if name not in outside)
    return Headline(
        offered=tally.offered,
        answered=answered,
        operational=Share(operational, answered),
        first_only=Share(first, answered),
        of_offered=Share(operational, tally.offered),
        confirmed_missions=Share(tally.missions_confirmed, tally.missions_dispatched),
        pending=Share(classes.get(CallClass.PENDING, 0), answered),
        repeat=Share(operational - first, operational),
        in_time=Share(tally.answered_in_time, tally.offered),
        residual_offered=tally.offered - abandoned - answered,
        residual_answered=answered - sum(classes.get(name, 0) for name in _ANSWERED),
    )


_ANSWERED = tuple(name for name in CallClass if name not in (*OUTSIDE, *ABANDONED))


def _counties(
    open_calls: Counter[tuple[AreaCode, Phase]],
    incidents: Counter[AreaCode],
    units: dict[AreaCode, dispatch.UnitsNow],
    today: DayTally,
) -> tuple[CountyNow, ...]:
    open_by_county: Counter[AreaCode] = Counter()
    for (county, _), count in open_calls.items():
        open_by_county[county] += count
    known = {*open_by_county, *incidents, *units, *today.counties}
    none = dispatch.UnitsNow()
    return tuple(
        CountyNow(
            county,
            open_calls[county, Phase.RINGING],
            open_by_county[county],
            incidents[county],
            units.get(county, none).out,
            units.get(county, none).available,
            _sum(today.counties.get(county, {}), excluded=OUTSIDE),
            _sum(today.counties.get(county, {}), only=OPERATIONAL),
        )
        for county in sorted(known)
    )


def _sum(
    classes: dict[str, int],
    *,
    only: Iterable[CallClass] = tuple(CallClass),
    excluded: Iterable[CallClass] = (),
) -> int:
    return sum(classes.get(name, 0) for name in set(only) - set(excluded))


def _all_units(units: Iterable[dispatch.UnitsNow]) -> dispatch.UnitsNow:
    counted = list(units)
    return dispatch.UnitsNow(
        sum(u.out for u in counted),
        sum(u.available for u in counted),
        sum(u.unavailable for u in counted),
    )


def _past(centre: Centre, today: Day) -> PastDay | None:
    """The newest figured day before today: yesterday's, once it may be figured at all."""
    days = [day for day in centre.account.figures if day < today]
    if not days:
        return None
    day = max(days)
    record = centre.account.figures[day]
    return PastDay(day, record.figure_version, record.figure_id, headline_of(record.tally))

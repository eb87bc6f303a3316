"""How calls were answered on a day: by quarter of an hour and by position, counts before shares.

A call belongs to the quarter in which it was offered, whenever it was answered (definitions,
section 2). Public calls only, exercises left out. A caller who gave up and was called back stays
among those who gave up.
"""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from pasokh.account.definitions import CURRENT
from pasokh.account.seats import QUARTER, SeatRecord, SeatTime, quarter_of
from pasokh.account.state import AccountState, CallRecord
from pasokh.core.ids import PositionId
from pasokh.core.time import SECOND, Day, Instant, Span, start_of

# The second limit of NENA-STA-020.1: 90 % of the calls in 15 s, 95 % in 20 s.
WITHIN_LATER: Span = 20 * SECOND


class Answered(Struct, frozen=True):
    """What became of calls. offered = answered + abandoned_short + abandoned + ringing.

    `longest_wait` in milliseconds: until the answer, the end without one, or the time of looking.
    """

    offered: int = 0
    answered: int = 0
    within_15_s: int = 0
    within_20_s: int = 0
    abandoned_short: int = 0
    abandoned: int = 0
    ringing: int = 0
    longest_wait: Span = 0


class SeatWorked(Struct, frozen=True):
    """Time at positions, in milliseconds. Occupancy is (talking + wrap_up) / signed_in."""

    answered: int = 0
    signed_in: Span = 0
    talking: Span = 0
    wrap_up: Span = 0


class AnsweringQuarter(Struct, frozen=True):
    """One quarter of an hour: the calls that were offered in it, and all positions' time."""

    begins: Instant
    calls: Answered
    seats: SeatWorked


class AnsweringSeat(Struct, frozen=True):
    """One position's day, and its quarters by their beginning."""

    position: PositionId
    whole: SeatWorked
    quarters: dict[Instant, SeatWorked]


class DayAnswering(Struct, frozen=True):
    """A civil day as it stood at `as_of`."""

    day: Day
    as_of: Instant
    calls: Answered
    seats: SeatWorked
    quarters: tuple[AnsweringQuarter, ...]
    positions: tuple[AnsweringSeat, ...]


def answering(state: AccountState, day: Day, as_of: Instant) -> DayAnswering:
    """Look at a day that is not forgotten; its quarters go up to `as_of`."""
    begins = start_of(day, state.utc_offset_minutes)
    ends = start_of(day + 1, state.utc_offset_minutes)
    records = [
        call
        for call_id in state.calls_of_day.get(day, {})
        if (call := state.calls[call_id]).public and not call.test
    ]
    by_quarter: dict[Instant, list[CallRecord]] = {}
    for call in records:
        by_quarter.setdefault(quarter_of(call.offered_at), []).append(call)
    positions = tuple(_seats(state, begins, ends, as_of))
    quarters = range(begins, min(ends, max(as_of, begins) + 1), QUARTER)
    return DayAnswering(
        day=day,
        as_of=as_of,
        calls=answered(records, as_of),
        seats=_sum(seat.whole for seat in positions),
        quarters=tuple(
            AnsweringQuarter(
                quarter,
                answered(by_quarter.get(quarter, ()), as_of),
                _sum(seat.quarters.get(quarter, _NONE) for seat in positions),
            )
            for quarter in quarters
        ),
        positions=positions,
    )


def answered(calls: Iterable[CallRecord], as_of: Instant) -> Answered:
    """Count calls, each once."""
    waits: list[Span] = []
    in_time = later = 0
    short = abandoned = ringing = longest = 0
    for call in calls:
        until = call.answered_at if call.answered_at is not None else call.ended_at
        wait = (as_of if until is None else until) - call.offered_at
        longest = max(longest, wait)
        if call.answered_at is not None:
            waits.append(wait)
            in_time += wait <= CURRENT.answer_within
            later += wait <= WITHIN_LATER
        elif call.ended_at is None:
            ringing += 1
        elif wait < CURRENT.short_abandon:
            short += 1
        else:
            abandoned += 1
    offered = len(waits) + short + abandoned + ringing
    return Answered(offered, len(waits), in_time, later, short, abandoned, ringing, longest)


_NONE = SeatWorked()


def _seats(
    state: AccountState, begins: Instant, ends: Instant, as_of: Instant
) -> Iterator[AnsweringSeat]:
    for position_id, record in sorted(state.seats.items()):
        quarters = {
            quarter: _frozen(time)
            for quarter, time in sorted(_so_far(record, as_of).items())
            if begins <= quarter < ends
        }
        if quarters:
            yield AnsweringSeat(position_id, _sum(quarters.values()), quarters)


def _so_far(record: SeatRecord, as_of: Instant) -> dict[Instant, SeatTime]:
    """A position's quarters, with what it does now up to `as_of`."""
    found: dict[Instant, SeatTime] = {}
    for quarter, time in (*record.quarters.items(), *record.stretch(as_of)):
        found.setdefault(quarter, SeatTime()).add(time)
    return found


def _frozen(time: SeatTime) -> SeatWorked:
    return SeatWorked(time.answered, time.signed_in, time.talking, time.wrap_up)


def _sum(times: Iterable[SeatWorked]) -> SeatWorked:
    total = SeatTime()
    for time in times:
        total.add(SeatTime(time.answered, time.signed_in, time.talking, time.wrap_up))
    return _frozen(total)

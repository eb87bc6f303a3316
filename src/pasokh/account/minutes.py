"""The last hour, minute by minute: how many called, how soon they were answered, what was sent."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from pasokh.account.definitions import CURRENT
from pasokh.account.state import AccountState, CallRecord, MissionRecord
from pasokh.answer.events import CallCode
from pasokh.core.time import MINUTE, Instant

SHOWN = 60
_NUISANCE = frozenset({CallCode.NUISANCE, CallCode.HOAX})


class MinuteNow(Struct, frozen=True):
    """One minute. Calls belong to the minute in which they began to ring.

    `waiting`: who rang when the minute ended, or rings now. `missions`: ordered in it.
    """

    begins: Instant
    offered: int
    in_time: int
    nuisance: int
    waiting: int
    missions: int


class LastHour(Struct, frozen=True):
    """The minutes up to `as_of`, the oldest first; the last is not over."""

    as_of: Instant
    minutes: tuple[MinuteNow, ...]


def last_hour(state: AccountState, as_of: Instant) -> LastHour:
    """Look back; a log that knows less than an hour shows nothing before it."""
    last = as_of - as_of % MINUTE
    begins = [last - MINUTE * back for back in reversed(range(SHOWN))]
    # Who was offered an hour before may still ring.
    calls = [call for call in _calls(state, begins[0] - SHOWN * MINUTE, as_of) if _counts(call)]
    sent = [mission.dispatched_at or 0 for mission in _missions(state, begins[0], as_of)]
    return LastHour(
        as_of, tuple(_minute(at, min(at + MINUTE, as_of + 1), calls, sent) for at in begins)
    )


def _counts(call: CallRecord) -> bool:
    return call.public and not call.test


def _minute(
    begins: Instant, ends: Instant, calls: Iterable[CallRecord], sent: Iterable[Instant]
) -> MinuteNow:
    offered = in_time = nuisance = waiting = 0
    for call in calls:
        waiting += call.offered_at < ends and _rings_until(call, ends)
        if begins <= call.offered_at < begins + MINUTE:
            offered += 1
            in_time += _in_time(call)
            nuisance += call.code in _NUISANCE
    missions = sum(begins <= at < begins + MINUTE for at in sent)
    return MinuteNow(begins, offered, in_time, nuisance, waiting, missions)


def _rings_until(call: CallRecord, at: Instant) -> bool:
    over = call.ended_at if call.answered_at is None else call.answered_at
    return over is None or over >= at


def _in_time(call: CallRecord) -> bool:
    return (
        call.answered_at is not None and call.answered_at - call.offered_at <= CURRENT.answer_within
    )


def _calls(state: AccountState, since: Instant, until: Instant) -> Iterator[CallRecord]:
    """Give the calls from `since` on. What is entered late stands behind what came after it."""
    for day in range(state.day_of(since), state.day_of(until) + 1):
        found = (state.calls[call_id] for call_id in state.calls_of_day.get(day, {}))
        yield from (call for call in found if call.offered_at >= since)


def _missions(state: AccountState, since: Instant, until: Instant) -> Iterator[MissionRecord]:
    for day in range(state.day_of(since), state.day_of(until) + 1):
        found = (state.missions[one] for one in state.missions_of_day.get(day, {}))
        yield from (one for one in found if (one.dispatched_at or 0) >= since)

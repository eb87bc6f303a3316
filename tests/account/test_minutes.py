"""The last hour by minute: each call and mission in one minute, who waits at its end."""

from random import Random

import pytest

from pasokh.account.minutes import SHOWN, MinuteNow, last_hour
from pasokh.account.state import AccountState, CallRecord, MissionRecord
from pasokh.answer.events import CallCode
from pasokh.core.time import HOUR, MINUTE, SECOND

NOW = 50 * HOUR + 30 * SECOND
THIS = NOW - 30 * SECOND


def state_of(*calls: CallRecord, missions: tuple[MissionRecord, ...] = ()) -> AccountState:
    state = AccountState(opened_day=0)
    for call in calls:
        state.calls[call.call_id] = call
        state.calls_of_day.setdefault(state.day_of(call.offered_at), {})[call.call_id] = None
    for mission in missions:
        state.missions[mission.mission_id] = mission
        day = state.day_of(mission.dispatched_at or 0)
        state.missions_of_day.setdefault(day, {})[mission.mission_id] = None
    return state


def call(name: str, offered_at: int, answered_at: int | None = None, **more: object) -> CallRecord:
    made = CallRecord(name, offered_at, public=True, test=False, county="")
    made.answered_at = answered_at
    for key, value in more.items():
        setattr(made, key, value)
    return made


def test_each_thing_is_counted_in_its_minute_whatever_the_order_of_the_log() -> None:
    before = THIS - MINUTE
    state = state_of(
        call("now", THIS + 1),
        call("soon", before, before + 15 * SECOND, code=CallCode.NUISANCE),
        call("late", before + 1, before + 15 * SECOND + 2),
        call("gone", before, ended_at=before + 40 * SECOND),
        call("old", THIS - 2 * HOUR),
        call("patient", THIS - 70 * MINUTE),
        missions=(MissionRecord("m1", "i", before), MissionRecord("m2", "i", THIS - 2 * HOUR)),
    )
    *rest, last, this = last_hour(state, NOW).minutes
    assert this == MinuteNow(THIS, offered=1, in_time=0, nuisance=0, waiting=2, missions=0)
    assert last == MinuteNow(before, offered=3, in_time=1, nuisance=1, waiting=1, missions=1)
    assert {one.waiting for one in rest} == {1}, "who has waited since before the hour"
    assert sum(one.offered + one.missions for one in rest) == 0


def test_there_are_sixty_minutes_without_a_gap_over_midnight() -> None:
    minutes = last_hour(state_of(call("c", 47 * HOUR + 50 * MINUTE)), 48 * HOUR + MINUTE).minutes
    begins = [one.begins for one in minutes]
    assert begins == list(range(begins[0], begins[0] + SHOWN * MINUTE, MINUTE))
    assert begins[-1] == 48 * HOUR + MINUTE
    assert sum(one.offered for one in minutes) == 1


def test_exercises_and_other_services_are_left_out() -> None:
    state = state_of(call("t", THIS, test=True), call("s", THIS, public=False))
    assert last_hour(state, NOW).minutes[-1].offered == 0
    assert last_hour(state, NOW).minutes[-1].waiting == 0


def drawn(seed: int) -> list[CallRecord]:
    """Calls of the last 90 minutes, over midnight: some answered, some gone, some still there."""
    chance = Random(seed)  # noqa: S311 - a seeded sample, nothing secret
    found = []
    for number in range(300):
        at = 48 * HOUR - chance.randrange(90 * MINUTE) + 20 * MINUTE
        after = at + chance.choice((4 * SECOND, 15 * SECOND, 16 * SECOND, 2 * MINUTE))
        ended = chance.choice(({"ended_at": after}, {"answered_at": after}, {}))
        one = call(f"c{number}", at, **ended)
        one.code = chance.choice((None, CallCode.HOAX, CallCode.NUISANCE))
        one.public = chance.random() < 0.8
        found.append(one)
    return found


def counted_again(begins: int, as_of: int, calls: list[CallRecord]) -> MinuteNow:
    """Count a minute in a plainer way than the product does."""
    mine = [one for one in calls if one.offered_at // MINUTE == begins // MINUTE]
    answered = [one.answered_at - one.offered_at for one in mine if one.answered_at is not None]
    end = min(begins + MINUTE, as_of + 1)
    rang = [(one.offered_at, one.answered_at or one.ended_at or end) for one in calls]
    return MinuteNow(
        begins,
        offered=len(mine),
        in_time=sum(wait <= 15 * SECOND for wait in answered),
        nuisance=sum(one.code in (CallCode.HOAX, CallCode.NUISANCE) for one in mine),
        waiting=sum(began < end <= over for began, over in rang),
        missions=0,
    )


@pytest.mark.parametrize("seed", range(8))
def test_the_counts_of_the_chart_are_those_of_a_second_count(seed: int) -> None:
    as_of = 48 * HOUR + 20 * MINUTE + 7 * SECOND
    calls = drawn(seed)
    public = [one for one in calls if one.public]
    shown = last_hour(state_of(*calls), as_of).minutes
    assert shown == tuple(counted_again(one.begins, as_of, public) for one in shown)
    assert sum(one.offered for one in shown) > 100
    assert sum(one.in_time for one in shown) > 0

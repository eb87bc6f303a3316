"""The last hour by minute: each call and mission in one minute, who waits at its end."""

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

"""The drill turns the real machine: same seed, same bytes; nobody asks what is refused."""

from collections import Counter

import pytest

from pasokh.answer import commands as answer
from pasokh.answer import events as a
from pasokh.answer.state import PositionState
from pasokh.core.machine import Submission
from pasokh.core.people import Role, role_of
from pasokh.core.time import HOUR, MINUTE, SECOND
from pasokh.drivers.drill.drill import Drill
from pasokh.drivers.drill.pace import live_until, warm_start
from tests.drivers.drill.province_run import START, ProvinceRun, province, seeded, shipped

MORNING = START + 7 * HOUR  # a shift begins


@pytest.mark.slow
def test_the_same_seed_writes_the_same_bytes() -> None:
    chains = [ProvinceRun(start=MORNING).chain(MORNING + 2 * HOUR) for _ in range(2)]
    assert chains[0] == chains[1]


@pytest.mark.slow
def test_another_seed_writes_others() -> None:
    until = MORNING + 5 * MINUTE
    assert ProvinceRun(seeded(1), MORNING).chain(until) != ProvinceRun(seeded(2), MORNING).chain(
        until
    )


@pytest.mark.slow
def test_how_often_it_is_advanced_changes_nothing() -> None:
    whole, pieces = ProvinceRun(start=MORNING), ProvinceRun(start=MORNING)
    until = MORNING + 20 * MINUTE
    for at in range(MORNING, until, 7 * SECOND):
        pieces.drill.advance(at)
    assert whole.chain(until) == pieces.chain(until)


@pytest.mark.slow
def test_a_shift_change_and_an_hour_of_work_ask_nothing_that_is_refused() -> None:
    run = ProvinceRun(start=MORNING - HOUR)
    run.drill.advance(MORNING + HOUR)
    assert run.world.refusals == Counter()
    assert run.world.asked > 8_000


@pytest.mark.slow
def test_every_command_of_a_working_day_is_seen() -> None:
    run = ProvinceRun(start=START + 12 * HOUR)
    run.drill.advance(START + 13 * HOUR)
    kinds = Counter(type(fact.event).__name__ for fact in run.facts)
    assert kinds >= Counter(
        {
            "CentreOpened": 1,
            "UnitRegistered": 450,
            "PositionOpened": 60,
            "CallTakerSignedIn": 40,
            "CallTakerAway": 5,
            "CallAbandoned": 20,
            "CallAnswered": 600,
            "CallEnded": 600,
            "CallHeld": 10,
            "CallMarkedSilent": 5,
            "HandoffAccepted": 10,
            "HandoffRefused": 1,
            "NuisanceMarked": 1,
            "AdviceGiven": 200,
            "CallLinked": 200,
            "IncidentOpened": 150,
            "IncidentPrioritised": 150,
            "IncidentMerged": 2,
            "IncidentClosed": 50,
            "MissionDispatched": 250,
            "MissionAcknowledged": 250,
            "MissionEnRoute": 200,
            "MissionOnScene": 150,
            "MissionOutcomeRecorded": 80,
            "MissionCleared": 80,
            "MissionCancelled": 5,
        }
    )


@pytest.mark.slow
def test_people_judge_calls_and_machines_do_not() -> None:
    run = ProvinceRun(start=MORNING)
    run.drill.advance(MORNING + HOUR)
    judged = {
        role_of(fact.actor)
        for fact in run.facts
        if isinstance(fact.event, a.CallClassed | a.NuisanceMarked)
    }
    assert judged == {Role.CALL_TAKER}


@pytest.mark.slow
def test_at_night_fewer_sit_at_the_desks_and_fewer_units_are_on() -> None:
    night, day = ProvinceRun(start=START + 4 * HOUR), ProvinceRun(start=START + 16 * HOUR)
    night.drill.advance(START + 4 * HOUR + MINUTE)
    day.drill.advance(START + 16 * HOUR + MINUTE)
    seats = [len(run.room.centre.answer.seats) for run in (night, day)]
    assert seats[0] < seats[1] <= 60
    off = [
        sum(
            unit.availability == "not_available" for unit in run.room.centre.dispatch.units.values()
        )
        for run in (night, day)
    ]
    assert off[0] > 50
    assert off[1] == 0


@pytest.mark.slow
def test_a_call_from_outside_the_drill_is_answered_too() -> None:
    run = ProvinceRun(start=MORNING)
    run.drill.advance(MORNING + MINUTE)
    offer = Submission("test-1", "machine:switch", answer.OfferCall("c-outside"))
    assert run.room.take(offer, MORNING + MINUTE).refusal is None
    run.drill.advance(MORNING + 20 * MINUTE)
    call = run.room.centre.answer.calls["c-outside"]
    assert call.answered_at is not None
    assert call.over


@pytest.mark.slow
def test_a_call_taken_by_somebody_else_does_not_stop_the_drill() -> None:
    run = ProvinceRun(start=MORNING)
    at = MORNING
    while not run.room.centre.answer.ringing:
        at += SECOND
        run.drill.advance(at)
    call_id = next(iter(run.room.centre.answer.ringing))
    taken = Submission("test-2", "call_taker:visitor", answer.AnswerCall(call_id))
    assert run.room.take(taken, at).refusal is None
    run.drill.advance(at + 10 * MINUTE)
    assert run.world.refusals == Counter()


@pytest.mark.slow
def test_positions_signed_out_from_outside_are_filled_again() -> None:
    run = ProvinceRun(start=MORNING + 30 * MINUTE)
    at = MORNING + 31 * MINUTE
    run.drill.advance(at)
    positions = run.room.centre.answer.positions
    ready = [p.position_id for p in positions.values() if p.state is PositionState.READY]
    assert len(ready) > 5
    for number, position_id in enumerate(ready):
        out = Submission(f"test-{number}", "supervisor:visitor", answer.SignOut(position_id))
        assert run.room.take(out, at).refusal is None
    run.drill.advance(MORNING + 3 * HOUR)
    assert run.world.refusals == Counter()
    assert all(positions[position_id].person_id for position_id in ready)


@pytest.mark.slow
def test_a_position_used_from_outside_comes_back() -> None:
    run = ProvinceRun(start=MORNING)
    at = MORNING + MINUTE
    run.drill.advance(at)
    position_id = next(
        p.position_id
        for p in run.room.centre.answer.positions.values()
        if p.state is PositionState.READY
    )
    for number, command in enumerate(
        (answer.OfferCall("c-outside"), answer.AnswerCall("c-outside", position_id))
    ):
        asked = Submission(f"test-{number}", "call_taker:visitor", command)
        assert run.room.take(asked, at).refusal is None
    run.drill.advance(at + 10 * MINUTE)
    ended = Submission("test-9", "call_taker:visitor", answer.EndCall("c-outside"))
    assert run.room.take(ended, at + 10 * MINUTE).refusal is None
    run.drill.advance(at + 40 * MINUTE)
    taken = [f for f in run.facts if isinstance(f.event, a.CallAnswered) and f.at > at]
    assert position_id in {fact.event.position_id for fact in taken}
    assert run.world.refusals == Counter()


@pytest.mark.slow
def test_a_drill_that_starts_again_leaves_nothing_hanging() -> None:
    first = ProvinceRun(start=MORNING)
    first.drill.advance(MORNING + 30 * MINUTE)
    open_calls = [c.call_id for c in first.room.centre.answer.calls.values() if not c.over]
    assert open_calls
    second = Drill(first.room, province(shipped()), MORNING + 31 * MINUTE, commit=first.room.commit)
    second.advance(MORNING + 31 * MINUTE)
    assert all(first.room.centre.answer.calls[call_id].over for call_id in open_calls)
    second.advance(MORNING + 50 * MINUTE)
    assert second.world.refusals == Counter()
    assert len(first.room.centre.answer.seats) > 20


@pytest.mark.slow
def test_a_warm_start_lives_the_morning_and_moves_into_the_living_house() -> None:
    run, now = ProvinceRun(), START + 30 * MINUTE
    drill = live_until(run.room, province(shipped()), now)
    answered = [c for c in run.room.centre.answer.calls.values() if c.answered_at is not None]
    assert len(answered) > 150
    assert run.room.head == run.room.log.head()
    drill.move_to(run.room)
    drill.advance(now + MINUTE)
    assert run.room.head != run.room.log.head()  # committing is the house's business now


def test_a_warm_start_begins_at_midnight_or_where_the_log_ends() -> None:
    assert warm_start(MORNING, 0, 210) == START
    assert warm_start(MORNING, MORNING - MINUTE, 210) == MORNING - MINUTE

"""A real person beside the invented ones: calls ring for them, callers speak, crews obey."""

import pytest

from pasokh.answer.commands import (
    AnswerCall,
    BeReady,
    CloseCall,
    EndCall,
    GoAway,
    LinkCall,
    NoteCall,
    SignOut,
)
from pasokh.answer.events import CallAbandoned, CallCode
from pasokh.core.machine import Words
from pasokh.core.time import HOUR, MINUTE, SECOND
from pasokh.dispatch.commands import (
    CancelMission,
    CloseIncident,
    CreateMission,
    DispatchMission,
    MergeIncident,
    OpenIncident,
    ReopenIncident,
)
from pasokh.dispatch.events import Outcome, Stage
from tests.drivers.drill.beside import DISPATCHER, SEAT, TAKER, Newcomer
from tests.drivers.drill.province_run import START, ProvinceRun

pytestmark = pytest.mark.slow

NOON = START + 12 * HOUR


@pytest.fixture
def newcomer() -> Newcomer:
    return Newcomer(ProvinceRun(start=NOON), NOON + 5 * MINUTE)


def on_a_call(newcomer: Newcomer) -> str:
    """Sit down and answer a call that was left to the newcomer."""
    newcomer.sits_down()
    newcomer.waits_until(lambda: bool(newcomer.rings_for(6 * SECOND)), 10 * MINUTE)
    call_id = newcomer.rings_for(6 * SECOND)[0]
    newcomer.does(TAKER, AnswerCall(call_id, SEAT))
    return call_id


def said_on(newcomer: Newcomer, call_id: str) -> list[str]:
    call = newcomer.run.room.centre.answer.calls[call_id]
    noted = [kept for kept in call.words if kept.actor == "machine:caller"]
    return [newcomer.vault.words[kept.sealed.envelope].text for kept in noted]


def test_every_fourth_call_rings_for_people_and_is_taken_when_nobody_does(
    newcomer: Newcomer,
) -> None:
    newcomer.sits_down()
    began = newcomer.now
    newcomer.waits(2 * MINUTE)
    assert 0.15 < late_since(newcomer, began) < 0.45
    assert not newcomer.rings_for(40 * SECOND)
    assert newcomer.run.room.centre.answer.positions[SEAT].call_id is None


def test_who_let_eight_calls_ring_out_is_taken_to_be_gone_until_ready_again(
    newcomer: Newcomer,
) -> None:
    newcomer.sits_down()
    newcomer.waits(30 * MINUTE)
    assert late_since(newcomer, newcomer.now - 10 * MINUTE) < 0.1
    newcomer.does(TAKER, GoAway(SEAT, "a walk"))
    newcomer.does(TAKER, BeReady(SEAT))
    back = newcomer.now
    newcomer.waits(2 * MINUTE)
    assert late_since(newcomer, back) > 0.1


def late_since(newcomer: Newcomer, since: int) -> float:
    """Give the share of the calls offered since then that waited as long as those left do."""
    waits = [
        call.answered_at - call.offered_at
        for call in newcomer.run.room.centre.answer.calls.values()
        if call.offered_at >= since and call.answered_at is not None
    ]
    return sum(span >= 12 * SECOND for span in waits) / len(waits)


def test_when_the_newcomer_goes_no_call_is_left(newcomer: Newcomer) -> None:
    newcomer.sits_down()
    newcomer.does(TAKER, SignOut(SEAT))
    began = newcomer.now
    newcomer.waits(10 * MINUTE)
    assert late_since(newcomer, began) < 0.1


def test_a_caller_says_what_and_where_and_answers_what_is_asked(newcomer: Newcomer) -> None:
    call_id = on_a_call(newcomer)
    newcomer.waits(90 * SECOND)
    said = said_on(newcomer, call_id)
    assert len(said) >= 1
    assert all("{" not in line for line in said)
    newcomer.does(TAKER, NoteCall(call_id), Words(text="کسی زخمی شده؟"))
    newcomer.waits(30 * SECOND)
    answered = said_on(newcomer, call_id)
    assert len(answered) == len(said) + 1
    assert answered[-1] in newcomer.run.scenario.lines["answers"]


def test_a_closed_call_is_silent_and_frees_the_desk(newcomer: Newcomer) -> None:
    call_id = on_a_call(newcomer)
    newcomer.waits(15 * SECOND)
    newcomer.does(TAKER, CloseCall(call_id, CallCode.ADVICE, "told"))
    said = said_on(newcomer, call_id)
    newcomer.waits(8 * MINUTE)
    assert said_on(newcomer, call_id) == said
    assert newcomer.asks(TAKER, EndCall(call_id)).refusal is not None


def test_a_caller_whom_nobody_lets_go_hangs_up_politely(newcomer: Newcomer) -> None:
    call_id = on_a_call(newcomer)
    began = newcomer.now
    newcomer.waits(5 * MINUTE)
    call = newcomer.run.room.centre.answer.calls[call_id]
    assert not call.over
    newcomer.waits(2 * MINUTE)
    assert call.ended_at is not None
    assert call.ended_at - began <= 6 * MINUTE + 2 * SECOND


def test_the_incident_of_a_person_s_call_is_worked_on_like_any_other(newcomer: Newcomer) -> None:
    call_id = on_a_call(newcomer)
    newcomer.does(TAKER, OpenIncident("i-mine", "dispute", "0916"))
    newcomer.does(TAKER, LinkCall(call_id, "i-mine"))
    incident = newcomer.run.room.centre.dispatch.incidents["i-mine"]
    newcomer.waits(80 * SECOND)
    assert not incident.missions  # for a while it is theirs alone
    newcomer.waits(3 * HOUR)
    assert incident.missions
    assert incident.closed_at is not None


def test_a_unit_that_a_person_sends_goes_there_and_comes_back(newcomer: Newcomer) -> None:
    newcomer.opens_a_dispatcher_s_desk()
    dispatch = newcomer.run.room.centre.dispatch
    newcomer.does(DISPATCHER, OpenIncident("i-mine", "dispute", "0916"))
    free = next(u.unit_id for u in dispatch.units.values() if not u.missions)
    newcomer.does(DISPATCHER, CreateMission("m-mine", "i-mine", free))
    newcomer.does(DISPATCHER, DispatchMission("m-mine"))
    stages = set()
    for _ in range(3 * 60 * 20):
        stages.add(dispatch.missions["m-mine"].stage)
        newcomer.waits(3 * SECOND)
    mission = dispatch.missions["m-mine"]
    assert mission.over_at is not None
    assert {Stage.DISPATCHED, Stage.ACKNOWLEDGED} <= stages
    assert mission.stage is Stage.CANCELLED or isinstance(mission.outcome, Outcome)
    assert "m-mine" not in dispatch.units[free].missions
    assert dispatch.incidents["i-mine"].closed_at is not None


def test_every_fourth_incident_waits_for_a_dispatcher_who_is_there() -> None:
    waits = []
    for there in (False, True):
        newcomer = Newcomer(ProvinceRun(start=NOON), NOON + 5 * MINUTE)
        if there:
            newcomer.opens_a_dispatcher_s_desk()
        first = newcomer.run.room.head.seq
        newcomer.waits(30 * MINUTE)
        dispatch = newcomer.run.room.centre.dispatch
        urgent = [i for i in dispatch.incidents.values() if i.priority == 1 and i.trail[0] > first]
        told = [
            (dispatch.missions[i.missions[0]].dispatched_at or 0) - i.opened_at
            for i in urgent
            if i.missions
        ]
        waits.append(sum(told) / len(told))
    assert 4 * SECOND < waits[1] - waits[0] < 30 * SECOND


def test_a_cancelled_mission_frees_the_crew_and_does_not_stop_the_drill(
    newcomer: Newcomer,
) -> None:
    newcomer.opens_a_dispatcher_s_desk()
    dispatch = newcomer.run.room.centre.dispatch
    newcomer.waits_until(
        lambda: any(m.stage is Stage.EN_ROUTE for m in dispatch.missions.values()), 10 * MINUTE
    )
    mission = next(m for m in dispatch.missions.values() if m.stage is Stage.EN_ROUTE)
    newcomer.does(DISPATCHER, CancelMission(mission.mission_id, "changed my mind"))
    assert not dispatch.units[mission.unit_id].missions
    newcomer.waits(2 * HOUR)
    assert newcomer.run.world.refusals.total() == 0
    stands_for = dispatch.incidents[dispatch.survivor_of(mission.incident_id)]
    assert stands_for.closed_at is not None


def test_merged_and_reopened_incidents_come_to_an_end(newcomer: Newcomer) -> None:
    newcomer.opens_a_dispatcher_s_desk()
    dispatch = newcomer.run.room.centre.dispatch
    one, other, third = [i for i in dispatch.open if not dispatch.incidents[i].missions][:3]
    newcomer.does(DISPATCHER, MergeIncident(one, other))
    newcomer.does(DISPATCHER, CloseIncident(third, "unfounded"))
    newcomer.waits(MINUTE)
    newcomer.does(DISPATCHER, ReopenIncident(third, "it goes on"))
    newcomer.waits(4 * HOUR)
    assert dispatch.incidents[other].closed_at is not None
    assert dispatch.incidents[third].closed_at is not None


def test_abandoned_calls_stay_few_while_somebody_learns(newcomer: Newcomer) -> None:
    newcomer.sits_down()
    newcomer.waits(30 * MINUTE)
    facts = newcomer.run.facts
    offered = sum(type(f.event).__name__ == "CallOffered" for f in facts)
    abandoned = sum(isinstance(f.event, CallAbandoned) for f in facts)
    assert abandoned / offered < 0.12

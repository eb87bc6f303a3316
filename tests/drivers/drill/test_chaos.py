"""Whatever a person does in a running drill: nothing breaks, and the invented people go on."""

from collections import Counter

import pytest

from pasokh.answer.events import CallAnswered
from pasokh.answer.state import AnswerState, Phase
from pasokh.control_room.state import Centre
from pasokh.core.time import HOUR, MINUTE
from pasokh.dispatch.state import DispatchState
from tests.drivers.drill.beside import Newcomer
from tests.drivers.drill.chaos import STEP, Chaos
from tests.drivers.drill.province_run import START, ProvinceRun
from tests.house.whole import only_whole

EVENING = START + 17 * HOUR


def holds(centre: Centre) -> None:
    """Hold the state to what must be true of it whatever happens."""
    calls_are_held_once(centre.answer)
    units_are_held_once(centre.dispatch)
    for incident_id in centre.dispatch.open:
        assert centre.dispatch.incidents[incident_id].closed_at is None


def calls_are_held_once(answer: AnswerState) -> None:
    ringing = {call.call_id for call in answer.calls.values() if call.phase is Phase.RINGING}
    assert ringing == set(answer.ringing)
    for position in answer.positions.values():
        if position.person_id is not None:
            assert answer.seats[position.person_id] == position.position_id
        if position.call_id is not None:
            assert not answer.calls[position.call_id].over
    assert len(answer.seats) == sum(p.person_id is not None for p in answer.positions.values())


def units_are_held_once(dispatch: DispatchState) -> None:
    for unit in dispatch.units.values():
        for mission_id in unit.missions:
            mission = dispatch.missions[mission_id]
            assert (mission.unit_id, mission.over_at) == (unit.unit_id, None)
            assert mission.dispatched_at is not None
    for mission in dispatch.missions.values():
        assert mission.mission_id in dispatch.incidents[mission.incident_id].missions
        if mission.over_at is None and mission.dispatched_at is not None:
            assert mission.mission_id in dispatch.units[mission.unit_id].missions


@pytest.mark.slow
@pytest.mark.parametrize("seed", ["two", pytest.param("three", marks=only_whole)])
def test_two_hours_of_anything_legal_do_not_stop_the_drill(seed: str) -> None:
    newcomer = Newcomer(ProvinceRun(start=EVENING), EVENING + 10 * MINUTE)
    newcomer.opens_a_dispatcher_s_desk()
    chaos = Chaos(newcomer, seed)
    for minute in range(120):
        for _ in range(MINUTE // STEP):
            newcomer.waits(STEP)
            chaos.acts()
        if minute % 10 == 0:
            holds(newcomer.run.room.centre)
    assert len(chaos.taken) > 30, chaos.taken
    stopped_at = newcomer.now
    newcomer.waits(5 * HOUR)
    holds(newcomer.run.room.centre)
    assert still_open(newcomer.run, stopped_at) == Counter()
    recent = newcomer.now - 10 * MINUTE
    answered = [
        fact
        for fact in newcomer.run.facts
        if isinstance(fact.event, CallAnswered) and fact.at > recent
    ]
    assert len(answered) > 40
    assert newcomer.run.world.refusals.total() < newcomer.run.world.asked // 100


def still_open(run: ProvinceRun, before: int) -> Counter[str]:
    """Count what began so long ago and never came to an end."""
    centre = run.room.centre
    dispatch = centre.dispatch
    return +Counter(
        calls=sum(not c.over and c.offered_at < before for c in centre.answer.calls.values()),
        incidents=sum(dispatch.incidents[i].waits_since < before for i in dispatch.open),
        missions=sum(
            m.over_at is None and m.created_at < before for m in dispatch.missions.values()
        ),
    )

"""Overdue marks in a drill: they come, they repeat with the seed, and nobody drowns in them."""

from collections import Counter

import pytest

from pasokh.core.time import HOUR, MINUTE
from pasokh.dispatch.events import IncidentOverdue, MissionOverdue
from tests.drivers.drill.province_run import START, ProvinceRun

EVENING = START + 19 * HOUR


@pytest.mark.slow
def test_on_a_busy_evening_a_seat_has_less_than_one_alarm_in_ten_minutes() -> None:
    run = ProvinceRun(start=EVENING)
    run.drill.advance(EVENING + 2 * HOUR)
    marked = [f for f in run.facts if isinstance(f.event, IncidentOverdue | MissionOverdue)]
    assert marked, "somebody is always late"
    assert {fact.actor for fact in marked} == {"machine:clock"}
    seats = run.scenario.dispatching.dispatchers
    tens = Counter(fact.at // (10 * MINUTE) for fact in marked)
    # The larger half of the seats has the largest county; no ten minutes are an average.
    assert max(tens.values()) <= seats / 2
    assert run.world.refusals == Counter()

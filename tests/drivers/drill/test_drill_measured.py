"""A day gives back the shapes that the province was made of; a month stays small."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pasokh.account.definitions import CallClass
from pasokh.account.figures import shares_of, whole_tally
from pasokh.core.time import DAY, SECOND
from pasokh.drivers.drill.callers import hourly_calls
from pasokh.drivers.drill.measure import Yield
from tests.drivers.drill.province_run import START, ProvinceRun

DAYS = 1
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def run() -> ProvinceRun:
    run = ProvinceRun()
    run.drill.advance(START + DAYS * DAY)
    return run


@pytest.fixture(scope="module")
def counts(run: ProvinceRun) -> Yield:
    counts = Yield(run.scenario.utc_offset_minutes)
    for fact in run.facts:
        counts.take(fact)
    return counts


@pytest.mark.slow
def test_as_many_calls_as_wanted_and_as_uneven(run: ProvinceRun, counts: Yield) -> None:
    assert len(counts.offered) / DAYS == pytest.approx(15_000, rel=0.05)
    dispersion = counts.dispersion(lambda at: hourly_calls(run.world, at))
    assert 1.0 < dispersion < 1.9  # 1.5 over 24 hours: give or take two standard errors of 0.3
    assert len(counts.hours) == 24 * DAYS


@pytest.mark.slow
def test_calls_are_answered_in_time(run: ProvinceRun, counts: Yield) -> None:
    assert counts.answered_share(15 * SECOND) == pytest.approx(0.92, abs=0.02)
    tally = whole_tally(run.room.centre.account, run.world.now).tally
    assert tally.answered_in_time / tally.offered == pytest.approx(
        counts.answered_share(15 * SECOND)
    )
    assert 0.04 < counts.abandoned / len(counts.offered) < 0.07
    assert run.world.refusals.total() == 0


@pytest.mark.slow
def test_the_operational_share_is_the_provinces(run: ProvinceRun) -> None:
    tally = whole_tally(run.room.centre.account, run.world.now).tally
    shares = shares_of(tally)
    assert shares.of_answered == pytest.approx(38.2, abs=1.0)
    assert shares.repeat == pytest.approx(22.8, abs=2.0)
    assert tally.classes[CallClass.ADVICE] / shares.answered == pytest.approx(0.46, abs=0.02)
    assert all(tally.classes[name] for name in CallClass)


@pytest.mark.slow
def test_units_and_times_have_the_measured_shapes(counts: Yield) -> None:
    assert counts.units_mean() == pytest.approx(1.76, abs=0.1)
    ordered = counts.interval("received_ordered")
    assert 120 < ordered.p50 < 300  # Dublin 122 s; San Luis Obispo 5 min
    ride = counts.interval("ordered_arrived")
    assert 240 < ride.p50 < 480  # San Luis Obispo: 7 min, p90 18 min
    assert 700 < ride.p90 < 1300
    assert counts.interval("ordered_cleared").p50 > ride.p50
    assert counts.interval("received_arrived").n > 3_000 * DAYS


@pytest.mark.slow
def test_fourteen_days_take_no_more_memory_than_ten() -> None:
    done = subprocess.run(
        # A quieter province: the whole one for a month is row S9 of the bench.
        [sys.executable, "-m", "tests.drivers.drill.month_run", "14", "750"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    said = json.loads(done.stdout)
    after = {int(day): mib for day, mib in said["after"].items()}
    assert after[14] <= after[10] * 1.15, after
    assert after[14] < 200, after
    assert said["figured"] > 10
    assert said["refused"] == 0

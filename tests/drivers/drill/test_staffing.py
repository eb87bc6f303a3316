"""Erlang C against values that others printed, and the roster that is made of it."""

import pytest

from pasokh.core.time import HOUR
from pasokh.drivers.drill.roster import handling_seconds, positions_wanted
from pasokh.drivers.drill.staffing import answered_share, positions_for, waiting_share
from tests.drivers.drill.province_run import START, ProvinceRun


@pytest.mark.parametrize(
    ("erlangs", "positions", "share"),
    [(10, 13, 0.28527045303649), (10, 15, 0.10204236700798), (10, 14, 0.1741319)],
)
def test_the_share_that_waits(erlangs: float, positions: int, share: float) -> None:
    assert waiting_share(erlangs, positions) == pytest.approx(share, abs=1e-7)


def test_the_share_answered_in_time_of_a_printed_example() -> None:
    # 100 calls in half an hour, 3 minutes each, 20 seconds (0.33 minutes as printed).
    assert answered_share(10, 14, 180, 0.33 * 60) == pytest.approx(0.8878527, abs=1e-4)
    assert answered_share(10, 15, 180, 0.33 * 60) == pytest.approx(0.9411267, abs=1e-4)


@pytest.mark.parametrize(
    ("erlangs", "handling", "positions"),
    [
        (50, 150, 58),
        (10.42, 60, 14),
        (15.62, 90, 21),
        (26.04, 150, 33),
        (27.0, 90, 33),
        (54.0, 90, 61),
        (90.0, 150, 100),
    ],
)
def test_positions_for_90_percent_in_15_seconds(
    erlangs: float, handling: float, positions: int
) -> None:
    assert positions_for(erlangs, handling, 15, 0.9) == positions
    assert answered_share(erlangs, positions - 1, handling, 15) < 0.9


def test_too_few_positions_answer_nobody_in_time() -> None:
    assert waiting_share(10, 10) == 1.0
    assert answered_share(10, 9, 150, 15) == 0.0


def test_the_busiest_hour_fits_the_desks_and_the_quietest_needs_a_third() -> None:
    world = ProvinceRun().world
    wanted = [positions_wanted(world, START + hour * HOUR) for hour in range(24)]
    assert 45 < max(wanted) < world.scenario.answering.positions
    assert min(wanted) < max(wanted) / 2
    assert 140 < handling_seconds(world) < 160

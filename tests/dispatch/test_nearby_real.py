"""The measured recall on real duplicates is a floor: five days that no weight was fitted on."""

import pytest

from benchmarks.calls_real import FILE, MEASURED_FROM, rung
from benchmarks.d1_duplicates import FIRST, measured, same_block, suggested

UNTIL = "2023-01-17"
# Of the duplicates of those days, above what chance finds.
FLOOR = 0.15


@pytest.mark.slow
def test_duplicates_are_found_more_often_and_more_quietly_than_by_block_and_type() -> None:
    if not FILE.exists():
        pytest.skip("no ../shared/data/calls beside this checkout: no real duplicates")
    calls = [call for call in rung() if MEASURED_FROM <= call.day < UNTIL]
    ours, plain = measured(calls, suggested), measured(calls, same_block)
    assert ours.idle < plain.idle
    for place, first in enumerate(FIRST):
        assert ours.recall[place] >= FLOOR, first
        assert ours.recall[place] >= 1.5 * plain.recall[place], first

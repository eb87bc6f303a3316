"""Instants, civil days and hours at an offset."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasokh.core.time import (
    DAY,
    day_from_iso,
    day_of,
    hour_of,
    instant_from_iso,
    iso_day,
    iso_instant,
    start_of,
)

TEHRAN = 210


@given(st.integers(-(10**12), 4 * 10**12), st.integers(-840, 840))
def test_an_instant_lies_within_its_day(at: int, offset: int) -> None:
    day = day_of(at, offset)
    assert start_of(day, offset) <= at < start_of(day + 1, offset)
    assert 0 <= hour_of(at, offset) <= 23


@given(st.integers(-(10**12), 4 * 10**12))
def test_instants_and_days_are_read_as_they_were_written(at: int) -> None:
    assert instant_from_iso(iso_instant(at)) == at
    assert day_from_iso(iso_day(at // DAY)) == at // DAY


def test_midnight_in_tehran_is_half_past_eight_in_the_evening() -> None:
    assert iso_instant(start_of(day_from_iso("2026-11-03"), TEHRAN)) == "2026-11-02T20:30:00.000Z"
    assert hour_of(instant_from_iso("2026-11-02T20:30:00+00:00"), TEHRAN) == 0


def test_a_time_without_an_offset_is_refused_with_the_way_to_write_it() -> None:
    with pytest.raises(ValueError, match="has no offset; write it as"):
        instant_from_iso("2026-11-03T00:00:00")

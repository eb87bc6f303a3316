"""Counties are split: each figure stays with the county of its day, and a series says so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasokh.account.areas import (
    CountyLife,
    CountySeries,
    SeriesBreak,
    SeriesPoint,
    breaks,
    counties_on,
    parts_on,
    series,
)
from pasokh.adapters.maps.areas import counties_of

# Neyshabur loses Miyan Jolgeh and Zeberkhan on day 10, and Miyan Jolgeh a part of its own on 20.
LIVES = (
    CountyLife(0, "0917"),
    CountyLife(0, "0916"),
    CountyLife(10, "mj", "0917"),
    CountyLife(10, "zk", "0917"),
    CountyLife(20, "mj-2", "mj"),
)
COUNTS = {
    9: {"0917": 100, "0916": 900},
    10: {"0917": 70, "mj": 20, "zk": 11, "0916": 900},
    20: {"0917": 71, "mj": 12, "mj-2": 7, "zk": 9, "0916": 900},
}


def test_a_series_over_a_split_says_so_and_offers_the_old_ground() -> None:
    assert series(COUNTS, LIVES, "0917", (9, 10, 20)) == CountySeries(
        "0917",
        (SeriesPoint(9, 100, 100), SeriesPoint(10, 70, 101), SeriesPoint(20, 71, 99)),
        (SeriesBreak(10, "0917", ("mj", "zk")), SeriesBreak(20, "mj", ("mj-2",))),
    )


def test_a_series_that_begins_after_the_split_has_no_break_of_it() -> None:
    assert series(COUNTS, LIVES, "0917", (10, 20)).breaks == ()
    assert series(COUNTS, LIVES, "mj", (10, 20)).breaks == (SeriesBreak(20, "mj", ("mj-2",)),)
    assert series(COUNTS, LIVES, "0916", (9, 10, 20)).breaks == ()


def test_a_new_county_has_no_numbers_from_before_it_began() -> None:
    found = series(COUNTS, LIVES, "mj", (9, 10, 20))
    assert [point.county for point in found.points] == [None, 20, 12]
    assert [point.comparable for point in found.points] == [None, 20, 19]


def test_a_day_that_is_not_known_is_no_zero() -> None:
    found = series(COUNTS, LIVES, "0917", (9, 11))
    assert found.points[1] == SeriesPoint(11, None, None)


def test_a_county_that_ends_leaves_its_ground_to_its_parts() -> None:
    lives = (
        CountyLife(0, "old", until_day=5),
        CountyLife(5, "a", "old"),
        CountyLife(5, "b", "old"),
    )
    counts = {4: {"old": 30}, 5: {"a": 20, "b": 12}}
    assert series(counts, lives, "old", (4, 5)).points == (
        SeriesPoint(4, 30, 30),
        SeriesPoint(5, None, 32),
    )


def test_the_province_went_from_28_counties_to_34() -> None:
    """The census of 2016 counted 28; the day is invented, the six and their old ones are not."""
    known = counties_of()
    day = 18_000
    lives = tuple(
        CountyLife(0, county.code)
        if county.population
        else CountyLife(day, county.code, county.counted_in)
        for county in known
    )
    assert (len(counties_on(lives, day - 1)), len(counties_on(lives, day))) == (28, 34)
    found = {split.old: split.new for split in breaks(lives, day - 1, day)}
    assert sum(map(len, found.values())) == 6
    assert found["0917"] == ("09-miyan-jolgeh", "09-zeberkhan")
    assert parts_on(lives, "0917", day - 1, day) == ("0917", "09-miyan-jolgeh", "09-zeberkhan")
    assert sum(county.population or 0 for county in known) == 6_434_501


@pytest.mark.parametrize("since", [0, 10])
def test_who_begins_with_its_old_county_breaks_nothing(since: int) -> None:
    lives = (CountyLife(since, "0917"), CountyLife(since, "mj", "0917"))
    assert breaks(lives, since - 1, since + 9) == ()


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(0, 5)), max_size=8), st.integers(0, 40))
def test_the_ground_is_divided_and_nothing_is_counted_twice(
    splits: list[tuple[int, int]], day: int
) -> None:
    lives = [CountyLife(0, f"c{n}") for n in range(6)]
    for place, (since, old) in enumerate(splits):
        lives.append(CountyLife(since, f"n{place}", f"c{old}"))
    parts = [part for n in range(6) for part in parts_on(lives, f"c{n}", 0, day)]
    assert sorted(parts) == sorted(counties_on(lives, day))

"""Corrections that wait are joined with other days': exact, never few, and no day's is told."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasokh.account.disclosure.corrections import correct
from pasokh.account.disclosure.joined import DayChange, join, sums
from pasokh.account.disclosure.rows import SIDE_OF, K, PublicRow, Side

Counts = dict[str, int]
DAY_COUNTS = st.dictionaries(st.sampled_from([*SIDE_OF]), st.integers(0, 40))
CHANGES = st.dictionaries(st.sampled_from([*SIDE_OF]), st.integers(-7, 7), max_size=4)


class Office:
    """What goes out of the revisions of some days, and what it accounts for."""

    def __init__(self, days: Sequence[Counts], k: int = K) -> None:
        self.k = k
        self.before = [dict(day) for day in days]
        self.now = [dict(day) for day in days]
        self.alone: set[int] = set()
        self.out: list[tuple[PublicRow, ...]] = []

    def revise(self, day: int, changes: Mapping[str, int]) -> None:
        """Judge calls of a day anew; publish it by itself when that is enough."""
        names = {*self.now[day], *changes}
        self.now[day] = {
            name: max(0, self.now[day].get(name, 0) + changes.get(name, 0)) for name in names
        }
        rows = correct(day, day, self.before[day], self.now[day], k=self.k)
        if rows:
            self.before[day] = dict(self.now[day])
            self.alone.add(day)
            self.out.append(rows)

    def month(self, first: int, last: int, waits_from: int) -> bool:
        """Publish what waited of the days from `waits_from` on; `first` to `last` are the month."""
        days = [
            DayChange(self.before[day], self.now[day], alone=day in self.alone)
            for day in range(waits_from, last + 1)
        ]
        begins = first - waits_from
        rows = join(waits_from, last, days[:begins], days[begins:], k=self.k)
        if rows:
            self.out.append(rows)
            for day in range(waits_from, last + 1):
                self.before[day] = dict(self.now[day])
        return bool(rows)


def by_side(counts: Mapping[str, int]) -> Counter[Side]:
    found: Counter[Side] = Counter()
    for name, count in counts.items():
        found[SIDE_OF[name]] += count
    return found


@pytest.mark.slow
@given(
    st.lists(DAY_COUNTS, min_size=12, max_size=12),
    st.lists(st.tuples(st.integers(0, 11), CHANGES), max_size=40),
)
def test_after_any_corrections_sums_are_exact_and_nothing_said_is_few(
    days: list[Counts], revisions: list[tuple[int, Counts]]
) -> None:
    """What is said and what waits are together the truth, side by side, after every step."""
    office = Office(days)
    waits_from = 0
    for month in (0, 6):
        for day, changes in revisions[month::2]:
            if day < month + 6:
                office.revise(day, changes)
        waits_from = month + 6 if office.month(month, month + 5, waits_from) else waits_from
        said: Counter[Side] = Counter()
        for rows in office.out:
            assert min(abs(row.count) for row in rows) >= K
            for row in rows:
                said[row.side] += row.count
        held, truth = by_side(sums(office.before)), by_side(sums(office.now))
        first = by_side(sums(days))
        waits = {side: truth[side] - held[side] for side in Side}
        for side in Side:
            assert first[side] + said[side] == held[side]
            assert first[side] + said[side] + waits[side] == truth[side]


def test_small_corrections_of_a_month_are_said_together() -> None:
    days = [{"O1": 200, "V": 300, "R": 40}] * 6
    office = Office(days)
    for day, calls in enumerate((3, 2, 0, 4, 1, 2)):
        office.revise(day, {"O1": calls, "V": -calls})
    assert office.out == [], "each is too small for its day"
    assert office.month(0, 5, 0)
    (rows,) = office.out
    assert {row.call_class: row.count for row in rows} == {"operational": 12, "other_answered": -12}
    assert {(row.from_day, row.to_day) for row in rows} == {(0, 5)}
    assert not office.month(0, 5, 0), "said once"


def test_what_the_other_days_could_not_make_up_waits_for_the_next_month() -> None:
    few = [{"O1": 200, "V": 300}] * 3
    office = Office(few + [{"O1": 200, "V": 300}] * 4)
    for day in range(3):
        office.revise(day, {"O1": 4, "V": -4})
    assert not office.month(0, 2, 0), "12 of 3 days: none of them could be without a part"
    office.revise(5, {"O1": 0, "V": 0})
    assert office.month(3, 6, 0), "of the next four days three can make it up"
    assert office.out[0][0].from_day == 0


def test_a_day_that_had_none_cannot_have_lost_any() -> None:
    """All the pending calls were of two days: who knows that would know what the two lost."""
    days = [{"V": 300, "P": 9 if day < 2 else 0} for day in range(8)]
    office = Office(days)
    for day in range(2):
        office.revise(day, {"P": -4, "V": 4})
    assert not office.month(0, 7, 0)


@pytest.mark.parametrize(
    ("k", "days", "reach", "before"),
    [
        (2, 4, 2, {"O1": 50, "V": 50}),
        (2, 3, 2, {"O1": 50, "V": 1}),
        (3, 4, 3, {"O1": 60, "V": 60}),
    ],
)
@pytest.mark.slow
def test_no_world_is_told_by_what_a_month_says(
    k: int, days: int, reach: int, before: Counts
) -> None:
    """Who has the program, knows every day before it and that no call came or went: of no day is it
    proven that it changed, and by fewer than k.
    """
    alike: dict[object, list[tuple[int, ...]]] = {}
    for world in product(range(-reach, reach + 1), repeat=days):
        if all(before["V"] - change >= 0 for change in world):
            office = Office([before] * days, k)
            for day, change in enumerate(world):
                office.revise(day, {"O1": change, "V": -change})
            office.month(0, days - 1, 0)
            alike.setdefault(tuple(office.out), []).append(world)
    joined = [out for out in alike if any(rows[0].to_day > rows[0].from_day for rows in out)]
    assert joined, "nothing was joined: the test would tell nothing"
    told = [
        (out, day)
        for out, worlds in alike.items()
        for day in range(days)
        if few([abs(world[day]) for world in worlds], k)
    ]
    assert told == []


@pytest.mark.slow
def test_no_world_is_told_by_a_month_with_a_class_of_its_own() -> None:
    """Two classes of a side, and nobody knows how many calls there were."""
    k, days, before = 2, 3, {"V": 50, "R": 50}
    alike: dict[object, list[tuple[int, ...]]] = {}
    for world in product(range(-2, 3), repeat=2 * days):
        office = Office([before] * days, k)
        for day in range(days):
            office.revise(day, {"V": world[2 * day], "R": world[2 * day + 1]})
        office.month(0, days - 1, 0)
        alike.setdefault(tuple(office.out), []).append(world)
    classes = {row.call_class for out in alike for rows in out for row in rows if row.to_day == 2}
    assert {"R", "other_answered"} <= classes
    for out, worlds in alike.items():
        for place in range(2 * days):
            assert not few([abs(world[place]) for world in worlds], k), (out, place)


@pytest.mark.slow
def test_what_is_joined_as_soon_as_it_is_enough_tells_of_the_last_day() -> None:
    """The rival: without an hour of its own. Enough now and not before: the last day changed."""
    k, days = 2, 4
    alike: dict[object, list[tuple[int, ...]]] = {}
    for world in product(range(-2, 3), repeat=days):
        office = Office([{"O1": 50, "V": 50}] * days, k)
        for day, change in enumerate(world):
            office.revise(day, {"O1": change, "V": -change})
            office.month(0, day, 0)
        alike.setdefault(tuple(office.out), []).append(world)
    assert any(
        few([abs(world[day]) for world in worlds], k)
        for worlds in alike.values()
        for day in range(days)
    )


@pytest.mark.slow
def test_no_world_is_told_by_two_months_of_which_the_first_waited() -> None:
    k, reach, before = 2, 2, {"O1": 50, "V": 50}
    alike: dict[object, list[tuple[int, ...]]] = {}
    for world in product(range(-reach, reach + 1), repeat=6):
        office = Office([before] * 6, k)
        waits_from = 0
        for month in (0, 3):
            for day in range(month, month + 3):
                office.revise(day, {"O1": world[day], "V": -world[day]})
            waits_from = month + 3 if office.month(month, month + 2, waits_from) else waits_from
        alike.setdefault(tuple(office.out), []).append(world)
    assert any((rows[0].from_day, rows[0].to_day) == (0, 5) for out in alike for rows in out)
    for out, worlds in alike.items():
        for day in range(6):
            assert not few([abs(world[day]) for world in worlds], k), (out, day)


def few(counts: Sequence[int], k: int) -> bool:
    """Tell whether all worlds agree that there are some, and fewer than k."""
    return min(counts) >= 1 and max(counts) < k

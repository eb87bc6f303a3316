"""A thousand people are planted in ten days. Who reads all that is published finds none of them."""

from collections import Counter
from collections.abc import Iterable
from random import Random
from typing import NamedTuple

import pytest

from pasokh.account.disclosure.corrections import by_class, correct
from pasokh.account.disclosure.days import Carried, publish
from pasokh.account.disclosure.months import publish_month
from pasokh.account.disclosure.rows import SIDE_OF, CellKey, K, PublicRow, Side
from tests.account.disclosure.attacker import (
    Attacker,
    Person,
    class_changes,
    days_of_month,
    differences,
    exact,
)
from tests.account.disclosure.days import COUNTIES, LISTS, SENSITIVE, TREE, random_day
from tests.account.disclosure.rivals import suppressed

SIZES = (40, 80, 150, 300, 600, 1_200, 2_500, 5_000, 9_000, 15_000)
HERE = 100  # planted on each day


class PlantedDay(NamedTuple):
    cells: Counter[CellKey]
    people: list[Person]


def planted(calls: int, seed: int) -> PlantedDay:
    """A day with people of the rarest kind in it: anything, anywhere, however it ended."""
    chance = Random(seed)  # noqa: S311 - a seeded sample, nothing secret
    kinds = ("", *TREE.groups)
    people = [
        Person(chance.choice(("", *COUNTIES)), chance.choice(kinds), chance.choice([*SIDE_OF]))
        for _ in range(HERE)
    ]
    return PlantedDay(random_day(calls, seed) + Counter(map(tuple, people)), people)


@pytest.fixture(scope="module")
def days() -> list[PlantedDay]:
    return [planted(calls, calls) for calls in SIZES]


def found(rows: Iterable[PublicRow], people: list[Person], *, margins: bool = False) -> list[str]:
    attacker = Attacker(rows, LISTS, margins=margins)
    return [why for person in people if (why := attacker.finds(person))]


def naive_month(days: list[PlantedDay]) -> tuple[PublicRow, ...]:
    whole: Counter[CellKey] = Counter()
    for day in days:
        whole += day.cells
    return publish(0, whole, LISTS).rows


def judged_again(day: PlantedDay, seed: int, changes: int) -> Counter[CellKey]:
    """Some calls are given another class: those of planted people, so that they are the change."""
    chance = Random(seed)  # noqa: S311 - a seeded sample, nothing secret
    cells = Counter(day.cells)
    for person in day.people[:changes]:
        cells[tuple(person)] -= 1
        cells[person.county, person.kind, chance.choice([*SIDE_OF])] += 1
    return cells


@pytest.mark.slow
def test_none_of_a_thousand_is_found_in_the_days(days: list[PlantedDay]) -> None:
    people = [person for day in days for person in day.people]
    assert len(people) == 1_000
    for day in days:
        assert found(publish(0, day.cells, LISTS).rows, day.people) == []


@pytest.mark.slow
def test_with_a_threshold_of_one_most_are_found(days: list[PlantedDay]) -> None:
    hits = [found(publish(0, day.cells, LISTS, k=1).rows, day.people) for day in days]
    assert sum(map(len, hits)) > 900


@pytest.mark.slow
def test_in_a_table_with_left_out_cells_some_are_found(days: list[PlantedDay]) -> None:
    hits = [found(suppressed(day.cells, LISTS, K), day.people, margins=True) for day in days]
    assert sum(map(len, hits)) > 50


@pytest.mark.slow
def test_neither_days_nor_the_month_tell_by_their_difference(days: list[PlantedDay]) -> None:
    carried: dict[Side, Carried] = {}
    rows: list[PublicRow] = []
    whole: Counter[CellKey] = Counter()
    for number, day in enumerate(days):
        release = publish(number, day.cells, LISTS, carried)
        carried = release.carried
        rows.extend(release.rows)
        whole += day.cells
    month = publish_month((0, len(days) - 1), whole, TREE, rows).rows
    assert {row.kind for row in month} < {"", *SENSITIVE}
    assert min(row.count for row in month) >= K
    assert differences(rows, month) == {}
    assert days_of_month(month, rows) == []
    # The same by a month that is rolled up anew: what no day shows is the difference.
    assert len(differences(rows, naive_month(days))) > 20


@pytest.mark.slow
def test_a_day_that_is_made_anew_tells_whose_call_was_judged_again(days: list[PlantedDay]) -> None:
    day = days[-1]
    before = publish(0, day.cells, LISTS).rows
    now = publish(0, judged_again(day, 1, 1), LISTS).rows
    assert differences(before, now)


@pytest.mark.parametrize("changes", [0, 1, 2, 4, 5, 20, HERE])
def test_a_correction_tells_of_nobody(days: list[PlantedDay], changes: int) -> None:
    published = 0
    for number, day in enumerate(days):
        now = judged_again(day, number, changes)
        rows = correct(0, 0, by_class(day.cells), by_class(now)) or ()
        assert class_changes(rows, exact(day.cells)) == set()
        published += bool(rows)
    assert (published > 0) == (changes >= 20)

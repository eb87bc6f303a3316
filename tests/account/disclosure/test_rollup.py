"""Rows add up to the exact headline, hold k or more, and do not depend on how they were counted."""

from collections import Counter
from collections.abc import Callable
from random import Random
from time import process_time

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasokh.account.disclosure.days import Carried, DayRelease, publish
from pasokh.account.disclosure.rows import (
    SIDE_OF,
    CellKey,
    Cells,
    K,
    Level,
    PublicLists,
    PublicRow,
    Side,
    Totals,
    TypeTree,
    class_total,
    totals,
)
from tests.account.disclosure.days import (
    COUNTIES,
    GROUPS,
    LISTS,
    PLAIN,
    SENSITIVE,
    plain_day,
    random_day,
)
from tests.account.disclosure.rivals import shown_share, suppressed

DAYS = st.builds(random_day, st.integers(0, 400), st.integers(0, 10**6))
KEYS = st.tuples(
    st.sampled_from(["", "far", *COUNTIES[:3]]),
    st.sampled_from(["", "unheard", *list(GROUPS)[:8], *SENSITIVE]),
    st.sampled_from([*SIDE_OF, "T", "S"]),
)
# Where anything may stand beside anything, however unlikely.
ODD_DAYS = st.dictionaries(KEYS, st.integers(0, 12), max_size=60)
ANY_DAY = DAYS | ODD_DAYS


def counted(cells: Cells) -> Totals:
    sums = Counter(SIDE_OF[key[2]] for key in Counter(cells).elements() if key[2] in SIDE_OF)
    answered = sums[Side.OPERATIONAL] + sums[Side.OTHER]
    return Totals(sums[Side.OPERATIONAL], answered, answered + sums[Side.ABANDONED])


def waiting(release: DayRelease) -> Counter[CellKey]:
    kept = (cell for carried in release.carried.values() for cell in carried.cells)
    return Counter({(cell.county, cell.kind, cell.call_class): cell.count for cell in kept})


@pytest.mark.slow
@given(ANY_DAY, st.integers(2, 10))
def test_rows_and_what_waits_are_all_calls(cells: Cells, k: int) -> None:
    release = publish(7, cells, LISTS, k=k)
    left = counted(waiting(release))
    shown = totals(release.rows)
    assert counted(cells) == Totals(
        shown.operational + left.operational,
        shown.answered + left.answered,
        shown.offered + left.offered,
    )
    assert min((row.count for row in release.rows), default=k) >= k
    assert sum(release.shown.values()) == shown.offered


@given(ANY_DAY)
def test_a_class_that_can_be_summed_is_exact(cells: Cells) -> None:
    release = publish(7, cells, LISTS)
    for name in SIDE_OF:
        found = class_total(release.rows, name)
        assert found in (None, sum(count for key, count in cells.items() if key[2] == name))


@pytest.mark.slow
@given(ANY_DAY, st.randoms(use_true_random=False))
def test_the_order_of_counting_changes_no_byte(cells: Cells, chance: Random) -> None:
    shuffled = dict(chance.sample(list(cells.items()), len(cells)))
    first, second = publish(7, cells, LISTS), publish(7, shuffled, LISTS)
    assert msgspec.json.encode(first) == msgspec.json.encode(second)


@given(ANY_DAY)
def test_no_two_rows_are_about_the_same(cells: Cells) -> None:
    rows = publish(7, cells, LISTS).rows
    assert len({(row.level, row.county, row.kind, row.call_class) for row in rows}) == len(rows)


@given(ANY_DAY)
def test_sensitive_types_lie_among_others_in_a_row_of_the_province(cells: Cells) -> None:
    rows = publish(7, cells, LISTS).rows
    ordinary = {key: n for key, n in cells.items() if not LISTS.types.is_sensitive(key[1])}
    fewer = {(r.county, r.kind, r.level, r.call_class): r for r in publish(7, ordinary, LISTS).rows}
    assert not {row.kind for row in rows} & {*SENSITIVE, "s", "unheard"}
    for row in rows:
        other = fewer[row.county, row.kind, row.level, row.call_class]
        assert other.count == row.count or row.level is Level.PROVINCE
        assert other.count >= K


@pytest.mark.slow
@given(
    st.lists(ODD_DAYS | st.builds(random_day, st.integers(0, 9), st.integers(0, 99)), max_size=8)
)
def test_a_side_below_k_waits_for_the_next_day(days: list[Cells]) -> None:
    carried: dict[Side, Carried] = {}
    rows: list[PublicRow] = []
    for day, cells in enumerate(days):
        release = publish(day, cells, LISTS, carried)
        rows.extend(release.rows)
        carried = release.carried
    shown, left = totals(rows), counted(waiting(DayRelease((), carried)))
    exact = [counted(cells) for cells in days]
    assert sum(day.offered for day in exact) == shown.offered + left.offered
    assert sum(day.operational for day in exact) == shown.operational + left.operational
    for side in Side:
        spans = sorted({(row.from_day, row.to_day) for row in rows if row.side is side})
        tiles = [*spans, (carried[side].from_day, len(days) - 1)] if side in carried else spans
        covered = [day for start, end in tiles for day in range(start, end + 1)]
        assert covered == list(range(len(days)))


def test_what_is_in_no_figure_is_in_no_row() -> None:
    release = publish(7, {("0901", "t01", "T"): 50, ("0901", "t01", "S"): 50}, LISTS)
    assert release.rows == ()
    assert waiting(release) == {}


def test_types_without_a_group_stand_alone() -> None:
    tree = TypeTree({"theft": "", "noise": "night", "music": "night"})
    assert tree.sizes() == {"": 1, "theft": 1, "night": 2}
    cells = {("a", "theft", "O1"): 9, ("a", "noise", "O1"): 9, ("b", "theft", "O1"): 9}
    rows = publish(7, cells, PublicLists(("a", "b"), tree)).rows
    assert [(row.level, row.county, row.kind, row.call_class, row.count) for row in rows] == [
        (Level.COUNTY_TYPE, "a", "theft", "O1", 9),
        (Level.COUNTY_TYPE, "b", "theft", "O1", 9),
        (Level.PROVINCE, "", "", "operational", 9),
    ]


def test_the_headline_beside_that_of_other_methods() -> None:
    cells = plain_day(15_000, 1)
    true = shown_share(cells.items())
    large = [row for row in suppressed(cells, PLAIN, K) if row.level is Level.COUNTY_TYPE]
    left_out = shown_share(((r.county, r.kind, r.call_class), r.count) for r in large)
    rounded = shown_share((key, 5 * round(count / 5)) for key, count in cells.items())
    release = publish(7, cells, PLAIN)
    shown = totals(release.rows)
    assert (round(true, 3), round(left_out, 3), round(rounded, 3)) == (70.333, 75.594, 72.407)
    assert 100 * shown.operational / shown.answered == true
    assert {level.value: count for level, count in release.shown.items()} == {
        "county_type": 12_886,
        "county_group": 1_039,
        "county": 1_018,
        "province": 57,
    }


@pytest.mark.slow
def test_a_great_day_is_rolled_up_for_some_countings_of_its_calls() -> None:
    cells = random_day(15_000, 1405)
    release = publish(7, cells, LISTS)
    assert totals(release.rows) == counted(cells)
    assert _spent(lambda: publish(7, cells, LISTS)) < 50 * _spent(lambda: counted(cells))


def _spent(work: Callable[[], object]) -> float:
    """Seconds of a processor, the least of three tries: good for ratios only."""
    tries = []
    for _ in range(3):
        began = process_time()
        work()
        tries.append(process_time() - began)
    return min(tries)

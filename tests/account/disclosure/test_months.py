"""Sensitive types are counted by province and month, and no day gives them away."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasokh.account.disclosure.days import publish
from pasokh.account.disclosure.months import publish_month
from pasokh.account.disclosure.rows import CellKey, K, Level, PublicLists, PublicRow, Side, TypeTree
from tests.account.disclosure.attacker import days_of_month
from tests.account.disclosure.days import LISTS, TREE, random_day

HOME = PublicLists(("a", "b"), TypeTree({"home": "s", "fight": ""}, frozenset({"home"})))


@pytest.mark.slow
@given(st.lists(st.integers(0, 300), min_size=1, max_size=6), st.integers(0, 10**6))
def test_a_month_holds_every_sensitive_call_once(sizes: list[int], seed: int) -> None:
    days = [random_day(calls, seed + place) for place, calls in enumerate(sizes)]
    rows: list[PublicRow] = []
    for number, cells in enumerate(days):
        rows.extend(publish(number, cells, LISTS).rows)
    whole: Counter[CellKey] = sum(days, Counter())
    month = publish_month((0, len(days) - 1), whole, TREE, rows)
    waiting = sum(cell.count for side in month.carried.values() for cell in side.cells)
    sensitive = sum(count for key, count in whole.items() if TREE.is_sensitive(key[1]))
    assert sum(row.count for row in month.rows) + waiting == sensitive
    assert all(row.count >= K and row.level is Level.PROVINCE for row in month.rows)
    assert all(TREE.is_sensitive(row.kind) or row.kind == "" for row in month.rows)
    assert days_of_month(month.rows, rows) == []


def test_a_small_month_waits_for_the_next() -> None:
    few = {("a", "home", "O1"): 3, ("b", "fight", "O1"): 50}
    first = publish_month((0, 29), few, HOME.types, publish(0, few, HOME).rows)
    assert first.rows == ()
    rows = publish(30, few, HOME).rows
    second = publish_month((30, 59), few, HOME.types, rows, first.carried)
    (row,) = second.rows
    assert (row.from_day, row.to_day, row.call_class, row.count) == (0, 59, "operational", 6)


def test_days_that_leave_no_room_keep_a_month_back() -> None:
    """Five days, one sensitive call each beside the least of others: each day would be proven."""
    cells = {("a", "home", "O1"): 1, ("b", "fight", "O1"): 5}
    rows = [row for day in range(5) for row in publish(day, cells, HOME).rows]
    month = publish_month((0, 4), {("a", "home", "O1"): 5}, HOME.types, rows)
    assert month.rows == ()
    assert month.carried[Side.OPERATIONAL].cells
    roomy = [row for day in range(5) for row in publish(day, {**cells, **MORE}, HOME).rows]
    assert publish_month((0, 4), {("a", "home", "O1"): 5}, HOME.types, roomy).rows


MORE = {("b", "fight", "O1"): 9, ("a", "", "O1"): 3}

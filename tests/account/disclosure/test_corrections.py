"""What changed after a day was published is said by class, k at a time, and adds up."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasokh.account.disclosure.corrections import by_class, correct
from pasokh.account.disclosure.rows import CLASSES_OF, SIDE_OF, K, Side

CLASSES = st.dictionaries(st.sampled_from([*SIDE_OF]), st.integers(0, 60))


def by_side(counts: dict[str, int]) -> Counter[Side]:
    sums: Counter[Side] = Counter()
    for name, count in counts.items():
        sums[SIDE_OF[name]] += count
    return sums


@pytest.mark.slow
@given(CLASSES, CLASSES)
def test_a_correction_leads_from_one_headline_to_the_other(
    before: dict[str, int], now: dict[str, int]
) -> None:
    rows = correct(3, 5, before, now)
    if rows is None:
        changes = {side: by_side(now)[side] - by_side(before)[side] for side in Side}
        left = by_side(now)
        assert any(0 < abs(n) < K for n in changes.values()) or any(0 < left[s] < K for s in Side)
        return
    gained: Counter[Side] = Counter()
    for row in rows:
        assert (row.from_day, row.to_day, row.county, row.kind) == (3, 5, "", "")
        assert abs(row.count) >= K
        gained[row.side] += row.count
    assert all(by_side(before)[side] + gained[side] == by_side(now)[side] for side in Side)


def test_pending_calls_that_were_settled() -> None:
    before = {"O1": 9_000, "O2": 900, "V": 4_000, "P": 180, "R": 90}
    now = {"O1": 9_040, "O2": 903, "V": 4_100, "P": 35, "R": 92}
    rows = correct(3, 3, before, now)
    assert rows is not None
    # Three repeats and two records are too few to be said alone.
    assert {row.call_class: row.count for row in rows} == {
        "operational": 43,
        "P": -145,
        "other_answered": 102,
    }


def test_one_person_whose_call_is_judged_again_changes_nothing_in_public() -> None:
    before = {"O1": 9_000, "V": 4_000, "N2": 40}
    assert correct(3, 3, before, before | {"N2": 39, "V": 4_001}) == ()
    assert correct(3, 3, before, before | {"N2": 39, "O1": 9_001}) is None


def test_a_class_of_which_a_few_are_left_is_not_said_alone() -> None:
    before = {"V": 4_000, "P": 180, "R": 90}
    rows = correct(3, 3, before, {"V": 4_100, "P": 2, "R": 168})
    assert rows is not None
    assert {row.call_class: row.count for row in rows} == {"R": 78, "other_answered": -78}
    rows = correct(3, 3, before | {"O1": 50}, {"V": 4_060, "P": 2, "R": 168, "O1": 90})
    assert rows is not None
    assert {row.call_class: row.count for row in rows} == {
        "operational": 40,
        "R": 78,
        "other_answered": -118,
    }


def test_changes_of_two_days_are_said_together() -> None:
    before = {"O1": 9_000, "V": 4_000, "P": 180}
    now = {"O1": 9_003, "V": 4_000, "P": 177}
    assert correct(3, 3, before, now) is None
    rows = correct(3, 4, {n: 2 * c for n, c in before.items()}, {n: 2 * c for n, c in now.items()})
    assert rows is not None
    assert {row.call_class: row.count for row in rows} == {"operational": 6, "P": -6}


def test_every_class_has_a_side() -> None:
    assert sorted(SIDE_OF) == sorted(name for names in CLASSES_OF.values() for name in names)
    assert by_class({("a", "t", "O1"): 2, ("b", "", "O1"): 3, ("b", "", "T"): 4}) == {"O1": 5}

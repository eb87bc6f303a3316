"""Bins of k or more, from which anyone works the published quantiles out again."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasokh.account.disclosure.histogram import (
    ANSWERING_SECONDS,
    ARRIVAL_SECONDS,
    DISPATCH_SECONDS,
    QUANTILES,
    Bin,
    histogram,
    quantile,
)
from pasokh.account.disclosure.rows import K

SPANS = st.lists(st.integers(0, 900_000), max_size=200)


@given(SPANS, st.integers(0, 9), st.integers(2, 10))
def test_bins_hold_k_and_every_call_once(spans: list[int], without: int, k: int) -> None:
    bins = histogram(spans, ANSWERING_SECONDS, without, k=k)
    calls = len(spans) + without
    assert sum(b.count for b in bins) == (calls if calls >= k else 0)
    assert all(b.count >= k for b in bins)
    assert all(a.upto_seconds == b.above_seconds for a, b in pairwise(bins))
    for b in bins[:-1]:
        inside = [s for s in spans if b.above_seconds * 1_000 < s <= b.upto_seconds * 1_000]
        assert b.count == len(inside) + (b.above_seconds == 0) * spans.count(0)
    assert not bins or (bins[0].above_seconds, bins[-1].upto_seconds) == (0, None)


@pytest.mark.slow
@given(SPANS)
def test_a_quantile_is_a_bound_that_holds(spans: list[int]) -> None:
    bins = histogram(spans, ANSWERING_SECONDS)
    for percent in QUANTILES:
        bound = quantile(bins, percent)
        if bound is not None:
            within = sum(span <= bound * 1_000 for span in spans)
            assert within * 100 >= percent * len(spans)


@given(SPANS)
def test_the_order_of_calls_changes_nothing(spans: list[int]) -> None:
    assert histogram(spans, ANSWERING_SECONDS) == histogram(spans[::-1], ANSWERING_SECONDS)


def test_a_day_of_answers() -> None:
    spans = [1_000] * 50 + [2_000] * 10 + [2_001] * 3 + [9_000] * 30 + [61_000] * 4
    bins = histogram(spans, ANSWERING_SECONDS, without=1)
    assert bins == (Bin(0, 2, 60), Bin(2, 10, 33), Bin(10, None, 5))
    assert [quantile(bins, percent) for percent in QUANTILES] == [2, 10, None]
    assert quantile((), 50) is None


def test_fewer_than_k_say_nothing() -> None:
    assert histogram([1_000] * (K - 1), ANSWERING_SECONDS) == ()


def test_edges_rise() -> None:
    for edges in (ANSWERING_SECONDS, DISPATCH_SECONDS, ARRIVAL_SECONDS):
        assert list(edges) == sorted(set(edges))

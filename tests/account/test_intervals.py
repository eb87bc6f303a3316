from statistics import quantiles

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasokh.account.intervals import Series
from pasokh.account.report_rules import ReportRules


def measured(spans: list[int], rules: ReportRules) -> Series:
    series = Series(rules)
    for span in spans:
        series.add(span)
    return series


@given(st.lists(st.integers(0, 10**8), min_size=2, max_size=200))
def test_percentiles_are_those_of_the_standard_library(spans: list[int]) -> None:
    interval = measured(spans, ReportRules(unit_span=1)).interval()
    expected = quantiles(spans, n=100, method="inclusive")
    assert interval is not None
    assert interval.n == len(spans)
    for name, percent in (("p10", 10), ("p50", 50), ("p90", 90), ("p95", 95), ("p99", 99)):
        assert getattr(interval, name) == pytest.approx(expected[percent - 1], abs=1e-3)


def test_what_is_left_out_is_counted_by_its_reason() -> None:
    spans = [-1, 0, 60_000, 120_000, 120_001]
    interval = measured(spans, ReportRules("min", 60_000, longest=120_000)).interval()
    assert interval is not None
    assert (interval.n, interval.mean, interval.unit) == (3, 1.0, "min")
    assert (interval.left_out_negative, interval.left_out_longer) == (1, 1)


def test_negative_lengths_stay_in_where_the_reader_says_so() -> None:
    interval = measured([-2_000, 4_000], ReportRules(negative_in=True)).interval()
    assert interval is not None
    assert (interval.n, interval.mean, interval.left_out_negative) == (2, 1.0, 0)


def test_nothing_measured_is_no_interval() -> None:
    assert measured([-1], ReportRules()).interval() is None

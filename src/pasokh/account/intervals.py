"""Intervals between steps: exact percentiles of what the log says, with what was left out."""

from array import array

from msgspec import Struct

from pasokh.account.report_rules import ReportRules
from pasokh.core.time import Span

# Of minutes or seconds: more than any stamp can carry.
DECIMALS = 4
_PERCENTS = (10, 50, 90, 95, 99)


class Interval(Struct, frozen=True):
    """Percentiles by linear interpolation between order statistics, in `unit`."""

    n: int
    p10: float
    p50: float
    p90: float
    p95: float
    p99: float
    mean: float
    unit: str
    left_out_negative: int = 0
    left_out_longer: int = 0


class Series:
    """Collects the lengths of one interval: eight bytes each."""

    def __init__(self, rules: ReportRules) -> None:
        """Begin empty; `rules` say which lengths are counted apart."""
        self._rules = rules
        self._spans = array("q")
        self._negative = 0
        self._longer = 0

    def add(self, span: Span) -> None:
        """Take a length in milliseconds, or count it as left out."""
        longest = self._rules.longest
        if span < 0 and not self._rules.negative_in:
            self._negative += 1
        elif longest is not None and span > longest:
            self._longer += 1
        else:
            self._spans.append(span)

    def interval(self) -> Interval | None:
        """Work the percentiles out; None when nothing was counted."""
        spans = sorted(self._spans)
        if not spans:
            return None
        unit_span = self._rules.unit_span
        p10, p50, p90, p95, p99, mean = (
            round(span / unit_span, DECIMALS)
            for span in (*(_percentile(spans, p) for p in _PERCENTS), sum(spans) / len(spans))
        )
        return Interval(
            n=len(spans),
            p10=p10,
            p50=p50,
            p90=p90,
            p95=p95,
            p99=p99,
            mean=mean,
            unit=self._rules.unit,
            left_out_negative=self._negative,
            left_out_longer=self._longer,
        )


def _percentile(spans: list[Span], percent: int) -> float:
    """Interpolate between order statistics (Hyndman and Fan, type 7)."""
    place = (len(spans) - 1) * percent / 100
    below = int(place)
    above = min(below + 1, len(spans) - 1)
    return spans[below] + (spans[above] - spans[below]) * (place - below)

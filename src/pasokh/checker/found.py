"""What the finders of checks have in common: a check of a text, and how the best reading wins."""

from collections.abc import Iterable
from dataclasses import dataclass

from pasokh.checker.checks import judge
from pasokh.checker.claims import Claim
from pasokh.checker.outcomes import CheckFields, CheckOutcome

Span = tuple[int, int]
READINGS_MAX = 60


@dataclass(frozen=True)
class TextCheck:
    """A check that a text gives rise to: its fields, what came out, and where its numbers stand."""

    fields: CheckFields
    outcome: CheckOutcome
    spans: tuple[Span, ...]


def span_of(claim: Claim) -> Span:
    """Where a claim's number stands, its bound included."""
    return claim.amount.opens, claim.amount.end


def tested(fields: CheckFields, spans: Iterable[Span]) -> TextCheck:
    """Judge the fields of a check."""
    return TextCheck(fields, judge(fields), tuple(sorted(set(spans))))


def best(readings: Iterable[TextCheck]) -> TextCheck | None:
    """The reading that fits, else the first: a contradiction is told only when no reading fits.

    Of more readings than can be tried none is told: one of the others may fit.
    """
    first = None
    for number, reading in enumerate(readings):
        if reading.outcome.consistent:
            return reading
        if number == READINGS_MAX:
            return None
        first = first or reading
    return first

"""Remarks: what a reader misses or may misread, though no number contradicts another."""

from collections.abc import Iterator
from dataclasses import dataclass

from pasokh.checker.claims import Claim, ReleaseReading
from pasokh.checker.found import Span, TextCheck, span_of
from pasokh.checker.growths import called_percent
from pasokh.checker.inputs import Input
from pasokh.checker.margins import UPWARDS
from pasokh.checker.topics import BASES, About

# 'Over 2,500' when it is 4,034: a bound that is true and misleads.
_FAR_NUM, _FAR_DEN = 5, 4


@dataclass(frozen=True)
class Remark:
    """What kind of remark (its sentence is remark.KIND), and the numbers that it is about."""

    kind: str
    spans: tuple[Span, ...]


def remarks_on(reading: ReleaseReading, checks: list[TextCheck]) -> list[Remark]:
    """Give every remark on a text, in the order of the text."""
    seen = {span for check in checks for span in check.spans}
    found = list(_on_text(reading))
    found += [remark for check in checks for remark in _on_check(check)]
    found += [remark for claim in reading.claims for remark in _on_claim(reading, claim, seen)]
    return sorted(found, key=lambda remark: (remark.spans, remark.kind))


def _on_text(reading: ReleaseReading) -> Iterator[Remark]:
    for span in reading.unread:
        yield Remark("misprint", (span,))
    for span in called_percent(reading):
        yield Remark("points", (span,))
    if reading.tables:
        yield Remark("table", ())
    if reading.cut:
        yield Remark("many", ())


def _on_check(check: TextCheck) -> Iterator[Remark]:
    computed, op = check.outcome.computed, check.fields.get("op")
    claimed = check.fields.get("claimed_pct", check.fields.get("claimed"))
    if not check.outcome.consistent or computed is None or not isinstance(claimed, Input):
        return
    if op == "=" and check.outcome.in_percent and claimed.bound not in UPWARDS:
        over = computed - claimed.value
        if claimed.step / 2 < over < claimed.step:
            yield Remark("cut", check.spans)
    if op in (">", ">=") and computed * _FAR_DEN >= claimed.value * _FAR_NUM > 0:
        yield Remark("far", check.spans)


def _on_claim(reading: ReleaseReading, claim: Claim, seen: set[Span]) -> Iterator[Remark]:
    if claim.about is About.THING or claim.growth:
        return
    span = span_of(claim)
    if claim.amount.is_share and claim.base is None and span not in seen and claim.about:
        based = any(one.is_count and one.about in BASES for one in reading.claims)
        if not based:
            yield Remark("no-base", (span,))
    if claim.is_count and claim.per and not reading.periods:
        yield Remark("no-days", (span,))
    if claim.is_count and claim.amount.bound in UPWARDS and not _exact_beside(reading, claim):
        yield Remark("no-exact", (span,))


def _exact_beside(reading: ReleaseReading, claim: Claim) -> bool:
    return any(
        one.is_count and one.about is claim.about and one.per == claim.per
        for one in reading.claims
        if one.amount.bound not in UPWARDS
    )

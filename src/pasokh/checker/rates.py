"""Rates, periods and the headline of a text, against what its body counts."""

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import islice, pairwise

from pasokh.checker import cues
from pasokh.checker.bounds import Bound
from pasokh.checker.claims import Claim, Every, ReleaseReading
from pasokh.checker.cues import PER_HOURS
from pasokh.checker.found import TextCheck, best, span_of, tested
from pasokh.checker.inputs import Input
from pasokh.checker.margins import bounds_of, claimed_fields, exactly, input_from, margins
from pasokh.checker.numbers import AmountUnit
from pasokh.checker.periods import DAY_HOURS, Period, PeriodKind, hours_of
from pasokh.checker.topics import BASES, About

TOTALS_MAX = 200
_FAR = 5
_HOURS = re.compile(r"(?:ساعت|hours?)$")
_SECONDS = 3600
# Six months of 31 days are no more than six.
_WHOLE = (PER_HOURS["month"], PER_HOURS["year"])
_WHOLE_NEAR = Fraction(7, 100)
_MEANING = frozenset(
    (
        "(",
        "یعنی",
        "به مدت",
        "(به مدت",
        "that is",
        "i.e.",
        "(یعنی",
        "(about",
        "(حدود",
        "(over",
        "(طی",
    )
)


def rates_in(reading: ReleaseReading) -> Iterator[TextCheck]:
    """'110,000 a day' against the total and its period; 'every 7 seconds one' too."""
    totals = list(islice(_totals(reading), TOTALS_MAX + 1))
    if len(totals) > TOTALS_MAX:
        return
    for claim in filter(_is_rate, reading.claims):
        found = best(_rate_readings(reading, claim, totals))
        if found is not None:
            yield found
    for every in reading.every:
        found = best(_every_readings(every, totals))
        if found is not None:
            yield found


def _is_rate(claim: Claim) -> bool:
    """Also a rate that does not say of what: it may be of any total."""
    plain = not (claim.people or claim.growth or claim.earlier or claim.headline)
    counted = claim.amount.unit is AmountUnit.COUNT and claim.about is not About.THING
    return bool(claim.per) and plain and counted


def _totals(reading: ReleaseReading) -> Iterator[tuple[Claim, Period]]:
    """Counts with a period that they can be from: their sentence's, or any when all are exact."""
    spans = [one for one in reading.periods if one.kind not in (PeriodKind.POINT, PeriodKind.CLOCK)]
    counts = [claim for claim in reading.claims if claim.is_count and not claim.per]
    text = reading.folded.text
    for claim in counts:
        own = [one for one in spans if reading.sentence_of(one.start) == claim.sentence]
        for period in _if_known(text, own) or _if_known(text, spans):
            yield claim, period


def _if_known(text: str, periods: list[Period]) -> list[Period]:
    """All of them, when all have a length; a length in brackets stands for what it is behind."""
    lengths = [one for one in periods if one.kind is PeriodKind.LENGTH]
    kept = [
        one
        for one in periods
        if hours_of(one) is not None
        or not any(text[one.end : other.start].strip() == "(" for other in lengths)
    ]
    return kept if all(hours_of(one) is not None for one in kept) else []


def _rate_readings(
    reading: ReleaseReading, rate: Claim, totals: list[tuple[Claim, Period]]
) -> Iterator[TextCheck]:
    own = [one for one in reading.periods if reading.sentence_of(one.start) == rate.sentence]
    for total, period in sorted(totals, key=lambda one: _distance(one[0], rate)):
        units = _units(period, rate.per or 1)
        between = [one for one in own if total.amount.end < one.start < rate.amount.start]
        before = [one for one in own if one.start < total.amount.start]
        clear = all(hours_of(one) == hours_of(period) for one in between or own) and not (
            between and before
        )
        tied = clear and _follows(reading, total, rate)
        same = total.about is rate.about or (rate.about is None and total.about in BASES)
        if same and units[0] > 1 and tied:
            low, high = bounds_of(total.amount)
            yield _rate(
                rate, total, (units[0] + units[1]) / 2, (low / units[1], high / units[0]), period
            )


def _distance(total: Claim, rate: Claim) -> tuple[int, int]:
    """How far a total stands from its rate: in its own sentence, and before it, is likeliest."""
    far = abs(total.sentence - rate.sentence)
    return far, abs(total.amount.start - rate.amount.start)


def _units(period: Period, per: int) -> tuple[Fraction, Fraction]:
    """The least and the most units of time in a period: months and years are counted whole."""
    low, high = (hours / per for hours in hours_of(period) or (Fraction(0), Fraction(0)))
    whole = Fraction(round((low + high) / 2))
    if per in _WHOLE and whole and abs(low + high - 2 * whole) <= whole * _WHOLE_NEAR:
        return whole, whole
    return low, high


def _follows(reading: ReleaseReading, total: Claim, rate: Claim) -> bool:
    """Whether a rate is said of a total: in its sentence, or as what follows from it."""
    if total.sentence == rate.sentence:
        return True
    start, _ = reading.sentences[rate.sentence]
    opening = reading.folded.text[start : rate.amount.opens]
    return rate.sentence - total.sentence == 1 and bool(cues.IT_FOLLOWS.search(opening))


def _rate(
    rate: Claim, total: Claim, units: Fraction, ends: tuple[Fraction, Fraction], period: Period
) -> TextCheck:
    # a mean need not be whole, and is rounded as far as its noughts go: 110,000 a day
    rounded = min(rate.amount.round_step, rate.amount.value / 20)
    step = max(rate.amount.step, rounded)
    claimed = replace(rate.amount, step=step, unit=AmountUnit.TIMES)
    op, tolerance = claimed_fields(claimed, total.amount.value / units, *ends)
    fields = {
        "kind": "rate",
        "total": input_from(total.amount),
        "periods": exactly(units),
        "claimed": input_from(rate.amount),
        "op": op,
        "tol_rel": exactly(tolerance / rate.amount.value if rate.amount.value else tolerance),
    }
    return tested(fields, [span_of(rate), span_of(total), (period.start, period.end)])


def _every_readings(every: Every, totals: list[tuple[Claim, Period]]) -> Iterator[TextCheck]:
    for total, period in totals:
        if total.about in BASES and total.amount.value > 0 and period.hours:
            seconds = Fraction(period.hours) * _SECONDS
            claimed = Input(Fraction(every.seconds), Bound.EXACT, Fraction(1), Fraction(1))
            near = Fraction(every.step) / every.seconds
            fields = {
                "kind": "rate",
                "total": exactly(seconds),
                "periods": input_from(total.amount),
                "claimed": claimed,
                "op": "=",
                "tol_rel": exactly(max(near / 2, Fraction(1, 10))),
            }
            own = (every.start, every.end)
            yield tested(fields, [own, span_of(total), (period.start, period.end)])


def periods_of(reading: ReleaseReading) -> Iterator[TextCheck]:
    """A length beside dates, and two lengths of one day, have to be the same."""
    text = reading.folded.text
    for one, other in pairwise(reading.periods):
        if one.hours is None or other.hours is None or not _same_time(reading, text, one, other):
            continue
        written = [text[p.start : p.end] for p in (one, other)]
        fields = {"kind": "period", "periods": written}
        yield tested(fields, [(one.start, one.end), (other.start, other.end)])


def _same_time(reading: ReleaseReading, text: str, one: Period, other: Period) -> bool:
    if reading.sentence_of(one.start) != reading.sentence_of(other.start):
        return False
    kinds = {one.kind, other.kind}
    if kinds == {PeriodKind.LENGTH, PeriodKind.CLOCK}:
        length = one if one.kind is PeriodKind.LENGTH else other
        hours = _HOURS.search(text[length.start : length.end])
        if hours and length is other and text[one.end : other.start].strip() in _MEANING:
            return True
        return length.hours == DAY_HOURS and "روز" not in text[length.start : length.end]
    between = text[one.end : other.start].strip(" ،,")
    return (
        between in _MEANING and other.kind is PeriodKind.LENGTH and one.kind is not PeriodKind.CLOCK
    )


def headlines_in(reading: ReleaseReading) -> Iterator[TextCheck]:
    """The headline's numbers against the body's about the same thing."""
    for claim in reading.claims:
        counted = claim.is_count or (claim.is_share and claim.about not in (None, About.THING))
        if claim.headline and counted:
            found = best(_headline_readings(reading, claim))
            if found is not None:
                yield found


def _is_alike(headline: Claim, body: Claim) -> bool:
    """Whether both can be meant as one number: a count that is tenfold is about something else."""
    one, other = headline.amount.value, body.amount.value
    return headline.is_share or (one < other * _FAR and other < one * _FAR)


def _headline_readings(reading: ReleaseReading, headline: Claim) -> Iterator[TextCheck]:
    for body in reading.claims:
        alike = body.about is headline.about and body.is_share == headline.is_share
        usable = alike and (body.is_share or (body.is_count and body.per == headline.per))
        if body.headline or not usable or not _is_alike(headline, body):
            continue
        low, high = bounds_of(body.amount)
        op, tolerance = claimed_fields(headline.amount, body.amount.value, low, high)
        fields = {
            "kind": "headline",
            "claimed": input_from(headline.amount),
            "body": input_from(body.amount),
            "op": op,
            "tol": exactly(max(tolerance, *margins(headline.amount)))
            if op == "="
            else exactly(tolerance),
        }
        yield tested(fields, map(span_of, (headline, body)))

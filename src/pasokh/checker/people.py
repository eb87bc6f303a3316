"""'205 fires per 100,000 people', against the count and the number of people that a text names."""

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from pasokh.checker.claims import Claim, PerPeople, ReleaseReading
from pasokh.checker.found import TextCheck, best, span_of, tested
from pasokh.checker.margins import bounds_of, claimed_fields, exactly, input_from
from pasokh.checker.numbers import AmountUnit, amounts_in

_MANY = (
    r"(?P<{0}>\d[\d,٬]*(?: هزار| thousand| میلیون| million)?|(?:یک ?)?(?:صد |ده )?هزار|یک میلیون"
    r"|(?:an? |one |ten )?(?:hundred )?thousand|(?:a |one )?million)"
)
_PER_PEOPLE = re.compile(
    rf"(?<!\w)(?:(?:به ازای|برای|در) هر {_MANY.format('fa')} نفر(?: (?:از )?جمعیت)?"
    rf"|(?:per|for every|for each|in every) {_MANY.format('en')} "
    r"(?:people|persons|inhabitants|residents|citizens|of (?:the )?population))(?!\w)"
)
_POPULATED_BEFORE = re.compile(
    r"(?<!\w)(?:جمعیت(?! هلال)|population|inhabitants|residents)(?: [^\W\d]+){0,4}:? $"
)
_POPULATED_BEHIND = re.compile(r" ?(?:نفری|نفر جمعیت|people(?! were)|inhabitants|residents)(?!\w)")
_NEAR = 48


def per_people_of(text: str) -> list[PerPeople]:
    """Find where a text says 'per 100,000 people'."""
    return [
        PerPeople(int(amounts_in(found["fa"] or found["en"])[0].value), *found.span())
        for found in _PER_PEOPLE.finditer(text)
        if amounts_in(found["fa"] or found["en"])
    ]


def told_of_people(reading: ReleaseReading, claims: list[Claim]) -> list[Claim]:
    """Tie each 'per 100,000 people' to the number right beside it."""
    told = list(claims)
    for per in reading.per_people:
        near = [(gap, at) for at, one in enumerate(told) if (gap := _gap(reading, one, per)) >= 0]
        if near:
            _, at = min(near)
            told[at] = replace(told[at], people=per.many, per=None)
    return told


def _gap(reading: ReleaseReading, claim: Claim, per: PerPeople) -> int:
    """How far a count is from the words, in one clause; -1 when it is in another."""
    if claim.amount.unit is not AmountUnit.COUNT:
        return -1
    before = claim.amount.end <= per.start
    start, end = (claim.amount.end, per.start) if before else (per.end, claim.amount.opens)
    between = reading.folded.text[start:end]
    clear = end - start <= _NEAR and not re.search(r"[،,.؛;:\n]", between)
    return end - start if clear else -1


def per_people_in(reading: ReleaseReading) -> Iterator[TextCheck]:
    """Each number per so many people, against every count and population that it can be from."""
    for claim in reading.claims:
        if claim.people:
            found = best(_readings(reading, claim))
            if found is not None:
                yield found


def _readings(reading: ReleaseReading, rate: Claim) -> Iterator[TextCheck]:
    people = [one for one in reading.claims if one is not rate and _is_population(reading, one)]
    for total in reading.claims:
        same = rate.about in (None, total.about)
        if total.is_count and not total.per and same:
            yield from (_told(rate, total, population) for population in people)


def _is_population(reading: ReleaseReading, claim: Claim) -> bool:
    text, amount = reading.folded.text, claim.amount
    if amount.unit is not AmountUnit.COUNT or claim.people or amount.value <= 0:
        return False
    before = text[max(0, amount.opens - _NEAR) : amount.opens]
    return bool(_POPULATED_BEFORE.search(before) or _POPULATED_BEHIND.match(text, amount.end))


def _told(rate: Claim, total: Claim, population: Claim) -> TextCheck:
    low, high = bounds_of(total.amount)
    fewest, most = bounds_of(population.amount)
    nominal = total.amount.value * rate.people / population.amount.value
    ends = low * rate.people / most, high * rate.people / max(fewest, Fraction(1))
    # a rate need not be whole, and is rounded as far as its noughts go
    step = max(rate.amount.step, min(rate.amount.round_step, rate.amount.value / 20))
    claimed = replace(rate.amount, step=step, unit=AmountUnit.TIMES)
    op, tolerance = claimed_fields(claimed, nominal, *ends)
    fields = {
        "kind": "per_capita",
        "count": input_from(total.amount),
        "population": input_from(population.amount),
        "per": exactly(Fraction(rate.people)),
        "claimed": input_from(rate.amount),
        "op": op,
        "tol_rel": exactly(tolerance / rate.amount.value if rate.amount.value else tolerance),
    }
    return tested(fields, map(span_of, (rate, total, population)))

"""Changes that a text tells, against the two numbers that they are from: percent and points."""

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from itertools import pairwise

from pasokh.checker import cues
from pasokh.checker.bounds import Bound
from pasokh.checker.claims import Claim, ReleaseReading
from pasokh.checker.found import Span, TextCheck, best, span_of, tested
from pasokh.checker.inputs import Input
from pasokh.checker.margins import bounds_of, claimed_fields, exactly, input_from
from pasokh.checker.numbers import AmountUnit
from pasokh.checker.reading import is_from_to
from pasokh.checker.topics import About, topics_in

_MIRRORED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
_NEAR = 40


def growths_in(reading: ReleaseReading) -> Iterator[TextCheck]:
    """'A growth of 25 percent' against the two numbers that it is from."""
    for claim in _growths(reading):
        found = best(_growth_readings(reading, claim))
        if found is not None and not _is_of_points(reading, claim, found):
            yield found


def points_of(reading: ReleaseReading) -> Iterator[TextCheck]:
    """'A rise of 5 percentage points' against the two percentages."""
    for claim in reading.claims:
        if claim.amount.unit is AmountUnit.POINTS:
            found = best(_points_readings(reading, claim))
            if found is not None:
                yield found


def called_percent(reading: ReleaseReading) -> Iterator[Span]:
    """Find what is called percent and is the difference of two percentages."""
    for claim in _growths(reading):
        found = best(_growth_readings(reading, claim))
        if found is not None and _is_of_points(reading, claim, found):
            yield span_of(claim)


def _growths(reading: ReleaseReading) -> Iterator[Claim]:
    return (one for one in reading.claims if one.growth and one.amount.is_share)


def _is_of_points(reading: ReleaseReading, growth: Claim, found: TextCheck) -> bool:
    """Whether it does not bear the claim out as a growth, but as a difference of two shares."""
    points = None if found.outcome.consistent else best(_points_readings(reading, growth))
    return points is not None and points.outcome.consistent is True


def _growth_readings(reading: ReleaseReading, growth: Claim) -> Iterator[TextCheck]:
    def percent(now: Fraction, old: Fraction) -> Fraction:
        return now * 100 / old - 100

    for previous, current in _before_and_now(reading, growth):
        if bounds_of(previous.amount)[0] > 0:
            yield _changed("growth", growth, (previous, current), percent)


def _points_readings(reading: ReleaseReading, points: Claim) -> Iterator[TextCheck]:
    for pair in _shares_from_to(reading, points):
        if pair[0].amount.value > 0:
            yield _changed("points", points, pair, lambda now, old: now - old)


def _changed(
    kind: str, claim: Claim, pair: tuple[Claim, Claim], of: Callable[[Fraction, Fraction], Fraction]
) -> TextCheck:
    """Lay a change beside what its two numbers can be; a fall is a change below nought."""
    previous, current = pair
    (old_low, old_high), (new_low, new_high) = bounds_of(previous.amount), bounds_of(current.amount)
    change = of(current.amount.value, previous.amount.value)
    # 'a change of 5 points' does not say which way
    sign = -1 if claim.growth < 0 or (not claim.growth and change < 0) else 1
    ends = sorted((sign * of(new_low, old_high), sign * of(new_high, old_low)))
    nominal = sign * change
    op, tolerance = claimed_fields(claim.amount, nominal, *ends)
    claimed = input_from(claim.amount)
    fields = {
        "kind": kind,
        "current": input_from(current.amount),
        "previous": input_from(previous.amount),
        "claimed_pct" if kind == "growth" else "claimed": Input(
            claimed.value * sign, Bound.EXACT, claimed.step, claimed.step
        ),
        "op": _MIRRORED.get(op, op) if sign < 0 else op,
        "tol_pp" if kind == "growth" else "tol": exactly(tolerance),
    }
    return tested(fields, map(span_of, (previous, current, claim)))


def _before_and_now(reading: ReleaseReading, growth: Claim) -> Iterable[tuple[Claim, Claim]]:
    """'From A to B' in its sentence; else a number of before, and one of now about the same."""
    near = [one for one in reading.claims if abs(one.sentence - growth.sentence) <= 1]
    counts = [one for one in near if one.amount.unit is AmountUnit.COUNT]
    joined = counts_from_to(reading, counts) or _shares_from_to(reading, growth)
    if joined:
        return joined
    alone = not any(one.sentence == growth.sentence for one in counts)
    earlier = [one for one in counts if one.earlier and (alone or one.sentence == growth.sentence)]
    now = [one for one in reading.claims if one.is_count and not one.headline]
    return (
        (previous, current)
        for previous in earlier
        for current in now
        if current.about is previous.about and current.per == previous.per
    )


def counts_from_to(reading: ReleaseReading, counts: list[Claim]) -> list[tuple[Claim, Claim]]:
    """Each number of before, and that of now: 'from A to B', 'to B from A'."""
    text = reading.folded.text
    joined = [pair for pair in pairwise(counts) if is_from_to(text, *pair)]
    return joined + [(old, now) for now, old in pairwise(counts) if _is_to_from(text, now, old)]


def _is_to_from(text: str, now: Claim, old: Claim) -> bool:
    """'To 11,040 calls from 12,000 calls', one right behind the other."""
    between = text[now.amount.end : old.amount.opens]
    opened = text.endswith("to ", 0, now.amount.opens)
    return opened and now.sentence == old.sentence and bool(cues.FROM_OLDER.fullmatch(between))


def _shares_from_to(reading: ReleaseReading, change: Claim) -> list[tuple[Claim, Claim]]:
    """Two shares 'from A to B', and the change told of them and of nothing else."""
    text = reading.folded.text
    shares = [
        one
        for one in reading.claims
        if one.amount.is_share and one.sentence == change.sentence and one is not change
    ]
    found = [pair for pair in pairwise(shares) if is_from_to(text, *pair)]
    end = min(reading.sentences[change.sentence][1], change.amount.end + _NEAR)
    boundary = cues.BOUNDARY.search(text, change.amount.end + 1, end)
    ahead = text[change.amount.end : boundary.start() if boundary else end]
    return [
        (one, other)
        for one, other in found
        if one.amount.end <= other.amount.opens <= change.amount.opens
        if not _names_any(text[other.amount.end : change.amount.opens]) and not _names_any(ahead)
    ]


def _names_any(text: str) -> bool:
    """Whether a piece of text is about anything: years, people and the like do not count."""
    return any(hit.about is not About.THING for hit in topics_in(text))

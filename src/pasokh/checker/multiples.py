"""'Twice the 2,450 of last year', 'tripled from A to B': multiples against their two numbers."""

import re
from collections.abc import Iterator
from fractions import Fraction

from pasokh.checker.bounds import Bound, bound_before
from pasokh.checker.claims import Claim, ReleaseReading
from pasokh.checker.dates import small_number
from pasokh.checker.found import Span, TextCheck, best, span_of, tested
from pasokh.checker.growths import counts_from_to
from pasokh.checker.margins import exactly, input_from
from pasokh.checker.numbers import AmountUnit
from pasokh.checker.topics import About

_NEAR = 40
_TIMES = {"twice": 2, "double": 2, "doubled": 2, "triple": 3, "tripled": 3, "trebled": 3}
_TIMES |= {"quadrupled": 4}
# 'Twice' is said of 1.8 and of 2.2; 'nearly twice' of 1.6 too.
_PLAIN, _ABOUT = 8, 5
_BEFORE = re.compile(
    r"(?<!\w)(?P<n>twice|double|triple|\w{1,6} times|\w{1,6} برابر)"
    r"(?: (?:as many(?: \w+)? as|the|that of|of|تعداد))* ?$"
)
_GREW = re.compile(
    r"(?<!\w)(?P<n>doubled|tripled|trebled|quadrupled"
    r"|[\w.٫]{1,6} برابر(?= (?:\w+ )?(?:شد|رسید)))(?!\w)"
)


def times_of(reading: ReleaseReading) -> Iterator[TextCheck]:
    """Each multiple: of the number right behind it, else of the number of before."""
    text = reading.folded.text
    # the same two numbers are laid beside each other once
    taken: list[set[Span]] = []
    for previous in reading.claims:
        opening = text[max(0, previous.amount.opens - _NEAR) : previous.amount.opens]
        found = _BEFORE.search(opening)
        if found is not None and previous.amount.unit is AmountUnit.COUNT:
            start = previous.amount.opens - len(opening) + found.start()
            told = best(_readings(reading, previous, found["n"], start))
            if told is not None:
                taken.append(set(told.spans))
                yield told
    for number, span, sentence in _told(reading):
        pairs = _before_and_now(reading, sentence)
        told = best(one for pair in pairs if (one := _times(text, *pair, number, span)))
        if told is not None and not any(len(one & set(told.spans)) > 1 for one in taken):
            yield told


def _told(reading: ReleaseReading) -> Iterator[tuple[Fraction, Span, int]]:
    """Multiples of what was before: 'doubled', and 'three times' with a year before."""
    text = reading.folded.text
    for found in _GREW.finditer(text):
        number = _number(found["n"])
        yield number, found.span(), reading.sentence_of(found.start())
    for claim in reading.claims:
        grew = _GREW.match(text, claim.amount.start)
        if claim.amount.unit is AmountUnit.TIMES and claim.earlier and grew is None:
            yield claim.amount.value, (claim.amount.start, claim.amount.end), claim.sentence


def _number(word: str) -> Fraction:
    plain = word.split(maxsplit=1)[0].replace("٫", ".")
    if re.fullmatch(r"\d+\.\d+", plain):
        return Fraction(plain)
    return Fraction(_TIMES.get(word) or small_number(plain))


def _before_and_now(reading: ReleaseReading, sentence: int) -> list[tuple[Claim, Claim]]:
    """'From A to B' in its sentence or beside it; else a number of before and one of now."""
    near = [one for one in reading.claims if abs(one.sentence - sentence) <= 1]
    counts = [
        one for one in near if one.amount.unit is AmountUnit.COUNT and one.about is not About.THING
    ]
    joined = counts_from_to(reading, counts)
    own = [pair for pair in joined if pair[0].sentence == sentence]
    if joined:
        return own or joined
    return [
        (old, now)
        for old in counts
        for now in counts
        if old.earlier and now.is_count and old.about is now.about and old.per == now.per
    ]


def _readings(
    reading: ReleaseReading, previous: Claim, word: str, start: int
) -> Iterator[TextCheck]:
    """The numbers of now stand before it, the nearest first."""
    alike = (previous.about, None, About.CALLS)
    for current in reversed(reading.claims):
        before = current.amount.end <= start and previous.sentence - current.sentence <= 1
        plain = current.amount.unit is AmountUnit.COUNT and current.about in alike
        if before and plain and current.per == previous.per:
            span = (start, start + len(word))
            told = _times(reading.folded.text, previous, current, _number(word), span)
            if told is not None:
                yield told


def _times(
    text: str, previous: Claim, current: Claim, times: Fraction, span: Span
) -> TextCheck | None:
    if times <= 1 or previous.amount.value <= 0:
        return None
    bound, opens = bound_before(text, span[0])
    plain = {Bound.EXACT: times / _PLAIN, Bound.ABOUT: times / _ABOUT}
    fields = {
        "kind": "times",
        "current": input_from(current.amount),
        "previous": input_from(previous.amount),
        "claimed": exactly(times),
        "op": "=" if bound in plain else bound.value,
        "tol": exactly(plain.get(bound, Fraction(0))),
    }
    return tested(fields, [(opens, span[1]), span_of(previous), span_of(current)])

"""Whether the numbers of an outlet's text are those of our release.

Read by the release checker's own reader. A number of theirs is only judged beside one of ours that
counts the same thing; whatever else they tell is theirs, and no error.
"""

import re
from enum import StrEnum
from fractions import Fraction

from msgspec import Struct

from pasokh.checker.bounds import Bound
from pasokh.checker.claims import Claim, ReleaseReading
from pasokh.checker.numbers import Amount, AmountUnit
from pasokh.checker.reading import read_text
from pasokh.checker.topics import About
from pasokh.words.idle import IDLE_IN_REPORTS
from pasokh.words.spelling import key
from pasokh.words.stems import stem

_BEHIND = 40
_WORD = re.compile(r"[^\W\d_]+")
_SMALL = 100
# A round number may be off by so much of itself, and a bound by half.
_ROUND = Fraction(1, 20)
_BOUND = Fraction(1, 2)
_TELLING = 3
_NOUN = 2
# A nought too many is a mistake; a number further off counts something else.
_FAR = 20


class NumberVerdict(StrEnum):
    """What became of our numbers in another's text."""

    RIGHT = "right"
    WRONG = "wrong"
    NONE = "none"


class ToldNumber(Struct, frozen=True):
    """A number with what it counts: a topic of the checker, and the two words behind it."""

    value: Fraction
    step: Fraction
    round_step: Fraction
    unit: AmountUnit
    bound: Bound
    about: About | None
    noun: tuple[str, ...]
    growth: int

    @property
    def figures(self) -> int:
        """How many of its digits tell something: none of a share, and no noughts at the end."""
        return len(str(self.value.numerator).rstrip("0")) if self.unit is AmountUnit.COUNT else 0


def numbers_in(text: str) -> tuple[ToldNumber, ...]:
    """Read the numbers of a text: no dates, hours, years, nor numbers of services."""
    reading = read_text(text)
    return tuple(_told(reading, claim) for claim in reading.claims)


def verdict_of(theirs: tuple[ToldNumber, ...], ours: tuple[ToldNumber, ...]) -> NumberVerdict:
    """Judge their numbers by ours: one wrong number makes the text wrong.

    A number is right beside one of ours with the same noun, and wrong only where it is told of the
    very same thing, and all that we told of that is another number.
    """
    found = NumberVerdict.NONE
    for number in theirs:
        if any(fits(number, one) and _counts_alike(number, one) for one in ours):
            found = NumberVerdict.RIGHT
        elif any(_counts_the_same(number, one) for one in ours):
            return NumberVerdict.WRONG
    return found


def fits(theirs: ToldNumber, ours: ToldNumber) -> bool:
    """Whether their number says what ours says, as exactly as it is written."""
    if theirs.growth * ours.growth < 0:
        return False
    off = ours.value - theirs.value
    if theirs.bound in (Bound.MORE, Bound.AT_LEAST):
        return 0 <= off <= theirs.value * _BOUND
    if theirs.bound in (Bound.LESS, Bound.AT_MOST):
        return 0 <= -off <= theirs.value * _BOUND
    return abs(off) <= max(_room(theirs), ours.step / 2)


def shared_figures(theirs: tuple[ToldNumber, ...], ours: tuple[ToldNumber, ...]) -> int:
    """Count the figures of the numbers that both texts have to the last one.

    Three figures or more tell by themselves, two with the noun that they count.
    """
    bare = {one.value: one.figures for one in ours if one.figures >= _TELLING}
    named = {(one.value, one.noun[:1]) for one in ours if one.noun and one.figures == _TELLING - 1}
    shared = named & {(one.value, one.noun[:1]) for one in theirs}
    found = {one.value for one in theirs} & bare.keys()
    return sum(bare[value] for value in found) + len(shared) * (_TELLING - 1)


def _room(number: ToldNumber) -> Fraction:
    """How far the true value may be off: half of the last digit that is no nought."""
    if number.unit is not AmountUnit.COUNT or number.value < _SMALL:
        return number.step / 2
    whole = number.round_step if number.bound is Bound.ABOUT else number.round_step / 2
    return min(whole, number.value * _ROUND)


def _counts_alike(one: ToldNumber, other: ToldNumber) -> bool:
    """Whether both may be about one thing: the topic is the same, or the noun."""
    if _kind(one.unit) is not _kind(other.unit):
        return False
    return _named(one, other) or (bool(one.noun) and one.noun[:1] == other.noun[:1])


def _counts_the_same(one: ToldNumber, other: ToldNumber) -> bool:
    """Whether both must be about one thing; nine of ten calls are not all calls."""
    if _kind(one.unit) is not _kind(other.unit) or bool(one.growth) != bool(other.growth):
        return False
    least, most = sorted((one.value, other.value))
    if most > least * _FAR:
        return False
    return _named(one, other) or (len(one.noun) == _NOUN and one.noun == other.noun)


def _named(one: ToldNumber, other: ToldNumber) -> bool:
    return one.about not in (None, About.THING) and one.about is other.about


def _kind(unit: AmountUnit) -> AmountUnit:
    return AmountUnit.PERCENT if unit is AmountUnit.PART else unit


def _told(reading: ReleaseReading, claim: Claim) -> ToldNumber:
    amount: Amount = claim.amount
    return ToldNumber(
        amount.value,
        amount.step,
        amount.round_step,
        amount.unit,
        amount.bound,
        claim.about,
        _noun(reading.folded.text, amount.end),
        claim.growth,
    )


def _noun(text: str, end: int) -> tuple[str, ...]:
    """The first words behind a number that say what it counts: kilograms, opium."""
    behind = (stem(key(word)) for word in _WORD.findall(text, end, end + _BEHIND))
    return tuple([word for word in behind if word not in IDLE_IN_REPORTS][:_NOUN])

"""Numbers as releases write them: digits of three kinds, separators, scales, words, parts, percent.

What cannot be read as one number for certain is not read at all.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from pasokh.checker.bounds import Bound, bound_after, bound_before
from pasokh.checker.number_words import NO_PARTS, ORDINAL_ENDS, VAGUE_ENDS
from pasokh.checker.numerals import Group, group_at
from pasokh.checker.tokens import Token, tokens_of


class AmountUnit(StrEnum):
    """What a number counts in."""

    COUNT = "count"
    PERCENT = "percent"
    PART = "part"
    POINTS = "points"
    TIMES = "times"


@dataclass(frozen=True)
class Amount:
    """A number of the text: its value, how exactly it is printed, its bound, and where it stands.

    A part (a third) has its value in percent. `step` is the unit of the last printed digit.
    """

    value: Fraction
    step: Fraction
    unit: AmountUnit
    bound: Bound
    start: int
    end: int
    # where its bound's words start
    opens: int
    # how far apart the ends of a range are, its value being in the middle
    wide: Fraction = Fraction(0)

    @property
    def is_share(self) -> bool:
        """Whether it is a share of something, in percent."""
        return self.unit in (AmountUnit.PERCENT, AmountUnit.PART)

    @property
    def round_step(self) -> Fraction:
        """The unit of the last digit that is not a nought: 1000 for 17,000."""
        step = self.step
        while self.value and step >= 1 and (self.value / (step * 10)).denominator == 1:
            step *= 10
        return step


_PERCENT = re.compile(r"[ \n]?(?:%|٪|درصدی?(?!\w)|percent(?!\w)|per cent(?!\w)|pct(?!\w))")
_POINTS = re.compile(
    r"[ \n]?(?:percentage points?|(?:واحد|نقطه) درصد|واحد درصدی|درصد واحد|points?(?!\w))"
)
_TIMES = re.compile(r"[ \n]?(?:times(?!\w)|برابر(?!\w)(?! با))")
_OUT_OF = re.compile(r" (?:out )?(?:of every|of each|out of|in every|in)(?: the)? ")
_OF_EACH = re.compile(r"از (?:هر|هریک) $")
_TEN = (3, 4, 5, 6, 8, 10, 20, 100, 1000)
_EACH_GAP = 44
_PLAIN_WORDS = re.compile(r"[ \w\1]+")


def amounts_in(text: str) -> list[Amount]:
    """Read the numbers of a folded text, in order. Linear in its length."""
    tokens = tokens_of(text)
    found: list[Amount] = []
    at = 0
    while at < len(tokens):
        group = group_at(tokens, at, text)
        if group is None:
            at += 1
            continue
        amount = _amount(text, tokens, group)
        if amount is not None:
            found.append(amount)
        at = group.after
    return list(_joined_parts(text, found))


def _amount(text: str, tokens: list[Token], group: Group) -> Amount | None:
    first, last = tokens[group.first], tokens[group.after - 1]
    if not _stands_alone(text, tokens, group):
        return None
    unit, end = _unit(text, last.end)
    if unit is AmountUnit.COUNT and text[max(0, first.start - 1) : first.start] in ("%", "٪"):
        unit = AmountUnit.PERCENT
    value, step = group.value, group.step
    if group.is_part:
        if unit is not AmountUnit.COUNT:
            return None
        unit, value, step = AmountUnit.PART, value * 100, Fraction(3)
    start = first.start - (unit is AmountUnit.PERCENT and end == last.end)
    bound, opens = bound_before(text, start)
    if bound is Bound.EXACT and bound_after(text, end):
        bound = Bound.AT_LEAST
    return Amount(value, step, unit, bound, start, end, opens)


def _stands_alone(text: str, tokens: list[Token], group: Group) -> bool:
    """Whether the number is no part of a name, an ordinal, or a vague 'tens of'."""
    first, last = tokens[group.first], tokens[group.after - 1]
    before = text[first.start - 1] if first.start else " "
    if before.isalpha() or before == "_" or (before == "-" and _hangs(text, first.start)):
        return False
    following = tokens[group.after] if group.after < len(tokens) else None
    if following is None:
        return True
    if following.start == last.end and following.is_word:
        return False
    if group.is_part:
        return not any(one.text in NO_PARTS for one in tokens[group.after : group.after + 2])
    return following.text not in VAGUE_ENDS | ORDINAL_ENDS


def _hangs(text: str, start: int) -> bool:
    return start > 1 and text[start - 2].isalnum()


def _unit(text: str, end: int) -> tuple[AmountUnit, int]:
    for unit, pattern in (
        (AmountUnit.POINTS, _POINTS),
        (AmountUnit.PERCENT, _PERCENT),
        (AmountUnit.TIMES, _TIMES),
    ):
        found = pattern.match(text, end)
        if found:
            return unit, found.end()
    return AmountUnit.COUNT, end


def _joined_parts(text: str, found: list[Amount]) -> Iterator[Amount]:
    """Read 'seven in ten' and 'from each ten calls, seven' as parts."""
    at = 0
    while at < len(found):
        pair = found[at : at + 2]
        part = _part(text, *pair) if len(pair) > 1 else None
        yield found[at] if part is None else part
        at += 1 if part is None else 2


def _part(text: str, one: Amount, other: Amount) -> Amount | None:
    if one.unit is not AmountUnit.COUNT or other.unit is not AmountUnit.COUNT:
        return None
    between = text[one.end : other.start]
    if _OUT_OF.fullmatch(between) and one.value < other.value and other.value in _TEN:
        # 'four in ten days' is no share of anything
        if re.match(r" (?:days|hours|minutes|weeks|months|years|counties)", text[other.end :][:9]):
            return None
        return _of(one, other, one.start, other.end)
    each = _OF_EACH.search(text[max(0, one.opens - 9) : one.opens])
    plain = len(between) <= _EACH_GAP and _PLAIN_WORDS.fullmatch(between)
    if each and plain and other.value < one.value:
        return _of(other, one, other.start, other.end)
    return None


def _of(num: Amount, den: Amount, start: int, end: int) -> Amount:
    value = num.value * 100 / den.value
    # one in four is neither one in three and a half nor one in four and a half
    step = min(100 / den.value, value * Fraction(6, 25))
    return replace(num, value=value, step=step, unit=AmountUnit.PART, start=start, end=end)

"""Numbers that are read together: ranges, and lists of shares with one percent sign."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from pasokh.checker import cues
from pasokh.checker.bounds import Bound
from pasokh.checker.numbers import Amount, AmountUnit

_WHOLE = 100
_THOUSAND = 1000
_SCALES = (10**9, 10**6, _THOUSAND)
_FAR = 5
_SHARES = (AmountUnit.COUNT, AmountUnit.PERCENT)
_LISTED = re.compile(r"(?:[،,]| (?:و|and))(?: \w+){1,4} ")


def is_range(bare: str, one: Amount, other: Amount) -> bool:
    """Whether two amounts are the ends of one: between 20 and 25, 20 to 25."""
    between = bare[one.end : other.opens]
    ends = bool(cues.RANGE.fullmatch(between))
    if cues.BETWEEN.search(bare[max(0, one.opens - 10) : one.opens]):
        return ends or bool(cues.JOINED.fullmatch(between))
    if not ends:
        return False
    return not cues.FROM.search(bare[max(0, one.opens - 6) : one.opens]) or "تا" in between


def ranged(bare: str, amounts: Sequence[Amount]) -> list[Amount]:
    """Read '20 to 25 percent' as one share, 'between 10 and 12 thousand' as one number."""
    kept: list[Amount] = []
    for amount in amounts:
        last = kept[-1] if kept else None
        if last is not None and _is_count_range(bare, last, amount):
            last = _as_large(last, amount)
        if last is not None and (
            _is_share_range(bare, last, amount) or _is_count_range(bare, last, amount)
        ):
            width = amount.value - last.value
            kept[-1] = replace(
                amount, value=last.value + width / 2, wide=width, start=last.start, opens=last.opens
            )
        else:
            kept.append(amount)
    return kept


def _is_share_range(bare: str, one: Amount, other: Amount) -> bool:
    rising = one.value < other.value <= _WHOLE and other.unit is AmountUnit.PERCENT
    plain = one.bound in (Bound.EXACT, Bound.ABOUT) and one.unit in _SHARES
    return rising and plain and other.bound is Bound.EXACT and is_range(bare, one, other)


def _is_count_range(bare: str, one: Amount, other: Amount) -> bool:
    counts = one.unit is other.unit is AmountUnit.COUNT
    plain = one.bound in (Bound.EXACT, Bound.ABOUT) and other.bound is Bound.EXACT
    low = _as_large(one, other).value
    return counts and plain and low < other.value < low * _FAR and is_range(bare, one, other)


def _as_large(one: Amount, other: Amount) -> Amount:
    """The thousand of 'between 10 and 12 thousand' is meant for both."""
    scale = next((of for of in _SCALES if other.step * 10 >= of), None)
    if scale is None or one.step != 1 or one.value >= _THOUSAND:
        return one
    return replace(one, value=one.value * scale, step=Fraction(scale))


def with_percent(bare: str, amounts: Iterable[Amount]) -> list[Amount]:
    """'Advice 46.0, recorded 2.0, nuisance 5.8 percent': the sign is meant for all of them.

    Only for numbers with a point: nobody counts 5.8 calls.
    """
    told = list(amounts)
    for at in range(len(told) - 2, -1, -1):
        one, other = told[at], told[at + 1]
        pointed = one.unit is AmountUnit.COUNT and one.step < 1 and one.value < _WHOLE
        alike = other.unit is AmountUnit.PERCENT and other.step == one.step
        if pointed and alike and _LISTED.fullmatch(bare, one.end, other.opens):
            told[at] = replace(one, unit=AmountUnit.PERCENT)
    return told

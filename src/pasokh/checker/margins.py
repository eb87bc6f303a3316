"""How far a printed number can be from the true one: rounding, cutting, 'about', 'more than'."""

from fractions import Fraction

from pasokh.checker.bounds import Bound
from pasokh.checker.inputs import Input
from pasokh.checker.numbers import Amount, AmountUnit
from pasokh.checker.outcomes import CheckFields

UPWARDS = frozenset({Bound.MORE, Bound.AT_LEAST})
DOWNWARDS = frozenset({Bound.LESS, Bound.AT_MOST})
# 'About' may be off by a twentieth, or a third of a quarter for parts in words.
_ABOUT = Fraction(1, 20)
_ABOUT_PART = Fraction(7, 2)
# A cut number is less than one unit of its last digit below the true one.
_CUT = Fraction(99, 100)
_ROUND_FROM = 100
# 'Five thousand' is not said of 5,400, nor 'a thousand' of 1,100.
_SCALED_PARTS = 20


def input_from(amount: Amount) -> Input:
    """An amount of a text as an input of a check."""
    return Input(amount.value, amount.bound, amount.step, amount.round_step, amount.wide)


def margins(amount: Amount) -> tuple[Fraction, Fraction]:
    """How much less, and how much more, the true number can be."""
    if amount.wide:
        return amount.wide / 2 + amount.step / 2, amount.wide / 2 + amount.step / 2
    step = _step(amount)
    if amount.bound is Bound.ABOUT:
        least = _ABOUT_PART if amount.unit is AmountUnit.PART else Fraction(int(amount.is_share))
        width = max(least, step, amount.value * _ABOUT)
        return width, width
    if amount.bound in UPWARDS:
        return Fraction(0), max(amount.step, amount.round_step)
    if amount.bound in DOWNWARDS:
        return max(amount.step, amount.round_step), Fraction(0)
    if amount.unit is AmountUnit.PART:
        return step / 2, step / 2
    return step / 2, step * _CUT


def _step(amount: Amount) -> Fraction:
    """Counts that are printed to the last digit are exact; noughts at the end may be rounding."""
    if amount.unit is not AmountUnit.COUNT:
        return amount.step
    if amount.step > 1:
        return min(amount.step, amount.value / _SCALED_PARTS)
    step = min(amount.round_step, amount.value / _ROUND_FROM)
    return step if amount.round_step >= _ROUND_FROM else Fraction(0)


def bounds_of(amount: Amount) -> tuple[Fraction, Fraction]:
    """The least and the greatest that the true number can be."""
    below, above = margins(amount)
    return amount.value - below, amount.value + above


def claimed_fields(
    claimed: Amount, nominal: Fraction, low: Fraction, high: Fraction
) -> tuple[str, Fraction]:
    """The op and the tolerance with which `nominal`, truly within low and high, is compared."""
    if claimed.bound in UPWARDS:
        return claimed.bound.value, max(Fraction(0), high - nominal)
    if claimed.bound in DOWNWARDS:
        return claimed.bound.value, max(Fraction(0), nominal - low)
    below, above = margins(claimed)
    if nominal >= claimed.value:
        return "=", above + nominal - low
    return "=", below + high - nominal


def share_fields(num: Amount, den: Amount, claimed: Amount) -> CheckFields:
    """A share check in the form of the records, its tolerance from how the numbers are printed."""
    nominal = num.value * 100 / den.value
    (num_low, num_high), (den_low, den_high) = bounds_of(num), bounds_of(den)
    low = num_low * 100 / den_high
    high = num_high * 100 / den_low if den_low > 0 else nominal
    op, tolerance = claimed_fields(claimed, nominal, low, high)
    return {
        "kind": "share",
        "num": input_from(num),
        "den": input_from(den),
        "claimed_pct": input_from(claimed),
        "op": op,
        "tol_pp": exactly(tolerance),
    }


def exactly(value: Fraction) -> Input:
    """A worked-out number as an input."""
    return Input(value, Bound.EXACT, Fraction(0), Fraction(1))

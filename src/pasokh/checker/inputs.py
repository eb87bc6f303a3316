"""Fields of a check as numbers: JSON numbers, or words such as ">15000" and "less than a third"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pasokh.checker.bounds import Bound
from pasokh.checker.folding import fold
from pasokh.checker.numbers import Amount, AmountUnit, amounts_in

# Other names by which a field may come.
ALIASES: dict[str, tuple[str, ...]] = {
    "num": ("numerator", "part"),
    "den": ("denominator", "base", "whole"),
    "claimed_pct": ("claimed", "pct", "claimed_percent", "percent"),
    "claimed": ("rate", "claimed_rate", "claimed_value", "headline", "title", "average", "stated"),
    "body": ("value", "actual"),
    "periods": ("days", "hours", "units", "count", "n", "weeks", "months", "years"),
    "parts": ("addends", "terms"),
    "total": ("sum",),
    "a_pct": ("a", "a_bound"),
    "b_pct": ("b",),
    "days": ("claimed_days", "length_days"),
    "value": ("computed_value", "exact", "actual"),
    "bound": ("claimed", "limit", "threshold"),
    "b_bound": (),
    "current": ("now", "new", "after", "num", "numerator"),
    "previous": ("before", "old", "prev", "den", "denominator"),
    "start": ("from",),
    "end": ("to",),
    "low": ("min", "lower", "from"),
    "high": ("max", "upper", "to"),
    "values": ("parts", "counts"),
    "ranks": ("claimed", "rank", "claimed_rank"),
    "count": ("num", "total", "numerator"),
    "population": ("people", "inhabitants", "den", "denominator"),
    "per": ("per_people",),
}
_WRITTEN_MAX = 200
_DIGITS_MAX = 60
_RANGE = re.compile(
    r"\d ?(?:to|-|تا|الی) ?\d|(?:هزار|million|thousand|میلیون) (?:to|تا) "
    r"|(?:between|بین) .+ (?:and|و|to|تا) "
)


class CheckUnfit(ValueError):
    """A check cannot be made: which field, and a word for what is wrong with it."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name}: {why}")
        self.name = name
        self.why = why


@dataclass(frozen=True)
class Input:
    """A number of a check, its bound if it has one, and the unit of its last digit."""

    value: Fraction
    bound: Bound
    step: Fraction
    round_step: Fraction
    # how far apart the ends of a range are, its value being in the middle
    wide: Fraction = Fraction(0)

    @property
    def said(self) -> Fraction | tuple[Fraction, Fraction]:
        """The number, or both ends of a range."""
        half = self.wide / 2
        return (self.value - half, self.value + half) if half else self.value


def usual_tolerance(claimed: Input, bound: Bound) -> Fraction:
    """The printed rounding of a share; twice as much and more for 'about', none for a bound."""
    if bound is Bound.EXACT and claimed.bound is not Bound.ABOUT:
        return claimed.step / 2
    if bound in (Bound.EXACT, Bound.ABOUT):
        return max(claimed.step, abs(claimed.value) / 20)
    return Fraction(0)


def aliased(check: Mapping[str, Any], name: str) -> Any:
    """Give a field by its name or another that it goes by; None when there is none."""
    for called in (name, *ALIASES.get(name, ())):
        if check.get(called) is not None:
            return check[called]
    return None


def input_of(check: Mapping[str, Any], name: str) -> Input:
    """Read a field; CheckUnfit when it is missing or no number."""
    value = aliased(check, name)
    if value is None:
        raise CheckUnfit(name, "missing")
    return _input(value, name)


def inputs_of(check: Mapping[str, Any], name: str) -> list[Input]:
    """Read a field that is a list of numbers, not an empty one."""
    values = aliased(check, name)
    if isinstance(values, Mapping):
        values = list(values.values())
    if not isinstance(values, list) or not values:
        raise CheckUnfit(name, "missing" if values is None else "no-list")
    return [_input(value, f"{name}[{at}]") for at, value in enumerate(values)]


def tolerance_of(check: Mapping[str, Any], name: str, usual: Fraction | None) -> Fraction:
    """Read a tolerance; the usual one when the check has none."""
    if check.get(name) is None:
        return usual or Fraction(0)
    value = _input(check[name], name).value
    if value < 0:
        raise CheckUnfit(name, "negative")
    return value


def _input(value: Any, name: str) -> Input:
    if isinstance(value, Input):
        return value
    if isinstance(value, bool) or not isinstance(value, int | Decimal | float | str):
        raise CheckUnfit(name, "no-number")
    if isinstance(value, str):
        return _written(value, name)
    if isinstance(value, int) and abs(value) >= 10**_DIGITS_MAX:
        raise CheckUnfit(name, "no-number")
    return _plain(str(value), name)


def _plain(written: str, name: str) -> Input:
    decimal = Decimal(written) if len(written) <= _DIGITS_MAX else Decimal("NaN")
    exponent = decimal.as_tuple().exponent
    if not isinstance(exponent, int) or abs(exponent) > _DIGITS_MAX:
        raise CheckUnfit(name, "no-number")
    value = Fraction(decimal)
    step = Fraction(10) ** min(exponent, 0)
    amount = Amount(value, step, AmountUnit.COUNT, Bound.EXACT, 0, 0, 0)
    return Input(value, Bound.EXACT, step, amount.round_step)


def _between(one: Amount, other: Amount) -> Input:
    """'2,400 to 2,500': the middle, as if it were rounded to the width."""
    width = abs(other.value - one.value)
    return Input((one.value + other.value) / 2, Bound.EXACT, width, width or Fraction(1), width)


def _written(value: str, name: str) -> Input:
    text = value.strip()
    negative = text[:1] in {"-", "−"}
    found = amounts_in(fold(text[negative:]).text) if len(text) <= _WRITTEN_MAX else []
    if len(found) == 2 and _RANGE.search(fold(text).text):  # noqa: PLR2004 - from one to the other
        return _between(*found)
    if len(found) != 1:
        raise CheckUnfit(name, "no-number")
    amount = found[0]
    sign = -1 if negative else 1
    return Input(amount.value * sign, amount.bound, amount.step, amount.round_step)

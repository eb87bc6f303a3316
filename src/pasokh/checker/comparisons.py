"""Checks that lay numbers beside bounds, ranges, ranks, each other, and a number of people."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from pasokh.checker.bounds import Bound
from pasokh.checker.folding import fold
from pasokh.checker.inputs import (
    CheckUnfit,
    Input,
    aliased,
    input_of,
    inputs_of,
    tolerance_of,
    usual_tolerance,
)
from pasokh.checker.numbers import amounts_in
from pasokh.checker.outcomes import CheckFields, CheckOutcome, bound_of, compare

_PER_PEOPLE = 100_000


def bounded(check: CheckFields, label: str) -> CheckOutcome:
    """A number against a bound in words: 4,034 and "over 2,500"."""
    if aliased(check, "bound") is None and (_has(check, "low") or _has(check, "high")):
        return within(check, label)
    value, claimed = input_of(check, "value"), input_of(check, "bound")
    bound = bound_of(check, claimed)
    if bound is Bound.EXACT and check.get("op") is None:
        bound = _bound_in(label)
    tolerance = tolerance_of(check, "tol", usual_tolerance(claimed, bound))
    figures = {"value": value.value, "claimed": claimed.said, "op": bound.value}
    good = compare(value.value, bound, claimed.value, tolerance)
    return CheckOutcome("bound", label, good, figures=figures)


def _bound_in(label: str) -> Bound:
    """A bound that only the label says: 'calls per day "over 2,500"'."""
    found = {one.bound for one in amounts_in(fold(label).text)} - {Bound.EXACT}
    return found.pop() if len(found) == 1 else Bound.EXACT


def _has(check: CheckFields, name: str) -> bool:
    return aliased(check, name) is not None


def within(check: CheckFields, label: str) -> CheckOutcome:
    """A number against the ends of a range, one of which may be missing; both belong to it."""
    value = input_of(check, "value")
    tolerance = tolerance_of(check, "tol", None)
    if not (_has(check, "low") or _has(check, "high")):
        claimed = input_of(check, "claimed")
        low, high = (claimed.value + sign * claimed.step / 2 for sign in (-1, 1))
    else:
        ends = [input_of(check, name).value for name in ("low", "high") if _has(check, name)]
        if len(ends) > 1 and ends[0] > ends[1]:
            raise CheckUnfit("high", "below-low")
        low = ends[0] if _has(check, "low") else min(value.value, ends[-1])
        high = ends[-1] if _has(check, "high") else max(value.value, ends[0])
    good = low - tolerance <= value.value <= high + tolerance
    figures = {"value": value.value, "low": low, "high": high}
    return CheckOutcome("range", label, good, figures=figures)


def difference(check: CheckFields, label: str) -> CheckOutcome:
    """3,410 after 3,061 is 349 more. Only a 'difference' does not say which way it goes."""
    current, previous = input_of(check, "current"), input_of(check, "previous")
    claimed = input_of(check, "claimed")
    bound, computed = bound_of(check, claimed), current.value - previous.value
    if str(check["kind"]).strip().lower() == "difference" and claimed.value >= 0:
        computed = abs(computed)
    tolerance = tolerance_of(check, "tol", usual_tolerance(claimed, bound))
    figures = {
        "current": current.value,
        "previous": previous.value,
        "claimed": claimed.said,
        "op": bound.value,
    }
    good = compare(computed, bound, claimed.value, tolerance)
    return CheckOutcome("difference", label, good, computed, figures=figures)


def per_people(check: CheckFields, label: str) -> CheckOutcome:
    """A count per 100,000 people, or per as many as the check says."""
    count, people = input_of(check, "count"), input_of(check, "population")
    claimed = input_of(check, "claimed")
    per = input_of(check, "per").value if _has(check, "per") else Fraction(_PER_PEOPLE)
    if people.value <= 0:
        raise CheckUnfit("population", "no-base")
    bound, computed = bound_of(check, claimed), count.value * per / people.value
    plain = bound in (Bound.EXACT, Bound.ABOUT) and claimed.value
    usual = claimed.round_step / 2 / abs(claimed.value) if plain else Fraction(0)
    tolerance = tolerance_of(check, "tol_rel", usual) * abs(claimed.value)
    figures = {
        "count": count.value,
        "people": people.value,
        "per": per,
        "claimed": claimed.said,
        "op": bound.value,
    }
    good = compare(computed, bound, claimed.value, tolerance)
    return CheckOutcome("per_capita", label, good, computed, figures=figures)


def ranked(check: CheckFields, label: str) -> CheckOutcome:
    """Numbers against the ranks, or the order, that is claimed; equal ones share their ranks."""
    names, values = _ranked_values(check)
    numbers = [one.value for one in values]
    claims = _claimed_ranks(check, names)
    wrong = next((at for at, rank in claims if not _can_be(numbers, at, rank)), None)
    at, rank = claims[0] if wrong is None else (wrong, dict(claims)[wrong])
    above = sum(one > numbers[at] for one in numbers)
    figures = {"value": numbers[at], "claimed": rank, "rank": Fraction(above + 1)}
    return CheckOutcome("rank", label, wrong is None, figures=figures)


def _ranked_values(check: CheckFields) -> tuple[list[str], list[Input]]:
    given = aliased(check, "values")
    names = [str(name) for name in given] if isinstance(given, Mapping) else []
    return names, inputs_of(check, "values")


def _can_be(numbers: list[Fraction], at: int, rank: Fraction) -> bool:
    above = sum(one > numbers[at] for one in numbers)
    return above < rank <= sum(one >= numbers[at] for one in numbers)


def _claimed_ranks(check: CheckFields, names: list[str]) -> list[tuple[int, Fraction]]:
    """Ranks by place: of one name, of each in its turn, or the order in which they are listed."""
    order, ranks = check.get("order"), aliased(check, "ranks")
    if isinstance(check.get("name"), str):
        return [(_place(names, check["name"], "name"), input_of(check, "ranks").value)]
    if isinstance(order, list):
        places = [_place(names, name, f"order[{at}]") for at, name in enumerate(order)]
        return [(place, Fraction(rank)) for rank, place in enumerate(places, 1)]
    many = len(inputs_of(check, "values"))
    if isinstance(ranks, list | Mapping):
        told = [one.value for one in inputs_of(check, "ranks")]
        if len(told) != many:
            raise CheckUnfit("ranks", "no-list")
        return list(enumerate(told))
    return [(at, Fraction(at + 1)) for at in range(many)]


def _place(names: list[str], name: Any, field: str) -> int:
    if name not in names:
        raise CheckUnfit(field, "no-name")
    return names.index(name)

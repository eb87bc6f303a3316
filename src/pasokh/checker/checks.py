"""One check: what is computed from its inputs, and whether that bears the claim out.

A check is a record of named fields (docs/reference/checks.md). A verdict that stands in it is
never read. Numbers are exact fractions, so a tolerance that is met to the last digit is met.
"""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from pasokh.checker.bounds import Bound
from pasokh.checker.comparisons import bounded, difference, per_people, ranked, within
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
from pasokh.checker.outcomes import CheckFields, CheckOutcome, Said, bound_of, compare
from pasokh.checker.periods import DAY_HOURS, Period, hours_of, periods_in, units_in

_WHOLE = 100
# Other names by which a kind may come.
SAME_KINDS = {
    "ratio": "times",
    "multiple": "times",
    "factor": "times",
    "average": "rate",
    "mean": "rate",
    "percentage": "share",
    "percent": "share",
    "proportion": "share",
    "pct_change": "growth",
    "percent_change": "growth",
    "percentage_points": "points",
    "pp": "points",
    "total": "sum",
    "subtotal": "sum",
    "duration": "period",
    "title": "headline",
    "limit": "bound",
    "threshold": "bound",
    "between": "range",
    "ranking": "rank",
    "order": "rank",
    "change": "difference",
    "increase": "difference",
    "per_population": "per_capita",
}


def judge(check: CheckFields) -> CheckOutcome:
    """Judge one check by its inputs. CheckUnfit when a field is missing or no number."""
    kind = check.get("kind")
    if not isinstance(kind, str) or not kind.strip():
        raise CheckUnfit("kind", "missing")
    label = check.get("label") or ""
    if not isinstance(label, str):
        raise CheckUnfit("label", "no-text")
    name = kind.strip().lower()
    judged = _KINDS.get(plain_kind(check, name))
    if judged is None:
        return CheckOutcome(kind, label, None)
    return replace(judged(check, label), called=name)


def plain_kind(check: CheckFields, kind: str) -> str:
    """Give the kind that a check is of, by whatever name it goes: an increase in percent grows."""
    same = SAME_KINDS.get(kind, kind)
    if same == "difference" and check.get("claimed_pct") is not None:
        return "growth"
    return same


def _share(check: CheckFields, label: str) -> CheckOutcome:
    num, den = input_of(check, "num"), input_of(check, "den")
    if den.value <= 0:
        raise CheckUnfit("den", "no-base")
    claimed = input_of(check, "claimed_pct")
    computed = num.value * _WHOLE / den.value
    bound = bound_of(check, claimed)
    tolerance = tolerance_of(check, "tol_pp", usual_tolerance(claimed, bound))
    figures = {"num": num.value, "den": den.value, "claimed": claimed.said, "op": bound.value}
    good = compare(computed, bound, claimed.value, tolerance)
    return CheckOutcome("share", label, good, computed, in_percent=True, figures=figures)


def _change(
    kind: str, claim: str, tol: str, of: Callable[[Fraction, Fraction], Fraction]
) -> Callable[[CheckFields, str], CheckOutcome]:
    """Make the judge of a change from `previous` to `current`: in percent, in points, in times."""

    def judged(check: CheckFields, label: str) -> CheckOutcome:
        current, previous = input_of(check, "current"), input_of(check, "previous")
        if previous.value <= 0 and kind != "points":
            raise CheckUnfit("previous", "no-base")
        claimed = input_of(check, claim)
        computed = of(current.value, previous.value)
        bound = bound_of(check, claimed)
        tolerance = tolerance_of(check, tol, usual_tolerance(claimed, bound))
        figures = {
            "current": current.value,
            "previous": previous.value,
            "claimed": claimed.said,
            "op": bound.value,
        }
        good = compare(computed, bound, claimed.value, tolerance)
        in_percent = claim == "claimed_pct"
        return CheckOutcome(kind, label, good, computed, in_percent=in_percent, figures=figures)

    return judged


def _sum(check: CheckFields, label: str) -> CheckOutcome:
    parts, total = inputs_of(check, "parts"), input_of(check, "total")
    computed = sum((part.value for part in parts), Fraction(0))
    about = max(total.round_step, abs(total.value) / 20)
    usual = about if total.bound is Bound.ABOUT else Fraction(0)
    tolerance = tolerance_of(check, "tol", usual)
    bound = bound_of(check, total)
    figures: dict[str, Said] = {
        "count": Fraction(len(parts)),
        "total": total.value,
        "difference": abs(computed - total.value),
        "op": bound.value,
    }
    return CheckOutcome(
        "sum", label, compare(computed, bound, total.value, tolerance), computed, figures=figures
    )


def _rate(check: CheckFields, label: str) -> CheckOutcome:
    total, periods = input_of(check, "total"), input_of(check, "periods")
    if periods.value <= 0:
        raise CheckUnfit("periods", "no-base")
    claimed = input_of(check, "claimed")
    computed = total.value / periods.value
    bound = bound_of(check, claimed)
    plain = bound in _POINTS and claimed.value
    usual = claimed.round_step / 2 / abs(claimed.value) if plain else Fraction(0)
    relative = tolerance_of(check, "tol_rel", usual)
    figures = {
        "total": total.value,
        "periods": periods.value,
        "claimed": claimed.said,
        "op": bound.value,
    }
    good = compare(computed, bound, claimed.value, relative * abs(claimed.value))
    return CheckOutcome("rate", label, good, computed, figures=figures)


def _complement(check: CheckFields, label: str) -> CheckOutcome:
    a = input_of(check, "a_pct")
    b = input_of(check, "b_bound" if aliased(check, "b_bound") is not None else "b_pct")
    rest = _WHOLE - a.value
    tolerance = tolerance_of(check, "tol_pp", max(a.step, b.step) / 2 if _exact(a, b) else None)
    figures = {"a": a.value, "rest": rest, "claimed": b.said, "op": b.bound.value}
    good = _compatible(_mirrored(a.bound), rest, b, tolerance)
    return CheckOutcome("complement", label, good, figures=figures)


def _exact(a: Input, b: Input) -> bool:
    return a.bound in _POINTS and b.bound in _POINTS


_POINTS = frozenset({Bound.EXACT, Bound.ABOUT})
_UPWARDS = frozenset({Bound.MORE, Bound.AT_LEAST})
_MIRROR = {
    Bound.MORE: Bound.LESS,
    Bound.LESS: Bound.MORE,
    Bound.AT_LEAST: Bound.AT_MOST,
    Bound.AT_MOST: Bound.AT_LEAST,
}


def _mirrored(bound: Bound) -> Bound:
    """When more than 70 % do, less than 30 % do not."""
    return _MIRROR.get(bound, bound)


def _compatible(bound: Bound, rest: Fraction, claim: Input, tolerance: Fraction) -> bool:
    """Whether some number is both `bound rest` and what is claimed."""
    if bound in _POINTS:
        return compare(rest, claim.bound, claim.value, tolerance)
    if claim.bound in _POINTS:
        return compare(claim.value, bound, rest, tolerance)
    if (bound in _UPWARDS) is (claim.bound in _UPWARDS):
        return True
    return compare(claim.value, bound, rest, tolerance)


def _period(check: CheckFields, label: str) -> CheckOutcome:
    """Compare the lengths of all periods that the check names in its fields or in its label."""
    lengths = [one for period in _named_periods(check, label) if (one := hours_of(period))]
    if aliased(check, "days") is not None:
        claimed = input_of(check, "days").value * DAY_HOURS
        lengths.append((claimed, claimed))
    if len(lengths) < 2:  # noqa: PLR2004 - one against another
        return CheckOutcome("period", label, None)
    longest_least = max(low for low, _ in lengths)
    shortest_most = min(high for _, high in lengths)
    ends = (min(shortest_most, longest_least), longest_least)
    unit = DAY_HOURS if all(end % DAY_HOURS == 0 for end in ends) else 1
    figures: dict[str, Said] = {"shorter": ends[0] / unit, "longer": ends[1] / unit}
    figures["unit"] = "hours" if unit == 1 else "days"
    return CheckOutcome("period", label, longest_least <= shortest_most, figures=figures)


def _named_periods(check: CheckFields, label: str) -> list[Period]:
    texts = [fold(text).text for text in _period_texts(check) or [label]]
    found = [one for text in texts for one in periods_in(text)]
    return found if len(found) > 1 else found + [one for text in texts for one in units_in(text)]


def _period_texts(check: CheckFields) -> list[str]:
    start, end = aliased(check, "start"), aliased(check, "end")
    written = [f"{start} to {end}"] if isinstance(start, str) and isinstance(end, str) else []
    for name in ("periods", "a", "b", "period", "claimed"):
        value = check.get(name)
        written += [one for one in _listed(value) if isinstance(one, str)]
    return written


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _same(check: CheckFields, label: str) -> CheckOutcome:
    """The same number in two places: headline and body, or a text and the figure it names."""
    claimed, body = input_of(check, "claimed"), input_of(check, "body")
    bound = bound_of(check, claimed)
    tolerance = tolerance_of(check, "tol", usual_tolerance(claimed, bound))
    figures = {"claimed": claimed.said, "body": body.value, "op": bound.value}
    good = compare(body.value, bound, claimed.value, tolerance)
    return CheckOutcome("headline", label, good, figures=figures)


_KINDS: dict[str, Callable[[CheckFields, str], CheckOutcome]] = {
    "share": _share,
    "growth": _change(
        "growth", "claimed_pct", "tol_pp", lambda now, old: (now - old) * _WHOLE / old
    ),
    "points": _change("points", "claimed", "tol", lambda now, old: now - old),
    "times": _change("times", "claimed", "tol", lambda now, old: now / old),
    "sum": _sum,
    "rate": _rate,
    "complement": _complement,
    "period": _period,
    "bound": bounded,
    "headline": _same,
    "figure": _same,
    "range": within,
    "rank": ranked,
    "difference": difference,
    "per_capita": per_people,
}
KINDS = frozenset(_KINDS) | frozenset(SAME_KINDS)

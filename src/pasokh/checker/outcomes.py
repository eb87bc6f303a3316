"""What came out of a check, and how a computed number is laid beside what is claimed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, TypeAlias

from pasokh.checker.bounds import Bound
from pasokh.checker.inputs import CheckUnfit, Input

# A number of a sentence, the two ends of a range, or the sign of a bound.
Said: TypeAlias = Fraction | str | tuple[Fraction, Fraction]
CheckFields: TypeAlias = Mapping[str, Any]
_OPS = {"==": "=", "≈": "~", "≤": "<=", "=<": "<=", "≥": ">=", "=>": ">="}


@dataclass(frozen=True)
class CheckOutcome:
    """What came out of a check. `consistent` is None when its kind is unknown or nothing was read.

    `figures` are the numbers that its sentence names.
    """

    kind: str
    label: str
    consistent: bool | None
    computed: Fraction | None = None
    in_percent: bool = False
    figures: Mapping[str, Said] = field(default_factory=dict)
    # what the record calls its kind, when that is another name
    called: str = ""


def compare(computed: Fraction, bound: Bound, claimed: Fraction, tolerance: Fraction) -> bool:
    """Whether a computed number bears a claim out, give or take the tolerance."""
    return {
        Bound.EXACT: abs(computed - claimed) <= tolerance,
        Bound.ABOUT: abs(computed - claimed) <= tolerance,
        Bound.LESS: computed < claimed + tolerance,
        Bound.AT_MOST: computed <= claimed + tolerance,
        Bound.MORE: computed > claimed - tolerance,
        Bound.AT_LEAST: computed >= claimed - tolerance,
    }[bound]


def bound_of(check: CheckFields, claimed: Input) -> Bound:
    """The check's own op, or that of a claim such as '>600'."""
    written = check.get("op")
    if written is None:
        return claimed.bound
    if not isinstance(written, str):
        raise CheckUnfit("op", "no-op")
    found = _OPS.get(written.strip(), written.strip())
    if found not in set(Bound):
        raise CheckUnfit("op", "no-op")
    return Bound(found)

"""What came out of checks, in words of both languages and as JSON."""

from fractions import Fraction
from typing import Any, TypeAlias

from pasokh.checker.checks import KINDS
from pasokh.checker.outcomes import CheckOutcome
from pasokh.checker.sentences import LANGUAGES, sentence

Json: TypeAlias = dict[str, Any]
CONSISTENT, INCONSISTENT, UNKNOWN, ERROR = "consistent", "inconsistent", "unknown", "error"


def outcome_words(outcome: CheckOutcome, language: str) -> str:
    """Say what was computed, and when it does not fit, what would."""
    if outcome.consistent is None:
        name = "unreadable" if outcome.kind in KINDS else "unknown"
        return sentence(language, name, {"kind": outcome.kind})
    figures = {**outcome.figures, "computed": outcome.computed or Fraction(0)}
    said = sentence(language, outcome.kind, figures)
    if outcome.consistent:
        return said
    return f"{said} {sentence(language, f'{outcome.kind}.mend', figures)}"


def outcome_json(outcome: CheckOutcome) -> Json:
    """A check as JSON: the same names as in the records, and words in both languages."""
    told: Json = {"kind": outcome.called or outcome.kind, "label": outcome.label}
    if outcome.computed is not None:
        name = "computed_pct" if outcome.in_percent else "computed"
        told[name] = _plain(outcome.computed)
    told["consistent"] = outcome.consistent
    told["words"] = {language: outcome_words(outcome, language) for language in LANGUAGES}
    return told


def _plain(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else float(round(value, 2))

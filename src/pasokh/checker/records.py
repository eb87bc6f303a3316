"""Records of published figures: each with checks, judged by their inputs alone.

The form is that of `{"records": [{"id": ..., "facts": {...}, "checks": [...]}]}`. A record that
cannot be read says which field and how to mend it, and the others are judged all the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pasokh.checker.checks import judge
from pasokh.checker.facts import check_facts
from pasokh.checker.inputs import CheckUnfit
from pasokh.checker.outcomes import CheckOutcome
from pasokh.checker.report import CONSISTENT, ERROR, INCONSISTENT, UNKNOWN, Json, outcome_json
from pasokh.checker.sentences import LANGUAGES, sentence
from pasokh.checker.text import CheckReport, check_text, report_json

# What a record calls the release that its numbers are from.
_TEXTS = ("text", "text_fa", "text_en")


@dataclass(frozen=True)
class RecordTrouble:
    """What of a record could not be read: which record, which field, and why."""

    record: str
    field: str
    why: str

    def said(self, language: str) -> str:
        """Say it in a language, with how to mend it."""
        told = sentence(language, f"unfit.{self.why}", {"field": self.field})
        return f"{self.record}: {told}"


@dataclass(frozen=True)
class RecordReport:
    """The verdict on one record, its checks in their order, and what could not be read."""

    id: str
    outcomes: tuple[CheckOutcome, ...] = ()
    troubles: tuple[RecordTrouble, ...] = field(default=())
    facts: CheckReport | None = None
    texts: Mapping[str, CheckReport] = field(default_factory=dict)

    @property
    def verdict(self) -> str:
        """A contradiction goes before a trouble, a trouble before what is not known.

        A record without checks is judged by its facts and texts.
        """
        results = [outcome.consistent for outcome in self.outcomes]
        if False in results:
            return INCONSISTENT
        if self.troubles:
            return ERROR
        if not results:
            read = {one.verdict for one in (*filter(None, [self.facts]), *self.texts.values())}
            return next((one for one in (INCONSISTENT, CONSISTENT) if one in read), UNKNOWN)
        return UNKNOWN if None in results else CONSISTENT


def check_records(records: Iterable[object] | Mapping[str, Any]) -> list[RecordReport]:
    """Judge records, or a file of them as read; every one gets its report, in its order."""
    if isinstance(records, Mapping):
        records = records.get("records") or ()
    if isinstance(records, str) or not isinstance(records, Iterable):
        return [RecordReport("records", troubles=(RecordTrouble("records", "records", "no-list"),))]
    seen: set[str] = set()
    return [_record(one, at, seen) for at, one in enumerate(records)]


def _record(record: object, at: int, seen: set[str]) -> RecordReport:
    place = f"#{at + 1}"
    if not isinstance(record, Mapping):
        return RecordReport(place, troubles=(RecordTrouble(place, "record", "no-object"),))
    name, why = _named(record, seen)
    seen.add(name)
    name = name or place
    troubles = [RecordTrouble(name, "id", why)] if why else []
    checks = record.get("checks") or []
    if not isinstance(checks, list):
        troubles.append(RecordTrouble(name, "checks", "no-list"))
        checks = []
    if not isinstance(record.get("facts") or {}, Mapping):
        troubles.append(RecordTrouble(name, "facts", "no-object"))
    made = [_judged(name, number, check) for number, check in enumerate(checks)]
    return RecordReport(
        name,
        tuple(one for one in made if isinstance(one, CheckOutcome)),
        (*troubles, *(one for one in made if isinstance(one, RecordTrouble))),
        check_facts(record),
        {name: check_text(text) for name in _TEXTS if isinstance(text := record.get(name), str)},
    )


def _named(record: Mapping[str, Any], seen: set[str]) -> tuple[str, str]:
    """A record's id, and what is wrong with it; a record is judged all the same."""
    name = record.get("id")
    if not isinstance(name, str) or not name.strip():
        return "", "no-text"
    return name, "same-id" if name in seen else ""


def _judged(record: str, at: int, check: object) -> CheckOutcome | RecordTrouble:
    if not isinstance(check, Mapping):
        return RecordTrouble(record, f"checks[{at}]", "no-object")
    try:
        return judge(check)
    except CheckUnfit as unfit:
        return RecordTrouble(record, f"checks[{at}].{unfit.name}", unfit.why)


def record_json(report: RecordReport) -> Json:
    """A record's report as JSON."""
    told: Json = {
        "id": report.id,
        "verdict": report.verdict,
        "checks": [outcome_json(outcome) for outcome in report.outcomes],
    }
    if report.facts is not None:
        told["from_facts"] = _found_json(report.facts)
    if report.texts:
        told["from_texts"] = {name: _found_json(one) for name, one in report.texts.items()}
    if report.troubles:
        told["errors"] = [
            {"record": one.record, "field": one.field}
            | {language: one.said(language) for language in LANGUAGES}
            for one in report.troubles
        ]
    return told


def _found_json(report: CheckReport) -> Json:
    found = report_json(report)
    return {name: found[name] for name in ("verdict", "checks", "remarks")}

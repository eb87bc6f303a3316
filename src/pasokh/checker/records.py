"""Records of published figures: each with checks, judged by their inputs alone.

The form is that of `{"records": [{"id": ..., "facts": {...}, "checks": [...]}]}`. A record that
cannot be read says which field and how to mend it, and the others are judged all the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pasokh.checker.checks import CheckOutcome, judge
from pasokh.checker.facts import check_facts
from pasokh.checker.inputs import CheckUnfit
from pasokh.checker.report import CONSISTENT, ERROR, INCONSISTENT, UNKNOWN, Json, outcome_json
from pasokh.checker.sentences import LANGUAGES, sentence
from pasokh.checker.text import CheckReport, report_json


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

    @property
    def verdict(self) -> str:
        """A contradiction goes before a trouble, a trouble before what is not known.

        A record without checks is judged by its facts.
        """
        results = [outcome.consistent for outcome in self.outcomes]
        if False in results:
            return INCONSISTENT
        if self.troubles:
            return ERROR
        if not results and self.facts is not None and self.facts.checks:
            return self.facts.verdict
        return UNKNOWN if None in results or not results else CONSISTENT


def check_records(records: Iterable[object] | Mapping[str, Any]) -> list[RecordReport]:
    """Judge records, or a file of them as read; every one gets its report, in its order."""
    if isinstance(records, Mapping):
        records = records.get("records", ())
    seen: set[str] = set()
    return [_record(one, at, seen) for at, one in enumerate(records)]


def _record(record: object, at: int, seen: set[str]) -> RecordReport:
    place = f"#{at + 1}"
    if not isinstance(record, Mapping):
        return RecordReport(place, troubles=(RecordTrouble(place, "record", "no-object"),))
    name = record.get("id")
    if not isinstance(name, str) or not name.strip():
        return RecordReport(place, troubles=(RecordTrouble(place, "id", "no-text"),))
    if name in seen:
        return RecordReport(name, troubles=(RecordTrouble(name, "id", "same-id"),))
    seen.add(name)
    checks = record.get("checks", [])
    if not isinstance(checks, list):
        return RecordReport(name, troubles=(RecordTrouble(name, "checks", "no-list"),))
    made = [_judged(name, number, check) for number, check in enumerate(checks)]
    return RecordReport(
        name,
        tuple(one for one in made if isinstance(one, CheckOutcome)),
        tuple(one for one in made if isinstance(one, RecordTrouble)),
        check_facts(record),
    )


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
        found = report_json(report.facts)
        told["from_facts"] = {name: found[name] for name in ("verdict", "checks", "remarks")}
    if report.troubles:
        told["errors"] = [
            {"record": one.record, "field": one.field}
            | {language: one.said(language) for language in LANGUAGES}
            for one in report.troubles
        ]
    return told

"""Facts of a record said as a text: contradictions are found without anybody's checks."""

import json
from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

from pasokh.checker.facts import check_facts, text_of
from pasokh.checker.records import check_records, record_json
from tests.checker.releases import Tally, contradictions
from tests.checker.test_records import published

# Two periods in one sentence of the source: the record's facts do not name them.
NOT_IN_FACTS = {"ir-125-mhd-cs": Counter({"period": 1})}


def test_recall_and_precision_from_the_published_facts() -> None:
    told = Tally()
    for record in published():
        planted = Counter(str(one["kind"]) for one in record["checks"] if not one["consistent"])
        planted -= NOT_IN_FACTS.get(record["id"], Counter())
        report = check_facts(record)
        found = contradictions(report)
        told.found += (found & planted).total()
        told.missed += (planted - found).total()
        told.false += (found - planted).total()
        told.borne_out += sum(check.outcome.consistent is True for check in report.checks)
    print(f"facts: recall {told.recall:.2f}, precision {told.precision:.2f} ({told})")  # noqa: T201
    assert (told.recall, told.precision) == (1.0, 1.0)
    assert told.borne_out > 20


@pytest.mark.parametrize(
    ("record", "found"),
    [
        ({"facts": {"calls": 100, "nuisance": 30, "nuisance_pct": 40}}, {"share": 1}),
        ({"facts": {"calls": 100, "nuisance": 30, "nuisance_pct": 30}}, {}),
        ({"facts": {"calls": 100, "drones": 30, "drones_pct": 40}}, {"share": 1}),
        ({"facts": {"calls": "700000", "per_day": 4000}, "period": "100 days"}, {"rate": 1}),
        ({"facts": {"calls": "700000", "per_day": "7 هزار"}, "period": "100 days"}, {}),
        ({"facts": {"missions": 90, "fires": 60, "rescues": 20, "other": 20}}, {"sum": 1}),
        ({"facts": {"valid_prev": 100, "valid": 120, "valid_growth_pct": 30}}, {"growth": 1}),
        (
            {"facts": {"calls": 100, "operational": 40, "claim": "half are operational"}},
            {"share": 1},
        ),
        (
            {"facts": {"operational_pct": 70, "not_operational": "more than half"}},
            {"complement": 1},
        ),
        ({"facts": {"calls": None, "x": [1], "y": {}, "z": True}}, {}),
        ({"facts": 5}, {}),
        ({}, {}),
    ],
    ids=str,
)
def test_facts_are_laid_beside_each_other(record: dict[str, Any], found: dict[str, int]) -> None:
    assert contradictions(check_facts(record)) == found, text_of(record)


def test_a_record_without_checks_is_judged_by_its_facts() -> None:
    facts = {"calls": 100, "nuisance": 30, "nuisance_pct": Decimal("40.0")}
    (report,) = check_records([{"id": "one", "facts": facts}])
    told = json.loads(json.dumps(record_json(report)))
    assert told["verdict"] == told["from_facts"]["verdict"] == "inconsistent"
    assert told["from_facts"]["checks"][0]["computed_pct"] == 30


def test_checks_go_before_facts() -> None:
    facts = {"calls": 100, "nuisance": 30, "nuisance_pct": 40}
    check = {"kind": "sum", "parts": [1], "total": 1}
    (report,) = check_records([{"id": "one", "facts": facts, "checks": [check]}])
    assert report.verdict == "consistent"
    assert record_json(report)["from_facts"]["verdict"] == "inconsistent"

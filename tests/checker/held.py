"""Records in held/: published figures that were invented, each with its checks, facts and text.

Each has the answers in it (`consistent`), which the checker never sees, and `planted`: the kinds of
contradiction of its text, where they are other than those of its checks.
"""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from pasokh.checker.facts import check_facts
from pasokh.checker.records import check_records
from pasokh.checker.text import check_text
from tests.checker.releases import Tally, contradictions

FOLDER = Path(__file__).parent / "held"
# What a text's contradiction is called, where the checks of a record have other names for it.
_FAMILY = {"ratio": "times", "average": "rate", "per_capita": "rate", "range": "rate"}
_ANSWERS = ("consistent", "planted", "verdict")


@dataclass
class Judged:
    """How many checks got their verdict, and the names of those that did not."""

    right: int
    wrong: list[str]


def held_records(name: str) -> list[dict[str, Any]]:
    lines = (FOLDER / name).read_text("utf-8").splitlines()
    return [json.loads(line, parse_float=Decimal) for line in lines]


def planted_in(record: dict[str, Any]) -> Counter[str]:
    false = [check["kind"] for check in record["checks"] if not check["consistent"]]
    return _families(record.get("planted", false))


def _families(kinds: Iterable[str]) -> Counter[str]:
    return Counter(_FAMILY.get(kind, kind) for kind in kinds)


def _bare(record: dict[str, Any]) -> dict[str, Any]:
    checks = [{k: v for k, v in one.items() if k not in _ANSWERS} for one in record["checks"]]
    return {k: v for k, v in record.items() if k not in _ANSWERS} | {"checks": checks}


def judged_checks(records: list[dict[str, Any]]) -> Judged:
    told = Judged(0, [])
    for record in records:
        (report,) = check_records([_bare(record)])
        got = [one.consistent for one in report.outcomes]
        wanted = [check["consistent"] for check in record["checks"]]
        if got == wanted:
            told.right += len(wanted)
        else:
            troubles = [one.said("en") for one in report.troubles]
            told.wrong.append(f"{record['id']}: {got} for {wanted} {troubles}")
    return told


def tallied_facts(records: list[dict[str, Any]]) -> tuple[Tally, list[str]]:
    """Whether the facts and claims alone show that a record contradicts itself."""
    told, names = Tally(), []
    for record in records:
        report = check_facts(_bare(record))
        found, wanted = bool(contradictions(report)), bool(planted_in(record))
        told.found += found and wanted
        told.missed += wanted and not found
        told.false += found and not wanted
        told.borne_out += any(one.outcome.consistent for one in report.checks)
        if found != wanted:
            names.append(f"{record['id']} {'missed' if wanted else 'false'}")
    return told, names


def tallied_texts(records: list[dict[str, Any]]) -> tuple[Tally, list[str]]:
    told, names = Tally(), []
    for record in records:
        report = check_text(record["text"])
        found, wanted = _families(contradictions(report).elements()), planted_in(record)
        told.found += (found & wanted).total()
        told.missed += (wanted - found).total()
        told.false += (found - wanted).total()
        told.borne_out += sum(check.outcome.consistent is True for check in report.checks)
        if found != wanted:
            names.append(f"{record['id']} found {dict(found)} for {dict(wanted)}")
    return told, names


def told(tally: Tally) -> str:
    recall = tally.found / max(1, tally.found + tally.missed)
    precision = tally.found / max(1, tally.found + tally.false)
    return (
        f"recall {recall:.2f}, precision {precision:.2f} ({tally.found} found, "
        f"{tally.missed} missed, {tally.false} false, {tally.borne_out} borne out)"
    )

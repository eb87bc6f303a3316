"""The judged cases, driven through the program's own command as a stranger would."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

FILE = Path(__file__).parent / "cases" / "operational_call_cases.json"
CASES = json.loads(FILE.read_text())["cases"]


def pasokh_cases(path: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pasokh.cli", "cases", str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_all_18_cases_give_exactly_the_expected_classes_and_figures() -> None:
    ran = pasokh_cases(FILE)
    assert ran.returncode == 0, ran.stderr
    given = [json.loads(line) for line in ran.stdout.splitlines()]
    assert given == [{"id": case["id"]} | case["expect"] for case in CASES]
    assert len(given) == 18


@pytest.mark.slow
def test_a_wrong_expectation_is_found_and_said(tmp_path: Path) -> None:
    case = json.loads(json.dumps(CASES[0]))
    case["expect"]["operational"] = 0
    path = tmp_path / "wrong.json"
    path.write_text(json.dumps({"cases": [case]}))
    ran = pasokh_cases(path)
    assert ran.returncode == 1
    assert "op-01: operational: expected 0, got 1" in ran.stderr


def test_a_file_of_another_form_is_refused_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text('{"cases": [{"id": "x", "asof": "noon"}]}')
    ran = pasokh_cases(path)
    assert ran.returncode == 2
    assert "$.cases[0].asof" in ran.stderr

"""What a person types to check a log or a figure, and what the program answers."""

import csv
import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from pasokh.cli import main
from tests.stories.lived import lived

pytestmark = pytest.mark.slow


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "log.sqlite"
    lived(path).close()
    return path


def test_a_whole_log_is_verified_and_what_is_not_proved_is_said(
    log: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["log", "verify", str(log)]) == 0
    said = capsys.readouterr().out
    assert "dense, ordered and chained" in said
    assert "Not proved without --heads" in said


def test_a_noted_head_finds_a_log_that_was_rolled_back(
    log: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["log", "head", str(log)]) == 0
    heads = tmp_path / "heads.txt"
    heads.write_text(capsys.readouterr().out)
    assert main(["log", "verify", str(log), "--heads", str(heads)]) == 0
    older = tmp_path / "older.sqlite"
    shutil.copy(log, older)
    with sqlite3.connect(older) as file:
        file.execute("DELETE FROM entry WHERE seq > 50")
    assert main(["log", "verify", str(older), "--heads", str(heads)]) == 1
    assert "it was cut" in capsys.readouterr().err


def test_how_a_day_was_answered_is_printed_from_the_log(
    log: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["answering", str(log), "--day", "1970-01-01"]) == 0
    whole = capsys.readouterr().out.splitlines()[1].split()
    assert main(["answering", str(log), "--day", "1970-01-01", "--csv"]) == 0
    rows = list(csv.DictReader(capsys.readouterr().out.splitlines()))
    quarters = [row for row in rows if row["position"] == "all"]
    assert int(whole[2]) == sum(int(row["offered"]) for row in quarters) > 0
    for row in quarters:
        here = [one for one in rows if one["begins"] == row["begins"] and one is not row]
        assert int(row["signed_in_ms"]) == sum(int(one["signed_in_ms"]) for one in here)
    assert main(["answering", str(log), "--day", "2020-01-01"]) == 1
    assert main(["answering", str(log), "--day", "yesterday"]) == 2


def test_a_figure_is_printed_and_made_again(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["figure", str(log), "--day", "1970-01-01"]) == 0
    figures = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [figure["version"] for figure in figures] == ["provisional", "final"]
    for figure in figures:
        assert main(["figure", str(log), "--check", figure["figure_id"]]) == 0
        assert "the same bytes" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--day", "yesterday"], 2, "write it as 2026-11-03"),
        (["--day", "2020-01-01"], 1, "no figure of 2020-01-01"),
        (["--check", "nothing"], 1, "no figure nothing"),
    ],
)
def test_what_cannot_be_found_is_said(
    log: Path, arguments: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["figure", str(log), *arguments]) == code
    assert said in capsys.readouterr().err


def test_a_file_that_is_no_log_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a log")
    assert main(["log", "head", str(path)]) == 2
    assert str(path) in capsys.readouterr().err

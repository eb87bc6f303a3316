"""Definitions are published as data that anybody can run."""

import json
from pathlib import Path

import pytest

from pasokh.account.catalogue import BOUNDS, DEFINITIONS
from pasokh.adapters.archive.parquet import Archive
from pasokh.cli import main
from tests.adapters.archive.settled import settled_day


@pytest.mark.parametrize(("language", "word"), [("fa", "سهم عملیاتی"), ("en", "Operational share")])
def test_each_definition_is_said_with_its_sql(
    capsys: pytest.CaptureFixture[str], language: str, word: str
) -> None:
    assert main(["definitions", "--language", language]) == 0
    said = capsys.readouterr().out
    assert f"operational-share/1.0  {word}\n" in said
    assert said.count("SELECT") >= len(DEFINITIONS)


def test_the_data_has_the_words_of_both_languages(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["definitions", "--json"]) == 0
    told = {one["definition_id"]: one for one in json.loads(capfd.readouterr().out)}
    assert set(told) == {one.definition_id for one in (*DEFINITIONS, *BOUNDS)}
    assert told["answering-time-bound"]["edges_seconds"][:4] == [2, 5, 10, 15]
    headline = told["operational-share"]
    assert headline["name_en"] == "Operational share"
    assert headline["name_fa"] == "سهم عملیاتی"
    assert headline["expression"]["part"] == [{"column": "call_class", "among": ["O1", "O2"]}]
    assert headline["sql"].startswith("SELECT count(CASE WHEN call_class IN ('O1', 'O2')")


@pytest.mark.slow
def test_an_archive_is_counted_by_name_and_group(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Archive(tmp_path, "invented").keep(settled_day(0, 40, seed=1))
    line = ["count", str(tmp_path), "calls-answered/1.0"]
    assert main(line) == 0
    name, part, base = capsys.readouterr().out.split()
    assert (name, part) == ("calls-answered/1.0", base)
    assert main([*line, "--by", "county,call_class"]) == 0
    groups = [one.split("\t") for one in capsys.readouterr().out.splitlines()]
    assert sum(int(group[-1]) for group in groups) == int(base)
    assert len(groups) > 1


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (["none"], "none: no archive lies there"),
        ([".", "no-such/1.0"], "there is no no-such/1.0: pasokh definitions lists them"),
        ([".", "calls-offered/1.0", "--by", "colour"], "calls has no column 'colour'; it has"),
    ],
)
def test_what_cannot_be_counted_is_said(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    line: list[str],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "days").mkdir()
    assert main(["count", *line]) == 2
    assert said in capsys.readouterr().err

"""Definitions are published as data that anybody can run."""

import json

import pytest

from pasokh.account.catalogue import BOUNDS, DEFINITIONS
from pasokh.cli import main


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

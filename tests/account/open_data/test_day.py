"""The files beside the open rows hold the same rows, and say what each code means."""

import csv
import json
from io import StringIO

import pytest

from pasokh.account.disclosure.rows import CLASSES_OF, Level
from pasokh.account.open_data.day import OpenRows, open_day, open_rows_csv
from pasokh.account.open_data.settings import OpenSettings, OpenSettingsRefused
from pasokh.adapters.archive.open_data import WORDS
from tests.account.open_data.days import hostile_day, small_day

FOLDER = "days/2026-11-03/"
OFFICE = OpenSettings("Statistics office")


def opened(found: OpenRows, settings: OpenSettings = OFFICE) -> dict[str, bytes]:
    files = open_day(found, settings, WORDS, lambda rows: b"PAR1" + rows)
    assert all(path.startswith(FOLDER) for path in files)
    return {path.removeprefix(FOLDER): raw for path, raw in files.items()}


def table(raw: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(raw.decode(), newline="")))


def test_a_day_has_its_rows_in_other_formats_and_its_codes() -> None:
    assert list(opened(small_day())) == [
        "calls.csv-metadata.json",
        "calls.json",
        "calls.parquet",
        "classes.csv",
        "counties.csv",
        "datapackage.json",
        "kinds.csv",
        "levels.csv",
    ]


@pytest.mark.parametrize("found", [small_day(), hostile_day()], ids=["small", "hostile"])
def test_json_and_csv_hold_the_same_rows(found: OpenRows) -> None:
    files = opened(found)
    rows = table(open_rows_csv(found.rows))
    assert len(rows) == len(found.rows)
    assert json.loads(files["calls.json"]) == [
        {name: cell or None for name, cell in row.items()} | {"count": int(row["count"])}
        for row in rows
    ]


@pytest.mark.parametrize("found", [small_day(), hostile_day()], ids=["small", "hostile"])
def test_each_code_of_the_rows_stands_once_in_its_list(found: OpenRows) -> None:
    files = opened(found)
    for column, name in (
        ("level", "levels"),
        ("county", "counties"),
        ("kind", "kinds"),
        ("class", "classes"),
    ):
        lines = table(files[f"{name}.csv"])
        codes = [line["code"] for line in lines]
        assert len(set(codes)) == len(codes)
        used = {row[column] for row in table(open_rows_csv(found.rows))} - {""}
        assert used <= set(codes), name
        assert {line["within"] for line in lines} - {""} <= set(codes)
        assert all(
            line[f"{what}_{x}"]
            for line in lines
            for what in ("title", "says")
            for x in ("fa", "en")
        )


def test_codes_are_told_in_both_languages() -> None:
    files = opened(small_day())
    kinds = {line["code"]: line for line in table(files["kinds.csv"])}
    assert kinds.keys() == {"theft", "arson", "noise", "home", "things", "violence"}
    assert kinds["theft"]["title_fa"] == "سرقت"
    assert kinds["theft"]["within"] == "things"
    assert kinds["things"]["says_en"] == "A group of types: Arson, Theft"
    assert kinds["things"]["says_fa"].endswith("آتش‌زدن، سرقت")
    assert "never" in kinds["home"]["says_en"]
    counties = {line["code"]: line for line in table(files["counties.csv"])}
    assert counties["0901"]["title_en"] == "Mashhad"
    assert counties["elsewhere"]["says_en"] != counties["0901"]["says_en"]
    classes = {line["code"]: line for line in table(files["classes.csv"])}
    assert {line["within"] for line in classes.values()} - {""} == set(CLASSES_OF)
    assert [line["code"] for line in table(files["levels.csv"])] == list(Level)


def test_the_day_is_named_by_the_calendar_of_each_language() -> None:
    package = json.loads(opened(small_day())["datapackage.json"])
    assert package["title"].startswith("تماس‌های مردمی، سه‌شنبه ۱۲ آبان ۱۴۰۵ / ")
    assert package["title"].endswith("3 November 2026")


def test_addresses_are_absolute_only_where_one_is_known() -> None:
    told = json.loads(opened(small_day())["datapackage.json"])
    assert "id" not in told
    settings = OpenSettings("Office", "https://data.example/110/")
    told = json.loads(opened(small_day(), settings)["datapackage.json"])
    assert told["id"] == "https://data.example/110/days/2026-11-03/datapackage.json"


@pytest.mark.parametrize(
    ("publisher", "address"),
    [
        ("", ""),
        (" ", ""),
        ("two\nlines", ""),
        ("x" * 201, ""),
        ("turned \u202e", ""),
        ("Office", "data.example"),
        ("Office", "ftp://data.example/"),
        ("Office", "https://data.example/?a"),
        ("Office", "https://data.example/#a"),
        ("Office", "https://data.example//a"),
        ("Office", "https://user@data.example/"),
        ("Office", "https://data.example/ a"),
        ("Office", 'https://data.example/"'),
        ("Office", "https://data.example/\n"),
    ],
)
def test_settings_that_would_break_files_are_refused(publisher: str, address: str) -> None:
    with pytest.raises(OpenSettingsRefused):
        OpenSettings(publisher, address).check()

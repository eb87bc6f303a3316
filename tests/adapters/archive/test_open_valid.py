"""Validators of others find a published day in order, and find each thing that is broken in it."""

import json
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
from csvw import CSVW
from frictionless import Package

from pasokh.account.open_data.day import OpenRows, open_day, open_rows_csv
from pasokh.account.open_data.settings import OpenSettings
from pasokh.adapters.archive.open_data import WORDS
from pasokh.adapters.archive.open_parquet import open_parquet
from tests.account.open_data.days import hostile_day, small_day

pytestmark = pytest.mark.slow
Breaks = Callable[[bytes], bytes]


def written(found: OpenRows, folder: Path) -> Path:
    """A day's folder on the disk."""
    settings = OpenSettings("Statistics office", "https://data.example/110")
    files = open_day(found, settings, WORDS, open_parquet)
    for path, raw in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(raw)
    (file.parent / "calls.csv").write_bytes(open_rows_csv(found.rows))
    return file.parent


def csvw_faults(day: Path) -> list[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("always")  # its findings are warnings, which it gathers
        described = CSVW(str(day / "calls.csv-metadata.json"), validate=True)
        try:
            found = described.is_valid
        except ValueError as error:
            return [str(error)]
    return [] if found else [str(warning.message) for warning in described.warnings]


def package_faults(day: Path) -> list[str]:
    report = Package(str(day / "datapackage.json")).validate()
    return [f"{type_}: {note}" for type_, note in report.flatten(["type", "note"])]


@pytest.mark.parametrize("found", [small_day(), hostile_day()], ids=["small", "hostile"])
def test_both_validators_find_a_day_in_order(found: OpenRows, tmp_path: Path) -> None:
    day = written(found, tmp_path)
    assert csvw_faults(day) == []
    assert package_faults(day) == []


def replaced(old: bytes, new: bytes) -> Breaks:
    def broken(raw: bytes) -> bytes:
        assert old in raw
        return raw.replace(old, new, 1)

    return broken


@pytest.mark.parametrize(
    ("file", "breaks"),
    [
        ("calls.csv", replaced(b",O1,7", b",O9,7")),
        ("calls.csv", replaced(b",O1,7", b",O1,4")),
        ("calls.csv", replaced(b",O1,7", b",O1,seven")),
        ("calls.csv", replaced(b",O1,7", b",O1")),
        ("calls.csv", replaced(b"2026-11-03,2026", b"3/11/2026,2026")),
        ("calls.csv", replaced(b"from,to", b"since,to")),
        ("calls.csv", lambda raw: raw + raw.splitlines(keepends=True)[-1]),
        ("classes.csv", replaced(b"\nO1,", b"\nO3,")),
        ("levels.csv", replaced(b"\nprovince,", b"\ncounty,")),
    ],
    ids=["class", "too few", "words", "short", "date", "header", "twice", "code", "code twice"],
)
def test_both_validators_find_what_is_broken(file: str, breaks: Breaks, tmp_path: Path) -> None:
    day = written(small_day(), tmp_path)
    (day / file).write_bytes(breaks((day / file).read_bytes()))
    assert csvw_faults(day)
    assert package_faults(day)


def test_a_changed_byte_is_found_by_the_digest_in_the_package(tmp_path: Path) -> None:
    day = written(small_day(), tmp_path)
    (day / "kinds.csv").write_bytes(replaced(b"Theft", b"Thief")((day / "kinds.csv").read_bytes()))
    assert any("hash" in fault for fault in package_faults(day))


def test_the_package_finds_a_county_that_no_list_has(tmp_path: Path) -> None:
    day = written(small_day(), tmp_path)
    table = (day / "calls.csv").read_bytes()
    (day / "calls.csv").write_bytes(table.replace(b"elsewhere", b"somewhere"))
    assert any(fault.startswith("foreign-key") for fault in package_faults(day))


def test_a_package_says_the_version_that_it_is_of(tmp_path: Path) -> None:
    told = json.loads((written(small_day(), tmp_path) / "datapackage.json").read_bytes())
    assert told["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert {table["name"] for table in told["resources"]} == {
        "calls",
        "levels",
        "counties",
        "kinds",
        "classes",
    }

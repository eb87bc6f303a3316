"""What lies beside the open rows of a day: the same rows in other formats, and what they mean."""

from collections.abc import Callable, Iterable
from typing import TypeAlias

import msgspec
from msgspec import Struct
from msgspec.structs import astuple

from pasokh.account.csv_text import csv_text
from pasokh.account.disclosure.rows import PublicLists, PublicRow
from pasokh.account.open_data.codes import code_lists
from pasokh.account.open_data.csvw import TableGroup, csvw, csvw_of
from pasokh.account.open_data.day_files import OpenFile, folder_of, open_file
from pasokh.account.open_data.json_text import json_text
from pasokh.account.open_data.names import OpenWords, PublicNames
from pasokh.account.open_data.package import PACKAGE_FILE, Packed, package
from pasokh.account.open_data.settings import OpenSettings
from pasokh.account.open_data.tables import (
    CALLS,
    CODE_LISTS,
    JOINED,
    MONTH,
    MONTH_LISTS,
    OpenTable,
    correction_table,
    day_tables,
)
from pasokh.core.time import Day, iso_day

# Makes a Parquet file of the open rows as CSV.
ToParquet: TypeAlias = Callable[[bytes], bytes]

JSON_FILE = "calls.json"
PARQUET_FILE = "calls.parquet"


class OpenRows(Struct, frozen=True):
    """A day's open rows, what was known of its counties and types, and what those are called.

    `beside`: by name, the files of other tables that the day has.
    """

    day: Day
    rows: tuple[PublicRow, ...]
    lists: PublicLists
    names: PublicNames
    beside: dict[str, bytes] = {}


def open_rows_csv(rows: Iterable[PublicRow]) -> bytes:
    """Write the open rows: the file of which figures are made."""
    return csv_text(CALLS.header, map(_cells, rows))


def open_day(
    found: OpenRows, settings: OpenSettings, words: OpenWords, parquet: ToParquet
) -> dict[str, bytes]:
    """Give the day's open files by their paths, those left out that are there already."""
    folder = folder_of(iso_day(found.day))
    rows = open_rows_csv(found.rows)
    made = _lists(found, CODE_LISTS, words)
    there = {CALLS.file: rows} | found.beside
    measured = {name: open_file(folder + name, raw) for name, raw in (made | there).items()}
    tables = day_tables(found.beside)
    group = TableGroup(words.of_day("day.title", found.day), words.both("day.says"), tables)
    packed = Packed(f"calls-{iso_day(found.day)}", folder + PACKAGE_FILE, measured)
    made[JSON_FILE] = _json(found.rows)
    made[PARQUET_FILE] = parquet(rows)
    made[csvw_of(CALLS.file)] = json_text(csvw(group, settings, words))
    made[PACKAGE_FILE] = json_text(package(group, packed, settings, words))
    return {folder + name: made[name] for name in sorted(made)}


def open_month(
    found: OpenRows, folder: str, settings: OpenSettings, words: OpenWords
) -> dict[str, bytes]:
    """Give what lies beside the rows of a month, whose last day is `found.day`, by path."""
    made = _lists(found, MONTH_LISTS, words)
    there = made | {MONTH.file: open_rows_csv(found.rows)}
    group = TableGroup(
        words.of_day("month.title", found.day), words.both("month.says"), (MONTH, *MONTH_LISTS)
    )
    packed = Packed(
        f"month-{iso_day(found.day)}",
        folder + PACKAGE_FILE,
        {name: open_file(folder + name, raw) for name, raw in there.items()},
    )
    made[csvw_of(MONTH.file)] = json_text(csvw(group, settings, words))
    made[PACKAGE_FILE] = json_text(package(group, packed, settings, words))
    return {folder + name: made[name] for name in sorted(made)}


def open_correction(
    day: Day, table: OpenFile, lists: Iterable[OpenFile], settings: OpenSettings, words: OpenWords
) -> dict[str, bytes]:
    """Describe a day's correction; `lists`: the code lists that the day has."""
    name, folder = table.name.removesuffix(".csv"), folder_of(iso_day(day))
    described = correction_table(name)
    group = TableGroup(
        words.of_day("correction.title", day),
        words.both("correction.says"),
        (described, *CODE_LISTS),
    )
    files = {file.name: file for file in (table, *lists)}
    path = f"{folder}{name}.{PACKAGE_FILE}"
    packed = Packed(f"{name}-{iso_day(day)}", path, files)
    return {
        folder + csvw_of(table.name): json_text(csvw(group, settings, words)),
        path: json_text(package(group, packed, settings, words)),
    }


def open_joined(
    day: Day, folder: str, settings: OpenSettings, words: OpenWords
) -> dict[str, bytes]:
    """Describe the joined corrections of a month, whose last day is `day`."""
    title, says = words.of_day("joined.title", day), words.both("joined.says")
    group = TableGroup(title, says, (JOINED,))
    return {folder + csvw_of(JOINED.file): json_text(csvw(group, settings, words))}


def _lists(found: OpenRows, tables: Iterable[OpenTable], words: OpenWords) -> dict[str, bytes]:
    """Write code lists, by their files' names."""
    listed = code_lists(found.rows, found.lists, found.names, words)
    return {
        table.file: csv_text(table.header, map(astuple, listed[table.name])) for table in tables
    }


def _cells(row: PublicRow) -> tuple[object, ...]:
    return (
        iso_day(row.from_day),
        iso_day(row.to_day),
        row.level.value,
        row.county,
        row.kind,
        row.call_class,
        row.count,
    )


def _json(rows: Iterable[PublicRow]) -> bytes:
    """Write the rows as an array, a row a line; what a row does not tell is null."""
    lines = (
        msgspec.json.encode(
            {
                name: None if cell == "" else cell
                for name, cell in zip(CALLS.header, _cells(row), strict=True)
            }
        )
        for row in rows
    )
    return b"[\n" + b",\n".join(lines) + b"\n]\n"

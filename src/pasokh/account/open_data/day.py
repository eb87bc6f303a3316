"""What lies beside the open rows of a day: the same rows in other formats, and what they mean."""

from collections.abc import Callable, Iterable
from typing import TypeAlias

import msgspec
from msgspec import Struct
from msgspec.structs import astuple

from pasokh.account.csv_text import csv_text
from pasokh.account.disclosure.rows import PublicLists, PublicRow
from pasokh.account.open_data.codes import code_lists
from pasokh.account.open_data.csvw import CSVW_FILE, csvw
from pasokh.account.open_data.day_files import folder_of, open_file
from pasokh.account.open_data.json_text import json_text
from pasokh.account.open_data.names import OpenWords, PublicNames
from pasokh.account.open_data.package import PACKAGE_FILE, package
from pasokh.account.open_data.settings import OpenSettings
from pasokh.account.open_data.tables import CALLS, CODE_LISTS
from pasokh.core.time import Day, iso_day

# Makes a Parquet file of the open rows as CSV.
ToParquet: TypeAlias = Callable[[bytes], bytes]

JSON_FILE = "calls.json"
PARQUET_FILE = "calls.parquet"


class OpenRows(Struct, frozen=True):
    """A day's open rows, what was known of its counties and types, and what those are called."""

    day: Day
    rows: tuple[PublicRow, ...]
    lists: PublicLists
    names: PublicNames


def open_rows_csv(rows: Iterable[PublicRow]) -> bytes:
    """Write the open rows: the file of which figures are made."""
    return csv_text(CALLS.header, map(_cells, rows))


def open_day(
    found: OpenRows, settings: OpenSettings, words: OpenWords, parquet: ToParquet
) -> dict[str, bytes]:
    """Give the day's open files by their paths, the rows themselves left out."""
    folder = folder_of(iso_day(found.day))
    rows = open_rows_csv(found.rows)
    listed = code_lists(found.rows, found.lists, found.names, words)
    made = {
        table.file: csv_text(table.header, map(astuple, listed[table.name])) for table in CODE_LISTS
    }
    measured = {
        name: open_file(folder + name, raw) for name, raw in (made | {CALLS.file: rows}).items()
    }
    made[JSON_FILE] = _json(found.rows)
    made[PARQUET_FILE] = parquet(rows)
    made[CSVW_FILE] = json_text(csvw(found.day, settings, words))
    made[PACKAGE_FILE] = json_text(package(found.day, measured, settings, words))
    return {folder + name: made[name] for name in sorted(made)}


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

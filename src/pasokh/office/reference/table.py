"""A CSV file as a table with named columns, or the reason why it is none. Knows nothing of rows.

UTF-8 with or without its mark; comma, semicolon or tab; names of columns as in a download or as
on the screen in either language, in any order.
"""

import csv
from collections.abc import Iterator
from io import StringIO

from msgspec import Struct

from pasokh.office.reference.cells import write_cell
from pasokh.office.reference.cells_wrong import CellWrong
from pasokh.office.reference.columns import CODE, COLUMNS
from pasokh.reference.entries import ListEntry, ListName
from pasokh.words.say import LANGUAGES, message
from pasokh.words.spelling import key

FILE_BYTES_MAX = 2_000_000
ROWS_MAX = 10_000
_DELIMITERS = (",", ";", "\t")
# A spreadsheet would take a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@")


class TableRow(Struct, frozen=True):
    """A row with its number as a spreadsheet shows it; cells by column, None: too few or many."""

    number: int
    cells: dict[str, str] | None


class TableWrong(CellWrong):
    """A file that is no table of this list; nothing of it is read."""


def table_of(name: ListName, data: bytes) -> list[TableRow]:
    """Read a file; TableWrong names what is wrong, and where."""
    text = _text_of(data)
    rows = _records(text)
    header = next(rows, (0, []))[1]
    names = _columns_of(name, header)
    found = [
        TableRow(number, dict(zip(names, cells, strict=True)) if len(cells) == len(names) else None)
        for number, cells in rows
        if any(cell.strip() for cell in cells)
    ]
    if len(found) > ROWS_MAX:
        raise TableWrong("lists.file.rows", count=len(found), most=ROWS_MAX)
    if not found:
        raise TableWrong("lists.file.empty")
    return found


def csv_of(name: ListName, entries: dict[str, ListEntry]) -> bytes:
    """Write a list as a file that reads as the same list. Marked, so that spreadsheets read it."""
    names = [column.name for column in COLUMNS[name]]
    sheet = StringIO(newline="")
    writer = csv.writer(sheet, lineterminator="\r\n")
    writer.writerow(names)
    for code, entry in entries.items():
        cells = [code, *(write_cell(getattr(entry, field)) for field in names[1:])]
        writer.writerow([_guarded(cell) for cell in cells])
    return sheet.getvalue().encode("utf-8-sig")


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith((*_FORMULA, "'")) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith(tuple(f"'{sign}" for sign in (*_FORMULA, "'"))) else cell


def _text_of(data: bytes) -> str:
    if len(data) > FILE_BYTES_MAX:
        raise TableWrong("lists.file.bytes", bytes=len(data), most=FILE_BYTES_MAX)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TableWrong("lists.file.utf8", byte=error.start + 1) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            yield number, [_unguarded(cell) for cell in cells]
    except csv.Error as error:
        raise TableWrong("lists.file.quotes", row=number + 1) from error


def _columns_of(name: ListName, header: list[str]) -> list[str]:
    """Find each column by its name, and refuse a header that leaves anything to guess."""
    known = _names_of(name)
    found = []
    for place, cell in enumerate(header, 1):
        column = known.get(key(cell))
        if column is None:
            raise TableWrong(
                "lists.file.unknown", column=cell[:80] or str(place), columns=_needed(name)
            )
        if column in found:
            raise TableWrong("lists.file.doubled", column=column)
        found.append(column)
    missing = [column.name for column in COLUMNS[name] if column.name not in found]
    if missing:
        raise TableWrong("lists.file.missing", column=", ".join(missing), columns=_needed(name))
    return found


def _needed(name: ListName) -> str:
    return ", ".join(column.name for column in COLUMNS[name])


def _names_of(name: ListName) -> dict[str, str]:
    """Every spelling of a column's name: the field's own, and its label in each language."""
    names = {key(column.name): column.name for column in COLUMNS[name]}
    for language in LANGUAGES:
        for column in COLUMNS[name]:
            names.setdefault(key(message(language, f"lists.field.{column.name}")), column.name)
    return names


def code_of(row: TableRow) -> str:
    """Give the code as it is typed, for a sentence about the row."""
    return "" if row.cells is None else row.cells[CODE].strip()

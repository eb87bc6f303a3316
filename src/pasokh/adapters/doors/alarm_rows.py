"""A file of alarms (CSV): one a row, under the names that the JSON has. Each row has its answer."""

import csv
from collections.abc import Iterator
from io import StringIO
from itertools import islice
from typing import Any

import msgspec
from msgspec import Struct

from pasokh.adapters.doors.alarms import Alarm, complete, unknown_in
from pasokh.adapters.doors.handings import Misread

ROWS_MAX = 5_000
COLUMNS_MAX = 200
_PREMISES = ("name", "address", "latitude", "longitude", "phone")
_NUMBERS = frozenset({"latitude", "longitude"})
_TRUE, _FALSE = frozenset({"1", "true", "yes"}), frozenset({"0", "false", "no"})
_YES_OR_NO = frozenset({"audible", "test"})


class AlarmRow(Struct, frozen=True):
    """One row with its number in the file (the heading is 1): an alarm, or what is wrong."""

    row: int
    alarm: Alarm | None = None
    misread: Misread | None = None
    more: dict[str, Any] = {}


def rows_in(body: bytes) -> list[AlarmRow]:
    """Read a file; Misread when it is no table that has the columns that are needed."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Misread("rows-shape", detail="not UTF-8", where=f"byte {error.start}") from error
    reader = csv.reader(StringIO(text), strict=True)
    try:
        # No more is read than may be taken, and nothing of a file that is none of ours.
        rows = ((reader.line_num, line) for line in reader if line and any(map(str.strip, line)))
        lines = list(islice(rows, 1))
        if not lines or "alarm_id" not in [name.strip() for name in lines[0][1][:COLUMNS_MAX]]:
            raise Misread("rows-heading", detail="alarm_id", where="line 1")
        lines += islice(rows, ROWS_MAX + 1)
    except csv.Error as error:
        raise Misread("rows-shape", detail=str(error), where=f"line {reader.line_num}") from error
    if len(lines[0][1]) > COLUMNS_MAX:
        raise Misread("rows-shape", detail=f"{len(lines[0][1])} columns", where="line 1")
    if len(lines) > ROWS_MAX + 1:
        raise Misread("rows-many", detail=f"> {ROWS_MAX}", where="$")
    heading = [name.strip() for name in lines[0][1]]
    return [_row(number, heading, line) for number, line in lines[1:]]


def _row(number: int, heading: list[str], line: list[str]) -> AlarmRow:
    if len(line) != len(heading):
        detail = f"{len(line)} / {len(heading)}"
        misread = Misread("row-cells", detail=detail, where=f"line {number}")
        return AlarmRow(number, misread=misread)
    cells = dict(_cells(heading, line))
    try:
        alarm = msgspec.convert(cells, Alarm, strict=False)
        complete(alarm)
    except msgspec.ValidationError as error:
        what, _, where = str(error).partition(" - at ")
        place = f"line {number} {where.strip('`')}".strip()
        return AlarmRow(number, misread=Misread("alarm-shape", detail=what, where=place))
    except Misread as wrong:
        place = f"line {number} {wrong.where}"
        return AlarmRow(number, misread=Misread(wrong.kind, detail=wrong.detail, where=place))
    return AlarmRow(number, alarm, more=unknown_in(cells))


def _cells(heading: list[str], line: list[str]) -> Iterator[tuple[str, object]]:
    """Yield what the JSON would have said; an empty cell says nothing."""
    premises: dict[str, object] = {}
    for name, cell in zip(heading, (cell.strip() for cell in line), strict=True):
        short = name.removeprefix("premises_")
        if not cell:
            continue
        if name.startswith("premises_") and short in _PREMISES:
            premises[short] = _as_number(cell) if short in _NUMBERS else cell
        elif name in _YES_OR_NO:
            yield name, cell.lower() in _TRUE if cell.lower() in _TRUE | _FALSE else cell
        else:
            yield name, cell
    yield "premises", premises


def _as_number(cell: str) -> object:
    try:
        return float(cell)
    except ValueError:
        return cell

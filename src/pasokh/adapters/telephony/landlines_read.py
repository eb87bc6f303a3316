"""A table of landlines as its operator sends it (CSV): a number and an address a row.

Each wrong cell is a value that says which line, what, and (its sentence) how to mend it. Who the
line belongs to is not read: a column for it is refused, so that no name comes in by habit.
"""

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import Any

from msgspec import Struct

from pasokh.core.time import Instant, start_of
from pasokh.core.told_places import CivicPart, PlaceSource, ToldPlace
from pasokh.words.digits import latin_digits
from pasokh.words.jalali_typed import TypedWrong, parse_day
from pasokh.words.phone import e164
from pasokh.words.spelling import display

NUMBER, LATITUDE, LONGITUDE, SOURCE, DATED = "number", "latitude", "longitude", "source", "dated"
# Columns of an address and their short names of RFC 5139, which may stand there too.
CIVIC = {
    "province": "A1",
    "county": "A2",
    "city": "A3",
    "district": "A4",
    "quarter": "A5",
    "street": "RD",
    "house": "HNO",
    "building": "BLD",
    "floor": "FLR",
    "unit": "UNIT",
    "landmark": "LMK",
    "postcode": "PC",
}
_OWN = (NUMBER, LATITUDE, LONGITUDE, SOURCE, DATED)
_CELL_MAX, _SHOWN_MAX = 200, 40
_EPOCH = date(1970, 1, 1)
_BOUNDS = {LATITUDE: 90.0, LONGITUDE: 180.0}


class LandlineFlaw(StrEnum):
    """What may be wrong with a line; `landline.<value>` is its sentence: how to mend it."""

    NO_CSV = "no_csv"
    COLUMN_UNKNOWN = "column_unknown"
    COLUMN_TWICE = "column_twice"
    NO_NUMBER_COLUMN = "no_number_column"
    CELLS = "cells"
    CELL_LONG = "cell_long"
    NUMBER = "number"
    NUMBER_TWICE = "number_twice"
    NO_PLACE = "no_place"
    HALF_A_POINT = "half_a_point"
    DEGREES = "degrees"
    NO_DAY = "no_day"
    DAY = "day"
    DAY_TO_COME = "day_to_come"


class Landline(Struct, frozen=True):
    """A line of the table: the number in its international form, and its place."""

    line: int
    number: str
    place: ToldPlace


class LandlineWrong(Struct, frozen=True):
    """What cannot be taken."""

    line: int
    why: LandlineFlaw
    column: str = ""
    said: str = ""


class LandlineDefaults(Struct, frozen=True):
    """What holds for rows that do not say it themselves: who made the table, and on which day."""

    source: str = ""
    dated: str = ""


class _Wrong(Exception):
    def __init__(self, why: LandlineFlaw, column: str = "", said: str = "") -> None:
        self.why, self.column, self.said = why, column, said[:_SHOWN_MAX]


def read_landlines(
    lines: Iterable[str], defaults: LandlineDefaults, today: date
) -> Iterator[Landline | LandlineWrong]:
    """Yield each row, or what is wrong with it. A header that cannot be read ends the reading."""
    rows = csv.reader(lines, strict=True)
    try:
        header = [display(name).lower() for name in next(rows, [])]
        civic = _columns(header)
    except _Wrong as wrong:
        yield LandlineWrong(1, wrong.why, wrong.column, wrong.said)
        return
    except csv.Error:
        yield LandlineWrong(1, LandlineFlaw.NO_CSV)
        return
    yield from _rows(rows, _Table(header, civic, defaults, today))


class _Table(Struct, frozen=True):
    header: list[str]
    civic: list[tuple[str, str]]  # column, short name
    defaults: LandlineDefaults
    today: date


def _rows(rows: Any, table: _Table) -> Iterator[Landline | LandlineWrong]:
    line = 1
    while True:
        line = max(line, rows.line_num) + 1
        try:
            cells = next(rows)
            if any(cell.strip() for cell in cells):
                yield _landline(line, cells, table)
        except StopIteration:
            return
        except _Wrong as wrong:
            yield LandlineWrong(line, wrong.why, wrong.column, wrong.said)
        except csv.Error:
            yield LandlineWrong(line, LandlineFlaw.NO_CSV)
            return


def _columns(header: list[str]) -> list[tuple[str, str]]:
    """Give the columns of the address, or raise what is wrong with the header."""
    short = {name.lower(): name for name in CIVIC.values()}
    civic = [
        (name, CIVIC.get(name) or short[name]) for name in header if name in CIVIC or name in short
    ]
    known = {*_OWN, *(name for name, _ in civic)}
    for name in header:
        if name not in known:
            raise _Wrong(LandlineFlaw.COLUMN_UNKNOWN, name, ", ".join((*_OWN, *CIVIC)))
        if header.count(name) > 1:
            raise _Wrong(LandlineFlaw.COLUMN_TWICE, name)
    if NUMBER not in header:
        raise _Wrong(LandlineFlaw.NO_NUMBER_COLUMN)
    return civic


def _landline(line: int, cells: list[str], table: _Table) -> Landline:
    if len(cells) != len(table.header):
        raise _Wrong(LandlineFlaw.CELLS, said=f"{len(cells)} / {len(table.header)}")
    row = {name: display(cell) for name, cell in zip(table.header, cells, strict=True)}
    for name, cell in row.items():
        if len(cell) > _CELL_MAX:
            raise _Wrong(LandlineFlaw.CELL_LONG, name)
    number = e164(row[NUMBER])
    if number is None:
        raise _Wrong(LandlineFlaw.NUMBER, NUMBER, row[NUMBER])
    civic = tuple(CivicPart(short, row[name]) for name, short in table.civic if row[name])
    point = _point(row)
    if not civic and point is None:
        raise _Wrong(LandlineFlaw.NO_PLACE)
    place = ToldPlace(
        source=PlaceSource.ALI,
        latitude=None if point is None else point[0],
        longitude=None if point is None else point[1],
        method=row.get(SOURCE) or table.defaults.source,
        at=_dated(row.get(DATED) or table.defaults.dated, table.today),
        civic=civic,
    )
    return Landline(line, number, place)


def _point(row: dict[str, str]) -> tuple[float, float] | None:
    said = [row.get(name, "") for name in _BOUNDS]
    if not any(said):
        return None
    if not all(said):
        raise _Wrong(LandlineFlaw.HALF_A_POINT)
    latitude, longitude = (_degrees(name, text) for name, text in zip(_BOUNDS, said, strict=True))
    return latitude, longitude


def _degrees(name: str, text: str) -> float:
    try:
        value = float(latin_digits(text).replace("\u066b", "."))
    except ValueError:
        value = float("nan")
    if not abs(value) <= _BOUNDS[name]:  # so that what is no number is out of bounds too
        raise _Wrong(LandlineFlaw.DEGREES, name, text)
    return value


def _dated(text: str, today: date) -> Instant:
    if not text:
        raise _Wrong(LandlineFlaw.NO_DAY, DATED)
    try:
        day = parse_day(text)
    except TypedWrong:
        raise _Wrong(LandlineFlaw.DAY, DATED, text) from None
    if day > today:
        raise _Wrong(LandlineFlaw.DAY_TO_COME, DATED, text)
    return start_of((day - _EPOCH).days, 0)

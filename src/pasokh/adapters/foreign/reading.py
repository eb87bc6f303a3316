"""Files of other centres, row by row: CSV, JSON lines, JSON; plain or packed with gzip.

A row is the texts of its fields in the header's order. What can not be taken apart comes as a
`Broken` row, whole, so that somebody can look at it.
"""

import csv
import gzip
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TextIO

import msgspec
from msgspec import Struct

from pasokh.adapters.foreign.mapping import FileShape
from pasokh.drivers.ports_replay import ForeignLogFault

# A field longer than this is a file that lost its quotes, not a field.
FIELD_CHARACTERS_MAX = 1_000_000
_GZIP_MAGIC = b"\x1f\x8b"


class Broken(Struct, frozen=True):
    """A row that can not be taken apart: the rule it breaks, and all that was there."""

    rule: str
    says: str
    whole: str


def header_of(path: Path, shape: FileShape) -> list[str]:
    """Read the names of the columns; for JSON the keys of the first record."""
    with _open(path, shape) as stream:
        if shape.format == "csv":
            return _csv_header(path, csv.reader(stream, delimiter=shape.separator))
        first = next(_records(path, shape, stream), None)
    if not isinstance(first, dict):
        message = f"{path}: holds no record; give a file of {shape.format} objects"
        raise ForeignLogFault(message)
    return list(_flat(first))


def rows_of(
    path: Path, shape: FileShape, columns: Sequence[str]
) -> Iterator[Sequence[str] | Broken]:
    """Yield the rows in the file's order, each with as many fields as `columns` has names."""
    with _open(path, shape) as stream:
        rows = _csv_rows(path, shape, stream) if shape.format == "csv" else None
        if rows is None:
            yield from _json_rows(path, shape, stream, columns)
        else:
            yield from rows


def _open(path: Path, shape: FileShape) -> TextIO:
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == _GZIP_MAGIC
        # A byte that is not in the encoding is kept as it is, spelt out.
        how = "backslashreplace"
        if packed:
            return gzip.open(path, "rt", encoding=shape.encoding, errors=how, newline="")
        return path.open(encoding=shape.encoding, errors=how, newline="")
    except (OSError, LookupError) as error:
        message = f"{path}: can not be opened ({error}); give a readable file and its encoding"
        raise ForeignLogFault(message) from error


def _csv_header(path: Path, reader: Iterator[list[str]]) -> list[str]:
    try:
        header = next(reader, [])
    except (csv.Error, OSError, EOFError) as error:
        message = f"{path}: the header can not be read ({error}); is it CSV, plain or gzip?"
        raise ForeignLogFault(message) from error
    names = [name.strip().removeprefix("\ufeff") for name in header]
    doubled = sorted({name for name in names if names.count(name) > 1})
    if not names or doubled:
        what = f"names {doubled[0]!r} twice" if doubled else "is empty"
        message = f"{path}: the header {what}; the first line must name each column once"
        raise ForeignLogFault(message)
    return names


def _csv_rows(path: Path, shape: FileShape, stream: TextIO) -> Iterator[Sequence[str] | Broken]:
    csv.field_size_limit(FIELD_CHARACTERS_MAX)
    reader = csv.reader(stream, delimiter=shape.separator)
    width = len(_csv_header(path, reader))
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            yield Broken("unreadable", f"line {reader.line_num}: {error}", "")
            continue
        except (OSError, EOFError) as error:
            message = _broken_off(path, f"line {reader.line_num}", error)
            raise ForeignLogFault(message) from error
        if row is None:
            return
        if len(row) == width:
            yield row
        elif row:
            says = f"{len(row)} fields where the header names {width}"
            yield Broken("wrong_columns", says, msgspec.json.encode(row).decode())


def _json_rows(
    path: Path, shape: FileShape, stream: TextIO, columns: Sequence[str]
) -> Iterator[Sequence[str] | Broken]:
    for record in _records(path, shape, stream):
        if isinstance(record, Broken):
            yield record
        elif isinstance(record, dict):
            flat = _flat(record)
            yield [flat.get(name, "") for name in columns]
        else:
            whole = msgspec.json.encode(record).decode()
            yield Broken("unreadable", "the record is no object", whole)


def _records(path: Path, shape: FileShape, stream: TextIO) -> Iterator[Any]:
    try:
        if shape.format == "jsonl":
            yield from _lines(stream)
            return
        whole = msgspec.json.decode(stream.read())
    except (OSError, EOFError, msgspec.DecodeError) as error:
        message = _broken_off(path, "somewhere", error)
        raise ForeignLogFault(message) from error
    for key in filter(None, shape.records.split(".")):
        whole = whole.get(key) if isinstance(whole, dict) else None
    if not isinstance(whole, list):
        where = shape.records or "the top"
        message = f"{path}: no list at {where}; name the list of records with file.records"
        raise ForeignLogFault(message)
    yield from whole


def _lines(stream: TextIO) -> Iterator[Any]:
    for line in stream:
        if not line.strip():
            continue
        try:
            yield msgspec.json.decode(line)
        except msgspec.DecodeError as error:
            yield Broken("unreadable", str(error), line.rstrip("\r\n"))


def _flat(record: dict[str, Any], before: str = "") -> dict[str, str]:
    """Name nested fields with dots, and write every value as text; null is empty."""
    flat: dict[str, str] = {}
    for key, value in record.items():
        if isinstance(value, dict):
            flat.update(_flat(value, f"{before}{key}."))
        elif isinstance(value, list):
            flat[before + key] = " ".join(map(_text, value))
        else:
            flat[before + key] = _text(value)
    return flat


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _broken_off(path: Path, where: str, error: Exception) -> str:
    return f"{path}: breaks off at {where} ({error}); fetch the file again, nothing was completed"

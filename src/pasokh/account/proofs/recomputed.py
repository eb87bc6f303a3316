"""A figure made again from open rows, by nothing but what the figure itself says of its rule."""

import csv
import re
from collections.abc import Iterable, Iterator

from pasokh.account.figures import percent
from pasokh.account.proofs.leaf import ShareValue
from pasokh.account.proofs.note import NoteFault

# Corrections take calls away: a count of theirs may be negative.
_COUNT = re.compile(r"-?[0-9]{1,15}")


def share_of(tables: Iterable[bytes], value: ShareValue) -> tuple[int, int, float | None]:
    """Work out part, whole and percent from CSV files; NoteFault when they are no open rows."""
    part = whole = 0
    for table in tables:
        for row in _rows(table):
            if any(row.get(column) != wanted for column, wanted in value.where.items()):
                continue
            count = _count(row)
            part += count if row["class"] in value.numerator else 0
            whole += count if row["class"] in value.base else 0
    return part, whole, percent(part, whole, value.decimals)


def _rows(table: bytes) -> Iterator[dict[str, str]]:
    try:
        lines = (f"{line}\n" for line in table.decode("utf-8-sig").split("\n") if line.strip("\r"))
        yield from csv.DictReader(lines, strict=True)
    except (UnicodeDecodeError, csv.Error) as error:
        raise NoteFault(f"the open rows are no CSV: {error}") from error


def _count(row: dict[str, str]) -> int:
    count = row.get("count") or ""
    if not row.get("class") or not _COUNT.fullmatch(count):
        raise NoteFault("a row has no class, or no count that is a number")
    return int(count)

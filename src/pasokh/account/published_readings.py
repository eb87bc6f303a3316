"""Other readings of a log that has ended, and what stayed unknown: one table, and figures of it.

Each row counts calls that every reading takes in the same way, so each reading is a sum of rows,
and so is the headline. A reading that would leave a row with too few calls is not published.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from msgspec import Struct

from pasokh.account.csv_text import csv_text
from pasokh.account.definitions import CallClass
from pasokh.account.disclosure.rows import K, Side
from pasokh.account.figures import DECIMALS, percent
from pasokh.account.open_data.tables import Datatype, OpenColumn, OpenTable
from pasokh.account.proofs.values import ShareValue
from pasokh.account.rivals import ReadingCell, Taken

UNKNOWN = "unknown"


class ReadingTable(Struct, frozen=True):
    """What is published: the table, its bytes, and by name the shares that it gives."""

    table: OpenTable
    raw: bytes
    shares: dict[str, ShareValue]


class _ReadingRow(Struct, frozen=True):
    """Calls of one side of the headline; `taken`: by each reading."""

    side: Side
    taken: tuple[str, ...]
    count: int


def readings_of(
    cells: Sequence[ReadingCell], days: tuple[str, str], hidden: Collection[str] = ()
) -> ReadingTable | None:
    """Lay out the readings of the days from the first to the last; None when none can be told.

    `hidden`: the classes whose count may not stand beside the days' rows.
    """
    names = _names(cells, hidden)
    rows = _rows(cells, names)
    while names and _small(rows):
        # Whichever leaves the fewest small rows when it goes; the last of these.
        kept = [[one for one in names if one != lost] for lost in names]
        names = min(reversed(kept), key=lambda some: _small(_rows(cells, some)))
        rows = _rows(cells, names)
    if not rows or not names or _small(rows):
        return None
    told = [
        (*days, f"c{at}", row.side, *row.taken, row.count) for at, row in enumerate(rows, start=1)
    ]
    table = _table(names)
    shares = {name: _share(rows, at) for at, name in enumerate(names)}
    return ReadingTable(table, csv_text(table.header, told), shares)


def _names(cells: Sequence[ReadingCell], hidden: Collection[str]) -> list[str]:
    """Name the readings; what stayed unknown are the pending calls, and no others."""
    others = cells[0].readings if cells else ()
    return [*([] if CallClass.PENDING.value in hidden else [UNKNOWN]), *others]


def _rows(cells: Sequence[ReadingCell], names: Sequence[str]) -> list[_ReadingRow]:
    found: Counter[tuple[Side, tuple[str, ...]]] = Counter()
    for cell in cells:
        found[cell.side, tuple(_word(cell, name) for name in names)] += cell.count
    return [_ReadingRow(*key, count) for key, count in sorted(found.items())]


def _word(cell: ReadingCell, name: str) -> str:
    if name == UNKNOWN:
        return UNKNOWN if cell.unknown else "known"
    return cell.readings[name]


def _small(rows: Sequence[_ReadingRow]) -> int:
    return sum(row.count < K for row in rows)


def _share(rows: Sequence[_ReadingRow], at: int) -> ShareValue:
    """Give a reading as sums of rows, which are named in the order in which they stand."""
    words = [(f"c{place}", row) for place, row in enumerate(rows, start=1)]
    part = [(word, row) for word, row in words if row.taken[at] in {UNKNOWN, Taken.OPERATIONAL}]
    whole = [(word, row) for word, row in words if row.taken[at] != Taken.LEFT_OUT]
    counted, of = (sum(row.count for _, row in some) for some in (part, whole))
    numerator, base = (tuple(word for word, _ in some) for some in (part, whole))
    return ShareValue(numerator, base, counted, of, percent(counted, of), DECIMALS)


def _table(names: Sequence[str]) -> OpenTable:
    return OpenTable(
        "readings",
        (
            OpenColumn("from", Datatype.DAY),
            OpenColumn("to", Datatype.DAY),
            OpenColumn("class"),
            OpenColumn("headline", among=tuple(Side)),
            *_columns(names),
            OpenColumn("count", Datatype.COUNT, least=K),
        ),
        ("class",),
        "readings",
        "whole/",
    )


def _columns(names: Sequence[str]) -> Iterator[OpenColumn]:
    for name in names:
        if name == UNKNOWN:
            yield OpenColumn(name, among=(UNKNOWN, "known"))
        else:
            yield OpenColumn(name, among=tuple(Taken), told="reading")

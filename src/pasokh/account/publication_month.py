"""A month's sensitive types as they are published: by province, types and classes, never by day."""

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from hashlib import sha256

from pasokh.account.disclosure.days import Carried, CarriedCell
from pasokh.account.disclosure.months import publish_month
from pasokh.account.disclosure.rows import SIDE_OF, CellKey, Level, PublicRow, Side, TypeTree
from pasokh.account.identity import IdentityBroken
from pasokh.account.open_data.day import open_rows_csv
from pasokh.account.proofs.leaf import OpenRowsLeaf
from pasokh.account.publication import Publication
from pasokh.account.releases import BlockedBy
from pasokh.core.time import Day, day_from_iso, iso_day


def publish_sensitive(
    days: tuple[Day, Day],
    cells: Iterable[CarriedCell],
    types: TypeTree,
    day_rows: Iterable[PublicRow],
    waiting: Mapping[Side, Carried],
) -> Publication:
    """Publish a month. `cells`: its days' exact cells of sensitive types; `day_rows`: what is out.

    Raises IdentityBroken when rows and what waits do not hold every one of them.
    """
    sums: Counter[CellKey] = Counter()
    for cell in cells:
        if cell.call_class in SIDE_OF:
            sums[cell.county, cell.kind, cell.call_class] += cell.count
    released = publish_month(days, sums, types, day_rows, waiting)
    owed = sums.total() + _sum(waiting)
    held = sum(row.count for row in released.rows) + _sum(released.carried)
    last = iso_day(days[1])
    if held != owed:
        text = f"the month to {last}: {owed} calls, but its rows hold {held}"
        raise IdentityBroken(text, BlockedBy.PUBLISHED, "month", owed, held)
    path, raw = f"months/{last}/calls.csv", open_rows_csv(released.rows)
    leaf = OpenRowsLeaf(path, sha256(raw).hexdigest())
    return Publication({path: raw}, (leaf,), released.carried, released.rows)


def read_rows(raw: bytes) -> tuple[PublicRow, ...]:
    """Read open rows that were published."""
    return tuple(
        PublicRow(
            day_from_iso(line["from"]),
            day_from_iso(line["to"]),
            Level(line["level"]),
            line["county"],
            line["kind"],
            line["class"],
            int(line["count"]),
        )
        for line in csv.DictReader(raw.decode().splitlines())
    )


def _sum(waiting: Mapping[Side, Carried]) -> int:
    return sum(cell.count for carried in waiting.values() for cell in carried.cells)

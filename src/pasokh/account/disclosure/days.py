"""A day's exact cells become public rows; a side with fewer than k calls waits for the next day."""

from collections.abc import Iterable, Mapping

from msgspec import Struct, field

from pasokh.account.disclosure.rollup import Path, Rows, by_county, roll_up
from pasokh.account.disclosure.rows import (
    CLASSES_OF,
    SIDE_OF,
    CellKey,
    Cells,
    K,
    Level,
    PublicLists,
    PublicRow,
    Side,
    TypeTree,
)
from pasokh.core.ids import AreaCode
from pasokh.core.time import Day

# The size of a day's secret rows is told in steps of so many.
_TOLD_BY = 64
_LEVEL = (
    Level.PROVINCE,
    Level.PROVINCE,
    Level.COUNTY,
    Level.COUNTY_GROUP,
    Level.COUNTY_TYPE,
)


class CarriedCell(Struct, frozen=True, order=True, gc=False):
    """Calls that no row counts yet. Never published."""

    county: AreaCode
    kind: str
    call_class: str
    count: int


class Carried(Struct, frozen=True):
    """A side that waits, with the first day that waits in it. It may hold nothing."""

    from_day: Day
    cells: tuple[CarriedCell, ...] = ()


class DayRelease(Struct, frozen=True):
    """What is published of a day, what waits, and how many calls each level shows."""

    rows: tuple[PublicRow, ...]
    carried: dict[Side, Carried] = field(default_factory=dict)
    shown: dict[Level, int] = field(default_factory=dict)


def publish(
    day: Day,
    cells: Cells,
    lists: PublicLists,
    carried: Mapping[Side, Carried] | None = None,
    *,
    k: int = K,
) -> DayRelease:
    """Publish a day once, with what waited before it. Classes outside of the figures are ignored.

    The published rows and what is carried hold together every call of the cells, once.
    """
    waiting = carried or {}
    rows: list[PublicRow] = []
    left: dict[Side, Carried] = {}
    for side in Side:
        before = waiting.get(side, Carried(day))
        sums = _joined(before.cells, cells, side)
        arranged = _arranged(sums, side, lists, k)
        if arranged is None:
            left[side] = Carried(before.from_day, _cells_to_carry(sums))
        else:
            rows.extend(_written(arranged, before.from_day, day, side))
    return DayRelease(tuple(sorted(rows)), left, _loss(rows))


def size_told(own: int, published: int, *, k: int = K) -> int:
    """Say how many rows a day is told to have: enough for all that may wait, whoever waits.

    The exact number, beside rows that add up, would tell how many calls wait: fewer than k. So it
    follows from what is `published`, unless more calls than can wait are in no figure.
    """
    most = max(own, published + len(Side) * (k - 1))
    return -(-most // _TOLD_BY) * _TOLD_BY


def _joined(before: Iterable[CarriedCell], cells: Cells, side: Side) -> dict[CellKey, int]:
    sums = {(c.county, c.kind, c.call_class): c.count for c in before}
    for key, count in cells.items():
        if count and SIDE_OF.get(key[2]) is side:
            sums[key] = sums.get(key, 0) + count
    return sums


def _arranged(cells: Cells, side: Side, lists: PublicLists, k: int) -> Rows | None:
    names = [name.value for name in CLASSES_OF[side]]
    detail = by_county(lists.types.sizes(), lists.counties_with(cells), k)
    return roll_up(paths_of(cells, lists.types), names, detail, k)


def paths_of(cells: Cells, tree: TypeTree) -> dict[Path, int]:
    """Put cells into the tree: class, county, group, type; a sensitive one under its class only."""
    found: dict[Path, int] = {}
    for (county, kind, name), count in cells.items():
        ordinary = (name, county, tree.group_of(kind), kind)
        path = (name,) if tree.is_sensitive(kind) else ordinary
        found[path] = found.get(path, 0) + count
    return found


def _written(rows: Rows, from_day: Day, day: Day, side: Side) -> Iterable[PublicRow]:
    for path, part in rows.items():
        name, county, group, kind = (*path, "", "", "", "")[:4]
        yield PublicRow(
            from_day,
            day,
            _LEVEL[len(path)],
            county,
            kind or group,
            name or side.value,
            sum(part),
        )


def _cells_to_carry(cells: Cells) -> tuple[CarriedCell, ...]:
    return tuple(sorted(CarriedCell(*key, count) for key, count in cells.items()))


def _loss(rows: Iterable[PublicRow]) -> dict[Level, int]:
    shown = dict.fromkeys(Level, 0)
    for row in rows:
        shown[row.level] += row.count
    return shown

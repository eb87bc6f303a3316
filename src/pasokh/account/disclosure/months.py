"""Sensitive types: by province and month only, and never so that a day gives one away.

In a day's rows their calls lie in the province's row of their class, with k or more others.
"""

from collections.abc import Iterable, Mapping

from pasokh.account.disclosure.days import Carried, CarriedCell, DayRelease
from pasokh.account.disclosure.rollup import WHOLE, Path, RowPart, Rows, by_type, roll_up
from pasokh.account.disclosure.rows import CLASSES_OF, Cells, K, Level, PublicRow, Side, TypeTree
from pasokh.core.time import Day


def publish_month(
    days: tuple[Day, Day],
    cells: Cells,
    tree: TypeTree,
    day_rows: Iterable[PublicRow],
    carried: Mapping[Side, Carried] | None = None,
    *,
    k: int = K,
) -> DayRelease:
    """Publish the sensitive types of the days from the first to the last.

    `day_rows` are the rows that were published of these days. `kind` is empty in the row that
    counts what no other row of the class shows.
    """
    from_day, to_day = days
    covers = [row for row in day_rows if row.level is Level.PROVINCE]
    rows: list[PublicRow] = []
    left: dict[Side, Carried] = {}
    for side in Side:
        before = (carried or {}).get(side, Carried(from_day))
        paths = _paths(before, cells, tree, side)
        arranged = _arranged(paths, _rooms(covers, side, k), side, tree, k)
        if arranged is None:
            left[side] = Carried(
                before.from_day,
                tuple(sorted(CarriedCell("", path[1], path[0], n) for path, n in paths.items())),
            )
        else:
            rows.extend(_written(arranged, before.from_day, to_day, side))
    shown = {Level.PROVINCE: sum(row.count for row in rows)}
    return DayRelease(tuple(sorted(rows)), left, shown)


def _paths(before: Carried, cells: Cells, tree: TypeTree, side: Side) -> dict[Path, int]:
    names = {name.value for name in CLASSES_OF[side]}
    found: dict[Path, int] = {(c.call_class, c.kind): c.count for c in before.cells}
    for (_, kind, name), count in cells.items():
        if count and name in names and tree.is_sensitive(kind):
            found[name, kind] = found.get((name, kind), 0) + count
    return found


def _arranged(
    paths: Mapping[Path, int], rooms: Mapping[str, list[int]], side: Side, tree: TypeTree, k: int
) -> Rows | None:
    """Show classes and types; or the side as one row; or nothing, when even that tells a day."""
    types = sorted(tree.sensitive | {kind for _, kind in paths})
    rows = roll_up(paths, [name.value for name in CLASSES_OF[side]], by_type(types, k), k)
    sums: dict[str, int] = {}
    for (name, _), count in paths.items():
        sums[name] = sums.get(name, 0) + count
    if rows is None or all(_hides_days(sums[name], rooms[name], k) for name in sums):
        return rows
    total = sum(sums.values())
    return {WHOLE: RowPart(total)} if _hides_days(total, rooms[side.value], k) else None


def _rooms(covers: Iterable[PublicRow], side: Side, k: int) -> dict[str, list[int]]:
    """Say how many sensitive calls each day's rows can hold at most, by class and for the side.

    A day's row that can hold them holds at least k others. A class without a row of its own is in
    the side's.
    """
    of_day: dict[Day, dict[str, int]] = {}
    for row in covers:
        if row.side is side:
            of_day.setdefault(row.to_day, {})[row.call_class] = row.count - k
    rooms = {
        name.value: [day.get(name.value, day.get(side.value, 0)) for day in of_day.values()]
        for name in CLASSES_OF[side]
    }
    return rooms | {side.value: [sum(day.values()) for day in of_day.values()]}


def _hides_days(total: int, rooms: list[int], k: int) -> bool:
    """Tell whether no day with little room is proven to hold a call, all others being full."""
    room = sum(rooms)
    return all(own >= k or total <= room - own for own in rooms)


def _written(rows: Rows, from_day: Day, to_day: Day, side: Side) -> Iterable[PublicRow]:
    for path, part in rows.items():
        name, kind = (*path, "", "")[:2]
        count = sum(part)
        yield PublicRow(from_day, to_day, Level.PROVINCE, "", kind, name or side.value, count)

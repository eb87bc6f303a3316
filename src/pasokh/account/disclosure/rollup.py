"""The roll-up: small cells go up one fixed tree until nobody can be told apart in what is shown.

The tree of a side: class, county, group, type. A cell is counted by the deepest shown node above
it, so rows are a partition and add up. What is shown holds at least k, and no node that is not
shown can be proven to hold anybody (docs/reasons/034): a rest is shown only where other hidden
nodes could make it up alone, and each class keeps a row for the province in which anything hides.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple, TypeAlias

# From the class down; () is the whole side.
Path: TypeAlias = tuple[str, ...]
WHOLE: Path = ()


class RowPart(NamedTuple):
    """What a node counts: calls of ordinary types, and of types shown nowhere below."""

    ordinary: int
    sensitive: int = 0

    def plus(self, other: "RowPart") -> "RowPart":
        """Add two parts."""
        return RowPart(self.ordinary + other.ordinary, self.sensitive + other.sensitive)


Rows: TypeAlias = dict[Path, RowPart]


class Detail(NamedTuple):
    """The rows below one class, what is left for its own, and how many leaves each child hides."""

    rows: Rows
    rest: int
    hidden: list[int]


def conceals(rest: int, hidden: Collection[int], k: int) -> bool:
    """Tell whether a rest of at least k could be made up without any one of the hidden children.

    `hidden` counts each child's hidden leaves; a hidden leaf holds fewer than k.
    """
    return k <= rest <= (sum(hidden) - max(hidden, default=0)) * (k - 1)


def roll_up(
    cells: Mapping[Path, int],
    classes: Sequence[str],
    detail: Callable[[str, Mapping[Path, int]], Detail],
    k: int,
) -> Rows | None:
    """Choose the shown nodes of a side and count them; None when it cannot be shown at all.

    A cell that is keyed by its class alone is sensitive; `detail` arranges the others.
    """
    by_class: dict[str, dict[Path, int]] = {}
    for path, count in cells.items():
        by_class.setdefault(path[0], {})[path] = count
    rows: Rows = {WHOLE: RowPart(0)}
    for name in classes:
        rows |= _class_rows((name,), by_class.get(name, {}), detail, k)
    return _whole(rows, classes, k)


def by_county(sizes: Mapping[str, int], counties: Sequence[str], k: int) -> Callable[..., Detail]:
    """Arrange a class by county, group and type; `sizes` counts the types of each group."""

    def detail(name: str, cells: Mapping[Path, int]) -> Detail:
        of_county: dict[str, dict[Path, int]] = {county: {} for county in counties}
        for path, count in cells.items():
            of_county[path[1]][path] = count
        rows: Rows = {}
        left = [
            _county_rows((name, county), of_county[county], sizes, k, rows) for county in counties
        ]
        return Detail(rows, sum(rest for rest, _ in left), [hidden for _, hidden in left])

    return detail


def by_type(types: Sequence[str], k: int) -> Callable[..., Detail]:
    """Arrange a class by type alone: the sensitive types of a month."""

    def detail(name: str, cells: Mapping[Path, int]) -> Detail:
        paths: list[Path] = [(name, kind) for kind in types]
        shown = {path: RowPart(cells[path]) for path in paths if cells.get(path, 0) >= k}
        rest = sum(cells.values()) - sum(part.ordinary for part in shown.values())
        return Detail(shown, rest, [1] * (len(types) - len(shown)))

    return detail


def _county_rows(
    above: Path, cells: Mapping[Path, int], sizes: Mapping[str, int], k: int, into: Rows
) -> tuple[int, int]:
    """Write a county's rows of a class; give what is left, and how many leaves it hides."""
    groups: dict[str, dict[Path, int]] = {}
    for path, count in cells.items():
        groups.setdefault(path[2], {})[path] = count
    hidden = dict(sizes)
    rest = 0
    for group in sorted(groups):
        kinds = groups[group]
        shown = {path: RowPart(kinds[path]) for path in sorted(kinds) if kinds[path] >= k}
        into |= shown
        hidden[group] -= len(shown)
        left = sum(kinds.values()) - sum(part.ordinary for part in shown.values())
        if conceals(left, [1] * hidden[group], k):
            into[(*above, group)] = RowPart(left)
            hidden[group] = 0
        else:
            rest += left
    if conceals(rest, hidden.values(), k):
        into[above] = RowPart(rest)
        return 0, 0
    return rest, sum(hidden.values())


def _class_rows(
    root: Path,
    cells: Mapping[Path, int],
    detail: Callable[[str, Mapping[Path, int]], Detail],
    k: int,
) -> Rows:
    found = detail(root[0], {path: count for path, count in cells.items() if path != root})
    rows = found.rows
    rows[root] = RowPart(found.rest, cells.get(root, 0))
    if not conceals(found.rest, found.hidden, k):
        _cover(rows, root)
    return rows


def _whole(rows: Rows, classes: Sequence[str], k: int) -> Rows | None:
    """Merge the first class and the rare ones; the side's row is always there, so it says nothing.

    If it were there for rare classes only, it would tell that one of them is not empty.
    """
    for name in classes:
        if name == classes[0] or rows[(name,)].ordinary < k:
            rows[WHOLE] = rows[WHOLE].plus(rows.pop((name,)))
    if rows[WHOLE].ordinary < k:
        _cover(rows, WHOLE)
    return rows if rows[WHOLE].ordinary >= k else None


def _cover(rows: Rows, node: Path) -> None:
    """Take back the first of the rows directly under a node, in the order of the lists.

    The order is known to everybody beforehand. The smallest row would lose less, and tell more:
    whoever knows that it was the smallest can work out what it was.
    """
    first = next((path for path in rows if path != node and _above(path, rows) == node), None)
    if first is not None:
        rows[node] = rows[node].plus(rows.pop(first))


def _above(path: Path, rows: Rows) -> Path | None:
    """Give the deepest shown node above a shown one."""
    return next((path[:end] for end in range(len(path) - 1, -1, -1) if path[:end] in rows), None)

"""Other ways to publish the same cells: what they lose, and whom they tell."""

from collections import Counter
from collections.abc import Iterable

from pasokh.account.disclosure.rows import CellKey, Cells, Level, PublicLists, PublicRow

_LEVELS = (Level.PROVINCE, Level.COUNTY, Level.COUNTY_GROUP, Level.COUNTY_TYPE)


def suppressed(cells: Cells, lists: PublicLists, k: int) -> list[PublicRow]:
    """A table with its sums, in which every number below k is left out."""
    sums: Counter[tuple[str, ...]] = Counter()
    for path, count in _paths(cells, lists):
        for end in range(1, len(path) + 1):
            sums[path[:end]] += count
    return [_row(path, count) for path, count in sums.items() if count >= k]


def merely_rolled_up(cells: Cells, lists: PublicLists, k: int) -> list[PublicRow]:
    """Small cells go up until they are k together, and nobody asks what that tells."""
    rows: list[PublicRow] = []
    waiting = Counter(dict(_paths(cells, lists)))
    for depth in (4, 3, 2, 1):
        rows += [_row(path, count) for path, count in waiting.items() if count >= k or depth == 1]
        above: Counter[tuple[str, ...]] = Counter()
        for path, count in waiting.items():
            if count < k:
                above[path[: depth - 1]] += count
        waiting = above
    return rows


def shown_share(counts: Iterable[tuple[CellKey, int]]) -> float:
    """The operational share, in percent, that these counts give."""
    sums: Counter[str] = Counter()
    for (_, _, name), count in counts:
        sums[name] += count
    answered = sum(count for name, count in sums.items() if name not in ("A1", "A2"))
    return 100 * (sums["O1"] + sums["O2"]) / answered


def _paths(cells: Cells, lists: PublicLists) -> Iterable[tuple[tuple[str, ...], int]]:
    for (county, kind, name), count in cells.items():
        yield (name, county, lists.types.group_of(kind), kind), count


def _row(path: tuple[str, ...], count: int) -> PublicRow:
    name, county, group, kind = (*path, "", "", "")[:4]
    return PublicRow(1, 1, _LEVELS[len(path) - 1], county, kind or group, name, count)

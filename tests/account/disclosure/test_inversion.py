"""The attacker who has our program: runs it on every world there can be, and compares.

Small provinces, so that all worlds can be counted out. Two worlds with the same rows cannot be told
apart; what is the same in all of them is what the rows tell. They must never tell that some set of
calls, however it is described, is not empty and smaller than k.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations, pairwise, product

import pytest

from pasokh.account.disclosure.corrections import correct
from pasokh.account.disclosure.rollup import Path, by_county, by_type, roll_up
from pasokh.account.disclosure.rows import Lists, TypeTree
from tests.account.disclosure.rivals import merely_rolled_up

World = tuple[int, ...]
Shown = Callable[[Mapping[Path, int]], object]


def worlds(total: int, leaves: int) -> Iterator[World]:
    """Every way to put so many calls into so many leaves."""
    for bars in combinations(range(total + leaves - 1), leaves - 1):
        edges = (-1, *bars, total + leaves - 1)
        yield tuple(b - a - 1 for a, b in pairwise(edges))


def told(leaves: list[Path], total: int, k: int, shown: Shown) -> list[tuple[object, Path]]:
    """Sets that some rows prove to hold somebody, and fewer than k."""
    patterns = {
        tuple(part if i in fixed else None for i, part in enumerate(leaf))
        for leaf in leaves
        for size in range(1, len(leaf) + 1)
        for fixed in combinations(range(len(leaf)), size)
    }
    members = {
        pattern: [i for i, leaf in enumerate(leaves) if _fits(leaf, pattern)]
        for pattern in patterns
    }
    ranges: dict[object, dict[Path, tuple[int, int]]] = {}
    for world in worlds(total, len(leaves)):
        rows = shown({leaf: n for leaf, n in zip(leaves, world, strict=True) if n})
        known = ranges.setdefault(rows, {})
        for pattern, places in members.items():
            count = sum(world[i] for i in places)
            least, most = known.get(pattern, (count, count))
            known[pattern] = min(least, count), max(most, count)
    return [
        (rows, pattern)
        for rows, known in ranges.items()
        for pattern, (least, most) in known.items()
        if least >= 1 and most < k
    ]


def _fits(leaf: Path, pattern: Path) -> bool:
    return all(wanted in (None, part) for part, wanted in zip(leaf, pattern, strict=True))


def leaves_of(classes: Iterable[str], counties: str, sizes: Mapping[str, int]) -> list[Path]:
    kinds = [(group, f"{group}{n}") for group, size in sizes.items() for n in range(size)]
    return [(name, county, *kind) for name in classes for county in counties for kind in kinds]


def frozen(rows: Mapping[Path, object] | None) -> object:
    return None if rows is None else tuple(sorted(rows.items()))


@pytest.mark.parametrize("total", [3, 5, 6, 7, 8])
@pytest.mark.parametrize(
    ("k", "classes", "counties", "sizes"),
    [
        (2, ("O1",), "ab", {"g": 3}),
        (3, ("O1",), "ab", {"g": 2, "h": 1}),
        (2, ("O1", "O2"), "a", {"g": 2, "h": 1}),
        (2, ("V", "R", "P"), "a", {"g": 1, "h": 1}),
        (3, ("V", "R"), "ab", {"g": 1}),
    ],
)
@pytest.mark.slow
def test_no_world_is_told_by_a_day(
    k: int, classes: tuple[str, ...], counties: str, sizes: dict[str, int], total: int
) -> None:
    detail = by_county(sizes, counties, k)
    leaves = leaves_of(classes, counties, sizes)
    assert told(leaves, total, k, lambda cells: frozen(roll_up(cells, classes, detail, k))) == []


@pytest.mark.parametrize("total", [3, 5, 6, 7, 8])
@pytest.mark.parametrize("classes", [("O1", "O2"), ("V", "R", "P")])
def test_no_world_is_told_by_a_month(classes: tuple[str, ...], total: int) -> None:
    leaves = [(name, kind) for name in classes for kind in ("s", "t")]
    detail = by_type(("s", "t"), 2)
    assert told(leaves, total, 2, lambda cells: frozen(roll_up(cells, classes, detail, 2))) == []


def test_a_roll_up_that_asks_nothing_is_told() -> None:
    sizes = {"g": 2, "h": 1}
    tree = TypeTree({f"{group}{n}": group for group, size in sizes.items() for n in range(size)})

    def shown(cells: Mapping[Path, int]) -> object:
        flat = {(county, kind, name): n for (name, county, _, kind), n in cells.items()}
        return tuple(sorted(merely_rolled_up(flat, Lists(("a",), tree), 3)))

    assert told(leaves_of(("O1",), "a", sizes), 6, 3, shown)


@pytest.mark.parametrize(
    ("k", "before", "reach"),
    [
        (3, {"V": 60, "R": 9, "P": 6}, (30, 6, 6)),
        (3, {"O1": 40, "O2": 9, "V": 40}, (20, 7, 20)),
        (2, {"V": 60, "R": 3, "P": 3, "H": 2}, (16, 3, 3, 3)),
    ],
)
@pytest.mark.parametrize("same_total", [False, True])
@pytest.mark.slow
def test_no_change_is_told_by_a_correction(
    k: int, before: dict[str, int], reach: tuple[int, ...], *, same_total: bool
) -> None:
    """Even who knows every class before it: no class is proven to have changed by a few, or to hold
    a few after it. The commonest class reaches so far that no edge of the worlds is in the way.
    """
    seen: dict[object, list[set[int]]] = {}
    for changes in product(*(range(-far, far + 1) for far in reach)):
        if same_total and sum(changes):
            continue
        now = {name: before[name] + n for name, n in zip(before, changes, strict=True)}
        if min(now.values()) >= 0:
            rows = correct(1, 1, before, now, k=k) or ()
            for values, change in zip(
                seen.setdefault(rows, [set() for _ in now]), changes, strict=True
            ):
                values.add(change)
    for rows, sets in seen.items():
        if all(2 * abs(row.count) <= min(r for r in reach if r > 9) for row in rows):
            for name, values in zip(before, sets, strict=True):
                assert not all(0 < abs(change) < k for change in values), (rows, name)
                assert not all(0 < before[name] + change < k for change in values), (rows, name)

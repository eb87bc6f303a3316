"""The attacker who has our program: runs it on every world there can be, and compares.

Small provinces, so that all worlds can be counted out. Two worlds with the same rows cannot be told
apart; what is the same in all of them is what the rows tell. They must never tell that some set of
calls, however it is described, is not empty and smaller than k.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations, pairwise, product

import pytest

from pasokh.account.disclosure.corrections import correct
from pasokh.account.disclosure.days import Carried, publish
from pasokh.account.disclosure.months import publish_month
from pasokh.account.disclosure.rollup import Path, by_county, by_type, roll_up
from pasokh.account.disclosure.rows import CellKey, K, PublicLists, PublicRow, Side, TypeTree
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
    alike: dict[object, list[World]] = {}
    for world in worlds(total, len(leaves)):
        rows = shown({leaf: n for leaf, n in zip(leaves, world, strict=True) if n})
        alike.setdefault(rows, []).append(world)
    return proven(alike, leaves, k)


def proven(
    alike: Mapping[object, list[World]], leaves: list[Path], k: int
) -> list[tuple[object, Path]]:
    members = members_of(leaves)
    return [
        (rows, pattern)
        for rows, found in alike.items()
        for pattern, places in members.items()
        if few((sum(world[i] for i in places) for world in found), k)
    ]


def members_of(leaves: list[Path]) -> dict[tuple[str | None, ...], list[int]]:
    """Every set that can be described by some of the attributes, and the leaves in it."""
    found: dict[tuple[str | None, ...], list[int]] = {}
    for place, leaf in enumerate(leaves):
        for mask in product((True, False), repeat=len(leaf)):
            pattern = tuple(part if on else None for part, on in zip(leaf, mask, strict=True))
            if any(mask):
                found.setdefault(pattern, []).append(place)
    return found


def few(counts: Iterable[int], k: int) -> bool:
    """Tell whether all worlds agree that there are some, and fewer than k."""
    # Nearly always the first world or the second disagrees: the others are not counted.
    return all(1 <= count < k for count in counts)


def leaves_of(classes: Iterable[str], counties: str, sizes: Mapping[str, int]) -> list[Path]:
    kinds = [(group, f"{group}{n}") for group, size in sizes.items() for n in range(size)]
    return [(name, county, *kind) for name in classes for county in counties for kind in kinds]


def frozen(rows: Mapping[Path, object] | None) -> object:
    return None if rows is None else tuple(sorted(rows.items()))


@pytest.mark.slow
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
def test_no_world_is_told_by_a_day(
    k: int, classes: tuple[str, ...], counties: str, sizes: dict[str, int], total: int
) -> None:
    detail = by_county(sizes, counties, k)
    leaves = leaves_of(classes, counties, sizes)
    assert told(leaves, total, k, lambda cells: frozen(roll_up(cells, classes, detail, k))) == []


@pytest.mark.slow
@pytest.mark.parametrize("total", [3, 5, 6, 7, 8])
@pytest.mark.parametrize("classes", [("O1",), ("O1", "O2")])
def test_no_world_is_told_by_a_day_with_a_sensitive_type(
    classes: tuple[str, ...], total: int
) -> None:
    """The sensitive type is a leaf of its own; rows show the sum of what they hold."""
    sizes = {"g": 2, "h": 1}
    detail = by_county(sizes, "a", 2)
    leaves = [*leaves_of(classes, "a", sizes), *((name, "a", "s", "s0") for name in classes)]

    def shown(cells: Mapping[Path, int]) -> object:
        hidden = {leaf if leaf[2] != "s" else leaf[:1]: n for leaf, n in cells.items()}
        rows = roll_up(hidden, classes, detail, 2)
        return None if rows is None else tuple(sorted((path, sum(p)) for path, p in rows.items()))

    assert told(leaves, total, 2, shown) == []


@pytest.mark.parametrize("total", [8, 11, 14])
@pytest.mark.slow
def test_no_world_is_told_with_the_real_threshold(total: int) -> None:
    sizes = {"g": 3}
    detail = by_county(sizes, "ab", K)
    leaves = leaves_of(("O1",), "ab", sizes)
    assert told(leaves, total, K, lambda cells: frozen(roll_up(cells, ("O1",), detail, K))) == []


@pytest.mark.slow
@pytest.mark.parametrize("total", [3, 5, 6, 7, 8])
@pytest.mark.parametrize("classes", [("O1", "O2"), ("V", "R", "P")])
def test_no_world_is_told_by_a_month(classes: tuple[str, ...], total: int) -> None:
    leaves = [(name, kind) for name in classes for kind in ("s", "t")]
    detail = by_type(("s", "t"), 2)
    assert told(leaves, total, 2, lambda cells: frozen(roll_up(cells, classes, detail, 2))) == []


@pytest.mark.slow
def test_no_world_is_told_by_days_that_wait() -> None:
    """Three days with one county, one type, two classes: what waits is in no row of its day."""
    k, reach = 3, 8
    leaves = list(product("012", ("O1", "O2")))
    alike: dict[object, list[World]] = {}
    for total in range(reach + k):
        for world in worlds(total, len(leaves)):
            rows = published(dict(zip(leaves, world, strict=True)), k)
            # With more calls in the rows some worlds would not be among those that are tried.
            if sum(row.count for row in rows) <= reach:
                alike.setdefault(rows, []).append(world)
    assert len(alike) > 30
    assert proven(alike, leaves, k) == []


@pytest.mark.slow
def test_no_world_is_told_by_two_days_and_their_month() -> None:
    """One county, a usual type, a sensitive one, and none: the days' rows beside the month's."""
    k, reach = 2, 9
    lists = PublicLists(("a",), TypeTree({"o": "", "s": ""}, frozenset("s")))
    leaves = list(product("01", ("o", "s", "")))
    alike: dict[object, list[World]] = {}
    for total in range(reach + k):
        for world in worlds(total, len(leaves)):
            rows, month = with_month(dict(zip(leaves, world, strict=True)), lists, k)
            # Of a month that is held back some worlds would not be among those that are tried.
            if month and sum(row.count for row in rows + month) <= reach:
                alike.setdefault((rows, month), []).append(world)
    assert len(alike) > 30
    assert proven(alike, leaves, k) == []


def with_month(
    world: Mapping[Path, int], lists: PublicLists, k: int
) -> tuple[tuple[PublicRow, ...], tuple[PublicRow, ...]]:
    carried: dict[Side, Carried] = {}
    rows: list[PublicRow] = []
    whole: Counter[CellKey] = Counter()
    for day in range(2):
        cells = {("a", kind, "O1"): n for (of, kind), n in world.items() if of == str(day)}
        release = publish(day, cells, lists, carried, k=k)
        carried = release.carried
        rows.extend(release.rows)
        whole.update(cells)
    return tuple(rows), publish_month((0, 1), whole, lists.types, rows, k=k).rows


def published(world: Mapping[Path, int], k: int) -> tuple[PublicRow, ...]:
    carried: dict[Side, Carried] = {}
    rows: list[PublicRow] = []
    for day in range(3):
        cells = {("a", "", name): n for (of, name), n in world.items() if of == str(day)}
        release = publish(day, cells, PublicLists(("a",), TypeTree({})), carried, k=k)
        carried = release.carried
        rows.extend(release.rows)
    return tuple(rows)


def test_a_roll_up_that_asks_nothing_is_told() -> None:
    sizes = {"g": 2, "h": 1}
    tree = TypeTree({f"{group}{n}": group for group, size in sizes.items() for n in range(size)})

    def shown(cells: Mapping[Path, int]) -> object:
        flat = {(county, kind, name): n for (name, county, _, kind), n in cells.items()}
        return tuple(sorted(merely_rolled_up(flat, PublicLists(("a",), tree), 3)))

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
    alike = changes_alike(k, before, reach, same_total=same_total)
    inside = [rows for rows in alike if all(abs(row.count) <= max(reach) // 2 for row in rows)]
    assert len(inside) > 20
    for rows, place in product(inside, range(len(before))):
        was = list(before.values())[place]
        assert not few((abs(changes[place]) for changes in alike[rows]), k), (rows, place)
        assert not few((was + changes[place] for changes in alike[rows]), k), (rows, place)


def changes_alike(
    k: int, before: Mapping[str, int], reach: tuple[int, ...], *, same_total: bool
) -> dict[tuple[PublicRow, ...], list[World]]:
    alike: dict[tuple[PublicRow, ...], list[World]] = {}
    for changes in product(*(range(-far, far + 1) for far in reach)):
        now = {name: before[name] + n for name, n in zip(before, changes, strict=True)}
        if min(now.values()) >= 0 and not (same_total and sum(changes)):
            alike.setdefault(correct(1, 1, before, now, k=k) or (), []).append(changes)
    return alike

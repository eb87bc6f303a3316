"""An adversary who reads everything that is published and knows all of a person but one thing.

Knows the lists, k, the tree, on which day the person called, and two of county, type and class;
looks for the third. Also looks for any set of fewer than k calls that must hold somebody. It
believes, as far as it helps, that a cell that is not shown holds fewer than k calls.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

from pasokh.account.disclosure.rows import (
    CLASSES_OF,
    SIDE_OF,
    Cells,
    K,
    Level,
    PublicLists,
    PublicRow,
    Side,
)

WIDE = 10**9  # what no cell can hold
Leaves = dict[tuple[str | None, ...], dict[tuple[str, ...], list[int]]]


class Person(NamedTuple):
    """Somebody who called, as it was."""

    county: str
    kind: str
    call_class: str


class Block:
    """Calls that are known to lie in some leaves together: exactly `count` of them."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.closed = 0  # leaves that hold fewer than k
        self.open = 0  # leaves that may hold anything

    def most(self, closed: int, opened: int, cap: int) -> int:
        """The most that some of its leaves can hold."""
        return min(self.count, WIDE if opened else closed * cap)

    def least(self, closed: int, opened: int, cap: int) -> int:
        """The least, when all its other leaves are as full as they can be."""
        return max(0, self.count - self.most(self.closed - closed, self.open - opened, cap))


class Attacker:
    """Works on one span of days: what its rows say of each set of leaves.

    `margins`: the rows are a table with its sums, as statisticians print it, and no partition.
    """

    def __init__(
        self, rows: Iterable[PublicRow], lists: PublicLists, *, k: int = K, margins: bool = False
    ) -> None:
        self.lists = lists
        self.cap = k - 1
        self.counts = {self._node(row): row.count for row in rows}
        if margins:
            self._subtract()

    def finds(self, person: Person) -> str:
        """Say how a person is found; empty when it is not."""
        for known in self._sets_of(person):
            least, most = self.bounds(known)
            if least >= 1 and most <= self.cap:
                return f"one of {least} to {most} calls of {known}"
        block = self._home(person.call_class, person.county, person.kind)
        if block is not None and 1 <= self.counts[block] <= self.cap:
            return f"one of the {self.counts[block]} calls that are left of {block}"
        for place, name in enumerate(Person._fields):
            values = self._possible(person, place)
            if len(values) == 1:
                return f"{name} can only be {values}"
        return ""

    def bounds(self, known: tuple[str | None, ...]) -> tuple[int, int]:
        """The least and the most calls with these attributes; None: any."""
        least = most = 0
        for node, (closed, opened) in self._leaves[known].items():
            block = self._blocks[node]
            cap = WIDE if len(node) == 4 else self.cap
            least += block.least(closed, opened, cap)
            most += block.most(closed, opened, cap)
        return least, most

    @staticmethod
    def _sets_of(person: Person) -> Iterable[tuple[str | None, ...]]:
        for size in (1, 2, 3):
            for fixed in combinations(range(3), size):
                yield tuple(value if i in fixed else None for i, value in enumerate(person))

    def _possible(self, person: Person, place: int) -> set[str]:
        """The values of the unknown attribute with which the person may have called."""
        values = (self.lists.counties, self._types, tuple(SIDE_OF))[place]
        mine = [(*person[:place], value, *person[place + 1 :]) for value in ("", *values)]
        return {leaf[place] for leaf in mine if self.bounds(leaf)[1]} | self._waiting(place)

    def _waiting(self, place: int) -> set[str]:
        """Classes of a side that has no rows yet: fewer than k calls may wait there."""
        seen = {SIDE_OF.get(node[0]) or Side(node[0]) for node in self.counts if node}
        absent = [side for side in Side if side not in seen]
        return {name for side in absent for name in CLASSES_OF[side]} if place == 2 else set()

    @cached_property
    def _types(self) -> tuple[str, ...]:
        return ("", *self.lists.types.groups)

    @cached_property
    def _blocks(self) -> dict[tuple[str, ...], Block]:
        return {node: Block(count) for node, count in self.counts.items()}

    @cached_property
    def _leaves(self) -> Leaves:
        """For each set of attributes: in which blocks its leaves lie, and how many of them."""
        found: Leaves = defaultdict(lambda: defaultdict(lambda: [0, 0]))
        for name in SIDE_OF:
            for county in ("", *self.lists.counties):
                for kind in self._types:
                    node = self._home(name, county, kind)
                    if node is not None:
                        self._note(found, Person(county, kind, name), node)
        return found

    def _note(self, found: Leaves, person: Person, node: tuple[str, ...]) -> None:
        opened = self.lists.types.is_sensitive(person.kind)
        block = self._blocks[node]
        block.open += opened
        block.closed += not opened
        for known in self._sets_of(person):
            found[known][node][opened] += 1

    def _home(self, name: str, county: str, kind: str) -> tuple[str, ...] | None:
        """The deepest shown node above a leaf."""
        path = (name, county, self.lists.types.group_of(kind), kind)
        if self.lists.types.is_sensitive(kind):
            path = path[:1]
        above = (path[:end] for end in range(len(path), 0, -1))
        found = next((node for node in above if node in self.counts), None)
        whole = (SIDE_OF[name].value,)
        return found or (whole if whole in self.counts else None)

    def _node(self, row: PublicRow) -> tuple[str, ...]:
        kind, group = row.kind, self.lists.types.group_of(row.kind)
        return {
            Level.PROVINCE: (row.call_class,),
            Level.COUNTY: (row.call_class, row.county),
            Level.COUNTY_GROUP: (row.call_class, row.county, kind),
            Level.COUNTY_TYPE: (row.call_class, row.county, group, kind),
        }[row.level]

    def _subtract(self) -> None:
        """Turn sums into what they hold beyond the finer numbers of the same table."""
        table = dict(self.counts)
        for node, count in table.items():
            above = (node[:end] for end in range(len(node) - 1, 0, -1))
            parent = next((upper for upper in above if upper in table), None)
            if parent is not None:
                self.counts[parent] -= count


def by_node(rows: Iterable[PublicRow]) -> Counter[tuple[str, str, str, str]]:
    """Sum rows of any days by what they are about."""
    sums: Counter[tuple[str, str, str, str]] = Counter()
    for row in rows:
        sums[row.level.value, row.county, row.kind, row.call_class] += row.count
    return sums


def differences(
    fine: Iterable[PublicRow], other: Iterable[PublicRow], k: int = K
) -> dict[tuple[str, str, str, str], int]:
    """Subtract what is about the same: days from a month, a version from its correction.

    Gives the differences that are a few calls, each a set of fewer than k that holds somebody.
    """
    before, after = by_node(fine), by_node(other)
    gaps = {node: after[node] - before[node] for node in before.keys() & after.keys()}
    return {node: gap for node, gap in gaps.items() if 0 < abs(gap) < k}


def class_changes(
    corrections: Iterable[PublicRow], totals_before: Mapping[str, int], k: int = K
) -> set[str]:
    """Classes that gained or lost a few calls for certain, or of which a few are certainly left."""
    shown = {row.call_class: row.count for row in corrections}
    few = {name for name, change in shown.items() if 0 < abs(change) < k}
    left = {name: totals_before[name] + change for name, change in shown.items()}
    return few | {name for name, count in left.items() if 0 < count < k}


def days_of_month(
    month: Iterable[PublicRow], days: Iterable[PublicRow], k: int = K
) -> list[tuple[int, str]]:
    """Days that are proven to hold a few of a month's sensitive calls, by class."""
    totals: Counter[str] = Counter()
    for row in month:
        totals[row.call_class] += row.count
    rooms: dict[str, dict[int, int]] = defaultdict(dict)
    for row in days:
        if row.level is Level.PROVINCE:
            rooms[row.call_class][row.to_day] = row.count - k
    return [
        (day, name)
        for name, total in totals.items()
        for day, own in rooms[name].items()
        if total - (sum(rooms[name].values()) - own) >= 1 and own < k
    ]


def exact(cells: Cells) -> dict[str, int]:
    """Sum cells by class and by side: what an attacker may know of a day before a correction."""
    sums: Counter[str] = Counter()
    for (_, _, name), count in cells.items():
        sums[name] += count
        sums[SIDE_OF[name].value] += count
    return dict(sums)

"""The words of disclosure: cells, rows, levels, sides, and the types with what is sensitive."""

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct

from pasokh.account.definitions import OPERATIONAL, CallClass
from pasokh.core.ids import AreaCode, Code
from pasokh.core.time import Day

# No published row stands for fewer calls, and no correction for fewer changes.
K = 5
# A cell: county, type ("" is a type: none was given), class code.
CellKey: TypeAlias = tuple[AreaCode, str, str]
Cells: TypeAlias = Mapping[CellKey, int]


class Side(StrEnum):
    """The sides of the headline. Classes are merged within a side only, so that it stays exact."""

    OPERATIONAL = "operational"
    OTHER = "other_answered"
    ABANDONED = "abandoned"


class Level(StrEnum):
    """How much a row says, from the most to the least."""

    COUNTY_TYPE = "county_type"
    COUNTY_GROUP = "county_group"
    COUNTY = "county"
    PROVINCE = "province"


# The first of each side is its commonest. It has no province row of its own: its rest lies in the
# side's row, with the classes that are too rare for one.
CLASSES_OF: dict[Side, tuple[CallClass, ...]] = {
    Side.OPERATIONAL: OPERATIONAL,
    Side.OTHER: (
        CallClass.ADVICE,
        CallClass.RECORDED,
        CallClass.HANDED_OFF,
        CallClass.PENDING,
        CallClass.SILENT,
        CallClass.IRRELEVANT,
        CallClass.NUISANCE,
        CallClass.HOAX,
    ),
    Side.ABANDONED: (CallClass.ABANDONED, CallClass.ABANDONED_SHORT),
}
SIDE_OF: dict[str, Side] = {
    name.value: side for side, names in CLASSES_OF.items() for name in names
}


class PublicRow(Struct, frozen=True, order=True, gc=False):
    """A count of the calls of a span of days that no finer row of the same span counts.

    `kind` is a type at level county_type, a group at county_group, a type or nothing at province
    (sensitive types of a month). `call_class` is a class code, or a side: classes merged.
    """

    from_day: Day
    to_day: Day
    level: Level
    county: AreaCode
    kind: str
    call_class: str
    count: int

    @property
    def side(self) -> Side:
        """The side of the headline that the row counts for."""
        return SIDE_OF.get(self.call_class) or Side(self.call_class)


class TypeTree(Struct, frozen=True):
    """The types of a day, each with its group, and those that are sensitive.

    A type without a group is a group of its own; one that is not in the tree is sensitive.
    """

    groups: dict[Code, str]
    sensitive: frozenset[Code] = frozenset()

    def group_of(self, kind: str) -> str:
        """Name the group of a type; no type is alone with itself."""
        return self.groups.get(kind, "") or kind

    def is_sensitive(self, kind: str) -> bool:
        """Tell whether a type may be published by province and month only."""
        return kind != "" and (kind in self.sensitive or kind not in self.groups)

    def sizes(self) -> dict[str, int]:
        """Count the ordinary types of each group, "no type" among them."""
        found: dict[str, int] = {}
        for kind in {"", *self.groups}:
            if not self.is_sensitive(kind):
                group = self.group_of(kind)
                found[group] = found.get(group, 0) + 1
        return found


class PublicLists(Struct, frozen=True):
    """What everybody knows beforehand: the counties of the day and the types.

    Counties stand from the least populous up: where rows are taken back, the first go first.
    """

    counties: tuple[AreaCode, ...]
    types: TypeTree

    def counties_with(self, cells: Cells) -> tuple[AreaCode, ...]:
        """Give the counties, behind "not known" and any that are not listed."""
        listed = frozenset(self.counties)
        others = {"", *(county for county, _, _ in cells)} - listed
        return (*sorted(others), *self.counties)


class Totals(Struct, frozen=True):
    """The headline's numbers, summed from rows."""

    operational: int
    answered: int
    offered: int


def totals(rows: Iterable[PublicRow]) -> Totals:
    """Sum rows, corrections included, to the headline's numbers. Anybody can do the same."""
    sums = dict.fromkeys(Side, 0)
    for row in rows:
        sums[row.side] += row.count
    answered = sums[Side.OPERATIONAL] + sums[Side.OTHER]
    return Totals(sums[Side.OPERATIONAL], answered, answered + sums[Side.ABANDONED])


def class_total(rows: Iterable[PublicRow], name: str) -> int | None:
    """Sum one class of a day's rows; None when some of it lies in the side's row with others.

    The commonest class is what remains of its side when every other one can be summed.
    """
    side = SIDE_OF[name]
    own = [row for row in rows if row.side is side]
    alone = {row.call_class for row in own if row.level is Level.PROVINCE}
    others = {other.value for other in CLASSES_OF[side][1:]}
    if not {name} & others:
        return _sum(own, {*alone, name, side.value} - others) if others <= alone else None
    return _sum(own, {name}) if name in alone else None


def _sum(rows: Iterable[PublicRow], names: Collection[str]) -> int:
    return sum(row.count for row in rows if row.call_class in names)


def speak(rows: Iterable[PublicRow], names: Iterable[object]) -> Day | None:
    """Give the day from which rows speak of classes; None while a side of theirs waits.

    A side that waits keeps only those numbers back that count it: a log of calls that were all
    answered has no abandoned ones, and still a headline.
    """
    sides = {SIDE_OF[str(name)] for name in names}
    begun = {(row.side, row.from_day) for row in rows if row.side in sides}
    days = {day for _, day in begun}
    return days.pop() if len(begun) == len(sides) and len(days) == 1 else None


def words_for(names: Iterable[object], rows: tuple[PublicRow, ...]) -> tuple[str, ...] | None:
    """Say which words of the column `class` stand for these classes together, and no other.

    None when the rows do not tell them apart from others.
    """
    wanted = {str(name) for name in names}
    found: list[str] = []
    for side, classes in CLASSES_OF.items():
        own = [one.value for one in classes if one.value in wanted]
        whole = len(own) == len(classes)
        if not whole and any(class_total(rows, name) is None for name in own):
            return None
        found += own
        # The side's row holds the rest of its commonest class.
        if whole or classes[0].value in own:
            found.append(side.value)
    return tuple(found)

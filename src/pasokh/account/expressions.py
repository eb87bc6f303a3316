"""What a definition counts, as data: one expression that every engine runs to the same integers.

An expression names a table of rows (`rows`), which of them are its base, and what is counted
among those: all, a part, or the order statistics of a column. Nothing here is a fraction: shares
are two integers, quantiles are values that occur (nearest rank: the smallest value of which at
least p percent are not larger), so that no engine can round otherwise than another.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Annotated, Any, TypeAlias

from msgspec import Meta, Struct, structs

from pasokh.account.rows import CallRow, DayRows, IncidentRow, MissionRow


class Table(StrEnum):
    """The tables of a day's rows."""

    CALLS = "calls"
    INCIDENTS = "incidents"
    MISSIONS = "missions"


SHAPES: dict[Table, type[Struct]] = {
    Table.CALLS: CallRow,
    Table.INCIDENTS: IncidentRow,
    Table.MISSIONS: MissionRow,
}
Value: TypeAlias = str | int | bool
Percent: TypeAlias = Annotated[int, Meta(ge=1, le=100)]
Row: TypeAlias = CallRow | IncidentRow | MissionRow


class Only(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A condition on one column; each part that is given must hold. An unknown value never does.

    `among`: it is one of these. `at_least`, `at_most`: bounds, inclusive. With none of the three
    the value must be known.
    """

    column: str
    among: tuple[Value, ...] = ()
    at_least: int | None = None
    at_most: int | None = None


class CountOf(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, tag="count"):
    """How many rows there are."""

    table: Table
    base: tuple[Only, ...] = ()


class ShareOf(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, tag="share"):
    """How many rows of the base are of a part too."""

    table: Table
    base: tuple[Only, ...]
    part: tuple[Only, ...]


class QuantilesOf(
    Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, tag="quantiles"
):
    """Order statistics of a column among the rows of the base that know it."""

    table: Table
    base: tuple[Only, ...]
    column: str
    percents: tuple[Percent, ...] = (50, 90, 95)


Expression: TypeAlias = CountOf | ShareOf | QuantilesOf


class Found(Struct, frozen=True):
    """What an expression gives for one group.

    `key`: the group's values, in the order of `by`. `part` of `base` rows; a count has the same
    in both. `points`: the quantiles, empty when the base is.
    """

    key: tuple[Value, ...]
    part: int
    base: int
    points: tuple[int, ...] = ()


def evaluate(expression: Expression, rows: DayRows, by: Sequence[str] = ()) -> list[Found]:
    """Run an expression over rows in memory, one result a group, in the order of the keys.

    Without `by` there is one result, of no rows too.
    """
    table: Iterable[Row] = getattr(rows, expression.table.value)
    groups: dict[tuple[Value, ...], list[Row]] = {} if by else {(): []}
    for row in table:
        if _all(expression.base, row):
            groups.setdefault(tuple(getattr(row, name) for name in by), []).append(row)
    found = (_found(expression, key, groups[key]) for key in sorted(groups))
    return [one for one in found if one.base or not by]


def _found(expression: Expression, key: tuple[Value, ...], rows: list[Row]) -> Found:
    match expression:
        case CountOf():
            return Found(key, len(rows), len(rows))
        case ShareOf():
            return Found(key, sum(_all(expression.part, row) for row in rows), len(rows))
        case QuantilesOf():
            values = sorted(
                value for row in rows if (value := getattr(row, expression.column)) is not None
            )
            points = tuple(nearest_rank(values, p) for p in expression.percents) if values else ()
            return Found(key, len(values), len(values), points)


def nearest_rank(values: Sequence[int], percent: int) -> int:
    """Give the smallest of sorted `values` of which at least `percent` percent are not larger."""
    return values[-(-len(values) * percent // 100) - 1]


def _all(conditions: tuple[Only, ...], row: Row) -> bool:
    return all(_holds(one, getattr(row, one.column)) for one in conditions)


def _holds(only: Only, value: Any) -> bool:
    return (
        value is not None
        and (not only.among or value in only.among)
        and (only.at_least is None or value >= only.at_least)
        and (only.at_most is None or value <= only.at_most)
    )


def columns_of(table: Table) -> dict[str, structs.FieldInfo]:
    """Name the columns of a table, as its row has them."""
    return {field.name: field for field in structs.fields(SHAPES[table])}

"""What an analyst may ask of settled days: a fixed grammar, and never a query of one's own.

A question names one definition, at most two columns by which it is split, the days, and which
values of columns count. It has two readings. `public` counts the rows that are published: whatever
is asked of them, nobody can be told apart. `exact` counts single rows, and is a deed of the log.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from pasokh.account.catalogue import FigureDefinition, definition_of
from pasokh.account.disclosure.rows import CLASSES_OF
from pasokh.account.expressions import CountOf, Expression, Only, QuantilesOf, ShareOf, Table
from pasokh.core.time import Day, day_from_iso, iso_day

DAYS_MOST = 3_660
VALUES_MOST = 60
_LENGTH_MOST = 64
# Splits beside those that a definition names, and what may be chosen of each.
_ALSO = {Table.CALLS: ("day", "call_class"), Table.INCIDENTS: ("day",), Table.MISSIONS: ("day",)}
_WHOLE_NUMBERS = ("hour", "priority")
# Open rows know no hour, and a share of them only as a whole: what is rolled up lies elsewhere.
_PUBLIC_COUNTS = ("day", "county", "incident_type", "call_class")
_PUBLIC_SHARES = ("day",)


class CountReading(StrEnum):
    """Which rows are counted."""

    PUBLIC = "public"
    EXACT = "exact"


class TooMuchAsked(Exception):
    """A question went over its bounds; `what` is time, memory or groups."""

    def __init__(self, what: str) -> None:
        """Nothing of the answer is kept."""
        super().__init__(what)
        self.what = what


class CountWrong(Struct, frozen=True):
    """Why a question cannot be asked: the field, a message of the catalogues, and its details."""

    field: str
    message: str
    details: dict[str, str | int] = {}


class CountQuestion(Struct, frozen=True):
    """A question that can be asked. `by` has at most two columns; days are inclusive."""

    reading: CountReading
    definition: FigureDefinition
    by: tuple[str, ...]
    first: Day
    last: Day
    only: tuple[Only, ...] = ()

    @property
    def expression(self) -> Expression:
        """The definition's expression over the rows that were chosen."""
        found = self.definition.expression
        chosen = replace(found, base=(*found.base, *self.only))
        return chosen if self.reading is CountReading.EXACT else _with_sides(chosen)

    @property
    def days(self) -> list[str]:
        """The civil days, as the archive's files are named."""
        return [iso_day(day) for day in range(self.first, self.last + 1)]

    @property
    def text(self) -> str:
        """Say it in one line, for the log and for the head of a file."""
        chosen = " ".join(f"{one.column}={'|'.join(map(str, one.among))}" for one in self.only)
        by = ",".join(self.by) or "-"
        days = f"{iso_day(self.first)}..{iso_day(self.last)}"
        return f"{self.definition.name} by {by} of {days} {chosen}".strip()


def columns_for(definition: FigureDefinition, reading: CountReading) -> tuple[str, ...]:
    """Name the columns by which a definition may be split and chosen; () when it has none."""
    expression = definition.expression
    if reading is CountReading.EXACT:
        return (*_ALSO[expression.table], *definition.by)
    if isinstance(expression, QuantilesOf) or not _told(expression):
        return ()
    return _PUBLIC_SHARES if isinstance(expression, ShareOf) else _PUBLIC_COUNTS


def question_of(fields: Mapping[str, str]) -> CountQuestion | CountWrong:
    """Read a form: `reading figure rows columns from to`, and each column's chosen values."""
    if fields.get("reading", "public") not in set(CountReading):
        return CountWrong("reading", "reading")
    reading = CountReading(fields.get("reading", "public"))
    definition = definition_of(fields.get("figure", ""))
    if definition is None:
        return CountWrong("figure", "figure", {"figure": fields.get("figure", "")[:_LENGTH_MOST]})
    columns = columns_for(definition, reading)
    if not columns:
        return CountWrong("figure", "not_public")
    by = _split_of(fields, columns)
    days = by if isinstance(by, CountWrong) else _days_of(fields)
    only = days if isinstance(days, CountWrong) else _only_of(fields, columns, reading)
    if isinstance(by, CountWrong) or isinstance(days, CountWrong) or isinstance(only, CountWrong):
        return next(one for one in (by, days, only) if isinstance(one, CountWrong))
    return CountQuestion(reading, definition, by, *days, only)


def _split_of(fields: Mapping[str, str], columns: Sequence[str]) -> tuple[str, ...] | CountWrong:
    by = tuple(fields[name] for name in ("rows", "columns") if fields.get(name))
    for column in by:
        if column not in columns:
            known = ", ".join(columns)
            return CountWrong("rows", "column", {"column": column[:_LENGTH_MOST], "known": known})
    return CountWrong("columns", "twice") if len(set(by)) < len(by) else by


def _days_of(fields: Mapping[str, str]) -> tuple[Day, Day] | CountWrong:
    found = []
    for name in ("from", "to"):
        try:
            found.append(day_from_iso(fields.get(name, "")))
        except ValueError:
            return CountWrong(name, "day", {"day": fields.get(name, "")[:_LENGTH_MOST]})
    first, last = found
    if first > last:
        return CountWrong("to", "order")
    if last - first >= DAYS_MOST:
        return CountWrong("to", "days_most", {"most": DAYS_MOST})
    return first, last


def _only_of(
    fields: Mapping[str, str], columns: Sequence[str], reading: CountReading
) -> tuple[Only, ...] | CountWrong:
    chosen = []
    for column in columns:
        values = tuple(filter(None, (one.strip() for one in fields.get(column, "").split(","))))
        if column == "day" or not values:
            continue
        sides = column == "call_class" and reading is CountReading.PUBLIC
        only = _sides_of(values) if sides else _chosen_of(column, values)
        if isinstance(only, CountWrong):
            return only
        chosen.append(only)
    return tuple(chosen)


def _chosen_of(column: str, values: tuple[str, ...]) -> Only | CountWrong:
    if len(values) > VALUES_MOST or any(len(one) > _LENGTH_MOST for one in values):
        return CountWrong(column, "values_most", {"most": VALUES_MOST})
    if column not in _WHOLE_NUMBERS:
        return Only(column, values)
    if not all(one.isascii() and one.isdigit() for one in values):
        return CountWrong(column, "number", {"column": column})
    return Only(column, tuple(map(int, values)))


def _sides_of(values: tuple[str, ...]) -> Only | CountWrong:
    """Choose whole sides of the headline: of one class, the rows may hide a part among others."""
    sides = {side.value: classes for side, classes in CLASSES_OF.items()}
    if not set(values) <= set(sides):
        return CountWrong("call_class", "sides", {"known": ", ".join(sides)})
    return Only("call_class", tuple(one.value for side in values for one in sides[side]))


def _told(expression: Expression) -> bool:
    """Tell whether open rows tell it: whole sides of the headline only, of calls."""
    conditions = [*expression.base, *(expression.part if isinstance(expression, ShareOf) else ())]
    return (
        expression.table is Table.CALLS
        and isinstance(expression, CountOf | ShareOf)
        and all(one.column == "call_class" and _whole_sides(one) for one in conditions)
    )


def _whole_sides(only: Only) -> bool:
    names = set(only.among)
    sides = [{one.value for one in classes} for classes in CLASSES_OF.values()]
    return all(side <= names or not side & names for side in sides)


def _with_sides(expression: Expression) -> Expression:
    """Let the rows count that hold several classes of a side: they bear the side's name."""
    widened = replace(expression, base=tuple(map(_side_too, expression.base)))
    if isinstance(widened, ShareOf):
        return replace(widened, part=tuple(map(_side_too, widened.part)))
    return widened


def _side_too(only: Only) -> Only:
    if only.column != "call_class":
        return only
    sides = [
        side.value
        for side, classes in CLASSES_OF.items()
        if {one.value for one in classes} <= set(only.among)
    ]
    return replace(only, among=(*only.among, *sides))

"""An answer of the workbench as a table: lines for a file, a cross of two columns to look at."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from pasokh.account.disclosure.rows import SIDE_OF, Side
from pasokh.account.expressions import CountOf, Found, QuantilesOf, ShareOf, Value
from pasokh.account.sql import sql_of
from pasokh.account.workbench import CountQuestion
from pasokh.core.time import day_from_iso
from pasokh.words.digits import digits, number, percent
from pasokh.words.jalali import long_day
from pasokh.words.say import say

# More columns than this are read better as lines.
_ACROSS_MOST = 26
_SECOND = 1_000
_WHOLE = 100
# Columns that have an order of their own; others go from the most to the least.
_ORDERED = frozenset({"day", "hour", "priority"})
# Names of codes, by column.
CodeNames = Mapping[str, Mapping[str, str]]


class TableLine(Struct, frozen=True):
    """A line of the page. `bar`: how long it is drawn, of a hundred; none when it says nothing."""

    keys: list[str]
    cells: list[str]
    bar: int | None = None


class CountTable(Struct, frozen=True):
    """`lines` as a file has them; `head`, `body` and `total` as the page shows them."""

    question: CountQuestion
    names: tuple[str, ...]
    lines: list[tuple[Value, ...]]
    head: list[str]
    body: list[TableLine]
    total: TableLine | None = None


class TableWriter(Struct, frozen=True):
    """Lays an answer out in a language, with names for the codes that have any."""

    language: str
    named: CodeNames

    def table(self, question: CountQuestion, found: Sequence[Found]) -> CountTable:
        """Lay it out; a public one says what its counts of merged classes are."""
        lines = [(*one.key, *_numbers(question, one)) for one in found]
        names = (*question.by, *_names(question))
        if len(question.by) == len(("rows", "columns")):
            across = self._order(question, found, 1)
            if len(across) <= _ACROSS_MOST:
                return CountTable(question, names, lines, *self._crossed(question, found, across))
        return CountTable(question, names, lines, *self._listed(question, found))

    def _listed(
        self, question: CountQuestion, found: Sequence[Found]
    ) -> tuple[list[str], list[TableLine], TableLine | None]:
        places = [
            {key: at for at, key in enumerate(self._order(question, found, column))}
            for column in range(len(question.by))
        ]
        ordered = sorted(
            found, key=lambda one: [at[key] for at, key in zip(places, one.key, strict=True)]
        )
        most = max((one.base for one in found), default=0)
        head = [*map(self._column, question.by), say(self.language, "office.bench.value")]
        body = [
            TableLine(
                self._keys(question, one.key),
                [self._said(question, one)],
                _bar(question, one, most) if question.by else None,
            )
            for one in ordered
        ]
        return head, body, self._total(question, found, [found]) if len(body) > 1 else None

    def _crossed(
        self, question: CountQuestion, found: Sequence[Found], across: Sequence[Value]
    ) -> tuple[list[str], list[TableLine], TableLine | None]:
        cells = {one.key: one for one in found}
        sums = not isinstance(question.definition.expression, QuantilesOf)
        head = [self._column(question.by[0])]
        head += [self._key(question.by[1], key) for key in across]
        body = [
            TableLine(
                [self._key(question.by[0], row)],
                self._line(question, [cells.get((row, key)) for key in across], sums=sums),
            )
            for row in self._order(question, found, 0)
        ]
        columns = [[one for one in found if one.key[1] == key] for key in across]
        if not sums:
            return head, body, None
        head.append(say(self.language, "office.bench.total"))
        return head, body, self._total(question, found, [*columns, list(found)])

    def _line(
        self, question: CountQuestion, own: Sequence[Found | None], *, sums: bool
    ) -> list[str]:
        told = ["" if one is None else self._said(question, one) for one in own]
        whole = _sum([one for one in own if one is not None])
        return [*told, self._said(question, whole)] if sums else told

    def _total(
        self, question: CountQuestion, found: Sequence[Found], columns: Sequence[Sequence[Found]]
    ) -> TableLine | None:
        """Add up; order statistics of groups have no sum."""
        if isinstance(question.definition.expression, QuantilesOf) or not found:
            return None
        blank = [""] * (len(question.by) - 1 if len(columns) == 1 else 0)
        keys = [say(self.language, "office.bench.total"), *blank]
        return TableLine(keys, [self._said(question, _sum(one)) for one in columns])

    def _order(self, question: CountQuestion, found: Sequence[Found], column: int) -> list[Value]:
        """Put the values of a column in order; what has no name of its own is last."""
        sums: dict[Value, int] = {}
        for one in found:
            sums[one.key[column]] = sums.get(one.key[column], 0) + one.base
        if question.by[column] in _ORDERED:
            return sorted(sums)
        return sorted(sums, key=lambda key: (key == "", -sums[key], key))

    def _said(self, question: CountQuestion, one: Found) -> str:
        match question.definition.expression:
            case CountOf():
                return number(self.language, one.base)
            case ShareOf():
                counts = say(self.language, "office.bench.of", part=one.part, base=one.base)
                share = percent(self.language, one.part, one.base)
                return f"{share} {counts}"
            case QuantilesOf():
                points = [number(self.language, -(-point // _SECOND)) for point in one.points]
                seconds = " · ".join(points) or number(self.language, 0)
                return say(self.language, "office.bench.times", seconds=seconds, base=one.base)

    def _column(self, name: str) -> str:
        return say(self.language, f"office.bench.column.{name}")

    def _keys(self, question: CountQuestion, keys: Sequence[Value]) -> list[str]:
        return [self._key(*pair) for pair in zip(question.by, keys, strict=True)]

    def _key(self, column: str, key: Value) -> str:
        """Name a value: a person reads names, a file keeps codes."""
        text = str(key)
        if text == "":
            return say(self.language, "office.bench.empty")
        if column == "call_class":
            return self._class(text)
        if column == "day":
            return long_day(self.language, day_from_iso(text))
        if column == "hour":
            return digits(self.language, f"{int(key):02}:00")
        return self.named.get(column, {}).get(text) or digits(self.language, text)

    def _class(self, name: str) -> str:
        if name in set(Side):
            return say(
                self.language, "office.bench.merged", side=say(self.language, f"open.side.{name}")
            )
        return say(self.language, f"class.{name}") if name in SIDE_OF else name


def told_with(question: CountQuestion) -> dict[str, str]:
    """Give what a file says of itself: the definition in both languages, its SQL, the question."""
    one = question.definition
    words = {
        f"{what}_{language}": say(language, f"definition.{one.definition_id}.{what}")
        for language in ("fa", "en")
        for what in ("name", "says")
    }
    return {
        "definition": one.name,
        **words,
        "unit": one.unit.value,
        "classes": one.of_classes,
        "reading": question.reading.value,
        "asked": question.text,
        "sql": sql_of(question.expression, question.by),
    }


def _bar(question: CountQuestion, one: Found, most: int) -> int | None:
    """Draw a share against a hundred, a count against the largest one."""
    match question.definition.expression:
        case CountOf():
            return max(0, one.base * _WHOLE // most) if most > 0 else None
        case ShareOf():
            return one.part * _WHOLE // one.base if one.base > 0 else None
        case QuantilesOf():
            return None


def _sum(found: Sequence[Found]) -> Found:
    return Found((), sum(one.part for one in found), sum(one.base for one in found))


def _names(question: CountQuestion) -> tuple[str, ...]:
    match question.definition.expression:
        case CountOf():
            return ("count",)
        case ShareOf():
            return ("part", "base")
        case QuantilesOf() as asked:
            return ("base", *(f"p{one}_ms" for one in asked.percents))


def _numbers(question: CountQuestion, one: Found) -> tuple[int, ...]:
    match question.definition.expression:
        case CountOf():
            return (one.base,)
        case ShareOf():
            return (one.part, one.base)
        case QuantilesOf() as asked:
            return (one.base, *(one.points or (0,) * len(asked.percents)))

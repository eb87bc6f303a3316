"""An answer of the workbench as a table: lines for a file, a cross of two columns to look at."""

from collections.abc import Sequence

from msgspec import Struct

from pasokh.account.expressions import CountOf, Found, QuantilesOf, ShareOf, Value
from pasokh.account.figures import percent
from pasokh.account.sql import sql_of
from pasokh.account.workbench import CountQuestion
from pasokh.words.digits import number
from pasokh.words.say import say

# More columns than this are read better as lines.
_ACROSS_MOST = 26
_SECOND = 1_000


class CountTable(Struct, frozen=True):
    """`lines` as a file has them; `head` and `body` as the page shows them."""

    question: CountQuestion
    names: tuple[str, ...]
    lines: list[tuple[Value, ...]]
    head: list[str]
    body: list[list[str]]


def table_of(question: CountQuestion, found: Sequence[Found], language: str) -> CountTable:
    """Lay an answer out; a public one says what its counts of merged classes are."""
    lines = [(*one.key, *_numbers(question, one)) for one in found]
    names = (*question.by, *_names(question))
    if len(question.by) == len(("rows", "columns")):
        across = sorted({one.key[1] for one in found})
        if len(across) <= _ACROSS_MOST:
            return CountTable(question, names, lines, *_crossed(question, found, across, language))
    head = [_column(name, language) for name in question.by] + [say(language, "office.bench.value")]
    body = [
        [*(_key(key, language) for key in one.key), _said(question, one, language)] for one in found
    ]
    return CountTable(question, names, lines, head, body)


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


def _crossed(
    question: CountQuestion, found: Sequence[Found], across: Sequence[Value], language: str
) -> tuple[list[str], list[list[str]]]:
    cells = {one.key: _said(question, one, language) for one in found}
    down = sorted({one.key[0] for one in found})
    head = [_column(question.by[0], language), *(_key(key, language) for key in across)]
    return head, [
        [_key(row, language), *(cells.get((row, key), "") for key in across)] for row in down
    ]


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


def _said(question: CountQuestion, one: Found, language: str) -> str:
    match question.definition.expression:
        case CountOf():
            return number(language, one.base)
        case ShareOf():
            share = percent(one.part, one.base)
            words = "" if share is None else say(language, "office.bench.percent", share=str(share))
            counts = say(language, "office.bench.of", part=one.part, base=one.base)
            return f"{words} {counts}".strip()
        case QuantilesOf():
            seconds = " · ".join(number(language, -(-point // _SECOND)) for point in one.points)
            return say(language, "office.bench.times", seconds=seconds or "0", base=one.base)


def _column(name: str, language: str) -> str:
    return say(language, f"office.bench.column.{name}")


def _key(key: Value, language: str) -> str:
    return str(key) if key != "" else say(language, "office.bench.empty")

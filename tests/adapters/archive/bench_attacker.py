"""What the workbench gives to everybody who counts, beside what anyone adds up of the open rows.

Every question that its grammar allows is asked, of each day and of all. An answer that is not the
sum of published rows tells something that nothing published does, and is a find.
"""

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain, permutations
from pathlib import Path

from pasokh.account.catalogue import DEFINITIONS, FigureDefinition
from pasokh.account.disclosure.rows import CLASSES_OF
from pasokh.account.expressions import ShareOf, Value
from pasokh.account.workbench import CountQuestion, CountReading, columns_for, question_of
from pasokh.adapters.archive.counting import Workbench

Answer = dict[tuple[Value, ...], tuple[int, int]]
_COLUMN = {"day": "to", "county": "county", "incident_type": "kind", "call_class": "class"}


def questions(first: str, last: str) -> Iterator[dict[str, str]]:
    """Give every question about these days to which published rows have an answer."""
    for one in DEFINITIONS:
        columns = columns_for(one, CountReading.PUBLIC)
        splits = chain.from_iterable(permutations(columns, size) for size in range(3))
        for split in splits if columns else ():
            by = dict(zip(("rows", "columns"), split, strict=False))
            yield {"figure": one.name, "from": first, "to": last} | by


def finds_in_bench(bench: Workbench, public: Path) -> Iterator[str]:
    """Ask the workbench itself."""

    def ask(fields: dict[str, str]) -> Answer:
        question = question_of(fields)
        assert isinstance(question, CountQuestion)
        shares = isinstance(question.definition.expression, ShareOf)
        found = bench.count(question)
        return {one.key: (one.part if shares else one.base, one.base) for one in found}

    yield from finds_in_answers(ask, public)


def finds_in_answers(ask: Callable[[dict[str, str]], Answer], public: Path) -> Iterator[str]:
    """Ask of all days, and of the first alone; lay each answer beside the rows."""
    days = sorted(path.name for path in (public / "days").iterdir() if path.is_dir())
    definitions = {one.name: one for one in DEFINITIONS}
    for last in (days[-1], days[0]):
        rows = [line for day in days if day <= last for line in _lines(public / "days" / day)]
        for fields in questions(days[0], last):
            expected = _summed(definitions[fields["figure"]], fields, rows)
            if {key: told for key, told in ask(fields).items() if any(told)} != expected:
                yield f"{fields}"


def _summed(
    definition: FigureDefinition, fields: dict[str, str], rows: list[dict[str, str]]
) -> Answer:
    expression = definition.expression
    base = _words(expression.base[0].among)
    part = _words(expression.part[0].among) if isinstance(expression, ShareOf) else base
    parts, bases = Counter[tuple[Value, ...]](), Counter[tuple[Value, ...]]()
    for row in rows:
        key = tuple(row[_COLUMN[fields[name]]] for name in ("rows", "columns") if name in fields)
        if row["class"] in base:
            bases[key] += int(row["count"])
            parts[key] += int(row["count"]) if row["class"] in part else 0
    return {key: (parts[key], bases[key]) for key in bases if parts[key] or bases[key]}


def _words(names: tuple[object, ...]) -> set[str]:
    """Name the classes, and the sides that hold no others."""
    known = {str(name) for name in names}
    return known | {side.value for side, own in CLASSES_OF.items() if {*own} <= known}


def _lines(folder: Path) -> Iterator[dict[str, str]]:
    for path in (folder / "calls.csv", *sorted(folder.glob("correction-*.csv"))):
        yield from csv.DictReader(path.read_text().splitlines())

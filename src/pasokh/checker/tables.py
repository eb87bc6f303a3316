"""Rows of a table in a text, against the row that says it is their total."""

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import TypeAlias

from pasokh.checker.claims import ReleaseReading
from pasokh.checker.cues import TABLE
from pasokh.checker.found import TextCheck, tested
from pasokh.checker.margins import exactly, input_from, margins
from pasokh.checker.numbers import Amount, AmountUnit, amounts_in

Cell: TypeAlias = Amount | None
Row: TypeAlias = tuple[str, list[Cell]]

# A list: one name and one number a line.
_LIST = re.compile(r"(?:^[^\n:|]{2,40}: *[^\n:|]{1,30}$\n?){3,}", re.MULTILINE)
_LINE = re.compile(r"[^\n]+")
_TOTAL = re.compile(r"\W*(?:جمع|مجموع|total|sum|all)(?: (?:کل|تماس ?ها|calls|missions))?\W*")
# A row that is a part of another row.
_PART = re.compile(r"(?<!\w)(?:از این|از آن|شامل|of which|of these|thereof|including)(?!\w)")
_ROWS_MAX = 400
_WHOLE = 100


def tables_in(reading: ReleaseReading) -> Iterator[TextCheck]:
    """Each column of numbers whose last row is named as the total."""
    text = reading.folded.text
    for pattern, mark in ((TABLE, "|"), (_LIST, ":")):
        for found in pattern.finditer(text):
            lines = [line.span() for line in _LINE.finditer(text, *found.span())][:_ROWS_MAX]
            yield from _columns([_row(text, *line, mark) for line in lines])


def _row(text: str, start: int, end: int, mark: str) -> Row:
    """The name of a row, and of each cell behind it its only number."""
    start += text[start:end].startswith(mark)
    name, *cells = text[start:end].split(mark)
    at, numbers = start + len(name), []
    for cell in cells:
        found = amounts_in(cell)
        numbers.append(_moved(found[0], at + 1) if len(found) == 1 else None)
        at += 1 + len(cell)
    return name, numbers


def _moved(amount: Amount, by: int) -> Amount:
    return replace(amount, start=amount.start + by, end=amount.end + by, opens=amount.opens + by)


def _columns(rows: list[Row]) -> Iterator[TextCheck]:
    """A table with rows within rows, or with two totals, is left alone."""
    *parts, (last, totals) = rows
    if not _TOTAL.fullmatch(last) or any(_is_within(name) for name, _ in parts):
        return
    for column, total in enumerate(totals):
        cells = [cells[column] if column < len(cells) else None for _, cells in parts]
        first = next((at for at, cell in enumerate(cells) if cell is not None), 0)
        numbers = [cell for cell in cells[first:] if cell is not None]
        whole = len(numbers) == len(cells) - first
        if total is not None and whole and _can_add(numbers, total):
            yield _added(numbers, total)


def _is_within(name: str) -> bool:
    return bool(_PART.search(name) or _TOTAL.fullmatch(name)) or name.startswith("  ")


def _can_add(numbers: list[Amount], total: Amount) -> bool:
    """Whether the last can be a sum: what is not above all the others is a mean, or a rate."""
    units = {one.unit for one in [*numbers, total]}
    if len(numbers) < 2 or units not in ({AmountUnit.COUNT}, {AmountUnit.PERCENT}):  # noqa: PLR2004
        return False
    return total.value > max(one.value for one in numbers)


def _added(numbers: list[Amount], total: Amount) -> TextCheck:
    below, above = (Fraction(0), Fraction(0)) if total.value == _WHOLE else margins(total)
    if sum(one.value for one in numbers) > total.value:
        tolerance = above + sum(margins(one)[0] for one in numbers)
    else:
        tolerance = below + sum(margins(one)[1] for one in numbers)
    fields = {
        "kind": "sum",
        "parts": [input_from(one) for one in numbers],
        "total": input_from(total),
        "op": "=",
        "tol": exactly(tolerance),
    }
    return tested(fields, [(one.opens, one.end) for one in [*numbers, total]])

"""Tables in a text: rows and columns against the row or the column that says it is their total."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeAlias

from pasokh.checker.claims import ReleaseReading
from pasokh.checker.cues import TABLE
from pasokh.checker.found import TextCheck, best, tested
from pasokh.checker.margins import exactly, input_from, margins
from pasokh.checker.numbers import Amount, AmountUnit, amounts_in
from pasokh.checker.topics import ENDS, topics_in

Cell: TypeAlias = Amount | None

# A list: one name and one number a line.
_LIST = re.compile(r"(?:^[^\n:|]{2,40}: *[^\n:|]{1,30}$\n?){3,}", re.MULTILINE)
_LINE = re.compile(r"[^\n]+")
_TOTAL = re.compile(
    r"\W*(?:(?:جمع|مجموع|کل)(?: کل)?|grand total|total|sum|all|overall|altogether)(?: \w+){0,2}\W*"
)
_PLAIN_TOTAL = re.compile(r"\W*(?:جمع|مجموع|جمع کل|کل|total|sum|all|altogether)\W*")
_SUBTOTAL = re.compile(r"\W*(?:sub-?total|جمع جز(?:ء|یی)?|زیر ?جمع|جمع(?= \w))(?: \w+){0,3}\W*")
# A row that is a part of another row.
_PART = re.compile(r"(?<!\w)(?:از این|از آن|شامل|of which|of these|thereof|including)(?!\w)")
_NO_ADDEND = re.compile(
    r"(?<!\w)(?:average|mean|median|longest|shortest|wait\w*|time|per|rank|میانگین|متوسط|میانه|زمان"
    r"|انتظار|رتبه)(?!\w)"
)
_ROWS_MAX = 400
_WHOLE = 100


@dataclass(frozen=True)
class _Row:
    name: str
    cells: tuple[Cell, ...]
    # what is written in the cells
    written: tuple[str, ...]

    def cell(self, column: int) -> Cell:
        return self.cells[column] if column < len(self.cells) else None

    @property
    def is_subtotal(self) -> bool:
        return bool(_SUBTOTAL.fullmatch(self.name)) and not _PLAIN_TOTAL.fullmatch(self.name)

    @property
    def is_total(self) -> bool:
        return bool(_TOTAL.fullmatch(self.name)) and not self.is_subtotal

    @property
    def is_part(self) -> bool:
        return bool(_PART.search(self.name)) or self.name.startswith("  ")


def tables_in(reading: ReleaseReading) -> Iterator[TextCheck]:
    """Each column and row of numbers with what is named as their total."""
    text = reading.folded.text
    for pattern, mark in ((TABLE, "|"), (_LIST, ":")):
        for found in pattern.finditer(text):
            lines = [line.span() for line in _LINE.finditer(text, *found.span())][:_ROWS_MAX]
            rows = [_row(text, *line, mark) for line in lines]
            yield from _columns(rows, is_list=mark == ":")
            yield from _across(rows)


def _row(text: str, start: int, end: int, mark: str) -> _Row:
    """The name of a row, and of each cell behind it its only number."""
    start += text[start:end].startswith(mark)
    name, *cells = text[start:end].split(mark)
    at, numbers = start + len(name), []
    for cell in cells:
        found = amounts_in(cell)
        numbers.append(_moved(found[0], at + 1) if len(found) == 1 else None)
        at += 1 + len(cell)
    return _Row(name, tuple(numbers), tuple(cells))


def _moved(amount: Amount, by: int) -> Amount:
    return replace(amount, start=amount.start + by, end=amount.end + by, opens=amount.opens + by)


def _columns(rows: Sequence[_Row], *, is_list: bool) -> Iterator[TextCheck]:
    """A table with rows within rows, or with two totals, is left alone."""
    body = [row for row in rows if any(cell is not None for cell in row.cells)]
    if any(row.is_part for row in body) or sum(row.is_total for row in body) > 1:
        return
    totals = (at for at, row in enumerate(body) if row.is_total)
    place = next((at for at in totals if _is_end(body, at, is_list=is_list)), None)
    for numbers in _whole_columns(body):
        yield from _column(body, numbers, place)


def _whole_columns(body: Sequence[_Row]) -> Iterator[list[Amount]]:
    """The columns that have a number in every row."""
    for column in range(max((len(row.cells) for row in body), default=0)):
        numbers = [cell for row in body if (cell := row.cell(column)) is not None]
        if len(numbers) == len(body):
            yield numbers


def _is_end(body: Sequence[_Row], place: int, *, is_list: bool) -> bool:
    """Whether a total is the last row, or the first; in a list, of ways in which calls end."""
    return place == len(body) - 1 or (place == 0 and not (is_list and not _is_of_ends(body[1:])))


def _is_of_ends(rows: Sequence[_Row]) -> bool:
    """Whether all lines behind 'total: 9,300' are ways in which calls end, and no waiting time."""
    return all(
        not _NO_ADDEND.search(row.name) and any(hit.about in ENDS for hit in topics_in(row.name))
        for row in rows
    )


def _column(
    body: Sequence[_Row], numbers: Sequence[Amount], place: int | None
) -> Iterator[TextCheck]:
    subs = [at for at, row in enumerate(body) if row.is_subtotal]
    groups = {at: found for at in subs if (found := _group(body, numbers, at)) is not None}
    yield from (check for check, _ in groups.values())
    if place is not None and len(groups) == len(subs):
        within = {at for _, parts in groups.values() for at in parts}
        whole = best(_wholes(numbers, place, set(subs), within))
        if whole is not None:
            yield whole


def _wholes(
    numbers: Sequence[Amount], place: int, subs: set[int], within: set[int]
) -> Iterator[TextCheck]:
    """The total of all rows, or of the subtotals and what is in none of them."""
    for left_out in (subs, within) if subs else (subs,):
        parts = [one for at, one in enumerate(numbers) if at not in {place, *left_out}]
        if _can_add(parts, numbers[place]):
            yield _added(parts, numbers[place])


def _group(
    body: Sequence[_Row], numbers: Sequence[Amount], at: int
) -> tuple[TextCheck, range] | None:
    """The rows right before a subtotal, or right behind it, that it is the sum of."""
    told = [(_added(numbers[one.start : one.stop], numbers[at]), one) for one in _blocks(body, at)]
    fitting = (one for one in told if one[0].outcome.consistent)
    whole = (one for one in told if _can_add(numbers[one[1].start : one[1].stop], numbers[at]))
    return next(fitting, None) or next(whole, None)


def _blocks(body: Sequence[_Row], at: int) -> list[range]:
    """The rows beside a subtotal that it can be the sum of, the likeliest first."""
    sums = [place for place, row in enumerate(body) if row.is_subtotal or row.is_total]
    first = max((one + 1 for one in sums if one < at), default=0)
    last = min((one for one in sums if one > at), default=len(body))
    before = [range(start, at) for start in range(first, at)]
    behind = [range(at + 1, end) for end in range(last, at + 1, -1)]
    return [*before, *behind] if at - first > 1 else [*behind, *before]


def _across(rows: Sequence[_Row]) -> Iterator[TextCheck]:
    """A first or last column that the head names as the total, against the cells of each row.

    When no row fits, the columns are of different things, and nothing is told.
    """
    head = next((row for row in rows if not any(row.cells)), None)
    place = None if head is None else _total_column(head.written)
    if head is None or place is None:
        return
    sums = (_row_sum(row, place, len(head.written)) for row in rows)
    told = [one for one in sums if one is not None]
    if any(one.outcome.consistent for one in told):
        yield from told


def _total_column(names: Sequence[str]) -> int | None:
    """Which column is the total of at least two others; None when that is not certain."""
    loose = any(_PART.search(one) or _NO_ADDEND.search(one) for one in names)
    named = [at for at, one in enumerate(names) if _PLAIN_TOTAL.fullmatch(one)]
    ends = (0, len(names) - 1)
    plain = len(names) > 2 and len(named) == 1 and named[0] in ends  # noqa: PLR2004 - as said
    return named[0] if plain and not loose else None


def _row_sum(row: _Row, place: int, width: int) -> TextCheck | None:
    numbers = [one for one in row.cells if one is not None]
    if len(row.cells) != width or len(numbers) != width:
        return None
    total = numbers.pop(place)
    return _added(numbers, total) if _can_add(numbers, total, least=0) else None


def _can_add(numbers: Sequence[Amount], total: Amount, least: int | None = None) -> bool:
    """Whether it can be a sum: what is not above all the others is a mean, or a rate."""
    units = {one.unit for one in [*numbers, total]}
    if len(numbers) < 2 or units not in ({AmountUnit.COUNT}, {AmountUnit.PERCENT}):  # noqa: PLR2004
        return False
    return total.value > (max(one.value for one in numbers) if least is None else least)


def _added(numbers: Sequence[Amount], total: Amount) -> TextCheck:
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

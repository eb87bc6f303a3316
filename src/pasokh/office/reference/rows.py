"""A row of cells read into an entry, against what the lists hold at the instant it begins."""

from collections.abc import Mapping
from itertools import combinations

import msgspec
from msgspec import Struct

from pasokh.office.reference.cells import read_cell, write_cell
from pasokh.office.reference.cells_wrong import CellWrong
from pasokh.office.reference.columns import CODE, COLUMNS, Column, ColumnKind
from pasokh.reference.checks import limit_too_long
from pasokh.reference.entries import (
    LIMIT_SECONDS_MAX,
    AreaEntry,
    AreaKind,
    ListEntry,
    ListName,
    ProtocolEntry,
    TimerEntry,
)
from pasokh.reference.protocol_checks import ill_formed
from pasokh.words.spelling import display

# A slip of columns puts a point on the other side of the world. The country with its waters.
LATITUDES, LONGITUDES = (23.0, 41.0), (43.0, 64.5)


class Mistake(Struct, frozen=True):
    """What is wrong in which column, and the sentence that says how to mend it."""

    column: str
    message_id: str
    details: dict[str, str | int] = {}


class Known(Struct, frozen=True):
    """What the lists hold: the list's own entries, and the codes that its rows may name."""

    own: Mapping[str, ListEntry]
    codes: Mapping[ListName, frozenset[str]]
    beats: frozenset[str] = frozenset()


class RowRead(Struct, frozen=True):
    """A row: its code as typed, its entry, or its mistakes."""

    code: str
    entry: ListEntry | None
    mistakes: tuple[Mistake, ...] = ()


def known_of(name: ListName, lists: Mapping[ListName, Mapping[str, ListEntry]]) -> Known:
    """Gather what rows of a list are read against, from lists as they read at one instant."""
    areas = lists.get(ListName.AREA, {})
    beats = (
        code
        for code, entry in areas.items()
        if isinstance(entry, AreaEntry) and entry.kind is AreaKind.BEAT
    )
    codes = {other: frozenset(entries) for other, entries in lists.items()}
    return Known(lists.get(name, {}), codes, frozenset(beats))


def read_row(name: ListName, cells: Mapping[str, str], known: Known) -> RowRead:
    """Read a row. A cell that says what the entry says already is taken as it is."""
    typed = cells[CODE].strip()
    before = known.own.get(typed)
    mistakes: list[Mistake] = []
    values: dict[str, object] = {}
    for column in COLUMNS[name]:
        try:
            value = _value(column, cells[column.name], typed, before)
        except CellWrong as wrong:
            mistakes.append(Mistake(column.name, wrong.message_id, wrong.details))
            continue
        if value is not None:
            values[column.name] = value
    code = str(values.pop(CODE, typed))
    if mistakes:
        return RowRead(code, None, tuple(mistakes))
    found = _entry(name, values)
    if isinstance(found, Mistake):
        return RowRead(code, None, (found,))
    if found != before:
        mistakes = [*_doubts(name, code, found, known), *_swapped(name, found, before, known)]
    return RowRead(code, None if mistakes else found, tuple(mistakes))


def cells_of(name: ListName, code: str, entry: ListEntry | None) -> dict[str, str]:
    """Write an entry as the cells that read as it; empty cells for none."""
    return {
        column.name: code if column.name == CODE else write_cell(getattr(entry, column.name, None))
        for column in COLUMNS[name]
    }


def _value(column: Column, cell: str, code: str, before: ListEntry | None) -> object:
    if before is not None:
        kept: object = code if column.name == CODE else getattr(before, column.name)
        if cell.strip() == write_cell(kept).strip():
            return kept
    return read_cell(column, cell)


def _entry(name: ListName, values: dict[str, object]) -> ListEntry | Mistake:
    """Hold the values to the bounds of their shape, which are the machine's own."""
    try:
        found: ListEntry = msgspec.convert({"list": name.value, **values}, ListEntry)
    except msgspec.ValidationError as error:
        what, _, where = str(error).partition(" - at `$.")
        return Mistake(where.split("[")[0].strip("`"), "lists.wrong.bounds", {"what": what})
    return found


def _doubts(name: ListName, code: str, entry: ListEntry, known: Known) -> list[Mistake]:
    """Find what each cell alone does not show."""
    found = [
        Mistake(column.name, "lists.wrong.named", {"typed": named, "other_list": column.refers})
        for column in COLUMNS[name]
        if column.refers is not None
        for named in _named(column, entry)
        if named not in known.codes.get(column.refers, frozenset())
    ]
    if isinstance(entry, TimerEntry) and code != f"{entry.stage}-{entry.priority}":
        wanted = f"{entry.stage}-{entry.priority}"
        found.append(Mistake(CODE, "lists.wrong.timer", {"wanted": wanted}))
    if limit_too_long(entry):
        what = f"Expected `int` <= {LIMIT_SECONDS_MAX}"
        found.append(Mistake("limit_seconds", "lists.wrong.bounds", {"what": what}))
    if isinstance(entry, ProtocolEntry) and (no := ill_formed(code, entry)) is not None:
        found.append(Mistake("steps", f"refusal.{no.reason}", dict(no.details)))
    if isinstance(entry, AreaEntry):
        found += _misplaced(code, entry, known)
    for field, (least, most) in {"latitude": LATITUDES, "longitude": LONGITUDES}.items():
        degrees = getattr(entry, field, None)
        if degrees is not None and not least <= degrees <= most:
            found.append(Mistake(field, "lists.wrong.abroad", {"typed": str(degrees)}))
    return found


def _swapped(
    name: ListName, entry: ListEntry, before: ListEntry | None, known: Known
) -> list[Mistake]:
    """Find values that changed places with each other, or with the code: no rule of shape can."""
    fields = [column for column in COLUMNS[name] if column.name != CODE]
    if before is None:
        kinds = (ColumnKind.CODE, ColumnKind.PLAIN)
        typed = {one.name: str(getattr(entry, one.name)) for one in fields if one.kind in kinds}
        return [
            Mistake(field, "lists.wrong.swapped", {"other": CODE})
            for field, value in typed.items()
            if value in known.own
        ]
    new = {one.name: display(write_cell(getattr(entry, one.name))) for one in fields}
    old = {one.name: display(write_cell(getattr(before, one.name))) for one in fields}
    return [
        Mistake(one, "lists.wrong.swapped", {"other": two})
        for one, two in combinations(new, 2)
        if new[one] == old[two] and new[two] == old[one] and new[one] != new[two]
    ]


def _misplaced(code: str, area: AreaEntry, known: Known) -> list[Mistake]:
    """A beat lies within a county; a county lies within, or was a part of, no beat, nor itself."""
    if area.within and (area.within == code or area.within in known.beats):
        return [Mistake("within", "lists.wrong.within", {"typed": area.within})]
    if area.split_from and (area.kind is AreaKind.BEAT or area.split_from in {code, *known.beats}):
        return [Mistake("split_from", "lists.wrong.split_from", {"typed": area.split_from})]
    return []


def _named(column: Column, entry: ListEntry) -> tuple[str, ...]:
    value = getattr(entry, column.name)
    if column.kind is ColumnKind.REFERS_MANY:
        return tuple(value)
    return (value,) if value else ()

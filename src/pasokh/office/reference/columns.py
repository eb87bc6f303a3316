"""Which columns each list has, in forms and in CSV files alike; made of the entries' own shapes."""

from enum import StrEnum
from typing import Any

import msgspec
from msgspec import Struct

from pasokh.reference.entries import (
    LIST_OF,
    AreaKind,
    EndsWhat,
    Listed,
    ListName,
    PublishedAs,
    TimedStage,
)

CODE = "code"


class ColumnKind(StrEnum):
    """What may stand in a column."""

    CODE = "code"
    PERSIAN = "persian"
    LATIN = "latin"
    PLAIN = "plain"
    NUMBER = "number"
    HOURS = "hours"
    CHOICE = "choice"
    WHOLE = "whole"
    DEGREES = "degrees"
    REFERS = "refers"
    REFERS_MANY = "refers_many"
    CARD = "card"
    STEPS = "steps"


class Column(Struct, frozen=True):
    """A column: its field's name, what it holds, and the list whose codes it names."""

    name: str
    kind: ColumnKind
    needed: bool
    refers: ListName | None = None
    choices: tuple[str, ...] = ()


_KINDS: dict[str, ColumnKind] = {
    "name_fa": ColumnKind.PERSIAN,
    "text_fa": ColumnKind.PERSIAN,
    "name_en": ColumnKind.LATIN,
    "text_en": ColumnKind.LATIN,
    "call_sign": ColumnKind.PLAIN,
    "keys": ColumnKind.PLAIN,
    "district": ColumnKind.PERSIAN,
    "note_fa": ColumnKind.PERSIAN,
    "note_en": ColumnKind.LATIN,
    "hours": ColumnKind.HOURS,
    "number": ColumnKind.NUMBER,
    "priority": ColumnKind.WHOLE,
    "limit_seconds": ColumnKind.WHOLE,
    "people": ColumnKind.WHOLE,
    "latitude": ColumnKind.DEGREES,
    "longitude": ColumnKind.DEGREES,
    "within": ColumnKind.REFERS,
    "split_from": ColumnKind.REFERS,
    "county": ColumnKind.REFERS,
    "alternative": ColumnKind.REFERS,
    "station": ColumnKind.REFERS,
    "capabilities": ColumnKind.REFERS_MANY,
    "card": ColumnKind.CARD,
    "types": ColumnKind.REFERS_MANY,
    "steps": ColumnKind.STEPS,
}
_REFERS: dict[str, ListName] = {
    "within": ListName.AREA,
    "split_from": ListName.AREA,
    "county": ListName.AREA,
    "station": ListName.STATION,
    "alternative": ListName.SERVICE,
    "capabilities": ListName.CAPABILITY,
    "types": ListName.INCIDENT_TYPE,
}
_CHOICES: dict[tuple[ListName, str], type[StrEnum]] = {
    (ListName.AREA, "kind"): AreaKind,
    (ListName.DISPOSITION, "ends"): EndsWhat,
    (ListName.INCIDENT_TYPE, "published_as"): PublishedAs,
    (ListName.TIMER, "stage"): TimedStage,
}
SHAPES: dict[ListName, type[Listed]] = {name: shape for shape, name in LIST_OF.items()}


def _column(name: ListName, field: Any) -> Column:
    choices = tuple(member.value for member in _CHOICES.get((name, field.name), ()))
    usual = ColumnKind.CHOICE if choices else ColumnKind.CODE  # a place's kind is a free code
    kind = _KINDS.get(field.name, usual)
    return Column(field.name, kind, field.required, _REFERS.get(field.name), choices)


COLUMNS: dict[ListName, tuple[Column, ...]] = {
    name: (
        Column(CODE, ColumnKind.CODE, needed=True),
        *(_column(name, field) for field in msgspec.structs.fields(shape)),
    )
    for name, shape in SHAPES.items()
}
# Which lists a list names codes of: what must be known to read its rows.
NAMED: dict[ListName, frozenset[ListName]] = {
    name: frozenset(column.refers for column in columns if column.refers)
    for name, columns in COLUMNS.items()
}

"""Examples for the document: made of the Structs themselves, so none can be of another shape."""

from collections.abc import Callable
from typing import Any, TypeAlias

from msgspec import Struct, inspect

from pasokh.core.log import GENESIS
from pasokh.core.machine import Command

Json: TypeAlias = Any

_AT = 1_793_700_000_000
_NUMBER = 3
# By the name of the field, where its type alone would say nothing.
_TEXTS: dict[str, str] = {
    "advice": "first-aid-burns",
    "after": "c-1405-0001",
    "beat": "beat-4",
    "call_id": "c-1405-0001",
    "call_type": "traffic-accident",
    "chain": GENESIS,
    "command_id": "0199f3a0-7c1e-7b52-8a31-5d1c9e0f2a44",
    "county": "mashhad",
    "day": "2026-11-03",
    "disposition": "resolved",
    "figure_id": "operational-share/1.0/public/2026-11-03/2026-11-04T20:30:00.000Z/5d1c9e0f2a44",
    "incident_id": "i-1405-0001",
    "incident_type": "traffic-accident",
    "into": "i-1405-0002",
    "mission_id": "m-1405-0001",
    "new_incident_id": "i-1405-0003",
    "news_id": "2026-11-29-3f2a",
    "other_id": "i-1405-0004",
    "person_id": "p-17",
    "position_id": "desk-07",
    "queue": "general",
    "reason": "told by the caller",
    "reasons": "a person is hurt",
    "service": "115",
    "sha256": GENESIS,
    "station": "station-12",
    "survivor": "i-1405-0001",
    "text_sha256": GENESIS,
    "unit_id": "u-101",
}
_NUMBERS: dict[str, int] = {
    "cutoff": _AT,
    "day": 20_760,
    "expires_at": _AT,
    "known_at": _AT,
    "now": _AT,
    "utc_offset_minutes": 210,
}


def example_of(kind: type[Struct]) -> Json:
    """Give an example of a command's order, or of any other Struct, as JSON data."""
    info = inspect.type_info(kind)
    if not issubclass(kind, Command):
        return _of(info, "")
    return {
        "id": "0199f3a0-7c1e-7b52-8a31-5d1c9e0f2a44",
        "command": {
            field.encode_name: _of(field.type, field.name)
            for field in getattr(info, "fields", ())
            if field.required
        },
    }


def _of(kind: inspect.Type, name: str) -> Json:
    return _MADE[type(kind)](kind, name)


def _struct(kind: Any, _name: str) -> Json:
    tag = {kind.tag_field: kind.tag} if kind.tag_field else {}
    return tag | {field.encode_name: _of(field.type, field.name) for field in kind.fields}


def _few(kind: Any, name: str) -> Json:
    return [_of(kind.item_type, name)]


_MADE: dict[type[inspect.Type], Callable[[Any, str], Json]] = {
    inspect.StructType: _struct,
    inspect.Metadata: lambda kind, name: _of(kind.type, name),
    inspect.StrType: lambda _, name: _TEXTS.get(name, name or "text"),
    inspect.IntType: lambda _, name: _NUMBERS.get(name, _NUMBER),
    inspect.FloatType: lambda _, __: 0.5,
    inspect.BoolType: lambda _, __: True,
    inspect.EnumType: lambda kind, _: next(iter(kind.cls)).value,
    inspect.LiteralType: lambda kind, _: kind.values[0],
    inspect.NoneType: lambda _, __: None,
    inspect.UnionType: lambda kind, name: _of(kind.types[0], name),
    inspect.AnyType: lambda _, __: {},
    inspect.DictType: lambda _, __: {},
    inspect.VarTupleType: _few,
    inspect.CollectionType: _few,
    inspect.ListType: _few,
}

"""Where the fields that a mapping names stand in a row; a name that is not there is a fault."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from pasokh.adapters.foreign.mapping import Columns, Mapping, MappingFault, tests_in
from pasokh.adapters.foreign.predicates import Fields


class Field(Struct, frozen=True):
    """One field of a row, or several that are joined with a space. No place: always empty."""

    places: tuple[int, ...]

    def of(self, fields: Fields) -> str:
        """Give the field's text without spaces around it."""
        places = self.places
        if len(places) == 1:
            return fields[places[0]].strip()
        return " ".join(filter(None, (fields[place].strip() for place in places)))


def places_of(mapping: Mapping, header: Sequence[str], where: str) -> dict[str, int]:
    """Map column names to places; MappingFault names every key whose column is missing."""
    places = {name: place for place, name in enumerate(header)}
    missing = [
        f"key {key} names the column {name!r}"
        for key, name in _named(mapping)
        if name not in places
    ]
    if missing:
        message = f"{where}: {'; '.join(missing)}; name one that is there: {', '.join(header)}"
        raise MappingFault(message)
    return places


def field_at(columns: Columns, places: dict[str, int]) -> Field:
    """Find the field, or the fields, of a key."""
    return Field(tuple(places[name] for name in names_in(columns)))


def names_in(columns: Columns) -> tuple[str, ...]:
    """Give the column names of a key, which may be none, one or several."""
    if isinstance(columns, str):
        return (columns,) if columns else ()
    return columns


def _named(mapping: Mapping) -> Iterator[tuple[str, str]]:
    for table, keys in (("columns", mapping.columns), ("stamps", mapping.stamps)):
        for key in keys.__struct_fields__:
            for name in names_in(getattr(keys, key)):
                yield f"{table}.{key}", name
    if mapping.units.column:
        yield "units.column", mapping.units.column
    for key, test in tests_in(mapping):
        yield f"{key}.field", test.field

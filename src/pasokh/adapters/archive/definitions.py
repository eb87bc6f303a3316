"""Definitions as they are published: data, the words of both languages, and the SQL that runs."""

import msgspec

from pasokh.account.catalogue import PUBLISHED, BoundDefinition, FigureDefinition
from pasokh.account.sql import sql_of
from pasokh.words.say import say

_ENCODER = msgspec.json.Encoder(order="deterministic")


def definitions_json() -> bytes:
    """Write all definitions in force, the same bytes every time."""
    return _written([_told(one) for one in PUBLISHED])


def definition_files() -> dict[str, bytes]:
    """Write each definition for itself, by its id and version: what a figure's reader is given."""
    return {one.name: _written(_told(one)) for one in PUBLISHED}


def _written(told: object) -> bytes:
    return msgspec.json.format(_ENCODER.encode(told), indent=1) + b"\n"


def _told(one: FigureDefinition | BoundDefinition) -> dict[str, object]:
    words = {
        f"{what}_{language}": say(language, f"definition.{one.definition_id}.{what}")
        for language in ("fa", "en")
        for what in ("name", "says")
    }
    told: dict[str, object] = msgspec.to_builtins(one)
    told |= words
    return told | {"sql": sql_of(one.expression)} if isinstance(one, FigureDefinition) else told

"""Definitions as they are published: data, the words of both languages, and the SQL that runs."""

import msgspec

from pasokh.account.catalogue import DEFINITIONS, FigureDefinition
from pasokh.account.sql import sql_of
from pasokh.words.say import say

_ENCODER = msgspec.json.Encoder(order="deterministic")


def definitions_json() -> bytes:
    """Write all definitions in force, the same bytes every time."""
    written = _ENCODER.encode([_told(one) for one in DEFINITIONS])
    return msgspec.json.format(written, indent=1) + b"\n"


def _told(one: FigureDefinition) -> dict[str, object]:
    words = {
        f"{what}_{language}": say(language, f"definition.{one.definition_id}.{what}")
        for language in ("fa", "en")
        for what in ("name", "says")
    }
    told: dict[str, object] = msgspec.to_builtins(one)
    return told | words | {"sql": sql_of(one.expression)}

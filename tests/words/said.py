"""Which messages the street side says: whole ids, and ids put together from a beginning."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pasokh.words.say import CATALOGUES
from tests.house.tree import Source, read_checkout

FAMILIES = sorted({key.split(".")[0] for key in CATALOGUES["en"]})
_FAMILY = "|".join(FAMILIES)
# Files and settings that are called like a message.
_FILE = re.compile(r"\.(js|css|html|sqlite|key|token|sock|svg|py|toml|json|po|cache)$")
_ADDED = r"\s*(?:~|\+|\|\s*add)"
_ID = re.compile(rf"""(?P<quote>["'`])(?P<id>(?:{_FAMILY})\.[a-z][\w.-]*)(?P=quote)(?!{_ADDED})""")
# `desk.line_${...}`, f"typed.{...}", "term." ~ name, "office.door."|add:name, "desk." + name
_BEGINNING = re.compile(rf"""["'`](?P<id>(?:{_FAMILY})\.[\w.-]*)(?:\$?\{{|["']{_ADDED})""")


@dataclass(frozen=True)
class Saying:
    """Where an id, or the beginning of one, stands."""

    place: str
    message_id: str


_STREET = tuple(f"src/pasokh/{room}/" for room in ("adapters", "office", "newsroom", "sites"))


def street() -> list[Source]:
    """The files that say messages."""
    return [
        source
        for source in read_checkout()
        if source.path.startswith(
            (
                "src/pasokh/adapters/",
                "src/pasokh/office/",
                "src/pasokh/newsroom/",
                "src/pasokh/sites/",
            )
        )
        and source.path.endswith((".py", ".html", ".txt", ".js"))
        and "/vendor/" not in source.path
        and "/migrations/" not in source.path  # names tables as app.model, which is no message
    ]


def whole_ids(sources: list[Source]) -> list[Saying]:
    """Every literal that is an id of a family of the catalogues."""
    return [said for said in _found(sources, _ID) if not _FILE.search(said.message_id)]


def beginnings(sources: list[Source]) -> list[Saying]:
    """Every literal to which a program adds the rest of an id."""
    return list(_found(sources, _BEGINNING))


def _found(sources: list[Source], pattern: re.Pattern[str]) -> Iterator[Saying]:
    for source in sources:
        for number, line in enumerate(source.text.splitlines(), 1):
            for found in pattern.finditer(line):
                yield Saying(f"{source.path}:{number}", found["id"])

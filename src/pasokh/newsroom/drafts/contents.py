"""What a draft holds, and what becomes of it when two people change it at once."""

from typing import Any

import msgspec
from msgspec import Struct

from pasokh.press.events import NewsKind, NewsMistake


class DraftFigure(Struct, frozen=True):
    """A published figure in a draft, by the path of its file, with its rounding (`QuotedFigure`).

    Its digits are nowhere in the draft: they are made from the published figure when it is shown.
    """

    path: str
    decimals: int = 0


class DraftPicture(Struct, frozen=True):
    """A picture in a draft. `sha256` is of the file as it is kept; words by language."""

    sha256: str
    media: str
    width: int
    height: int
    credit: str = ""
    licence: str = ""
    alt: dict[str, str] = {}
    caption: dict[str, str] = {}


class Contents(Struct, frozen=True):
    """All that is written in a draft. `out_at` (ms): 0 is at once.

    `correction_*` and `mistake` say what was wrong with the version before.
    """

    kind: NewsKind = NewsKind.STATEMENT
    title_fa: str = ""
    lead_fa: str = ""
    body_fa: str = ""
    title_en: str = ""
    lead_en: str = ""
    body_en: str = ""
    topics: tuple[str, ...] = ()
    counties: tuple[str, ...] = ()
    contact_fa: str = ""
    contact_en: str = ""
    out_at: int = 0
    embargoed: bool = False
    figures: tuple[DraftFigure, ...] = ()
    pictures: tuple[DraftPicture, ...] = ()
    correction_fa: str = ""
    correction_en: str = ""
    mistake: NewsMistake | None = None

    def words(self, language: str) -> tuple[str, str, str]:
        """Give title, lead and body in a language."""
        return tuple(getattr(self, f"{part}_{language}") for part in PARTS)

    def speaks(self, language: str) -> bool:
        """Whether anything is written in a language."""
        return any(part.strip() for part in self.words(language))


PARTS = ("title", "lead", "body")
FIELDS = tuple(Contents.__struct_fields__)


def to_row(contents: Contents) -> dict[str, Any]:
    """Give contents as a row keeps them: what JSON holds, so that both compare alike."""
    told: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(contents))
    return told


def from_row(told: dict[str, Any]) -> Contents:
    """Read what a row keeps; msgspec.ValidationError when it holds no contents."""
    return msgspec.convert(told, Contents)


class JoinedContents(Struct, frozen=True):
    """What came of a text that was written over an older one.

    `theirs`: fields that somebody else changed meanwhile and I did not. `both`: fields that we both
    changed, each its own way; `contents` holds mine, and theirs is told beside it.
    """

    contents: Contents
    theirs: tuple[str, ...] = ()
    both: tuple[str, ...] = ()


def merge(base: Contents, theirs: Contents, mine: Contents) -> JoinedContents:
    """Join two changes of one text field by field."""
    taken: dict[str, Any] = {}
    both: list[str] = []
    for name in FIELDS:
        was, other, own = (getattr(one, name) for one in (base, theirs, mine))
        if own in (was, other):
            taken[name] = other
        elif other != was:
            both.append(name)
    by_others = tuple(name for name in taken if getattr(base, name) != getattr(theirs, name))
    return JoinedContents(msgspec.structs.replace(mine, **taken), by_others, tuple(both))

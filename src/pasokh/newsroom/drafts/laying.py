"""From a draft to the log: the text as it is published, where it waits, and its next number.

The editor and the command line `pasokh news` both let releases out by these.
"""

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import Any, Protocol

import msgspec
from msgspec import UNSET, Struct
from msgspec.structs import replace

from pasokh.control_room.views_news import NewsSheet
from pasokh.newsroom.drafts.contents import Contents, DraftFigure, DraftPicture
from pasokh.press.events import NewsKind, NewsMistake
from pasokh.press.texts import NewsAbout, NewsPicture, NewsText, NewsWords, QuotedFigure
from pasokh.words.say import LANGUAGES
from pasokh.words.spelling import display


class WaitingTexts(Protocol):
    """Where approved texts wait for their hour, each a file named by its SHA-256."""

    def names(self, folder: str) -> list[str]:
        """List the files."""
        ...

    def write(self, path: str, raw: bytes) -> None:
        """Write one durably."""
        ...

    def remove(self, path: str) -> None:
        """Take one away."""
        ...


class LaidText(Struct, frozen=True):
    """A text as it is published."""

    raw: bytes

    @property
    def digest(self) -> str:
        """The SHA-256 that the log holds."""
        return sha256(self.raw).hexdigest()

    @property
    def name(self) -> str:
        """Its file."""
        return f"{self.digest}.json"


def lay_and_give(texts: WaitingTexts, text: LaidText, give: Callable[[], bool]) -> bool:
    """Lay a text, then ask for its approval; one that is not there could not be published.

    What was refused is taken away again, unless it waits for another version too. Where `give`
    raises nobody knows whether it was approved: the text stays.
    """
    waits = text.name in texts.names("")
    texts.write(text.name, text.raw)
    approved = give()
    if not approved and not waits:
        texts.remove(text.name)
    return approved


def next_number(sheet: NewsSheet, news_id: str) -> int:
    """Give the number of the version that comes next."""
    return 1 + next((len(one.versions) for one in sheet.news if one.news_id == news_id), 0)


def spelled(text: NewsText) -> NewsText:
    """Give a text in the one spelling in which texts are kept."""
    words = {
        language: replace(
            one, title=display(one.title), lead=display(one.lead), body=display(one.body)
        )
        for language, one in text.words.items()
    }
    return replace(text, words=words)


def text_of(contents: Contents, written: Sequence[Mapping[str, str]]) -> NewsText:
    """Give a draft as it is published. `written`: its figures in order, as they are shown.

    msgspec.ValidationError for what no published text may be.
    """
    spoken = [language for language in LANGUAGES if contents.speaks(language)]
    words = {one: NewsWords(*_in_order(contents.words(one))) for one in spoken}
    quoted = tuple(
        QuotedFigure(one.path, one.decimals, dict(shown))
        for one, shown in zip(contents.figures, written, strict=True)
    )
    about = NewsAbout(
        contents.topics,
        contents.counties,
        tuple(_picture(one, spoken) for one in contents.pictures),
        quoted,
        _told(contents, "contact"),
    )
    correction = _told(contents, "correction")
    text = NewsText(words, correction, about if about != NewsAbout() else UNSET)
    # Structs made here have not been looked at: what is typed has limits.
    return msgspec.convert(msgspec.to_builtins(spelled(text)), NewsText)


def contents_of(text: NewsText, kind: NewsKind, mistake: NewsMistake | None = None) -> Contents:
    """Give a published text as a draft, to be written on."""
    fields: dict[str, Any] = {}
    for language, words in text.words.items():
        for part in ("title", "lead", "body"):
            fields[f"{part}_{language}"] = getattr(words, part)
    about = text.told
    for language in LANGUAGES:
        fields[f"contact_{language}"] = about.contact.get(language, "")
    return Contents(
        kind=kind,
        mistake=mistake,
        topics=about.topics,
        counties=about.counties,
        figures=tuple(DraftFigure(one.path, one.decimals) for one in about.quoted),
        pictures=tuple(
            msgspec.convert(msgspec.to_builtins(one), DraftPicture) for one in about.pictures
        ),
        **fields,
    )


def _in_order(words: tuple[str, str, str]) -> tuple[str, str, str]:
    title, lead, body = words
    return title, body, lead


def _picture(one: DraftPicture, spoken: Sequence[str]) -> NewsPicture:
    """Words of a picture in a language that the text does not speak are left out."""
    told: dict[str, Any] = msgspec.to_builtins(one)
    for name in ("alt", "caption"):
        told[name] = {language: told[name].get(language, "") for language in spoken}
    return msgspec.convert(told, NewsPicture)


def _told(contents: Contents, name: str) -> dict[str, str]:
    found = {one: display(getattr(contents, f"{name}_{one}")) for one in LANGUAGES}
    return {language: words for language, words in found.items() if words}

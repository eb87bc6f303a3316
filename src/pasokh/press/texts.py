"""The text of a news release, as it is approved and published: what its SHA-256 is over.

It is written as canonical JSON, so that the same text has the same hash in every program.
"""

import re
from collections.abc import Iterator
from typing import Annotated, TypeAlias

from msgspec import UNSET, Meta, Struct, UnsetType

from pasokh.press.events import NewsId, NewsKind, NewsMistake, TextHash

Language: TypeAlias = Annotated[str, Meta(pattern="^(fa|en)$(?!\\n)")]
_SOME = Meta(min_length=1)
_FIGURE = re.compile(r"\{figure:([1-9]\d{0,2})\}")


class NewsWords(Struct, frozen=True, forbid_unknown_fields=True):
    """A release in one language. Paragraphs of the body are parted by an empty line."""

    title: Annotated[str, Meta(min_length=1, max_length=200)]
    body: Annotated[str, Meta(min_length=1, max_length=50_000)]
    lead: Annotated[str, Meta(max_length=1_000)] = ""


class NewsPicture(Struct, frozen=True, forbid_unknown_fields=True):
    """A picture, named by the SHA-256 of its bytes. Width and height in pixels."""

    sha256: TextHash
    media: Annotated[str, Meta(pattern="^image/(jpeg|png|webp)$(?!\\n)")]
    width: Annotated[int, Meta(ge=1, le=20_000)]
    height: Annotated[int, Meta(ge=1, le=20_000)]
    credit: Annotated[str, Meta(min_length=1, max_length=200)]
    licence: Annotated[str, Meta(min_length=1, max_length=200)]
    alt: Annotated[dict[Language, Annotated[str, Meta(min_length=1, max_length=500)]], _SOME]
    caption: Annotated[dict[Language, Annotated[str, Meta(min_length=1, max_length=500)]], _SOME]


class QuotedFigure(Struct, frozen=True, forbid_unknown_fields=True):
    """A published figure that stands in a text.

    `path`: its file in the public folder. `decimals`: to how many it is rounded; below 0 a count is
    rounded to tens (-1), hundreds (-2) or thousands (-3). `shown`: what then stands in the text, by
    language.
    """

    path: Annotated[str, Meta(pattern="^[a-z0-9][a-zA-Z0-9./_-]{0,199}$(?!\\n)")]
    decimals: Annotated[int, Meta(ge=-3, le=3)]
    shown: Annotated[dict[Language, Annotated[str, Meta(min_length=1, max_length=60)]], _SOME]


class NewsAbout(Struct, frozen=True, forbid_unknown_fields=True):
    """What a release is about, and what belongs to it.

    `counties`: codes of areas. In a body `{figure:1}` stands for the first of `quoted`. `contact`:
    who speaks, in which hours.
    """

    topics: tuple[Annotated[str, Meta(pattern="^[a-z0-9][a-z0-9-]{0,39}$(?!\\n)")], ...] = ()
    counties: tuple[Annotated[str, Meta(min_length=1, max_length=64)], ...] = ()
    pictures: Annotated[tuple[NewsPicture, ...], Meta(max_length=20)] = ()
    quoted: Annotated[tuple[QuotedFigure, ...], Meta(max_length=50)] = ()
    contact: dict[Language, Annotated[str, Meta(min_length=1, max_length=300)]] = {}


class NewsText(Struct, frozen=True, forbid_unknown_fields=True):
    """A release in one version. `correction`: what was wrong before, for the reader.

    `about` is left out where nothing is said of it, so that texts of before keep their hashes.
    """

    words: Annotated[dict[Language, NewsWords], Meta(min_length=1)]
    correction: dict[Language, Annotated[str, Meta(max_length=1_000)]] = {}
    about: NewsAbout | UnsetType = UNSET

    @property
    def told(self) -> NewsAbout:
        """What it is about; nothing when it does not say."""
        return NewsAbout() if isinstance(self.about, UnsetType) else self.about


class PublishedNews(Struct, frozen=True):
    """A version as it lies in the public folder. `out_at`: ISO 8601 in UTC."""

    news_id: NewsId
    number: int
    kind: NewsKind
    out_at: str
    text: NewsText
    text_sha256: TextHash
    figures: tuple[str, ...] = ()
    mistake: NewsMistake | None = None


class NewsGone(Struct, frozen=True):
    """What lies in the place of a withdrawn release."""

    news_id: NewsId
    reason: str
    withdrawn_at: str


def pieces(body: str, quoted: tuple[QuotedFigure, ...]) -> Iterator[str | QuotedFigure]:
    """Part a text at the figures that it quotes. A mark that names none stays as it is written."""
    at = 0
    for mark in _FIGURE.finditer(body):
        number = int(mark[1])
        if number > len(quoted):
            continue
        if mark.start() > at:
            yield body[at : mark.start()]
        yield quoted[number - 1]
        at = mark.end()
    if at < len(body):
        yield body[at:]


def plain(body: str, quoted: tuple[QuotedFigure, ...], language: str) -> str:
    """Write a text with what is shown of its figures, for readers that follow no link."""
    return "".join(
        one if isinstance(one, str) else one.shown.get(language) or next(iter(one.shown.values()))
        for one in pieces(body, quoted)
    )

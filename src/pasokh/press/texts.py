"""The text of a news release, as it is approved and published: what its SHA-256 is over.

It is written as canonical JSON, so that the same text has the same hash in every program.
"""

from typing import Annotated, TypeAlias

from msgspec import Meta, Struct

from pasokh.press.events import NewsId, NewsKind, NewsMistake, TextHash

Language: TypeAlias = Annotated[str, Meta(pattern="^(fa|en)$(?!\\n)")]


class NewsWords(Struct, frozen=True, forbid_unknown_fields=True):
    """A release in one language. Paragraphs of the body are parted by an empty line."""

    title: Annotated[str, Meta(min_length=1, max_length=200)]
    body: Annotated[str, Meta(min_length=1, max_length=50_000)]
    lead: Annotated[str, Meta(max_length=1_000)] = ""


class NewsText(Struct, frozen=True, forbid_unknown_fields=True):
    """A release in one version. `correction`: what was wrong before, for the reader."""

    words: Annotated[dict[Language, NewsWords], Meta(min_length=1)]
    correction: dict[Language, Annotated[str, Meta(max_length=1_000)]] = {}


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

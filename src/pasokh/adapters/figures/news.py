"""News releases as the public folder has them: their versions, and what is withdrawn."""

import re

import msgspec
from msgspec import Struct

from pasokh.adapters.figures.published import PublicFolder
from pasokh.press.changes import paragraphs
from pasokh.press.feeds import NEWS_AT
from pasokh.press.texts import NewsGone, NewsWords, PublishedNews, QuotedFigure, pieces, plain

_WITHDRAWN = "withdrawn.json"
_VERSION = re.compile(r"([1-9]\d*)\.json")


class OutNews(Struct, frozen=True):
    """A news release: its versions in their order, or why it was withdrawn."""

    news_id: str
    versions: tuple[PublishedNews, ...]
    gone: NewsGone | None = None

    @property
    def began(self) -> str:
        """When its first version went out; of a withdrawn one, when it was withdrawn."""
        return self.gone.withdrawn_at if self.gone else self.versions[0].out_at

    @property
    def newest(self) -> PublishedNews:
        """The version that everybody reads."""
        return self.versions[-1]


def read_news(public: PublicFolder) -> list[OutNews]:
    """Read every news release, the newest first."""
    found = filter(None, (_read(public, name) for name in public.folders(NEWS_AT)))
    return sorted(found, key=lambda one: (one.began, one.news_id), reverse=True)


def in_language(one: PublishedNews, language: str) -> tuple[str, NewsWords]:
    """Give the words in a language; in the one that there is, when it was not written in this."""
    words = one.text.words
    told = language if language in words else next(iter(words))
    return told, words[told]


def in_plain_words(one: PublishedNews, language: str) -> tuple[str, NewsWords]:
    """Give the words in a language with the figures written out, for readers without links."""
    told, words = in_language(one, language)
    body = plain(words.body, one.text.told.quoted, told)
    return told, msgspec.structs.replace(words, body=body)


def linked(one: PublishedNews, language: str) -> list[list[str | QuotedFigure]]:
    """Give the paragraphs of the words in a language, each parted at the figures that it quotes."""
    _, words = in_language(one, language)
    return [list(pieces(part, one.text.told.quoted)) for part in paragraphs(words.body)]


def _read(public: PublicFolder, name: str) -> OutNews | None:
    folder = f"{NEWS_AT}/{name}"
    there = public.names(folder)
    if _WITHDRAWN in there:
        gone = msgspec.json.decode(public.read(f"{folder}/{_WITHDRAWN}"), type=NewsGone)
        return OutNews(name, (), gone)
    numbers = sorted(int(found[1]) for one in there if (found := _VERSION.fullmatch(one)))
    versions = tuple(
        msgspec.json.decode(public.read(f"{folder}/{number}.json"), type=PublishedNews)
        for number in numbers
    )
    return OutNews(name, versions) if versions else None

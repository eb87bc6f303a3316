"""News releases as the public folder has them: versions, what changed, what is withdrawn."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

import msgspec
from msgspec import Struct

from pasokh.adapters.figures.published import PublicFolder
from pasokh.press.feeds import NEWS_AT
from pasokh.press.texts import NewsGone, NewsWords, PublishedNews, QuotedFigure, pieces, plain

_WITHDRAWN = "withdrawn.json"
_VERSION = re.compile(r"([1-9]\d*)\.json")
_PARTED = re.compile(r"\n\s*\n")
_PIECES = re.compile(r"\s+|[^\s]+")


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


class ChangedPiece(NamedTuple):
    """A piece of a text beside the version before: it stays, came, or went."""

    words: str
    came: bool
    went: bool


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


def paragraphs(body: str) -> list[str]:
    """Part a body where a line is empty."""
    return [part.strip() for part in _PARTED.split(body) if part.strip()]


def changes(before: NewsWords, after: NewsWords) -> list[list[ChangedPiece]]:
    """Say paragraph by paragraph, title and lead first, what went and what came."""
    old, new = _whole(before), _whole(after)
    found = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [[ChangedPiece(part, came=False, went=False)] for part in new[c:d]]
        elif tag == "replace" and b - a == d - c:
            pairs = zip(old[a:b], new[c:d], strict=True)
            found += [list(_pieces(was, now)) for was, now in pairs]
        else:
            found += [[ChangedPiece(part, came=False, went=True)] for part in old[a:b]]
            found += [[ChangedPiece(part, came=True, went=False)] for part in new[c:d]]
    return found


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


def _whole(words: NewsWords) -> list[str]:
    return [words.title, *filter(None, [words.lead]), *paragraphs(words.body)]


def _pieces(was: str, now: str) -> Iterator[ChangedPiece]:
    old, new = _PIECES.findall(was), _PIECES.findall(now)
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield ChangedPiece(_joined(new[c:d]), came=False, went=False)
            continue
        if b > a:
            yield ChangedPiece(_joined(old[a:b]), came=False, went=True)
        if d > c:
            yield ChangedPiece(_joined(new[c:d]), came=True, went=False)


def _joined(pieces: Sequence[str]) -> str:
    return "".join(pieces)

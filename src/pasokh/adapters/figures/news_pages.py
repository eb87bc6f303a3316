"""The pages of news releases: a list by months, and a page for each with all its versions."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from pasokh.adapters.figures.news import (
    OutNews,
    in_plain_words,
    linked,
)
from pasokh.adapters.figures.pages import PageWriter
from pasokh.control_room.news_texts import picture_path
from pasokh.press.changes import ChangedPiece, changes
from pasokh.press.feeds import NEWS_AT, Feed
from pasokh.press.texts import NewsPicture, NewsWords, PublishedNews, QuotedFigure


class ShownVersion(Struct, frozen=True):
    """A version as a page shows it. `language`: the one that its words are in.

    `parts`: its paragraphs, each parted at the figures it quotes. `pictures`: with their paths.
    """

    out: PublishedNews
    language: str
    words: NewsWords
    path: str
    parts: Sequence[Sequence[str | QuotedFigure]]
    pictures: Sequence[tuple[NewsPicture, str]] = ()
    correction: str = ""
    changed: Sequence[Sequence[ChangedPiece]] = ()


def news_pages(
    writer: PageWriter, news: Sequence[OutNews], offset: int | None, feeds: Sequence[Feed]
) -> Iterator[tuple[str, bytes]]:
    """Give the pages of one language. `offset`: of the centre's clock, in minutes from UTC.

    `feeds`: those that lie beside the list.
    """
    language = writer.tongue.language
    listed = [(one, [*_shown(one, language)]) for one in news]
    page = f"{NEWS_AT}/index.html"
    yield page, writer.write(page, "news_list.html", news=listed, offset=offset, feeds=feeds)
    for one, versions in listed:
        page = f"{NEWS_AT}/{one.news_id}.html"
        yield (
            page,
            writer.write(
                page,
                "news.html",
                one=one,
                versions=versions[::-1],
                in_tongue=_in_tongue,
                offset=offset,
            ),
        )


def _shown(one: OutNews, language: str) -> Iterator[ShownVersion]:
    before: ShownVersion | None = None
    for out in one.versions:
        told, words = in_plain_words(out, language)
        corrections = out.text.correction
        shown = ShownVersion(
            out,
            told,
            words,
            f"{NEWS_AT}/{out.news_id}/{out.number}.json",
            linked(out, language),
            [(one, picture_path(out.news_id, one)) for one in out.text.told.pictures],
            corrections.get(language) or next(iter(corrections.values()), ""),
            changes(before.words, words) if before and before.language == told else (),
        )
        yield shown
        before = shown


def _in_tongue(told: Mapping[str, str], language: str) -> str:
    """Give what is said in a language; in the one that there is, when it is not said in this."""
    return told.get(language) or next(iter(told.values()))

"""The pages of news releases: a list by months, and a page for each with all its versions."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from pasokh.adapters.figures.news import (
    NEWS_AT,
    ChangedPiece,
    OutNews,
    changes,
    in_language,
    paragraphs,
)
from pasokh.adapters.figures.news_feeds import Feed
from pasokh.adapters.figures.pages import PageWriter
from pasokh.press.texts import NewsWords, PublishedNews


class ShownVersion(Struct, frozen=True):
    """A version as a page shows it. `language`: the one that its words are in."""

    out: PublishedNews
    language: str
    words: NewsWords
    path: str
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
                paragraphs=paragraphs,
                offset=offset,
            ),
        )


def _shown(one: OutNews, language: str) -> Iterator[ShownVersion]:
    before: ShownVersion | None = None
    for out in one.versions:
        told, words = in_language(out, language)
        corrections = out.text.correction
        shown = ShownVersion(
            out,
            told,
            words,
            f"{NEWS_AT}/{out.news_id}/{out.number}.json",
            corrections.get(language) or next(iter(corrections.values()), ""),
            changes(before.words, words) if before and before.language == told else (),
        )
        yield shown
        before = shown

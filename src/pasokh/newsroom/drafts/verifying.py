"""What the published texts of a folder quote and show, held against what lies there."""

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

import msgspec

from pasokh.control_room.news_texts import picture_path
from pasokh.newsroom.drafts.figures_out import PublishedFigures
from pasokh.newsroom.drafts.quoting import NotQuotable
from pasokh.press.texts import NewsText, PublishedNews, QuotedFigure

_NEWS = re.compile(r"news/([^/]+)/[1-9]\d*\.json")


def of_news(root: Path, proved: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield texts and pictures by path, with what is wrong with each; empty when nothing is.

    `proved`: paths of files of which it is known that they are as they were published.
    """
    figures = PublishedFigures(root)
    for path in proved:
        found = _NEWS.fullmatch(path)
        if found is None:
            continue
        try:
            text = msgspec.json.decode((root / path).read_bytes(), type=PublishedNews).text
        except msgspec.DecodeError:
            yield path, "is a text that this version of the program does not know"
            continue
        yield path, next(filter(None, (_quoted(figures, one) for one in text.told.quoted)), "")
        yield from _pictures(root, found[1], text)


def _quoted(figures: PublishedFigures, one: QuotedFigure) -> str:
    """Write a figure again; say how the text shows another one."""
    try:
        written = figures.written(one.path, one.decimals)
    except NotQuotable as fault:
        return f"quotes what it cannot: {fault}"
    for language, shown in one.shown.items():
        if shown != written[language]:
            return f"says {shown} where {one.path} says {written[language]}"
    return ""


def _pictures(root: Path, news_id: str, text: NewsText) -> Iterator[tuple[str, str]]:
    for one in text.told.pictures:
        path = picture_path(news_id, one)
        if not (root / path).is_file():
            yield path, "is shown in a text and is not there"
        elif sha256((root / path).read_bytes()).hexdigest() != one.sha256:
            yield path, "is not the picture that its text names"
        else:
            yield path, ""

"""Releases laid into a public folder by the log's own words, without a control room."""

from hashlib import sha256

from pasokh.control_room.news_texts import write_text
from pasokh.press.events import NewsKind, NewsMistake
from pasokh.press.state import News, NewsVersion
from pasokh.press.texts import NewsText
from tests.newsroom.site.press_office import PressOffice


def lay(
    office: PressOffice,
    news_id: str,
    *texts: NewsText,
    kind: NewsKind = NewsKind.SERVICE,
    mistake: NewsMistake = NewsMistake.FACT,
    at: int = 1_795_000_000_000,
    figures: tuple[str, ...] = (),
) -> None:
    """Publish versions of a release, an hour apart."""
    versions = []
    for number, text in enumerate(texts):
        raw = write_text(text)
        digest = sha256(raw).hexdigest()
        office.texts.write(f"{digest}.json", raw)
        versions.append(
            NewsVersion(
                digest,
                at + number * 3_600_000,
                figures,
                mistake=mistake if number else None,
                reason="read",
            )
        )
    office.state.news[news_id] = News(news_id, kind, versions)
    office.let_out(office.state)


def take_away(office: PressOffice, news_id: str, why: str, at: int) -> None:
    """Withdraw a release."""
    news = office.state.news[news_id]
    office.state.news[news_id] = News(news_id, news.kind, news.versions, at, why)
    office.let_out(office.state)

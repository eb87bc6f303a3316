"""Whoever was given a release is told when it was corrected or withdrawn: once, and why."""

from pathlib import Path

import msgspec
import pytest

from pasokh.control_room.views_news import NewsSheet
from pasokh.newsroom.drafts import telling
from pasokh.newsroom.drafts.models import ToldVersion
from pasokh.newsroom.drafts.telling import Receiver, tell_changes, told_of
from pasokh.newsroom.mail.models import OutgoingLetter
from pasokh.press.events import NewsKind, NewsMistake
from pasokh.press.state import News, NewsVersion
from pasokh.press.texts import NewsText, NewsWords, PublishedNews

EARLY = 1_000
PAPER = Receiver("desk@paper.example", "fa", "روزنامهٔ ساختگی")
RADIO = Receiver("desk@radio.example", "en", "An invented radio")


class Log:
    """What the log says in these tests."""

    def __init__(self) -> None:
        self.news: list[News] = []

    def sheet(self) -> NewsSheet:
        return NewsSheet(1, tuple(self.news))


@pytest.fixture
def log(published: Path, monkeypatch: pytest.MonkeyPatch) -> Log:
    log = Log()
    monkeypatch.setattr(telling, "news_sheet", log.sheet)
    monkeypatch.setattr(telling, "KNOW", [])
    monkeypatch.setattr(telling, "KNOW_EARLY", [])
    return log


def corrected(published: Path, *, out: bool = True) -> News:
    versions = [
        NewsVersion("a" * 64, EARLY),
        NewsVersion("b" * 64, EARLY, mistake=NewsMistake.FACT),
    ]
    if out:
        text = NewsText({"fa": NewsWords("جاده", "b")}, {"fa": "ساعت نادرست بود."})
        told = PublishedNews(
            "road",
            2,
            NewsKind.SERVICE,
            "2026-11-29T06:00:00.000Z",
            text,
            "b" * 64,
            (),
            NewsMistake.FACT,
        )
        file = published / "news/road/2.json"
        file.parent.mkdir(parents=True)
        file.write_bytes(msgspec.json.encode(told))
    return News("road", NewsKind.SERVICE, versions)


def letters() -> list[tuple[str, str, str]]:
    return [(one.to, one.subject, one.body) for one in OutgoingLetter.objects.order_by("id")]


def test_nobody_is_written_to_when_nobody_is_registered(log: Log, published: Path) -> None:
    log.news.append(corrected(published))
    assert tell_changes() == 0
    assert letters() == []
    assert telling.KNOW == []


def test_a_correction_is_told_once_to_each_with_what_was_wrong(log: Log, published: Path) -> None:
    telling.KNOW.append(lambda news_id: [PAPER, RADIO, PAPER] if news_id == "road" else [])
    assert told_of("road") == [PAPER, RADIO]
    log.news.append(corrected(published))
    assert tell_changes() == 2
    assert tell_changes() == 0
    (first, second) = letters()
    assert first[0] == PAPER.address
    assert "جاده" in first[1]
    assert "ساعت نادرست بود." in first[2]
    assert "Kind of mistake: " in second[2]
    assert "/figures/en/news/road.html" in second[2]


def test_what_is_not_in_the_public_folder_yet_is_told_when_it_is(log: Log, published: Path) -> None:
    telling.KNOW.append(lambda _: [PAPER])
    log.news.append(corrected(published, out=False))
    assert tell_changes() == 0
    assert not ToldVersion.objects.exists()
    log.news[:] = [corrected(published)]
    assert tell_changes() == 1


def test_a_withdrawal_is_told_with_its_reason(log: Log, published: Path) -> None:
    telling.KNOW.append(lambda _: [RADIO])
    gone = corrected(published)
    gone.withdrawn_at, gone.withdrawn_why = EARLY, "a name stood in it"
    log.news.append(gone)
    assert tell_changes() == 1
    ((_, subject, body),) = letters()
    assert "Withdrawn" in subject
    assert "a name stood in it" in body


def test_a_first_version_is_no_change(log: Log) -> None:
    telling.KNOW.append(lambda _: [RADIO])
    log.news.append(News("first", NewsKind.SERVICE, [NewsVersion("a" * 64, EARLY)]))
    assert tell_changes() == 0
    assert letters() == []


def test_who_read_a_version_before_its_hour_is_told_at_once_that_it_never_comes_out(
    log: Log, published: Path
) -> None:
    telling.KNOW.append(lambda _: [PAPER, RADIO])
    telling.KNOW_EARLY.append(lambda _, number: [RADIO] if number == 1 else [])
    late = 4_000_000_000_000
    waits = NewsVersion("a" * 64, late, embargoed=True, replaced=True)
    instead = NewsVersion("b" * 64, late, embargoed=True, mistake=NewsMistake.FACT)
    log.news.append(News("road", NewsKind.SERVICE, [waits, instead]))
    assert tell_changes() == 1
    assert tell_changes() == 0
    ((to, subject, body),) = letters()
    assert to == RADIO.address
    assert subject == "Replaced before its hour: \u2068road\u2069"
    assert "use nothing of it" in body
    instead.out_at = EARLY
    assert tell_changes() == 0, "what is out first corrects nothing that anybody read"


def test_a_version_that_was_scheduled_without_embargo_was_read_by_nobody(log: Log) -> None:
    telling.KNOW_EARLY.append(lambda _, number: [RADIO])
    waits = NewsVersion("a" * 64, EARLY, replaced=True)
    log.news.append(News("road", NewsKind.SERVICE, [waits, NewsVersion("b" * 64, EARLY)]))
    assert tell_changes() == 0

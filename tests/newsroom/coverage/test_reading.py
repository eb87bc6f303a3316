"""Feeds of consenting outlets, read over real HTTP: what is kept, and what is asked politely."""

from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import format_datetime

import msgspec
import pytest
from django.conf import settings
from msgspec.structs import replace

from pasokh.core.time import DAY, MINUTE
from pasokh.newsroom.coverage.deeds import coverage_of, read_feeds, set_aside
from pasokh.newsroom.coverage.models import Coverage, OutletFeed
from pasokh.newsroom.outlets.models import Outlet
from pasokh.newsroom.site.models import OPEN, NewsRelease, ReleaseVersion
from pasokh.press.texts import NewsText, NewsWords
from pasokh.sites.clock import instant_now
from tests.newsroom.receiver import Answered, Got, Receiver, receiving

TITLE = "۷۰ درصد تماس‌های مردمی با ۱۱۰ عملیاتی شد"
BODY = "از مجموع ۱۵٬۲۱۰ تماس مردمی روز سه‌شنبه ۱۰٬۶۴۷ تماس به مأموریت منجر شد."


@pytest.fixture
def outlet(monkeypatch: pytest.MonkeyPatch, rows: None) -> Iterator[Receiver]:
    """An outlet with a feed, that consents to its reading."""
    file = replace(settings.PASOKH_NEWSROOM.file, private_addresses=True)
    monkeypatch.setattr(settings, "PASOKH_NEWSROOM", replace(settings.PASOKH_NEWSROOM, file=file))
    with receiving() as receiver:
        make_outlet("outlet-1", f"{receiver.url}/rss")
        release("calls", TITLE, BODY)
        yield receiver


def make_outlet(outlet_id: str, feed: str, *, consents: bool = True) -> Outlet:
    return Outlet.objects.create(
        outlet_id=outlet_id,
        name=f"رسانه {outlet_id}",
        answers="کسی",
        email=f"{outlet_id}@outlet.example",
        county="mashhad",
        kind="site",
        audience="همه",
        address="https://outlet.example/",
        feed=feed,
        feed_consent=consents,
        terms_version=1,
        terms_at=1,
        registered_at=1,
        asked_at=1,
    )


def release(news_id: str, title: str, body: str, *, out_in: int = -MINUTE, number: int = 1) -> None:
    now = instant_now()
    opens_at = OPEN if out_in <= 0 else now + out_in
    row, _ = NewsRelease.kept.get_or_create(
        news_id=news_id,
        defaults={"kind": "statistics", "out_at": now + out_in, "opens_at": opens_at},
    )
    ReleaseVersion.kept.filter(release=row, until_at=None).update(until_at=opens_at)
    text = msgspec.json.encode(NewsText({"fa": NewsWords(title, body)})).decode()
    ReleaseVersion.kept.create(
        release=row,
        number=number,
        out_at=now + out_in,
        opens_at=opens_at,
        text=text,
        text_sha256="0" * 64,
    )


def rss(*entries: tuple[str, str, str]) -> bytes:
    at = format_datetime(datetime.now(UTC))
    items = "".join(
        f"<item><title>{title}</title><link>{link}</link><author>nobody@outlet.example</author>"
        f"<description>{text}</description><pubDate>{at}</pubDate></item>"
        for title, link, text in entries
    )
    return f"<rss version='2.0'><channel>{items}</channel></rss>".encode()


def feed_now() -> None:
    OutletFeed.objects.update(next_at=0)


def test_what_is_ours_is_kept_with_its_verdict_and_nothing_else(outlet: Receiver) -> None:
    outlet.answer = lambda _: Answered(
        body=rss(
            ("پلیس ۱۱۰: ۷۰ درصد تماس‌های مردمی عملیاتی شد", "https://o.example/1", BODY),
            (TITLE, "https://o.example/2", BODY.replace("۱۵٬۲۱۰", "۱۵٬۹۱۰")),
            ("هوای فردا آفتابی است", "https://o.example/3", "دما ۲۱ درجه خواهد بود."),
        )
    )
    assert read_feeds() == 2
    found = Coverage.objects.order_by("link")
    assert [(one.link, one.news_id, one.verdict) for one in found] == [
        ("https://o.example/1", "calls", "right"),
        ("https://o.example/2", "calls", "wrong"),
    ]
    kept = str(list(Coverage.objects.values())) + str(list(OutletFeed.objects.values()))
    assert "nobody@" not in kept
    assert "منجر" not in kept


def test_a_feed_is_asked_politely_and_not_again_before_its_time(outlet: Receiver) -> None:
    def answer(got: Got) -> Answered:
        if got.headers.get("if-none-match") == '"7"':
            return Answered(304)
        return Answered(200, rss((TITLE, "https://o.example/1", BODY)), {"ETag": '"7"'})

    outlet.answer = answer
    assert [read_feeds(), read_feeds()] == [1, 0]
    assert len(outlet.got) == 1
    feed_now()
    assert read_feeds() == 0
    assert [got.headers.get("if-none-match") for got in outlet.got] == [None, '"7"']
    assert outlet.got[0].headers["user-agent"].startswith("Pasokh-Newsroom (+http")
    assert Coverage.objects.count() == 1


def test_an_outlet_that_corrects_its_number_is_wrong_no_more(outlet: Receiver) -> None:
    wrong = BODY.replace("۱۵٬۲۱۰", "۱۵٬۹۱۰")
    outlet.answer = lambda _: Answered(body=rss((TITLE, "https://o.example/1", wrong)))
    read_feeds()
    assert [one.verdict for one in Coverage.objects.all()] == ["wrong"]
    outlet.answer = lambda _: Answered(body=rss((TITLE, "https://o.example/1", BODY)))
    feed_now()
    assert read_feeds() == 1
    assert [one.verdict for one in Coverage.objects.all()] == ["right"]


def test_after_our_own_correction_the_old_number_is_the_wrong_one(outlet: Receiver) -> None:
    outlet.answer = lambda _: Answered(body=rss((TITLE, "https://o.example/1", BODY)))
    read_feeds()
    release("calls", TITLE, BODY.replace("۱۵٬۲۱۰", "۱۵٬۱۲۰"), number=2)
    feed_now()
    read_feeds()
    assert [(one.number, one.verdict) for one in Coverage.objects.all()] == [(2, "wrong")]


def test_who_does_not_consent_is_not_asked_and_who_takes_it_back_is_forgotten(
    outlet: Receiver,
) -> None:
    make_outlet("outlet-2", f"{outlet.url}/other", consents=False)
    outlet.answer = lambda _: Answered(body=rss((TITLE, "https://o.example/1", BODY)))
    read_feeds()
    assert [got.path for got in outlet.got] == ["/rss"]
    assert Coverage.objects.count() == 1
    Outlet.objects.update(feed_consent=False)
    read_feeds()
    assert [got.path for got in outlet.got] == ["/rss"]
    assert [OutletFeed.objects.count(), Coverage.objects.count()] == [0, 0]


@pytest.mark.slow
@pytest.mark.parametrize(
    "answered",
    [
        Answered(500),
        Answered(body=b"<html>no feed</html>"),
        Answered(302, b"", {"Location": "file:///etc/passwd"}),
        Answered(302, b"", {"Location": "/rss"}),
        Answered(body=b"<rss>" + b" " * 4_200_000),
    ],
    ids=["broken", "no feed", "elsewhere", "in circles", "too long"],
)
def test_what_cannot_be_read_is_said_and_asked_more_seldom(
    answered: Answered, outlet: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    outlet.answer = lambda _: answered
    now = instant_now()
    monkeypatch.setattr("pasokh.newsroom.coverage.deeds.instant_now", lambda: now)
    waits = []
    for _ in range(9):
        feed_now()
        assert read_feeds() == 0
        waits.append((OutletFeed.objects.get().next_at - now) // MINUTE)
    assert OutletFeed.objects.get().trouble
    assert waits == [15, 30, 60, 120, 240, 480, 960, 24 * 60, 24 * 60]


def test_a_feed_that_moved_is_followed(outlet: Receiver) -> None:
    moved = Answered(301, b"", {"Location": "/new"})
    there = Answered(body=rss((TITLE, "https://o.example/1", BODY)))
    outlet.answer = lambda got: there if got.path == "/new" else moved
    assert read_feeds() == 1


def test_an_address_inside_is_never_asked(
    outlet: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = replace(settings.PASOKH_NEWSROOM.file, private_addresses=False)
    monkeypatch.setattr(settings, "PASOKH_NEWSROOM", replace(settings.PASOKH_NEWSROOM, file=file))
    assert read_feeds() == 0
    assert outlet.got == []
    assert "no public address" in OutletFeed.objects.get().trouble


def test_what_waits_for_its_hour_is_not_looked_for(outlet: Receiver) -> None:
    release("later", "خبری که هنوز بیرون نیامده است و کسی نباید بداند", BODY, out_in=DAY)
    title = "خبری که هنوز بیرون نیامده است و کسی نباید بداند"
    outlet.answer = lambda _: Answered(body=rss((title, "https://o.example/1", "متنی دیگر")))
    assert read_feeds() == 0


def test_everybody_is_told_where_and_not_how(outlet: Receiver) -> None:
    outlet.answer = lambda _: Answered(body=rss((TITLE, "https://o.example/1", BODY)))
    read_feeds()
    (one,) = coverage_of("calls")
    assert (one.feed.outlet_name, one.link) == ("رسانه outlet-1", "https://o.example/1")
    set_aside(one, "press-1")
    feed_now()
    read_feeds()
    assert list(coverage_of("calls")) == []

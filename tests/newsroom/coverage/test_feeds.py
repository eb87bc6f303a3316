"""Feeds of strangers as entries: every form, and what is hostile in them."""

from datetime import UTC, datetime
from email.utils import format_datetime

import pytest

from pasokh.newsroom.coverage import feeds
from pasokh.newsroom.coverage.feeds import FeedUnreadable, read_feed

AT = datetime(2026, 11, 29, 6, 0, tzinfo=UTC)
MS = int(AT.timestamp() * 1000)
LINK = "https://outlet.example/7"
RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>رسانه</title>
<link>https://outlet.example/</link>
<item><title>خبر &amp; عدد</title><link>{LINK}</link><author>nobody@outlet.example</author>
<dc:creator>هیچ‌کس</dc:creator>
<description>&lt;p&gt;۱۵٬۲۱۰ تماس &lt;a href="https://press.example/news/a/"&gt;منبع&lt;/a&gt;&lt;/p&gt;</description>
<content:encoded><![CDATA[<b>متن</b>]]></content:encoded><pubDate>{format_datetime(AT)}</pubDate></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>رسانه</title>
<entry><title>خبر &amp; عدد</title><link rel="self"
 href="https://outlet.example/self"/><link href="{LINK}"/>
<author><name>هیچ‌کس</name></author><published>2026-11-29T09:30:00+03:30</published>
<updated>2026-11-30T09:30:00+03:30</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>۱۵٬۲۱۰ تماس
<a href="https://press.example/news/a/">منبع</a></p></div></content></entry></feed>"""
RDF = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel/>
<item><title>خبر &amp; عدد</title><link>{LINK}</link><dc:date>2026-11-29T06:00:00Z</dc:date>
<description>۱۵٬۲۱۰ تماس https://press.example/news/a/</description></item></rdf:RDF>"""
JSON = f"""{{"version": "https://jsonfeed.org/version/1.1", "title": "رسانه", "items": [{{"id": "7",
 "url": "{LINK}", "title": "خبر & عدد", "date_published": "2026-11-29T06:00:00Z",
 "authors": [{{"name": "هیچ‌کس"}}],
 "content_html": "<p>۱۵٬۲۱۰ تماس <a href='https://press.example/news/a/'>منبع</a></p>"}}]}}"""


@pytest.mark.parametrize("feed", [RSS, ATOM, RDF, JSON], ids=["rss", "atom", "rdf", "json"])
def test_a_feed_of_any_form_is_read(feed: str) -> None:
    (entry,) = read_feed(feed.encode())
    assert (entry.title, entry.link, entry.told_at) == ("خبر & عدد", LINK, MS)
    assert "۱۵٬۲۱۰ تماس" in entry.text
    assert "https://press.example/news/a/" in entry.text
    assert "هیچ‌کس" not in entry.title + entry.text
    assert "nobody" not in entry.text


def test_a_guid_is_an_address_only_when_it_says_so() -> None:
    item = "<rss><channel><item><title>خبر</title><guid{}>https://o.example/1</guid></item></channel></rss>"
    (entry,) = read_feed(item.format("").encode())
    assert entry.link == "https://o.example/1"
    assert read_feed(item.format(' isPermaLink="false"').encode()) == []


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"<html><body>no feed</body></html>",
        b"<rss><channel><item>",
        b"{}",
        b'{"version": 1, "items": []}',
        b"\xff\xfe\x00",
        b'<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss>&b;</rss>',
        b'<?xml version="1.0"?><!DOCTYPE rss SYSTEM "http://127.0.0.1/x.dtd"><rss/>',
        b"<rss>" + b"<a>" * 100 + b"</a>" * 100 + b"</rss>",
        b"[" * 100_000,
        b'{"version": "1", "items": ' + b"[" * 100_000,
    ],
)
def test_what_is_no_feed_is_refused(raw: bytes) -> None:
    with pytest.raises(FeedUnreadable):
        read_feed(raw)


def test_a_feed_is_read_no_further_than_we_need(monkeypatch: pytest.MonkeyPatch) -> None:
    item = f"<item><title>{'ن' * 5000}</title><link>{LINK}</link></item>"
    long = f"<rss><channel>{item * 400}</channel></rss>".encode()
    entries = read_feed(long)
    assert len(entries) == feeds.ENTRIES_MAX
    assert {len(one.title) for one in entries} == {feeds.TITLE_MAX}
    monkeypatch.setattr(feeds, "FEED_BYTES_MAX", len(long) - 1)
    with pytest.raises(FeedUnreadable):
        read_feed(long)


@pytest.mark.parametrize(
    "time", ["", "yesterday", "Mon, 99 Foo 2026 00:00:00", "0001-01-01T00:00:00+14:00"]
)
def test_a_time_that_nobody_can_read_is_none(time: str) -> None:
    item = f"<item><title>خبر</title><link>{LINK}</link><pubDate>{time}</pubDate></item>"
    (entry,) = read_feed(f"<rss><channel>{item}</channel></rss>".encode())
    assert entry.told_at in (None, 0)

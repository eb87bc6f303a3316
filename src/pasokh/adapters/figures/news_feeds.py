"""Feeds of news releases: Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1, one of each a language.

They need to know where the folder is read, because a feed is read far from it. What was corrected
is updated, never a second entry; what was withdrawn says so in its place.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from email.utils import format_datetime
from xml.etree.ElementTree import Element, SubElement, tostring

import msgspec
from msgspec import Struct

from pasokh.account.open_data.index import INDEX_PATH
from pasokh.adapters.figures.news import OutNews, in_plain_words
from pasokh.adapters.figures.published import PublicFolder
from pasokh.adapters.figures.saying import Tongue
from pasokh.control_room.news_texts import picture_path
from pasokh.press.changes import paragraphs
from pasokh.press.feeds import FEEDS, NEWS_AT

# What a reader's program needs to catch up after some weeks; the list of all is a page.
_ENTRIES = 50
_ATOM_SPACE = "http://www.w3.org/2005/Atom"
# What no XML may hold (XML 1.0, 2.2).
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_JSON_VERSION = "https://jsonfeed.org/version/1.1"
ATOM, RSS, JSON = (f"{NEWS_AT}/{feed.file}" for feed in FEEDS)


class _Index(Struct, frozen=True):
    address: str | None = None


class FeedEntry(Struct, frozen=True):
    """A release as feeds tell it: times are ISO 8601 in UTC.

    `pictures`: where each is read, and its media type.
    """

    address: str
    title: str
    summary: str
    parts: tuple[str, ...]
    language: str
    published: str
    updated: str
    label: str
    pictures: tuple[tuple[str, str], ...] = ()


def address_of(public: PublicFolder) -> str:
    """Say where a folder is read, with `/` at its end; empty when it does not tell."""
    try:
        address = msgspec.json.decode(public.read(INDEX_PATH), type=_Index).address
    except FileNotFoundError:
        return ""
    return f"{address.rstrip('/')}/" if address else ""


def news_feeds(
    tongue: Tongue, news: Sequence[OutNews], address: str
) -> Iterator[tuple[str, bytes]]:
    """Give the feeds of one language. `address`: where the folder is read, with `/` at its end."""
    home = f"{address}{tongue.language}/"
    entries = [_entry(tongue, one, home, address) for one in news[:_ENTRIES]]
    title = f"{tongue.say('figures.nav_news')} · {tongue.say('figures.site')}"
    yield ATOM, _atom(title, tongue.language, entries, home)
    yield RSS, _rss(title, tongue.language, entries, home)
    yield JSON, _json(title, tongue.language, entries, home)


def _entry(tongue: Tongue, one: OutNews, home: str, root: str) -> FeedEntry:
    address = f"{home}{NEWS_AT}/{one.news_id}.html"
    if one.gone:
        gone = tongue.say("figures.news_withdrawn")
        at, why = one.gone.withdrawn_at, one.gone.reason
        return FeedEntry(address, gone, why, (why,), tongue.language, at, at, gone)
    language, words = in_plain_words(one.newest, tongue.language)
    pictures = one.newest.text.told.pictures
    return FeedEntry(
        address,
        words.title,
        words.lead,
        (*filter(None, [words.lead]), *paragraphs(words.body)),
        language,
        one.began,
        one.newest.out_at,
        tongue.say(f"figures.news_kind_{one.newest.kind.value}"),
        tuple((f"{root}{picture_path(one.news_id, each)}", each.media) for each in pictures),
    )


def _atom(title: str, language: str, entries: Sequence[FeedEntry], home: str) -> bytes:
    feed = Element("feed", {"xmlns": _ATOM_SPACE, "xml:lang": language})
    _texts(feed, id=home + ATOM, title=title, updated=_newest(entries))
    SubElement(feed, "link", rel="self", href=home + ATOM, type="application/atom+xml")
    SubElement(feed, "link", rel="alternate", href=f"{home}{NEWS_AT}/index.html")
    _texts(SubElement(feed, "author"), name=title)
    for one in entries:
        entry = SubElement(feed, "entry", {"xml:lang": one.language})
        _texts(entry, id=one.address, title=one.title, published=one.published, updated=one.updated)
        SubElement(entry, "link", rel="alternate", href=one.address)
        for picture, media in one.pictures:
            SubElement(entry, "link", rel="enclosure", href=picture, type=media)
        SubElement(entry, "category", term=one.label)
        if one.summary:
            _texts(entry, summary=one.summary)
        content = SubElement(entry, "content", type="text")
        content.text = _xml("\n\n".join(one.parts))
    return _bytes(feed)


def _rss(title: str, language: str, entries: Sequence[FeedEntry], home: str) -> bytes:
    feed = Element("rss", {"version": "2.0", "xmlns:atom": _ATOM_SPACE})
    channel = SubElement(feed, "channel")
    _texts(channel, title=title, link=f"{home}{NEWS_AT}/index.html", description=title)
    _texts(channel, language=language)
    SubElement(channel, "atom:link", rel="self", href=home + RSS, type="application/rss+xml")
    for one in entries:
        item = SubElement(channel, "item")
        _texts(item, title=one.title, link=one.address, guid=one.address, category=one.label)
        _texts(item, pubDate=format_datetime(datetime.fromisoformat(one.published)))
        _texts(item, description="\n\n".join(one.parts))
    return _bytes(feed)


def _json(title: str, language: str, entries: Sequence[FeedEntry], home: str) -> bytes:
    feed = {
        "version": _JSON_VERSION,
        "title": title,
        "home_page_url": f"{home}{NEWS_AT}/index.html",
        "feed_url": home + JSON,
        "language": language,
        "items": [
            {
                "id": one.address,
                "url": one.address,
                "title": one.title,
                **({"summary": one.summary} if one.summary else {}),
                "content_text": "\n\n".join(one.parts),
                **({"image": one.pictures[0][0]} if one.pictures else {}),
                "date_published": one.published,
                "date_modified": one.updated,
                "language": one.language,
                "tags": [one.label],
            }
            for one in entries
        ],
    }
    return msgspec.json.format(msgspec.json.encode(feed), indent=1)


def _newest(entries: Sequence[FeedEntry]) -> str:
    """A feed without entries has not been updated since anything."""
    return max((one.updated for one in entries), default="1970-01-01T00:00:00.000Z")


def _texts(parent: Element, **texts: str) -> None:
    for name, text in texts.items():
        SubElement(parent, name).text = _xml(text)


def _xml(text: str) -> str:
    return _NOT_XML.sub("", text)


def _bytes(feed: Element) -> bytes:
    written: bytes = tostring(feed, "utf-8", xml_declaration=True)
    return written

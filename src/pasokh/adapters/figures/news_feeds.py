"""Feeds of news releases: Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1, one of each a language.

They need to know where the folder is read, because a feed is read far from it. Where the folder
names a newsroom, its hub brings them (WebSub), and each is its own topic under that address. What
was corrected is updated, never a second entry; what was withdrawn says so in its place.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from email.utils import format_datetime
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

import msgspec
from msgspec import Struct

from pasokh.account.open_data.index import INDEX_PATH
from pasokh.adapters.figures.news import OutNews, in_plain_words
from pasokh.adapters.figures.published import PublicFolder
from pasokh.adapters.figures.saying import Tongue
from pasokh.control_room.news_texts import picture_path
from pasokh.press.changes import paragraphs
from pasokh.press.feeds import FEEDS, HUB_AT, NEWS_AT, fed_path

# What a reader's program needs to catch up after some weeks; the list of all is a page.
_ENTRIES = 50
_ATOM_SPACE = "http://www.w3.org/2005/Atom"
_MEDIA_SPACE = "http://search.yahoo.com/mrss/"
# What no XML may hold (XML 1.0, 2.2).
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_JSON_VERSION = "https://jsonfeed.org/version/1.1"
ATOM, RSS, JSON = (f"{NEWS_AT}/{feed.file}" for feed in FEEDS)


class _Index(Struct, frozen=True):
    address: str | None = None
    newsroom: str | None = None


class FeedPlaces(Struct, frozen=True):
    """Where a folder is read, and its newsroom; each with `/` at its end, or empty."""

    address: str = ""
    newsroom: str = ""


class FeedPicture(Struct, frozen=True):
    """A picture of a release: where it is read, its media type, and its size in bytes."""

    address: str
    media: str
    size: int
    alt: str


class FeedEntry(Struct, frozen=True):
    """A release as feeds tell it: times are ISO 8601 in UTC."""

    address: str
    title: str
    summary: str
    parts: tuple[str, ...]
    language: str
    published: str
    updated: str
    label: str
    pictures: tuple[FeedPicture, ...] = ()


class _Head(Struct, frozen=True):
    """What a feed says of itself. `own`: where a reader's program asks for it; `hub` may be empty.

    `at`: where the files of its language are read.
    """

    title: str
    language: str
    at: str
    own: str
    hub: str


def places_of(public: PublicFolder) -> FeedPlaces:
    """Say where a folder and its newsroom are read; empty what it does not tell."""
    try:
        index = msgspec.json.decode(public.read(INDEX_PATH), type=_Index)
    except FileNotFoundError:
        return FeedPlaces()
    told = ((one or "").rstrip("/") for one in (index.address, index.newsroom))
    return FeedPlaces(*(f"{one}/" if one else "" for one in told))


def news_feeds(
    tongue: Tongue, news: Sequence[OutNews], places: FeedPlaces, public: PublicFolder
) -> Iterator[tuple[str, bytes]]:
    """Give the feeds of one language; the sizes of pictures are those of the folder's files."""
    home = f"{places.address}{tongue.language}/"
    entries = [_entry(tongue, one, places.address, public) for one in news[:_ENTRIES]]
    title = f"{tongue.say('figures.nav_news')} · {tongue.say('figures.site')}"
    writers = (_atom, _rss, _json)
    for feed, path, write in zip(FEEDS, (ATOM, RSS, JSON), writers, strict=True):
        own, hub = home + path, ""
        if places.newsroom:
            own = f"{places.newsroom}{fed_path(tongue.language, feed)}"
            hub = f"{places.newsroom}{HUB_AT}"
        yield path, write(_Head(title, tongue.language, home, own, hub), entries)


def _entry(tongue: Tongue, one: OutNews, root: str, public: PublicFolder) -> FeedEntry:
    address = f"{root}{tongue.language}/{NEWS_AT}/{one.news_id}.html"
    if one.gone:
        gone = tongue.say("figures.news_withdrawn")
        at, why = one.gone.withdrawn_at, one.gone.reason
        return FeedEntry(address, gone, why, (why,), tongue.language, at, at, gone)
    language, words = in_plain_words(one.newest, tongue.language)
    return FeedEntry(
        address,
        words.title,
        words.lead,
        (*filter(None, [words.lead]), *paragraphs(words.body)),
        language,
        one.began,
        one.newest.out_at,
        tongue.say(f"news.kind.{one.newest.kind.value}"),
        tuple(_pictures(one, language, root, public)),
    )


def _pictures(
    one: OutNews, language: str, root: str, public: PublicFolder
) -> Iterator[FeedPicture]:
    for each in one.newest.text.told.pictures:
        path = picture_path(one.news_id, each)
        try:
            size = len(public.read(path))
        except FileNotFoundError:
            continue
        alt = each.alt.get(language) or next(iter(each.alt.values()), "")
        yield FeedPicture(f"{root}{path}", each.media, size, alt)


def _atom(head: _Head, entries: Sequence[FeedEntry]) -> bytes:
    feed = Element("feed", {"xmlns": _ATOM_SPACE, "xml:lang": head.language})
    _texts(feed, id=head.at + ATOM, title=head.title, updated=_newest(entries))
    SubElement(feed, "link", rel="self", href=head.own, type="application/atom+xml")
    if head.hub:
        SubElement(feed, "link", rel="hub", href=head.hub)
    SubElement(feed, "link", rel="alternate", href=f"{head.at}{NEWS_AT}/index.html")
    _texts(SubElement(feed, "author"), name=head.title)
    for one in entries:
        entry = SubElement(feed, "entry", {"xml:lang": one.language})
        _texts(entry, id=one.address, title=one.title, published=one.published, updated=one.updated)
        SubElement(entry, "link", rel="alternate", href=one.address)
        for picture in one.pictures:
            enclosed = {"href": picture.address, "type": picture.media, "length": str(picture.size)}
            SubElement(entry, "link", {"rel": "enclosure", **enclosed, "title": _xml(picture.alt)})
        SubElement(entry, "category", term=one.label)
        if one.summary:
            _texts(entry, summary=one.summary)
        content = SubElement(entry, "content", type="text")
        content.text = _xml("\n\n".join(one.parts))
    return _bytes(feed)


def _rss(head: _Head, entries: Sequence[FeedEntry]) -> bytes:
    spaces = {"xmlns:atom": _ATOM_SPACE, "xmlns:media": _MEDIA_SPACE}
    feed = Element("rss", {"version": "2.0", **spaces})
    channel = SubElement(feed, "channel")
    home = f"{head.at}{NEWS_AT}/index.html"
    _texts(channel, title=head.title, link=home, description=head.title, language=head.language)
    SubElement(channel, "atom:link", rel="self", href=head.own, type="application/rss+xml")
    if head.hub:
        SubElement(channel, "atom:link", rel="hub", href=head.hub)
    for one in entries:
        item = SubElement(channel, "item")
        _texts(item, title=one.title, link=one.address, guid=one.address, category=one.label)
        _texts(item, pubDate=format_datetime(datetime.fromisoformat(one.published)))
        _texts(item, description="\n\n".join(one.parts))
        # An item has one enclosure; the others are told by Media RSS.
        for picture in one.pictures[:1]:
            SubElement(item, "enclosure", {"url": picture.address, **_sized(picture, "length")})
        for picture in one.pictures:
            media = {"url": picture.address, "medium": "image", **_sized(picture, "fileSize")}
            content = SubElement(item, "media:content", media)
            SubElement(content, "media:description").text = _xml(picture.alt)
    return _bytes(feed)


def _sized(picture: FeedPicture, size: str) -> dict[str, str]:
    return {"type": picture.media, size: str(picture.size)}


def _json(head: _Head, entries: Sequence[FeedEntry]) -> bytes:
    feed = {
        "version": _JSON_VERSION,
        "title": head.title,
        "home_page_url": f"{head.at}{NEWS_AT}/index.html",
        "feed_url": head.own,
        **({"hubs": [{"type": "WebSub", "url": head.hub}]} if head.hub else {}),
        "language": head.language,
        "items": [_item(one) for one in entries],
    }
    return msgspec.json.format(msgspec.json.encode(feed), indent=1)


def _item(one: FeedEntry) -> dict[str, Any]:
    attached = [
        {
            "url": each.address,
            "mime_type": each.media,
            "title": each.alt,
            "size_in_bytes": each.size,
        }
        for each in one.pictures
    ]
    return {
        "id": one.address,
        "url": one.address,
        "title": one.title,
        **({"summary": one.summary} if one.summary else {}),
        "content_text": "\n\n".join(one.parts),
        **({"image": one.pictures[0].address, "attachments": attached} if attached else {}),
        "date_published": one.published,
        "date_modified": one.updated,
        "language": one.language,
        "tags": [one.label],
    }


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

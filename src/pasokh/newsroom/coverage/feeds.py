"""Feeds of strangers: RSS of every kind, Atom and JSON Feed, as entries.

Straight on expat, as all XML of strangers is read here (docs/reasons/026): a DOCTYPE ends the
reading, nothing is expanded or fetched. Names of authors are not even read.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import unescape
from typing import Any
from xml.parsers import expat

import msgspec
from msgspec import Struct

from pasokh.core.time import Instant
from pasokh.newsroom.coverage.matching import OutletEntry

FEED_BYTES_MAX = 4 * 1024 * 1024
ENTRIES_MAX = 300
DEPTH_MAX = 64
TITLE_MAX, LINK_MAX, TEXT_MAX = 300, 2_000, 20_000
_ITEMS = frozenset({"item", "entry"})
# The local names that are read, each as what it is to us.
_READ = {
    "title": "title",
    "link": "link",
    "guid": "guid",
    "description": "text",
    "summary": "text",
    "content": "text",
    "encoded": "text",
    "pubDate": "time",
    "published": "time",
    "updated": "later",
    "date": "time",
}
_TAG = re.compile(r"<[^<>]{0,2000}>")
_HREF = re.compile(r"""<a\s[^<>]{0,500}?href\s*=\s*["']([^"'<>]{1,2000})["']""", re.IGNORECASE)
_WEB = ("http://", "https://")


class FeedUnreadable(ValueError):
    """What was fetched is no feed that we take; the words say why, for the office."""


class _JsonItem(Struct):
    url: str = ""
    external_url: str = ""
    title: str = ""
    summary: str = ""
    content_text: str = ""
    content_html: str = ""
    date_published: str = ""


class _JsonFeed(Struct):
    version: str
    items: list[_JsonItem]


def read_feed(raw: bytes) -> list[OutletEntry]:
    """Read the newest entries of a feed, at most 300; FeedUnreadable when it is none."""
    if len(raw) > FEED_BYTES_MAX:
        raise FeedUnreadable(f"{len(raw)} bytes")
    plain = raw.removeprefix(b"\xef\xbb\xbf").lstrip()
    found = _json(plain) if plain.startswith(b"{") else _xml(plain)
    return [entry for one in found[:ENTRIES_MAX] if (entry := _entry(one)) is not None]


def _json(raw: bytes) -> list[dict[str, str]]:
    try:
        feed = msgspec.json.decode(raw, type=_JsonFeed)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise FeedUnreadable(f"no JSON Feed: {error}") from error
    return [
        {
            "title": one.title,
            "link": one.url or one.external_url,
            "text": f"{one.summary}\n{one.content_text or one.content_html}",
            "time": one.date_published,
        }
        for one in feed.items
    ]


def _xml(raw: bytes) -> list[dict[str, str]]:
    reading = _FeedReading()
    try:
        reading.parser.Parse(raw, True)  # noqa: FBT003 - expat's
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise FeedUnreadable(f"no XML that is taken: {error}") from error
    if not reading.is_feed:
        raise FeedUnreadable("neither RSS nor Atom")
    return reading.entries


class _FeedReading:
    """The entries while expat reads."""

    def __init__(self) -> None:
        self.entries: list[dict[str, str]] = []
        self.is_feed = False
        self.depth = 0
        # The entry that is open, how deep it began, and which of its fields is open since where.
        self.open: dict[str, str] | None = None
        self.began = 0
        self.field: tuple[str, int] | None = None
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters

    def doctype(self, *_: object) -> None:
        raise FeedUnreadable("it has a DOCTYPE")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEPTH_MAX:
            raise FeedUnreadable(f"deeper than {DEPTH_MAX}")
        name = tag.rpartition(" ")[2]
        if self.depth == 1:
            self.is_feed = name in ("rss", "feed", "RDF")
        elif self.open is None and name in _ITEMS and len(self.entries) < ENTRIES_MAX:
            self.open, self.began = {}, self.depth
        elif self.open is not None and self.depth == self.began + 1 and name in _READ:
            self.field = (_READ[name], self.depth)
            if name == "link" and attributes.get("rel", "alternate") == "alternate":
                self.add("link", attributes.get("href", ""))
            if name == "guid" and attributes.get("isPermaLink") == "false":
                self.field = None
        elif self.field and "href" in attributes:
            self.add("text", f" {attributes['href']} ")

    def end(self, _: str) -> None:
        if self.field and self.depth == self.field[1]:
            self.add(self.field[0], "\n")
            self.field = None
        if self.open is not None and self.depth == self.began:
            self.entries.append(self.open)
            self.open = None
        self.depth -= 1

    def characters(self, text: str) -> None:
        if self.field:
            self.add(self.field[0], text)

    def add(self, field: str, text: str) -> None:
        if self.open is not None and len(self.open.get(field, "")) < TEXT_MAX:
            self.open[field] = self.open.get(field, "") + text


def _entry(found: Mapping[str, str]) -> OutletEntry | None:
    """An entry with a title and an address; one without either can be listed nowhere."""
    title = _words(found.get("title", ""))[:TITLE_MAX].strip()
    links = (found.get("link", ""), found.get("guid", ""))
    link = next((one.strip() for one in links if one.strip().lower().startswith(_WEB)), "")
    if not title or not link or len(link) > LINK_MAX:
        return None
    at = found.get("time", "") or found.get("later", "")
    return OutletEntry(title, link, _words(found.get("text", "")), _instant(at.strip()))


def _words(marked: str) -> str:
    """The words of HTML, with the addresses that it links."""
    text = marked[:TEXT_MAX]
    linked = " ".join(unescape(one) for one in _HREF.findall(text))
    return f"{' '.join(unescape(_TAG.sub(' ', text)).split())} {linked}".strip()


def _instant(text: str) -> Instant | None:
    """Read the time of RSS or of Atom; one that nobody can read is none."""
    for read in (_iso, parsedate_to_datetime):
        try:
            moment: Any = read(text)
            moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            return max(0, int(moment.timestamp() * 1000))
        except (ValueError, OverflowError, TypeError, IndexError):
            continue
    return None


def _iso(text: str) -> datetime:
    return datetime.fromisoformat(text.strip())

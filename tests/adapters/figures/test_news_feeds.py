"""Feeds tell what the pages tell, at addresses that hold away from the folder."""

import json
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import cache
from xml.etree.ElementTree import Element, fromstring

import pytest

from pasokh.adapters.figures.news_feeds import ATOM, JSON, RSS
from pasokh.press.texts import NewsWords
from tests.adapters.figures.folder import Folder, Seen, written
from tests.adapters.figures.test_news_pages import PICTURE, news_files, quoting_files, version

HOME = "https://data.example/110"
SPACE = {"a": "http://www.w3.org/2005/Atom", "m": "http://search.yahoo.com/mrss/"}
ADDRESSES = [f"{HOME}/en/news/{name}.html" for name in ("b", "a", "c")]


NEWSROOM = "https://news.example"


@cache
def pages(address: str | None = HOME) -> dict[str, str]:
    index = {"index.json": json.dumps({"address": address}).encode()}
    more = {"news/b/2.json": version("b", 2, {"fa": NewsWords("a\x0bb", "\x00<i>&")})}
    return written(Folder(news_files() | index | more))


@pytest.mark.slow
def test_feeds_write_a_quoted_figure_out_and_say_where_its_picture_is() -> None:
    index = {"index.json": json.dumps({"address": HOME}).encode()}
    told = written(Folder(quoting_files() | index))
    entry = fromstring(told[f"en/{ATOM}"]).find("a:entry", SPACE)  # noqa: S314 - our own
    assert entry is not None
    assert texts(entry, "a:content") == ["Of all, 38.1%; {figure:2}."]
    (enclosed,) = entry.findall("a:link[@rel='enclosure']", SPACE)
    assert enclosed.attrib["href"] == f"{HOME}/{PICTURE}"
    (item,) = json.loads(told[f"fa/{JSON}"])["items"]
    assert item["image"] == f"{HOME}/{PICTURE}"


def xml(path: str) -> Element:
    return fromstring(pages()[f"en/{path}"])  # noqa: S314 - our own


def texts(parent: Element, path: str) -> list[str]:
    return [found.text or "" for found in parent.findall(path, SPACE)]


def test_atom_has_each_release_once_with_both_its_times() -> None:
    feed = xml(ATOM)
    assert texts(feed, "a:entry/a:id") == ADDRESSES
    assert texts(feed, "a:updated") == ["2026-11-19T06:00:00.000Z"]
    corrected = feed.findall("a:entry", SPACE)[1]
    assert texts(corrected, "a:published") == ["2026-11-18T06:00:00.000Z"]
    assert texts(corrected, "a:updated") == ["2026-11-19T06:00:00.000Z"]
    assert "Until 3 p.m." in texts(corrected, "a:content")[0]
    assert texts(feed, "a:entry/a:title")[0] == "ab", "what XML cannot hold is left out"
    assert texts(feed, "a:entry/a:title")[2] == "Withdrawn"
    assert feed.find("a:link[@rel='self']", SPACE).get("href") == f"{HOME}/en/{ATOM}"  # type: ignore[union-attr]


def test_rss_and_json_say_the_same() -> None:
    channel = xml(RSS).find("channel")
    assert channel is not None
    assert texts(channel, "item/guid") == texts(channel, "item/link") == ADDRESSES
    feed = json.loads(pages()[f"en/{JSON}"])
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert [one["url"] for one in feed["items"]] == ADDRESSES
    for item, date in zip(feed["items"], texts(channel, "item/pubDate"), strict=True):
        assert parsedate_to_datetime(date) == datetime.fromisoformat(item["date_published"])
    assert feed["items"][0]["language"] == "fa"


@pytest.mark.parametrize("language", ["fa", "en"])
def test_the_list_leads_to_its_feeds_and_without_an_address_there_are_none(language: str) -> None:
    listed = Seen(pages()[f"{language}/news/index.html"])
    assert {"atom.xml", "rss.xml", "feed.json"} <= set(listed.leads)
    without = pages(None)
    assert not [path for path in without if path.endswith((".xml", "feed.json"))]
    assert "atom.xml" not in Seen(without[f"{language}/news/index.html"]).leads


def picture_files(newsroom: str | None = None) -> dict[str, bytes]:
    told = {"address": HOME} | ({"newsroom": newsroom} if newsroom else {})
    return quoting_files() | {"index.json": json.dumps(told).encode(), PICTURE: b"seven b"}


@pytest.mark.parametrize(("language", "newsroom"), [("fa", None), ("en", NEWSROOM)])
def test_feeds_name_the_newsrooms_hub_and_are_its_topics(
    language: str, newsroom: str | None
) -> None:
    """A reader's program finds the hub, and the topic, by these two links."""
    told = written(Folder(picture_files(newsroom)))
    for path, file in ((ATOM, "atom.xml"), (RSS, "rss.xml")):
        read = fromstring(told[f"{language}/{path}"])  # noqa: S314 - our own
        parent = read if path == ATOM else read.find("channel")
        assert parent is not None
        links = {one.get("rel"): one.get("href") for one in parent.findall("a:link", SPACE)}
        links.pop("alternate", None)
        own = {"self": f"{HOME}/{language}/{path}"}
        if newsroom:
            own = {"self": f"{newsroom}/newsroom/feeds/{language}/{file}"}
            own["hub"] = f"{newsroom}/newsroom/hub/"
        assert links == own
    feed = json.loads(told[f"{language}/{JSON}"])
    hubs = [{"type": "WebSub", "url": f"{newsroom}/newsroom/hub/"}] if newsroom else None
    assert feed.get("hubs") == hubs
    if newsroom:
        assert feed["feed_url"] == f"{newsroom}/newsroom/feeds/{language}/feed.json"


def test_a_picture_is_enclosed_with_its_real_length_and_its_words() -> None:
    told = written(Folder(picture_files()))
    (enclosed,) = _found(told[f"fa/{ATOM}"], ".//a:link[@rel='enclosure']")
    assert (enclosed["href"], enclosed["length"]) == (f"{HOME}/{PICTURE}", "7")
    (enclosed,) = _found(told[f"fa/{RSS}"], ".//item/enclosure")
    assert enclosed == {"url": f"{HOME}/{PICTURE}", "type": "image/jpeg", "length": "7"}
    (media,) = _found(told[f"fa/{RSS}"], ".//item/m:content")
    assert (media["url"], media["fileSize"]) == (f"{HOME}/{PICTURE}", "7")
    assert fromstring(told[f"en/{RSS}"]).findtext(".//m:description", "", SPACE) == "Snow"  # noqa: S314
    (item,) = json.loads(told[f"fa/{JSON}"])["items"]
    assert item["attachments"][0]["size_in_bytes"] == 7
    assert item["attachments"][0]["title"]
    gone = {path: raw for path, raw in picture_files().items() if path != PICTURE}
    without = written(Folder(gone))[f"fa/{RSS}"]
    assert _found(without, ".//item/enclosure") == [], "what is not there is not enclosed"


def _found(raw: str, path: str) -> list[dict[str, str]]:
    return [one.attrib for one in fromstring(raw).iterfind(path, SPACE)]  # noqa: S314 - our own

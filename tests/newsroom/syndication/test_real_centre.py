"""The hub of a centre that runs, asked at the public door by a program that is no browser."""

from itertools import count
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from tests.adapters.api.process import CLEAR
from tests.browser.desks import until
from tests.browser.newsroom import newsroom_centre
from tests.newsroom.receiver import Answered, Got, Receiver, receiving

FEED = "/newsroom/feeds/fa/atom.xml"


def agrees(got: Got) -> Answered:
    asked = parse_qs(urlsplit(got.path).query)
    return Answered(200, asked.get("hub.challenge", [""])[0].encode())


def brought(feed: Path, body: bytes, subscriber: Receiver) -> bool:
    """Change the feed as the publishing process does; tell whether a change has arrived."""
    beside = feed.with_suffix(".new")
    beside.write_bytes(body)
    beside.replace(feed)
    return any(got.method == "POST" for got in subscriber.got)


@pytest.mark.slow
def test_a_change_of_the_published_feed_reaches_a_subscriber(tmp_path: Path) -> None:
    public: list[Path] = []

    def lay_out(data: Path) -> None:
        with (data / "newsroom.toml").open("a") as file:
            file.write("private_addresses = true\n")
        public.append(data / "public")

    with newsroom_centre(tmp_path, before=lay_out) as (_, url), receiving() as subscriber:
        subscriber.answer = agrees
        feed = public[0] / "fa" / "news" / "atom.xml"
        feed.parent.mkdir(parents=True, exist_ok=True)
        feed.write_bytes(b"<feed>1</feed>")
        answer = httpx.get(url + FEED, verify=CLEAR)
        assert answer.content == b"<feed>1</feed>"
        links = {link["rel"]: link["url"] for link in answer.links.values()}
        told = {
            "hub.mode": "subscribe",
            "hub.topic": links["self"],
            "hub.callback": f"{subscriber.url}/back",
        }
        asked = httpx.post(links["hub"], data=told, verify=CLEAR)
        assert (asked.status_code, asked.text.strip() != "") == (202, True)
        until(lambda: bool(subscriber.got), "the subscriber is asked")
        # Of changes before its yes was written down, a subscriber is told nothing.
        bodies = (f"<feed>{number}</feed>".encode() for number in count(2))
        until(lambda: brought(feed, next(bodies), subscriber), "the change is brought")
        refused = httpx.post(links["hub"], data={**told, "hub.topic": "x"}, verify=CLEAR)
        assert refused.status_code == 404

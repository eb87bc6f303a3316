"""The feeds that the hub brings: which there are, where they are read, and what they hold now."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from msgspec import Struct

from pasokh.newsroom.public_folder import public_file
from pasokh.press.feeds import FEEDS, HUB_AT, NEWS_AT, Feed, fed_path
from pasokh.words.say import LANGUAGES


class FedTopic(Struct, frozen=True):
    """A feed in a language under the newsroom's own address."""

    language: str
    feed: Feed

    @property
    def path(self) -> str:
        """Where it is read behind the newsroom's address."""
        return f"/{fed_path(self.language, self.feed)}"

    @property
    def address(self) -> str:
        """Where it is read: its topic."""
        return f"{settings.PASOKH_NEWSROOM.public_url}{self.path}"

    @property
    def file(self) -> Path | None:
        """Where the publishing process wrote it; None before it did."""
        return public_file(f"{self.language}/{NEWS_AT}/{self.feed.file}")

    @property
    def links(self) -> str:
        """The header by which a reader finds the hub and the topic (WebSub, 4)."""
        return f'<{hub_address()}>; rel="hub", <{self.address}>; rel="self"'


def hub_address() -> str:
    """Say where the hub is."""
    return f"{settings.PASOKH_NEWSROOM.public_url}/{HUB_AT}"


def fed_topics() -> Iterator[FedTopic]:
    """Give every feed in every language."""
    for language in LANGUAGES:
        for feed in FEEDS:
            yield FedTopic(language, feed)


def topic_at(address: str) -> FedTopic | None:
    """Find the topic of an address; None when it is none of ours."""
    return next((one for one in fed_topics() if one.address == address), None)

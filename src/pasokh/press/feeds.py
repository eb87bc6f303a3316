"""The forms in which news releases are fed to programs: their files, and what they are on the web.

Whoever writes a feed and whoever gives it out under another address name the same three.
"""

from typing import NamedTuple


class Feed(NamedTuple):
    """A form of feed: its name, its file beside the list, and what that is on the web."""

    name: str
    file: str
    media: str


FEEDS = (
    Feed("Atom", "atom.xml", "application/atom+xml"),
    Feed("RSS", "rss.xml", "application/rss+xml"),
    Feed("JSON Feed", "feed.json", "application/feed+json"),
)
# The folder of the list, in the folder of each language.
NEWS_AT = "news"
# Below the newsroom's own address: its hub, and where it gives the feeds out again.
HUB_AT = "newsroom/hub/"
FEEDS_AT = "newsroom/feeds"


def fed_path(language: str, feed: Feed) -> str:
    """Say where the newsroom gives a feed out, below its address."""
    return f"{FEEDS_AT}/{language}/{feed.file}"

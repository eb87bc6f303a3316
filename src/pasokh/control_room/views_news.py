"""Which versions of news releases were approved, and for when: never their texts."""

from msgspec import Struct

from pasokh.control_room.state import Centre
from pasokh.press.state import News


class NewsSheet(Struct, frozen=True):
    """Every news release by its id, true up to the entry `seq`."""

    seq: int
    news: tuple[News, ...]


def news_now(centre: Centre) -> NewsSheet:
    """Show the news releases as they stand."""
    found = centre.press.news
    return NewsSheet(centre.seq, tuple(found[news_id] for news_id in sorted(found)))

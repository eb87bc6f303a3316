"""What may be read of the news releases: which version everybody sees, and what is to come."""

from collections.abc import Iterator

from msgspec import Struct

from pasokh.core.ids import Id
from pasokh.core.time import Instant
from pasokh.press.state import News, NewsVersion, PressState


class VersionOut(Struct, frozen=True):
    """A version that has been for everybody since its time, whether or not one came after it."""

    news: News
    number: int
    version: NewsVersion


def versions_out(state: PressState, now: Instant) -> Iterator[VersionOut]:
    """Yield every version that is out, by release and in the order of versions.

    What was withdrawn before its time never was.
    """
    for news in state.news.values():
        until = now if news.withdrawn_at is None else min(now, news.withdrawn_at)
        for number, version in enumerate(news.versions, 1):
            if version.out_at <= until and not version.replaced:
                yield VersionOut(news, number, version)


def version_shown(state: PressState, news_id: Id, now: Instant) -> VersionOut | None:
    """Give the version of a release that everybody reads now; None when it is none."""
    news = state.news.get(news_id)
    if news is None or news.withdrawn_at is not None:
        return None
    alone = PressState({news_id: news})
    return max(versions_out(alone, now), key=lambda one: one.number, default=None)

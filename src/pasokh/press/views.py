"""What may be read of the news releases: which versions everybody has seen, and which see now."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from pasokh.core.time import Instant
from pasokh.press.events import NewsId, NewsKind, NewsMistake
from pasokh.press.state import News, PressState


class VersionOut(Struct, frozen=True):
    """A version that has been for everybody since `out_at`, whether or not one came after it."""

    news_id: NewsId
    kind: NewsKind
    number: int
    text_sha256: str
    out_at: Instant
    figures: tuple[str, ...]
    mistake: NewsMistake | None
    reason: str


class WithdrawnNews(Struct, frozen=True):
    """A news release that is shown no more, since when, and why."""

    news_id: NewsId
    at: Instant
    why: str


class NewsOut(Struct, frozen=True):
    """What everybody may read, and what is to be said in the place of what was withdrawn.

    `over`: the hashes of texts that wait for no hour any more.
    """

    versions: tuple[VersionOut, ...]
    withdrawn: tuple[WithdrawnNews, ...]
    over: frozenset[str]


def news_out(state: PressState, now: Instant) -> NewsOut:
    """List it by release, and in the order of versions.

    What was withdrawn before its time never was, and what is out first corrects nothing: what it
    came in the place of was read by nobody.
    """
    versions: list[VersionOut] = []
    withdrawn: list[WithdrawnNews] = []
    known, waiting = set[str](), set[str]()
    for news in state.news.values():
        out = list(_out(news, now))
        for one in news.versions:
            known.add(one.text_sha256)
            if news.withdrawn_at is None and not one.replaced and one.out_at > now:
                waiting.add(one.text_sha256)
        if news.withdrawn_at is None:
            versions += out
        elif out:
            withdrawn.append(WithdrawnNews(news.news_id, news.withdrawn_at, news.withdrawn_why))
    return NewsOut(tuple(versions), tuple(withdrawn), frozenset(known - waiting))


def texts_needed(releases: Iterable[News], now: Instant) -> frozenset[str]:
    """Give the hashes of texts that wait for their hour, or are out: what is there to publish."""
    state = PressState({news.news_id: news for news in releases})
    out = news_out(state, now)
    known = {one.text_sha256 for news in state.news.values() for one in news.versions}
    return frozenset(known - out.over | {one.text_sha256 for one in out.versions})


def version_shown(state: PressState, news_id: NewsId, now: Instant) -> VersionOut | None:
    """Give the version of a release that everybody reads now; None when it is none."""
    news = state.news.get(news_id)
    if news is None or news.withdrawn_at is not None:
        return None
    return max(_out(news, now), key=lambda one: one.number, default=None)


def _out(news: News, now: Instant) -> Iterator[VersionOut]:
    until = now if news.withdrawn_at is None else min(now, news.withdrawn_at)
    first = next((n for n, one in enumerate(news.versions, 1) if not one.replaced), 0)
    for number, one in enumerate(news.versions, 1):
        if one.out_at <= until and not one.replaced:
            yield VersionOut(
                news.news_id,
                news.kind,
                number,
                one.text_sha256,
                one.out_at,
                one.figures,
                one.mistake if number > first else None,
                one.reason,
            )

"""Which releases an outlet wants to hear of, and which of them at once. Pure.

What an outlet gets follows from what it chose, from what it got before, and from nothing else.
"""

from collections.abc import Collection, Sequence

from msgspec import Struct

from pasokh.core.time import MINUTE, Day, Instant, day_of, start_of

# A service notice with this topic is sent at once.
URGENT = "urgent"


class Wish(Struct, frozen=True):
    """A topic in a county; empty: every one."""

    topic: str = ""
    county: str = ""


class NewsSeen(Struct, frozen=True):
    """What is out of a release now, as alerts need it. `mistake`: of what it corrects."""

    news_id: str
    number: int
    kind: str
    out_at: Instant
    topics: frozenset[str] = frozenset()
    counties: frozenset[str] = frozenset()
    mistake: str = ""


def wanted(wishes: Collection[Wish], one: NewsSeen) -> bool:
    """Tell whether an outlet chose it. What names no county is about all of them."""
    return any(
        (not wish.topic or wish.topic in one.topics)
        and (not wish.county or not one.counties or wish.county in one.counties)
        for wish in wishes
    )


def urgent(wishes: Collection[Wish], got: Collection[str], one: NewsSeen) -> bool:
    """Tell whether a notice cannot wait for the digest. `got`: what was sent to the outlet."""
    fresh = one.news_id not in got and one.kind == "service" and URGENT in one.topics
    return fresh and wanted(wishes, one)


def for_digest(
    wishes: Collection[Wish], got: Collection[str], news: Sequence[NewsSeen], since: Instant
) -> list[NewsSeen]:
    """List what an outlet chose and has not got, the newest first; nothing from before `since`.

    What it has got in an earlier version is told as a correction, and not here.
    """
    fresh = [
        one
        for one in news
        if one.out_at >= since and one.news_id not in got and wanted(wishes, one)
    ]
    return sorted(fresh, key=lambda one: (-one.out_at, one.news_id))


def digest_day(now: Instant, minute: int, offset: int) -> Day | None:
    """Give the civil day whose digest is due: None before its minute. `offset`: from UTC."""
    day = day_of(now, offset)
    return day if now >= start_of(day, offset) + minute * MINUTE else None

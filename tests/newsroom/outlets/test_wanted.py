"""Which releases an outlet hears of: what it chose, never twice, mistakes at once."""

from pasokh.core.time import DAY, MINUTE, start_of
from pasokh.newsroom.outlets.wanted import (
    URGENT,
    NewsSeen,
    Wish,
    digest_day,
    for_digest,
    urgent,
    wanted,
)

ROADS_HERE = Wish("roads", "0915")
T = 20_000 * DAY


def seen(**fields: object) -> NewsSeen:
    usual = {"news_id": "n-1", "number": 1, "kind": "statement", "out_at": T}
    return NewsSeen(**(usual | fields))  # type: ignore[arg-type]


def test_a_topic_in_a_county_is_wanted_by_both() -> None:
    roads, here = frozenset({"roads"}), frozenset({"0915"})
    assert wanted([ROADS_HERE], seen(topics=roads, counties=here))
    assert wanted([ROADS_HERE], seen(topics=roads)), "what names no county is about all"
    assert not wanted([ROADS_HERE], seen(topics=roads, counties=frozenset({"0916"})))
    assert not wanted([ROADS_HERE], seen(topics=frozenset({"theft"}), counties=here))
    assert wanted([Wish()], seen(topics=frozenset({"theft"}), counties=here))
    assert not wanted([], seen(topics=roads, counties=here))


def test_only_urgent_service_notices_that_were_chosen_cannot_wait() -> None:
    notice = seen(kind="service", topics=frozenset({URGENT}), counties=frozenset({"0915"}))
    assert urgent([Wish("", "0915")], set(), notice)
    assert not urgent([Wish("", "0915")], {"n-1"}, notice), "never twice"
    assert not urgent([Wish("", "0916")], set(), notice)
    assert not urgent([Wish()], set(), seen(kind="promotion", topics=frozenset({URGENT})))
    assert not urgent([Wish()], set(), seen(kind="service"))


def test_a_digest_has_what_was_chosen_and_not_got() -> None:
    news = [seen(), seen(news_id="n-2", out_at=T + 1), seen(news_id="n-0", out_at=T - 1)]
    assert [one.news_id for one in for_digest([Wish()], set(), news, T)] == ["n-2", "n-1"]
    assert [one.news_id for one in for_digest([Wish()], {"n-2"}, news, T)] == ["n-1"]
    assert for_digest([], set(), news, T) == []


def test_a_digest_is_due_once_its_minute_has_come_at_the_centre() -> None:
    minute, offset = 8 * 60, 210
    at = start_of(20_000, offset) + minute * MINUTE
    assert digest_day(at - 1, minute, offset) is None
    assert digest_day(at, minute, offset) == 20_000

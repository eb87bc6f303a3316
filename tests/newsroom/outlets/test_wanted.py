"""Which releases an outlet hears of: what it chose, never twice, mistakes at once."""

from pasokh.core.time import DAY, MINUTE, start_of
from pasokh.newsroom.outlets.changes import changed
from pasokh.newsroom.outlets.wanted import (
    URGENT,
    NewsSeen,
    Wish,
    at_once,
    digest_day,
    for_digest,
    wanted,
)
from pasokh.press.texts import NewsWords

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


def test_only_mistakes_in_what_it_got_and_urgent_notices_cannot_wait() -> None:
    wrong = seen(number=2, mistake="figure")
    assert at_once([], {"n-1": 1}, wrong), "chosen or not: it got the wrong number"
    assert not at_once([], {"n-1": 2}, wrong), "never twice"
    assert not at_once([Wish()], {}, wrong), "it never got the wrong one"
    assert not at_once([Wish()], {"n-1": 1}, seen(number=2, mistake="typo"))
    urgent = seen(kind="service", topics=frozenset({URGENT}), counties=frozenset({"0915"}))
    assert at_once([Wish("", "0915")], {}, urgent)
    assert not at_once([Wish("", "0916")], {}, urgent)
    assert not at_once([Wish()], {}, seen(kind="promotion", topics=frozenset({URGENT})))


def test_a_digest_has_what_was_chosen_and_not_got() -> None:
    news = [seen(), seen(news_id="n-2", out_at=T + 1), seen(news_id="n-0", out_at=T - 1)]
    assert [one.news_id for one in for_digest([Wish()], {}, news, T)] == ["n-2", "n-1"]
    assert [one.news_id for one in for_digest([Wish()], {"n-2": 1}, news, T)] == ["n-1"]
    assert for_digest([], {}, news, T) == []


def test_a_digest_is_due_once_its_minute_has_come_at_the_centre() -> None:
    minute, offset = 8 * 60, 210
    at = start_of(20_000, offset) + minute * MINUTE
    assert digest_day(at - 1, minute, offset) is None
    assert digest_day(at, minute, offset) == 20_000


def test_a_change_is_told_by_its_paragraphs() -> None:
    before = NewsWords(title="a", body="one\n\ntwo 70 %\n\nthree")
    after = NewsWords(title="a", body="one\n\ntwo 38 %\n\nthree")
    assert changed(before, after) == [("−", "two 70 %"), ("+", "two 38 %")]
    assert changed(None, after)[0] == ("+", "a")

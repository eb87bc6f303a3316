"""What the office says in public: in versions, by two people where a number stands, at its time."""

import pytest

from pasokh.core.refusal import Reason
from pasokh.core.time import SECOND
from pasokh.press import commands as c
from pasokh.press import events as e
from pasokh.press.views import WithdrawnNews, news_out, version_shown
from tests.stories.story import Story

STATEMENT, STATISTICS = e.NewsKind.STATEMENT, e.NewsKind.STATISTICS
ONE, TWO, THREE = "1" * 64, "2" * 64, "3" * 64
WRITER, OTHER = "press_officer:p-1", "press_officer:p-2"
FIGURE = "2026-11-21-final/operational_share"


def version(number: int, text: str = ONE, out: int = 0, **more: object) -> c.ApproveNews:
    if number > 1:
        more = {"mistake": e.NewsMistake.TYPO, **more}
    return c.ApproveNews(
        "n1",
        number,
        STATEMENT,
        text,
        out * SECOND,
        "p-1",
        "read whole",
        **more,  # type: ignore[arg-type]
    )


def shown(story: Story, at: int, news_id: str = "n1") -> int | None:
    found = version_shown(story.centre.press, news_id, at * SECOND)
    return found.number if found else None


def numbers(story: Story, at: int) -> list[int]:
    return [one.number for one in news_out(story.centre.press, at * SECOND).versions]


def test_a_text_without_numbers_may_be_approved_by_its_writer_with_a_reason() -> None:
    story = Story().when(version(1, out=5), at=10, actor=WRITER)
    story.then(e.NewsApproved("n1", 1, STATEMENT, ONE, 10 * SECOND, "p-1", "read whole"))
    assert shown(story, 9) is None
    assert shown(story, 10) == 1
    story.when(version(1), at=10, actor="machine:office").refused(Reason.NEEDS_PERSON)


@pytest.mark.parametrize("more", [{"figures": (FIGURE,)}, {"mistake": e.NewsMistake.FIGURE}])
def test_where_a_number_stands_another_person_approves(more: dict[str, object]) -> None:
    number = 2 if "mistake" in more else 1
    story = Story().given(*[version(1)][: number - 1], actor=OTHER)
    ask = version(number, TWO, **more)
    story.when(ask, actor="supervisor:p-1").refused(Reason.NEWS_SAME_PERSON)
    story.when(ask, actor=OTHER)
    assert story.last.receipt.refusal is None


def test_versions_come_one_after_the_other_and_say_what_was_wrong() -> None:
    story = Story().when(version(2)).refused(Reason.NEWS_VERSION)
    story.when(version(1, mistake=e.NewsMistake.TYPO)).refused(Reason.NEWS_NOTHING_CORRECTED)
    story.given(version(1))
    story.when(version(1, TWO)).refused(Reason.NEWS_VERSION)
    story.when(version(2)).refused(Reason.NEWS_UNCHANGED)
    story.when(version(2, TWO, mistake=None)).refused(Reason.NEWS_MISTAKE)
    other = c.ApproveNews("n1", 2, STATISTICS, TWO, 0, "p-1", "seen", mistake=e.NewsMistake.FACT)
    story.when(other).refused(Reason.NEWS_KIND)
    story.given(version(2, TWO, out=30), at=20)
    assert [shown(story, at) for at in (20, 29, 30)] == [1, 1, 2]


def test_a_text_that_was_replaced_before_its_time_is_never_out() -> None:
    story = Story().given(version(1, out=100), version(2, TWO, out=100), at=1)
    assert numbers(story, 100) == [2]
    story.given(version(3, THREE, out=100), at=100)
    assert numbers(story, 100) == [2, 3]
    out = news_out(story.centre.press, 100 * SECOND).versions
    assert [one.mistake for one in out] == [None, e.NewsMistake.TYPO], "nobody read the first"


def test_what_is_to_come_may_be_moved_with_a_reason_and_what_is_out_may_not() -> None:
    story = Story().when(c.RescheduleNews("n1", 0, "why")).refused(Reason.NEWS_UNKNOWN)
    story.given(version(1, out=100))
    story.when(c.RescheduleNews("n1", 100 * SECOND, "why")).refused(Reason.NEWS_TIME_SAME)
    story.when(c.RescheduleNews("n1", 0, "urgent"), at=50)
    story.then(e.NewsRescheduled("n1", 1, 50 * SECOND, 100 * SECOND, "urgent"))
    assert shown(story, 50) == 1
    story.when(c.RescheduleNews("n1", 200 * SECOND, "why"), at=51).refused(Reason.NEWS_OUT)


def test_what_is_withdrawn_is_shown_no_more_and_what_was_not_out_never_was() -> None:
    story = Story().given(version(1), at=1).given(version(2, TWO, out=100), at=2)
    story.when(c.WithdrawNews("n1", "a name stood in it"), at=50)
    story.then(e.NewsWithdrawn("n1", "a name stood in it"))
    assert shown(story, 200) is None
    gone = WithdrawnNews("n1", 50 * SECOND, "a name stood in it")
    assert news_out(story.centre.press, 200 * SECOND).withdrawn == (gone,)
    assert numbers(story, 200) == []
    story.when(c.WithdrawNews("n1", "again")).refused(Reason.NEWS_WITHDRAWN)
    story.when(version(3, THREE)).refused(Reason.NEWS_WITHDRAWN)

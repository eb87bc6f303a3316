"""The switch's count beside ours: by the ten seconds in which calls came, to the last call."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasokh.answer import commands as a
from pasokh.answer import commands_watch as c
from pasokh.answer import events_watch as e
from pasokh.answer.events import Channel
from pasokh.answer.events_watch import CountsCompared, LineCounts
from pasokh.answer.line_counts import (
    LONGEST_RING,
    REMEMBERED,
    counted_from,
    counts_between,
    differences,
    due_period,
    is_settled,
)
from pasokh.answer.state import LineWatch
from pasokh.core.refusal import Reason
from pasokh.core.time import DAY, HOUR, MINUTE, SECOND
from tests.stories.story import Story

LINE, SUPERVISOR, TAKER = "machine:kamailio", "supervisor:s-1", "call_taker:p-1"
KAMAILIO = "kamailio"


def offer(call_id: str) -> a.OfferCall:
    return a.OfferCall(call_id, line=KAMAILIO)


def five_calls() -> Story:
    """One of each outcome, and one that rings; all come within ten seconds."""
    story = Story()
    for number, at in enumerate((0, 1, 2, 3, 9)):
        story.given(offer(f"c{number}"), at=at, actor=LINE)
    story.given(a.AnswerCall("c0"), at=30, actor=LINE)
    story.given(a.FallBackCall("c1"), at=40, actor=LINE)
    story.given(a.EndCall("c2"), at=50, actor=LINE)
    return story.given(a.RejectCall("c3", "408"), at=60, actor=LINE)


def compare(
    switch: LineCounts, began_s: int = 0, ended_s: int = 10, name: str = "k1"
) -> c.CompareCounts:
    return c.CompareCounts(name, KAMAILIO, 0, began_s * SECOND, ended_s * SECOND, switch)


def watch_of(story: Story) -> LineWatch:
    return story.centre.answer.lines[KAMAILIO]


def test_a_call_is_counted_where_it_came_however_late_its_outcome() -> None:
    watch = watch_of(five_calls())
    assert counts_between(watch, 0, 10 * SECOND) == LineCounts(5, 1, 1, 1, 1)
    assert counts_between(watch, 10 * SECOND, HOUR) == LineCounts()
    assert counts_between(watch, 0, 10 * SECOND).open == 1


def test_texts_and_calls_of_no_line_are_not_the_switchs() -> None:
    story = Story().given(a.OfferCall("c1"), a.AnswerCall("c1"), actor=LINE)
    story.given(a.OfferCall("c2", channel=Channel.TEXT, line=KAMAILIO), actor=LINE)
    story.given(a.EndCall("c2"), actor=LINE)
    assert story.centre.answer.lines == {}


def test_equal_counts_are_entered_and_are_no_alarm() -> None:
    story = five_calls()
    same = LineCounts(5, 1, 1, 1, 1)
    story.when(compare(same), at=70, actor=LINE)
    story.then(e.CountsCompared("k1", KAMAILIO, 0, 0, 10 * SECOND, same, same))
    assert story.centre.answer.differences == {}
    assert watch_of(story).slices == {}


@pytest.mark.parametrize(
    ("switch", "differs"),
    [
        (LineCounts(6, 2, 1, 1, 1), {"offered": 1, "answered": 1}),
        (LineCounts(5, 0, 1, 2, 1), {"answered": -1, "fallback": 1}),
        (LineCounts(4, 1, 1, 1, 0), {"offered": -1, "rejected": -1}),
    ],
)
def test_a_difference_is_an_alarm_until_a_supervisor_has_seen_it(
    switch: LineCounts, differs: dict[str, int]
) -> None:
    story = five_calls().given(compare(switch), at=70, actor=LINE)
    assert differences(story.centre.answer.differences["k1"]) == differs
    seen = c.AcknowledgeDifference("k1", "the operator looks at it")
    story.when(seen, at=80, actor=TAKER).refused(Reason.ROLE_MAY_NOT)
    story.when(seen, at=80, actor=SUPERVISOR)
    story.then(e.DifferenceAcknowledged("k1", "the operator looks at it"))
    assert story.centre.answer.differences == {}
    story.when(seen, at=90, actor=SUPERVISOR).refused(Reason.DIFFERENCE_UNKNOWN)


def test_no_time_is_compared_twice_and_none_is_left_out_in_silence() -> None:
    story = five_calls().given(compare(LineCounts(5, 1, 1, 1, 1)), at=70, actor=LINE)
    story.given(offer("c7"), at=15, actor=LINE)
    story.when(compare(LineCounts(), 0, 20, "k2"), at=70, actor=LINE)
    story.refused(Reason.PERIOD_COMPARED)
    # The switch began anew at 20 s: what came before it is counted by nobody but us.
    story.when(compare(LineCounts(), 20, 30, "k3"), at=70, actor=LINE)
    found = CountsCompared(
        *("k3", KAMAILIO, 0, 20 * SECOND, 30 * SECOND, LineCounts(), LineCounts()), uncounted=1
    )
    story.then(found)


def test_a_person_may_have_them_compared_now_and_only_the_machine_says_what_was_counted() -> None:
    story = five_calls()
    ask = c.AskComparison(KAMAILIO)
    story.when(ask, actor=TAKER).refused(Reason.ROLE_MAY_NOT)
    story.when(ask, actor=SUPERVISOR).then(e.ComparisonAsked(KAMAILIO))
    story.when(ask, actor=SUPERVISOR).refused(Reason.COMPARISON_ASKED)
    story.when(compare(LineCounts()), actor=SUPERVISOR).refused(Reason.ROLE_MAY_NOT)
    # An hour's comparison that was under way ends before the person asked: who asked still waits.
    story.given(compare(LineCounts(5, 1, 1, 1, 1)), at=70, actor=LINE)
    story.when(ask, actor=SUPERVISOR).refused(Reason.COMPARISON_ASKED)
    story.given(compare(LineCounts(), 10, 70, "k2"), at=80, actor=LINE)
    story.when(ask, actor=SUPERVISOR).then(e.ComparisonAsked(KAMAILIO))


@pytest.mark.parametrize(("offset", "minute"), [(0, 0), (210, 30), (345, 15)])
def test_a_period_ends_with_the_civil_hour_and_so_with_the_day(offset: int, minute: int) -> None:
    now = 100 * DAY + 5 * HOUR + 50 * MINUTE
    ended = 100 * DAY + 5 * HOUR + minute * MINUTE
    assert due_period(None, now, offset) == (ended - HOUR, ended)
    assert (ended + offset * MINUTE) % HOUR == 0


def test_what_was_missed_is_made_up_hour_by_hour_and_no_further_than_the_switch_remembers() -> None:
    watch = LineWatch(compared=CountsCompared("k", "x", 0, 0, HOUR, LineCounts(), LineCounts()))
    assert due_period(watch, 2 * HOUR - 1, 0) is None
    assert due_period(watch, 2 * HOUR, 0) == (HOUR, 2 * HOUR)
    assert due_period(watch, 9 * HOUR, 0) == (HOUR, 2 * HOUR)
    assert due_period(watch, 9 * DAY, 0) == (9 * DAY - REMEMBERED, 9 * DAY - REMEMBERED + HOUR)


def test_asked_for_it_is_compared_up_to_the_last_whole_ten_seconds() -> None:
    watch = LineWatch(compared=CountsCompared("k", "x", 0, 0, HOUR, LineCounts(), LineCounts()))
    watch.asked_at = HOUR
    assert due_period(watch, HOUR + 25 * SECOND, 0) == (HOUR, HOUR + 20 * SECOND)
    assert due_period(watch, HOUR + 9 * SECOND, 0) is None


def test_a_switch_that_began_within_the_period_tells_of_whole_slices_only() -> None:
    assert counted_from(95 * SECOND, 0, HOUR) == 100 * SECOND
    assert counted_from(90 * SECOND, 0, HOUR) == 90 * SECOND
    assert counted_from(0, 50 * SECOND, HOUR) == 50 * SECOND
    assert counted_from(2 * HOUR, 0, HOUR) == HOUR


def test_a_count_is_settled_when_nobody_rings_or_nobody_can_ring_any_more() -> None:
    assert is_settled(LineCounts(2, 1, 1), 0, 1)
    assert not is_settled(LineCounts(2, 1), 0, LONGEST_RING)
    assert is_settled(LineCounts(2, 1), 0, LONGEST_RING + 1)


@given(
    st.lists(
        st.tuples(st.integers(0, 100), st.sampled_from(["", "answer", "fall", "end", "reject"])),
        max_size=20,
    ),
    st.integers(1, 9),
)
def test_any_cut_of_the_time_counts_each_call_once(calls: list[tuple[int, str]], cut: int) -> None:
    story = Story()
    for number, (at, outcome) in enumerate(sorted(calls)):
        name = f"c{number}"
        story.given(offer(name), at=at, actor=LINE)
        over = {
            "answer": a.AnswerCall(name),
            "fall": a.FallBackCall(name),
            "end": a.EndCall(name),
            "reject": a.RejectCall(name, "408"),
        }.get(outcome)
        if over is not None:
            story.given(over, at=at + 50, actor=LINE)
    watch = story.centre.answer.lines.get(KAMAILIO, LineWatch())
    middle = cut * 10 * SECOND
    parts = counts_between(watch, 0, middle), counts_between(watch, middle, HOUR)
    assert sum(part.offered for part in parts) == len(calls)
    assert sum(part.open for part in parts) == sum(not outcome for _, outcome in calls)
    assert sum(part.fallback for part in parts) == sum(outcome == "fall" for _, outcome in calls)

"""A line that has fallen silent: by the centre's own past, and never by a fixed number alone."""

from bisect import bisect_left
from collections.abc import Callable

import pytest

from pasokh.answer import commands as a
from pasokh.answer import commands_watch as c
from pasokh.answer import events_watch as e
from pasokh.answer.silence import HOURS_KEPT, SilenceRule, fallen_silent, usual
from pasokh.answer.state import HeardHours
from pasokh.core.refusal import Reason
from pasokh.core.time import HOUR, SECOND, Instant
from tests.stories.story import Story

LINE = "machine:kamailio"
RULE = SilenceRule()
# A noon, so many hours after 1970; past days reach back from it.
NOON = 12_000 * 24 + 12


def heard(
    calls_of: Callable[[int], int], days: int = 28, last_at: Instant | None = None
) -> HeardHours:
    """A centre that has answered calls for so many days, so many in each hour."""
    first = NOON - 24 * days - 1
    hours = {hour: calls_of(hour) for hour in range(first, NOON)}
    return HeardHours(hours, first, NOON * HOUR if last_at is None else last_at)


def alarm_after(found: HeardHours, rule: SilenceRule = RULE) -> int:
    """After how many seconds of silence the alarm comes; -1: not within a day."""
    assert found.last_at is not None
    last_at, day = found.last_at, range(24 * 3600)
    first = bisect_left(
        day, 1, key=lambda s: fallen_silent(found, last_at + s * SECOND, rule) is not None
    )
    return first if first in day else -1


@pytest.mark.parametrize(
    ("an_hour", "seconds"), [(1200, 28), (600, 56), (60, 553), (6, 5527), (1, 33158)]
)
def test_the_busier_the_hour_the_sooner_the_alarm(an_hour: int, seconds: int) -> None:
    """One in 10,000: ln(10,000) calls were expected. A busy centre hears of it in a minute."""
    assert alarm_after(heard(lambda _: an_hour)) == seconds


def test_the_same_hour_of_past_days_counts_and_no_other_one() -> None:
    noon_alone = heard(lambda hour: 600 if hour % 24 == 12 else 0)
    assert usual(noon_alone, NOON, RULE).calls == 600
    assert usual(noon_alone, NOON + 1, RULE).calls == 0
    # From the night's silence nothing follows; the next noon expects calls again.
    night = heard(lambda hour: 600 if hour % 24 == 12 else 0, last_at=(NOON - 6) * HOUR)
    assert fallen_silent(night, NOON * HOUR, RULE) is None
    found = fallen_silent(night, NOON * HOUR + 56 * SECOND, RULE)
    assert found == c.MarkSilence((NOON - 6) * HOUR, 6000, 4)


def test_of_two_known_weeks_the_day_of_the_week_counts() -> None:
    def quiet_on_this_weekday(hour: int) -> int:
        return 6 if (NOON - hour) // 24 % 7 == 0 else 600

    assert usual(heard(quiet_on_this_weekday), NOON, RULE).calls == 6
    assert usual(heard(quiet_on_this_weekday), NOON, RULE).days == 4
    # Of one known week alone, all its days.
    few = usual(heard(lambda _: 60, days=10), NOON, RULE)
    assert (few.calls, few.days) == (60, 7)


def test_without_a_past_the_setting_holds_and_zero_sets_no_alarm() -> None:
    new = HeardHours({NOON: 1}, NOON, NOON * HOUR)
    assert alarm_after(new, SilenceRule(seconds=300)) == 300
    assert fallen_silent(new, NOON * HOUR + 300 * SECOND, SilenceRule(seconds=300)) == (
        c.MarkSilence(NOON * HOUR, 1105, 0)
    )
    assert alarm_after(new, SilenceRule(seconds=0)) == -1
    assert fallen_silent(HeardHours(), NOON * HOUR, RULE) is None


def test_rarer_is_later() -> None:
    busy = heard(lambda _: 600)
    assert alarm_after(busy, SilenceRule(one_in=1_000_000)) == 83
    assert alarm_after(busy, SilenceRule(one_in=100)) == 28


def answered(story: Story, name: str, at: float, *, test: bool = False, line: str = "x") -> None:
    story.given(a.OfferCall(name, line=line, test=test), a.AnswerCall(name), at=at, actor=LINE)


def test_the_end_of_a_silence_is_entered_like_its_beginning() -> None:
    story = Story()
    answered(story, "c1", 10)
    mark = c.MarkSilence(10 * SECOND, 600, 7)
    story.when(mark, at=70, actor=LINE).then(e.CallsFellSilent(10 * SECOND, 600, 7))
    story.when(mark, at=71, actor=LINE).refused(Reason.SILENCE_OVER)
    story.when(c.EndSilence(), at=72, actor=LINE).refused(Reason.SILENCE_OVER)
    story.given(a.OfferCall("c2", line="x"), at=80, actor=LINE)
    story.when(c.EndSilence(), at=80, actor=LINE).refused(Reason.SILENCE_OVER)
    story.given(a.FallBackCall("c2"), at=81, actor=LINE)
    ended = e.CallsHeardAgain(10 * SECOND, 81 * SECOND)
    story.when(c.EndSilence(), at=82, actor=LINE).then(ended)
    # What was decided before the last call came says nothing about now.
    story.when(mark, at=83, actor=LINE).refused(Reason.SILENCE_OVER)


def test_only_callers_on_a_line_break_a_silence() -> None:
    story = Story()
    answered(story, "c1", 10, test=True)
    answered(story, "c2", 20, line="")
    assert story.centre.answer.heard == HeardHours()
    answered(story, "c3", 30)
    assert story.centre.answer.heard == HeardHours({0: 1}, 0, 30 * SECOND)


def test_what_is_long_past_is_forgotten() -> None:
    story = Story()
    answered(story, "c1", 10)
    answered(story, "c2", (HOURS_KEPT + 1) * HOUR / SECOND)
    assert story.centre.answer.heard.hours == {HOURS_KEPT + 1: 1}

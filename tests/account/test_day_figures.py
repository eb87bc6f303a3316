"""A day's figure: provisional, final, revised; and the id that recomputes to the same bytes."""

import pytest

from pasokh.account import commands as c
from pasokh.account.definitions import FigureVersion
from pasokh.account.events import DayFigured, Tally
from pasokh.account.figures import day_tally, figure_id, identity_residual, percent, shares_of
from pasokh.answer.commands import AnswerCall, ClassCall, EndCall, LinkCall, OfferCall
from pasokh.answer.events import CallCode
from pasokh.core.refusal import Reason
from pasokh.core.time import DAY, HOUR, MINUTE
from pasokh.dispatch.commands import (
    ClearMission,
    CloseIncident,
    CreateMission,
    DispatchMission,
    OpenIncident,
    RegisterUnit,
)
from tests.stories.story import SUPERVISOR, Story

TEHRAN = 210
# Day 0 begins 3.5 hours before 1970-01-01T00:00Z, in which the centre opens.
DAY_0_ENDS = (DAY - TEHRAN * MINUTE) // 1000
PROVISIONAL, FINAL, REVISED = FigureVersion


def figure(version: FigureVersion, day: int = 0, reason: str = "") -> c.FigureDay:
    return c.FigureDay(day, version, reason)


def a_day() -> Story:
    story = Story().given(c.OpenCentre("invented", TEHRAN, keep_days=1))
    story.given(OfferCall("c1"), AnswerCall("c1"), EndCall("c1"), at=100)
    story.given(ClassCall("c1", CallCode.ADVICE, "told"), at=120)
    return story.given(OfferCall("c2"), AnswerCall("c2"), EndCall("c2"), at=200)


def made(story: Story) -> DayFigured:
    event = story.last.facts[0].event
    assert isinstance(event, DayFigured), event
    return event


def test_a_figure_is_not_made_before_its_hour() -> None:
    story = a_day()
    story.when(figure(PROVISIONAL), at=300).refused(Reason.DAY_NOT_OVER)
    story.when(figure(PROVISIONAL), at=DAY_0_ENDS + 60).refused(Reason.FIGURE_TOO_EARLY)
    story.when(figure(FINAL), at=DAY_0_ENDS + 86_400).refused(Reason.FIGURE_TOO_EARLY)
    story.when(figure(PROVISIONAL, day=-1), at=DAY_0_ENDS + 86_400).refused(Reason.DAY_UNKNOWN)
    story.when(figure(REVISED, reason="x"), at=DAY_0_ENDS + 8 * 86_400).refused(Reason.DAY_UNKNOWN)


def test_provisional_final_and_revised_with_a_reason() -> None:
    story = a_day().when(figure(PROVISIONAL), at=DAY_0_ENDS + 86_400)
    assert made(story).tally == Tally(classes={"P": 1, "V": 1}, offered=2, answered_in_time=2)
    story.when(figure(PROVISIONAL), at=DAY_0_ENDS + 86_401).refused(Reason.DAY_ALREADY_FIGURED)
    story.given(ClassCall("c2", CallCode.RECORDED, "for tomorrow"), at=DAY_0_ENDS + 2 * 86_400)
    story.when(figure(FINAL), at=DAY_0_ENDS + 7 * 86_400)
    assert made(story).tally.classes == {"R": 1, "V": 1}
    late = DAY_0_ENDS + 8 * 86_400
    story.when(figure(REVISED), at=late).refused(Reason.NEEDS_REASON)
    story.when(figure(REVISED, reason="x"), at=late).refused(Reason.FIGURE_UNCHANGED)
    story.given(ClassCall("c1", CallCode.IRRELEVANT, "heard again"), at=late, actor=SUPERVISOR)
    story.when(figure(REVISED, reason="recording heard"), at=late)
    assert made(story).tally.classes == {"R": 1, "X": 1}
    assert story.centre.account.figures[0].figure_version is REVISED


def test_a_figure_id_recomputes_and_another_class_changes_it() -> None:
    story = a_day()
    cutoff = story.centre.known_at
    counted = day_tally(story.centre.account, 0, cutoff)
    first = figure_id(0, cutoff, counted.classes)
    assert first == figure_id(0, cutoff, day_tally(story.centre.account, 0, cutoff).classes)
    assert first.startswith("operational-share/1.0/public/1970-01-01/1970-01-01T00:03:20.000Z/")
    story.given(ClassCall("c2", CallCode.ADVICE, "told"), at=200)
    assert figure_id(0, cutoff, day_tally(story.centre.account, 0, cutoff).classes) != first


def test_the_identity_holds_and_a_missing_call_is_seen() -> None:
    assert identity_residual(Tally({"A1": 1, "O1": 2, "T": 7, "S": 3}, offered=3)) == 0
    assert identity_residual(Tally({"O1": 2}, offered=3)) == 1


def test_shares_have_no_value_on_an_empty_base() -> None:
    shares = shares_of(Tally())
    assert (shares.of_answered, shares.of_offered, shares.first_only) == (None, None, None)
    assert percent(1, 3) == pytest.approx(33.33)


def test_a_final_day_is_forgotten_and_a_late_caller_is_still_a_repeat() -> None:
    story = Story().given(c.OpenCentre("invented", 0, keep_days=0))
    story.given(OfferCall("c1"), AnswerCall("c1"), OpenIncident("i1"), LinkCall("c1", "i1"), at=9)
    story.given(RegisterUnit("u1"), CreateMission("m1", "i1", "u1"), DispatchMission("m1"), at=20)
    story.given(EndCall("c1"), at=60)
    story.given(OfferCall("old"), AnswerCall("old"), EndCall("old"), at=70)
    story.given(figure(FINAL), at=8 * 86_400)
    account = story.centre.account
    assert set(account.calls) == set(story.centre.answer.calls) == set()
    assert set(account.incidents) == set(story.centre.dispatch.incidents) == {"i1"}
    story.given(OfferCall("c2"), AnswerCall("c2"), LinkCall("c2", "i1"), at=8 * 86_400 + 60)
    assert day_tally(account, 8, story.centre.known_at).tally.classes == {"O2": 1}
    story.given(ClearMission("m1"), CloseIncident("i1", "done"), EndCall("c2"), at=9 * 86_400 - 1)
    story.given(figure(FINAL, day=8), at=17 * 86_400)
    assert (account.incidents, account.missions, account.calls) == ({}, {}, {})
    assert story.centre.dispatch.incidents == {}
    story.when(figure(FINAL), at=17 * 86_400).refused(Reason.DAY_UNKNOWN)


def test_days_begin_at_the_centre_s_own_midnight() -> None:
    story = Story().given(c.OpenCentre("invented", TEHRAN))
    story.given(OfferCall("before"), at=DAY_0_ENDS - 1)
    story.given(OfferCall("after"), at=DAY_0_ENDS)
    days = story.centre.account.calls_of_day
    assert (list(days[0]), list(days[1])) == (["before"], ["after"])
    assert HOUR * 24 == DAY
    story.when(c.OpenCentre("again"), at=DAY_0_ENDS).refused(Reason.CENTRE_OPEN)

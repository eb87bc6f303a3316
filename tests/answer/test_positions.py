"""Positions: who sits where, and what a seat refuses."""

from pasokh.answer import commands as c
from pasokh.answer import events as e
from pasokh.answer.state import PositionState
from pasokh.core.refusal import Reason
from tests.stories.story import Story


def test_a_shift_at_a_position() -> None:
    story = Story()
    story.when(c.OpenPosition("p1", "by the window")).then(e.PositionOpened("p1", "by the window"))
    story.when(c.SignIn("p1", "ali")).then(e.CallTakerSignedIn("p1", "ali"))
    assert story.centre.answer.positions["p1"].state is PositionState.AWAY
    story.when(c.BeReady("p1")).then(e.CallTakerReady("p1"))
    story.when(c.GoAway("p1", "tea")).then(e.CallTakerAway("p1", "tea"))
    story.when(c.SignOut("p1")).then(e.CallTakerSignedOut("p1"))
    assert story.centre.answer.positions["p1"].state is PositionState.EMPTY
    assert story.centre.answer.seats == {}


def test_what_a_position_refuses() -> None:
    story = Story().given(c.OpenPosition("p1"), c.OpenPosition("p2"), c.SignIn("p1", "ali"))
    story.when(c.OpenPosition("p1")).refused(Reason.POSITION_EXISTS)
    story.when(c.SignIn("p9", "zahra")).refused(Reason.POSITION_UNKNOWN)
    story.when(c.SignIn("p1", "zahra")).refused(Reason.POSITION_TAKEN)
    story.when(c.SignIn("p2", "ali")).refused(Reason.CALL_TAKER_ELSEWHERE)
    story.when(c.BeReady("p2")).refused(Reason.POSITION_EMPTY)
    story.when(c.BeReady("p9")).refused(Reason.POSITION_UNKNOWN)
    story.when(c.GoAway("p1", "tea")).refused(Reason.POSITION_ALREADY_SO)
    story.given(c.BeReady("p1"))
    story.when(c.BeReady("p1")).refused(Reason.POSITION_ALREADY_SO)


def test_nobody_leaves_a_caller_alone() -> None:
    story = Story().given(c.OpenPosition("p1"), c.SignIn("p1", "ali"), c.BeReady("p1"))
    story.given(c.OfferCall("c1"), c.AnswerCall("c1", "p1"))
    for leave in (c.SignOut("p1"), c.GoAway("p1", "tea"), c.BeReady("p1")):
        story.when(leave).refused(Reason.POSITION_ON_CALL)

"""A call on a telephone line: where it rings, who took it, and one outcome for each, always."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from pasokh.answer import commands as c
from pasokh.answer import events as e
from pasokh.answer.events import NotPickedUp
from pasokh.answer.state import Phase, PositionState
from pasokh.answer.views import Conservation, conservation
from pasokh.core.machine import Command
from pasokh.core.refusal import Reason
from tests.stories.story import Story

LINE = "machine:kamailio"


def centre(positions: int = 2) -> Story:
    story = Story()
    for n in range(1, positions + 1):
        story.given(c.OpenPosition(f"p{n}"), c.SignIn(f"p{n}", f"ali-{n}"), c.BeReady(f"p{n}"))
    return story.given(c.OfferCall("c1", line="kamailio"), actor=LINE)


def test_a_call_rings_at_a_position_and_is_taken_there() -> None:
    story = centre()
    story.when(c.RingPosition("c1", "p1")).then(e.PositionRung("c1", "p1"))
    story.when(c.AnswerCall("c1", "p1"), actor=LINE).then(e.CallAnswered("c1", "p1"))
    call = story.centre.answer.calls["c1"]
    assert (call.phase, call.rung, call.position_id) == (Phase.CONNECTED, None, "p1")


def test_a_position_that_does_not_pick_up_gets_no_more_calls() -> None:
    story = centre().given(c.RingPosition("c1", "p1"))
    story.when(c.RingOut("c1", NotPickedUp.NO_ANSWER), actor=LINE).then(
        e.PositionRangOut("c1", "p1", NotPickedUp.NO_ANSWER),
        e.CallTakerAway("p1", "no_answer"),
    )
    assert story.centre.answer.positions["p1"].state is PositionState.AWAY
    story.when(c.RingPosition("c1", "p1")).refused(Reason.POSITION_NOT_READY)
    story.when(c.RingPosition("c1", "p2")).then(e.PositionRung("c1", "p2"))


def test_what_a_line_refuses() -> None:
    story = centre().given(c.OfferCall("c2", line="kamailio"), actor=LINE)
    story.when(c.RingOut("c1", NotPickedUp.BUSY), actor=LINE).refused(Reason.CALL_RINGS_NOWHERE)
    story.when(c.RingPosition("c1", "p9")).refused(Reason.POSITION_UNKNOWN)
    story.given(c.RingPosition("c1", "p1"))
    story.when(c.RingPosition("c1", "p2")).refused(Reason.CALL_RINGS_ELSEWHERE)
    story.when(c.RingPosition("c2", "p1")).refused(Reason.POSITION_RINGS)
    story.when(c.SignOut("p1")).refused(Reason.POSITION_RINGS)
    story.when(c.FallBackCall("c9"), actor=LINE).refused(Reason.CALL_UNKNOWN)


def test_no_click_takes_up_a_telephone() -> None:
    story = centre().given(c.RingPosition("c1", "p1"))
    taker = "call_taker:ali-1"
    story.when(c.AnswerCall("c1", "p1"), actor=taker).refused(Reason.CALL_ON_LINE)
    story.when(c.EndCall("c1"), actor=taker).refused(Reason.CALL_ON_LINE)


def test_what_the_line_saw_counts_although_the_call_taker_had_left() -> None:
    story = centre().given(c.RingPosition("c1", "p1"), c.GoAway("p1", "tea"))
    story.when(c.AnswerCall("c1", "p1"), actor=LINE).then(e.CallAnswered("c1", "p1"))
    story.given(c.OfferCall("c2", line="kamailio"), actor=LINE)
    story.when(c.AnswerCall("c2", "p1"), actor=LINE).refused(Reason.POSITION_ON_CALL)


def test_a_call_that_fell_back_was_answered_by_a_person_and_a_rejected_one_waits_for_us() -> None:
    story = centre().given(c.OfferCall("c2", line="kamailio"), actor=LINE)
    story.when(c.FallBackCall("c1"), actor=LINE).then(e.CallFellBack("c1"))
    story.when(c.EndCall("c1"), actor=LINE).then(e.CallEnded("c1"))
    story.when(c.RejectCall("c2", "503"), actor=LINE).then(e.CallRejected("c2", "503"))
    story.when(c.CallBack("c2", reached=True)).then(e.CallBackMade("c2", reached=True))
    assert conservation(story.centre.answer) == Conservation(2, 0, 0, 1, 1, 0, 0)


KINDS = (
    lambda call, _desk: c.OfferCall(call, line="kamailio"),
    lambda call, _desk: c.OfferCall(call),
    c.RingPosition,
    lambda call, _desk: c.RingOut(call, NotPickedUp.NO_ANSWER),
    c.AnswerCall,
    lambda call, _desk: c.AnswerCall(call),
    lambda call, _desk: c.FallBackCall(call),
    lambda call, _desk: c.RejectCall(call, "408"),
    lambda call, _desk: c.EndCall(call),
    lambda _call, desk: c.BeReady(desk),
)


@given(st.integers(0, 1 << 32))
def test_every_call_has_one_outcome_whatever_comes_in_whatever_order(seed: int) -> None:
    rng = Random(seed)  # noqa: S311 - a test's chance, no secret
    story = centre()
    asked: list[Command] = []
    for _ in range(60):
        again = bool(asked) and rng.random() < 0.3
        kind = rng.choice(KINDS)
        command = (
            rng.choice(asked) if again else kind(rng.choice("abcde"), rng.choice(("p1", "p2")))
        )
        asked.append(command)
        story.when(command, actor=rng.choice((LINE, "supervisor:s")))
        told = conservation(story.centre.answer)
        calls = story.centre.answer.calls.values()
        assert told.residual == 0
        assert told.offered == len(calls)
        assert told.ringing == sum(call.phase is Phase.RINGING for call in calls)
        assert told.abandoned + told.rejected == sum(
            call.phase is Phase.ABANDONED for call in calls
        )

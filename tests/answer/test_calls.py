"""Calls from ring to end, and every no on the way."""

import pytest

from pasokh.answer import commands as c
from pasokh.answer import events as e
from pasokh.answer.state import Phase, PositionState
from pasokh.core.machine import Words
from pasokh.core.refusal import Reason
from tests.stories.story import MACHINE, SEALED, Story

RINGING = c.OfferCall("c1")


def seated(story: Story, at: float = 0) -> Story:
    return story.given(c.OpenPosition("p1"), c.SignIn("p1", "ali"), c.BeReady("p1"), at=at)


def test_a_call_rings_waits_and_is_answered_at_a_position() -> None:
    story = seated(Story())
    story.when(RINGING, at=1, actor=MACHINE).then(e.CallOffered("c1"))
    story.when(c.QueueCall("c1", "fa"), at=1).then(e.CallQueued("c1", "fa"))
    story.when(c.AnswerCall("c1", "p1"), at=9).then(e.CallAnswered("c1", "p1"))
    call = story.centre.answer.calls["c1"]
    assert (call.offered_at, call.answered_at, call.phase) == (1000, 9000, Phase.CONNECTED)
    assert story.centre.answer.positions["p1"].state is PositionState.BUSY
    assert not story.centre.answer.ringing


def test_the_end_of_an_answered_call_starts_the_wrap_up() -> None:
    story = seated(Story()).given(RINGING, c.AnswerCall("c1", "p1"))
    story.when(c.EndCall("c1"), at=60).then(e.CallEnded("c1", "p1"))
    position = story.centre.answer.positions["p1"]
    assert (position.state, position.since) == (PositionState.WRAP_UP, 60_000)
    story.when(c.BeReady("p1"), at=90).then(e.CallTakerReady("p1"))


def test_the_end_of_an_unanswered_call_is_an_abandoned_call() -> None:
    story = Story().given(RINGING)
    story.when(c.EndCall("c1"), at=40).then(e.CallAbandoned("c1"))
    story.when(c.CallBack("c1", reached=False), at=80).then(e.CallBackMade("c1", reached=False))
    story.when(c.CallBack("c1", reached=True), at=90).then(e.CallBackMade("c1", reached=True))
    story.when(c.CallBack("c1", reached=True), at=99).refused(Reason.CALL_ALREADY_REACHED)


def test_a_call_answered_on_a_line_without_a_position_names_none() -> None:
    story = Story().given(RINGING, c.AnswerCall("c1"))
    story.when(c.AnswerCall("c1")).refused(Reason.CALL_ALREADY_ANSWERED)
    assert story.last.receipt.refusal
    assert story.last.receipt.refusal.details == {"call": "c1"}


def test_hold_and_resume() -> None:
    story = Story().given(RINGING, c.AnswerCall("c1"))
    story.when(c.ResumeCall("c1")).refused(Reason.CALL_NOT_HELD)
    story.when(c.HoldCall("c1")).then(e.CallHeld("c1"))
    story.when(c.HoldCall("c1")).refused(Reason.CALL_NOT_CONNECTED)
    story.when(c.ResumeCall("c1")).then(e.CallResumed("c1"))


def test_two_call_takers_take_the_same_ring_and_one_is_told_who_has_it() -> None:
    story = seated(Story()).given(c.OpenPosition("p2"), c.SignIn("p2", "zahra"), c.BeReady("p2"))
    story.given(RINGING, c.AnswerCall("c1", "p1"))
    story.when(c.AnswerCall("c1", "p2")).refused(Reason.CALL_AT_POSITION)
    assert story.last.receipt.refusal
    assert story.last.receipt.refusal.details == {"call": "c1", "position": "p1"}


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (c.AnswerCall("nobody"), Reason.CALL_UNKNOWN),
        (c.OfferCall("c1"), Reason.CALL_EXISTS),
        (c.AnswerCall("c1", "p9"), Reason.POSITION_UNKNOWN),
        (c.AnswerCall("c1", "empty"), Reason.POSITION_NOT_READY),
        (c.HoldCall("c1"), Reason.CALL_NOT_CONNECTED),
        (c.CallBack("c1", reached=True), Reason.CALL_NOT_ABANDONED),
        (c.UnlinkCall("c1", "wrong"), Reason.CALL_NOT_LINKED),
        (c.LinkCall("c1", "i9"), Reason.INCIDENT_UNKNOWN),
        (c.AcceptHandoff("c1", "115"), Reason.HANDOFF_UNKNOWN),
        (c.NoteCall("c1"), Reason.NEEDS_WORDS),
        (c.FlagTest("c1", test=False, reason="is real"), Reason.SAME_FLAG),
        (c.AppealNuisance("c1", "was a child"), Reason.NUISANCE_NOT_MARKED),
    ],
)
def test_what_a_ringing_call_refuses(command: c.Command, reason: Reason) -> None:
    Story().given(c.OpenPosition("empty"), RINGING).when(command).refused(reason)


def test_an_ended_call_refuses_to_be_answered_queued_or_ended_again() -> None:
    story = Story().given(RINGING, c.EndCall("c1"))
    story.when(c.AnswerCall("c1")).refused(Reason.CALL_ENDED)
    story.when(c.QueueCall("c1", "fa")).refused(Reason.CALL_NOT_RINGING)
    story.when(c.EndCall("c1")).refused(Reason.CALL_ENDED)


def test_a_silent_mark_is_no_class_and_comes_once() -> None:
    story = Story().given(RINGING)
    story.when(c.MarkSilent("c1"), actor=MACHINE).then(e.CallMarkedSilent("c1"))
    story.when(c.MarkSilent("c1"), actor=MACHINE).refused(Reason.SAME_FLAG)
    assert story.centre.answer.calls["c1"].code is None


def test_words_are_sealed_before_the_machine_sees_them() -> None:
    story = Story().given(RINGING)
    words = Words(name="invented", text="invented")
    story.when(c.NoteCall("c1"), words=words).then(e.CallNoted("c1", SEALED))
    story.when(c.LocateCall("c1", "0901"), words=words).then(e.CallLocated("c1", "0901", SEALED))
    story.when(c.HoldCall("c1"), words=words).refused(Reason.CARRIES_NO_WORDS)


def test_a_handoff_is_offered_and_accepted_or_refused_once() -> None:
    story = Story().given(RINGING, c.AnswerCall("c1"))
    story.when(c.OfferHandoff("c1", "115")).then(e.HandoffOffered("c1", "115"))
    story.when(c.OfferHandoff("c1", "115")).refused(Reason.HANDOFF_OPEN)
    story.when(c.RefuseHandoff("c1", "115", "no ambulance")).then(
        e.HandoffRefused("c1", "115", "no ambulance")
    )
    story.when(c.AcceptHandoff("c1", "115")).refused(Reason.HANDOFF_SETTLED)
    story.when(c.OfferHandoff("c1", "115")).then(e.HandoffOffered("c1", "115"))
    story.when(c.AcceptHandoff("c1", "115")).then(e.HandoffAccepted("c1", "115"))


def test_what_happens_in_the_future_has_not_happened() -> None:
    Story().when(RINGING, at=3600, known_at=0).refused(Reason.AT_IN_FUTURE)


def test_a_paper_record_keeps_its_own_time() -> None:
    story = Story().when(RINGING, at=60, known_at=7200).then(e.CallOffered("c1"))
    assert story.centre.answer.calls["c1"].offered_at == 60_000
    assert story.centre.known_at == 7_200_000

"""Text threads: a call in writing. Nobody's message is lost, doubled, or left without an end."""

import pytest

from pasokh.answer import commands as c
from pasokh.answer import events as e
from pasokh.answer.distribute import Rules, distribute
from pasokh.answer.events import CallCode, Channel, Delivery
from pasokh.answer.finding import listed
from pasokh.answer.state import MESSAGES_KEPT, Call, PositionState
from pasokh.answer.threads import SILENCE, silent_threads
from pasokh.answer.views import conservation
from pasokh.control_room.desk_objects import (
    DeskReadMark,
    DeskSending,
    DeskThread,
    ThingKind,
)
from pasokh.control_room.views_desk import look_at, object_of
from pasokh.control_room.views_threads import desk_thread
from pasokh.core.machine import Words
from pasokh.core.refusal import Reason
from pasokh.core.time import MINUTE, SECOND
from tests.stories.story import MACHINE, SEALED, TAKER, Story

WORDS = Words(number="09120000000", text="کمک، پشت پارک")
OTHER = "call_taker:reza"


def writes(
    story: Story, call: str, message: str, at: float = 0, caller: str = "n1", **more: str
) -> Story:
    """A caller's message reaches the centre; `call` counts only when it opens a thread."""
    command = c.ReceiveMessage(call, message, more.pop("line", "sms"), **more)  # type: ignore[arg-type]
    return story.when(command, at=at, actor=MACHINE, words=WORDS, caller=caller)


def replies(story: Story, call: str, message: str, at: float = 0, actor: str = "") -> Story:
    return story.when(c.SendMessage(call, message), at=at, actor=actor, words=WORDS)


def the(story: Story, call: str) -> Call:
    return story.centre.answer.calls[call]


def seated(story: Story) -> Story:
    return story.given(c.OpenPosition("p1"), c.SignIn("p1", "p-1"), c.BeReady("p1"))


def test_a_first_message_is_a_call_and_what_follows_joins_it() -> None:
    story = writes(Story(), "c1", "m1").then(
        e.CallOffered("c1", Channel.TEXT, caller="n1", line="sms"),
        e.MessageReceived("c1", "m1", SEALED),
    )
    writes(story, "c2", "m2", at=60).then(e.MessageReceived("c1", "m2", SEALED))
    writes(story, "c3", "m3", at=61, caller="n2")
    writes(story, "c4", "m4", at=62, line="sip")
    assert list(story.centre.answer.ringing) == ["c1", "c3", "c4"]
    assert conservation(story.centre.answer).residual == 0


def test_a_message_that_comes_twice_is_one() -> None:
    story = writes(writes(Story(), "c1", "m1"), "c1", "m1", at=5)
    story.refused(Reason.MESSAGE_EXISTS)
    assert len(the(story, "c1").words) == 1


def test_a_line_may_know_its_conversations_by_their_own_name() -> None:
    story = writes(Story(), "c1", "m1", caller="", thread="chat-1", line="web", channel="web")
    writes(story, "c2", "m2", caller="", thread="chat-1", line="web").then(
        e.MessageReceived("c1", "m2", SEALED)
    )
    # Two of whom nothing is known are two.
    writes(writes(story, "c3", "m3", caller=""), "c4", "m4", caller="")
    assert list(story.centre.answer.ringing) == ["c1", "c3", "c4"]


def test_a_message_without_words_is_none() -> None:
    story = Story().when(c.ReceiveMessage("c1", "m1", "sms"), actor=MACHINE, caller="n1")
    story.refused(Reason.NEEDS_WORDS)


def test_the_first_reply_answers_and_the_telephone_stays_free() -> None:
    story = writes(seated(Story()), "c1", "m1", at=1)
    replies(story, "c1", "r1", at=9).then(
        e.CallAnswered("c1", "p1", beside=True), e.MessageSent("c1", "r1", SEALED)
    )
    position = story.centre.answer.positions["p1"]
    assert (position.state, position.call_id) == (PositionState.READY, None)
    assert the(story, "c1").answered_at == 9 * SECOND
    # A voice call and a second thread beside it, and none of their ends is the other's.
    story.given(c.OfferCall("v1"), at=10, actor=MACHINE).given(c.AnswerCall("v1", "p1"), at=11)
    writes(story, "c2", "m2", at=12, caller="n2").given(c.AnswerCall("c2", "p1"), at=13)
    story.given(c.EndCall("c1"), at=14).given(c.CloseCall("c2", CallCode.ADVICE, "told"), at=15)
    assert story.centre.answer.positions["p1"].call_id == "v1"
    assert not story.centre.answer.threads


def test_whoever_has_left_the_desk_takes_no_thread() -> None:
    story = writes(Story().given(c.OpenPosition("p1")), "c1", "m1")
    story.when(c.AnswerCall("c1", "p1")).refused(Reason.POSITION_EMPTY)
    story.when(c.AnswerCall("c1", "p9")).refused(Reason.POSITION_UNKNOWN)


def test_no_telephone_rings_for_a_thread() -> None:
    story = writes(seated(Story()), "c1", "m1")
    rules = Rules(phones=frozenset({"p1"}))
    assert list(distribute(story.centre.answer, 100 * SECOND, rules)) == []
    story.when(c.RingPosition("c1", "p1")).refused(Reason.CALL_IS_THREAD)


def test_only_a_person_replies_and_only_to_what_is_written() -> None:
    story = writes(Story(), "c1", "m1")
    replies(story, "c1", "r1", actor=MACHINE).refused(Reason.NEEDS_PERSON)
    story.when(c.SendMessage("c1", "r1")).refused(Reason.NEEDS_WORDS)
    story.given(c.OfferCall("v1"), actor=MACHINE)
    replies(story, "v1", "r1").refused(Reason.CALL_NOT_THREAD)
    replies(story, "c9", "r1").refused(Reason.CALL_UNKNOWN)
    replies(replies(story, "c1", "r1"), "c1", "r1").refused(Reason.MESSAGE_EXISTS)


def test_what_came_of_a_reply_only_ever_gets_clearer() -> None:
    story = replies(writes(Story(), "c1", "m1"), "c1", "r1")
    says = (
        (Delivery.SENT, "", None),
        (Delivery.FAILED, "timeout", None),
        (Delivery.SENT, "", Reason.DELIVERY_KNOWN),
        (Delivery.DELIVERED, "", None),
        (Delivery.FAILED, "late", Reason.DELIVERY_KNOWN),
    )
    for delivery, why, refused in says:
        story.when(c.ReportDelivery("c1", "r1", delivery, why))
        if refused is None:
            story.then(e.DeliveryReported("c1", "r1", delivery, why))
        else:
            story.refused(refused)
    story.when(c.ReportDelivery("c1", "r9", Delivery.SENT)).refused(Reason.MESSAGE_UNKNOWN)


def silent(story: Story, at: float) -> list[str]:
    return [call.call_id for call in silent_threads(story.centre.answer, round(at * SECOND))]


def test_a_thread_is_over_after_half_an_hour_in_which_nobody_wrote() -> None:
    over = SILENCE / SECOND
    story = replies(writes(Story(), "c1", "m1"), "c1", "r1", at=600)
    writes(story, "c2", "m2", at=1200)
    assert silent(story, 1199 + over) == []
    story.when(c.CloseThread("c1"), at=1199 + over).refused(Reason.THREAD_NOT_SILENT)
    assert silent(story, 1200 + over) == ["c1"]
    story.when(c.CloseThread("c1"), at=1200 + over).then(e.CallEnded("c1"))
    story.when(c.CloseThread("c1"), at=1300 + over).refused(Reason.CALL_ENDED)
    writes(story, "c3", "m3", at=1300 + over)
    assert list(story.centre.answer.ringing) == ["c3"]


def test_a_thread_to_which_nobody_replied_is_abandoned_and_called_back() -> None:
    story = writes(Story(), "c1", "m1")
    story.when(c.CloseThread("c1"), at=SILENCE / SECOND).then(e.CallAbandoned("c1"))
    assert list(listed(story.centre.answer)) == ["c1"]
    # It can still be written to, which answers nothing: what came of it a person says.
    replies(story, "c1", "r1", at=2000).then(e.MessageSent("c1", "r1", SEALED))
    assert list(listed(story.centre.answer)) == ["c1"]


def test_silence_runs_from_when_we_knew() -> None:
    """A message that lay in the journal of a dead process is not over before anybody saw it."""
    story = Story()
    story.when(
        c.ReceiveMessage("c1", "m1", "sms"),
        at=0,
        actor=MACHINE,
        words=WORDS,
        known_at=7200,
        caller="n1",
    )
    assert the(story, "c1").offered_at == 0
    assert silent(story, 7200 + SILENCE / SECOND - 1) == []
    assert silent(story, 7200 + SILENCE / SECOND) == ["c1"]


def test_taking_a_thread_up_is_no_silence() -> None:
    story = writes(seated(Story()), "c1", "m1").given(c.AnswerCall("c1", "p1"), at=1700)
    assert silent(story, 1700 + SILENCE / SECOND - 1) == []


def test_the_desks_see_who_waits_for_an_answer() -> None:
    story = writes(writes(seated(Story()), "c1", "m1"), "c1", "m2", at=60)

    def shown() -> DeskThread | None:
        found = object_of(look_at(story.centre, story.centre.known_at), (ThingKind.CALL, "c1"))
        return None if found is None else found.thread  # type: ignore[union-attr] # a call

    assert shown() == DeskThread(60 * SECOND, 60 * SECOND + SILENCE, 2, unanswered=2)
    replies(story, "c1", "r1", at=70).given(
        c.ReportDelivery("c1", "r1", Delivery.FAILED, "no route"), at=71
    )
    failed = {"r1": DeskSending(Delivery.FAILED, "no route")}
    assert shown() == DeskThread(70 * SECOND, 70 * SECOND + SILENCE, 3, sent=failed)


@pytest.mark.parametrize("minutes", [0, 29, 31])
def test_another_person_may_write_on_in_a_thread(minutes: int) -> None:
    story = writes(seated(Story()), "c1", "m1").given(c.AnswerCall("c1", "p1"))
    replies(story, "c1", "r1", at=minutes * MINUTE / SECOND, actor=OTHER)
    story.then(e.MessageSent("c1", "r1", SEALED))
    assert the(story, "c1").position_id == "p1"


def test_who_of_the_desks_has_read_how_far_is_on_the_record() -> None:
    story = writes(writes(Story(), "c1", "m1"), "c1", "m2", at=10)
    read = c.ReadMessages("c1", "m1")
    story.when(read, at=20).then(e.MessagesRead("c1", "m1"))
    story.when(read, at=21).refused(Reason.SAME_FLAG)
    story.when(read, at=22, actor=OTHER).then(e.MessagesRead("c1", "m1"))
    story.when(c.ReadMessages("c1", "m2"), at=23).then(e.MessagesRead("c1", "m2"))
    story.when(read, at=24).refused(Reason.SAME_FLAG)
    story.when(c.ReadMessages("c1", "m9"), at=25).refused(Reason.MESSAGE_UNKNOWN)
    replies(story, "c1", "ours", at=26)
    story.when(c.ReadMessages("c1", "ours"), at=27).refused(Reason.MESSAGE_UNKNOWN)
    story.when(read, at=28, actor=MACHINE).refused(Reason.NEEDS_PERSON)
    thread = desk_thread(the(story, "c1"))
    assert thread is not None
    assert thread.read == {
        TAKER: DeskReadMark("m2", 23 * SECOND),
        OTHER: DeskReadMark("m1", 22 * SECOND),
    }


def test_a_mark_whose_message_is_kept_no_more_stands_in_nobody_s_way() -> None:
    story = writes(Story(), "c1", "m0").given(c.ReadMessages("c1", "m0"))
    for number in range(1, MESSAGES_KEPT + 1):
        writes(story, "c1", f"m{number}", at=number)
    story.when(c.ReadMessages("c1", "m0"), at=900).refused(Reason.MESSAGE_UNKNOWN)
    story.when(c.ReadMessages("c1", "m1"), at=900).then(e.MessagesRead("c1", "m1"))

"""A call classed and ended in one deed; a caller known again; where its words and entries lie."""

import pytest

from pasokh.answer import commands as c
from pasokh.answer import events as e
from pasokh.answer.events import CallCode
from pasokh.answer.state import CALLS_OF_A_CALLER, PositionState
from pasokh.control_room.fold import fold
from pasokh.control_room.state import Centre
from pasokh.core.machine import Fact, Kept, KeptWhat, Words
from pasokh.core.refusal import Reason
from pasokh.core.time import SECOND
from tests.stories.story import SEALED, TAKER, Story

WORDS = Words(text="سخن")
CLOSE = c.CloseCall("c1", CallCode.ADVICE, "told where to go")
CLASSED = e.CallClassed("c1", CallCode.ADVICE, "told where to go")


def answered() -> Story:
    story = Story().given(c.OpenPosition("d1"), c.SignIn("d1", "p-1"), c.BeReady("d1"))
    return story.given(c.OfferCall("c1"), c.AnswerCall("c1", "d1"))


def test_a_call_is_classed_and_ended_in_one_deed() -> None:
    story = answered().when(CLOSE, at=9).then(CLASSED, e.CallEnded("c1", "d1"))
    call = story.centre.answer.calls["c1"]
    assert (call.code, call.ended_at) == (CallCode.ADVICE, 9 * SECOND)
    assert story.centre.answer.positions["d1"].state is PositionState.WRAP_UP


def test_a_silent_call_and_one_that_was_classed_before_are_closed_too() -> None:
    answered().given(c.MarkSilent("c1")).when(CLOSE).then(CLASSED, e.CallEnded("c1", "d1"))
    before = c.ClassCall("c1", CallCode.ADVICE, "told where to go")
    answered().given(before).when(CLOSE).then(e.CallEnded("c1", "d1"))
    other = c.ClassCall("c1", CallCode.SILENT, "quiet")
    answered().given(other, c.HoldCall("c1")).when(CLOSE).then(
        e.CallReclassed("c1", CallCode.ADVICE, CallCode.SILENT, "told where to go"),
        e.CallEnded("c1", "d1"),
    )


def test_a_call_that_ended_is_only_classed() -> None:
    story = answered().given(c.EndCall("c1")).when(CLOSE).then(CLASSED)
    story.when(CLOSE).refused(Reason.SAME_CODE)
    gone = Story().given(c.OfferCall("c1"), c.EndCall("c1"))
    gone.when(CLOSE).then(CLASSED)


def test_a_ringing_call_is_closed_by_nobody_and_no_call_by_a_machine() -> None:
    Story().given(c.OfferCall("c1")).when(CLOSE).refused(Reason.CALL_STILL_RINGS)
    Story().when(CLOSE).refused(Reason.CALL_UNKNOWN)
    story = answered().when(CLOSE, actor="machine:bot").refused(Reason.NEEDS_PERSON)
    assert story.centre.answer.calls["c1"].ended_at is None


@pytest.mark.parametrize(
    ("command", "what"),
    [
        (c.OfferCall("c9"), KeptWhat.OFFERED),
        (c.LocateCall("c1", "qaen"), KeptWhat.LOCATED),
        (c.NoteCall("c1"), KeptWhat.NOTED),
    ],
)
def test_the_state_knows_where_a_calls_words_lie(
    command: c.OfferCall | c.LocateCall | c.NoteCall, what: KeptWhat
) -> None:
    story = answered().when(command, at=3, actor=TAKER, words=WORDS)
    kept = story.centre.answer.calls[command.call_id].words
    assert kept == (Kept(what, SEALED, 3 * SECOND, TAKER),)


def test_a_calls_trail_names_every_entry_about_it() -> None:
    story = answered()
    begun = list(story.centre.answer.calls["c1"].trail)
    told = story.given(c.GiveAdvice("c1", "stay-inside")).last.facts
    told += story.given(CLOSE).last.facts
    assert begun == [4, 5]
    assert story.centre.answer.calls["c1"].trail == [*begun, *(fact.seq for fact in told)]


def offered(centre: Centre, n: int, caller: str) -> None:
    event = e.CallOffered(f"c{n}", caller=caller)
    fold(centre, Fact(n, n, n, "machine:line", None, f"k{n}", event))


def test_the_calls_of_a_caller_are_bounded_newest_last() -> None:
    centre = Centre()
    for n in range(1, CALLS_OF_A_CALLER + 10):
        offered(centre, n, "abc")
    offered(centre, 999, "")
    last = [f"c{n}" for n in range(10, CALLS_OF_A_CALLER + 10)]
    assert centre.answer.callers == {"abc": last}
    assert centre.answer.calls["c10"].caller == "abc"

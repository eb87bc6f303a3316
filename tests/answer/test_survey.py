"""Who was asked how it went is not asked again for 90 days, and nobody is asked in a call."""

from pasokh.answer.commands import AnswerCall, EndCall, OfferCall
from pasokh.answer.commands_survey import AskCaller
from pasokh.answer.events_survey import CallerAsked
from pasokh.control_room.views_survey import survey_now
from pasokh.core.refusal import Reason
from tests.stories.story import Story

DAY = 86_400
MINA = "the caller mina"


def called(story: Story, call_id: str, at: float, caller: str = MINA) -> Story:
    story.given(OfferCall(call_id), at=at, caller=caller)
    return story.given(AnswerCall(call_id), EndCall(call_id), at=at + 60)


def test_a_caller_is_asked_once_in_ninety_days() -> None:
    story = called(Story(), "c1", 0)
    story.when(AskCaller("c1"), at=DAY).then(CallerAsked("c1"))
    story.when(AskCaller("c1"), at=2 * DAY).refused(Reason.CALLER_ASKED)
    called(story, "c2", 80 * DAY)
    story.when(AskCaller("c2"), at=91 * DAY - 1).refused(Reason.CALLER_ASKED)
    story.when(AskCaller("c2"), at=91 * DAY).then(CallerAsked("c2"))
    assert survey_now(story.centre).asked == {1: 1, 91: 1}


def test_what_is_over_is_forgotten_and_the_counts_stay() -> None:
    story = called(called(Story(), "c1", 0), "c2", 100, caller="reza")
    story.given(AskCaller("c1"), at=DAY).given(AskCaller("c2"), at=95 * DAY)
    assert list(story.centre.answer.surveys.since) == ["reza"]
    assert survey_now(story.centre).asked == {1: 1, 95: 1}
    called(story, "c3", 899 * DAY).given(AskCaller("c3"), at=900 * DAY)
    assert survey_now(story.centre).asked == {900: 1}


def test_nobody_is_asked_while_they_speak_or_when_nobody_knows_who_called() -> None:
    story = Story().given(OfferCall("c1"), AnswerCall("c1"), caller=MINA)
    story.when(AskCaller("c1"), at=60).refused(Reason.CALL_NOT_OVER)
    story.when(AskCaller("c9")).refused(Reason.CALL_UNKNOWN)
    called(story, "c2", 100, caller="")
    story.when(AskCaller("c2"), at=DAY).refused(Reason.CALLER_UNKNOWN)


def test_a_person_asks_nobody_so() -> None:
    story = called(Story(), "c1", 0)
    story.when(AskCaller("c1"), at=DAY, actor="supervisor:s-1").refused(Reason.ROLE_MAY_NOT)

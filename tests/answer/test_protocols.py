"""Answers to a protocol's questions: recorded with their version, corrected, left, refused."""

import pytest

from pasokh.answer import commands as c
from pasokh.answer import events as e
from pasokh.core.refusal import Reason
from pasokh.core.time import SECOND
from pasokh.reference.commands import EndEntry, SetEntry
from pasokh.reference.entries import ListName
from pasokh.reference.protocols import walk
from tests.reference.test_protocols import BRAWL, HURT, protocol
from tests.stories.story import Story

KEEPER = "administrator:k"


def talking() -> Story:
    story = Story().given(SetEntry("brawl", BRAWL), actor=KEEPER)
    return story.given(c.OfferCall("c1"), c.AnswerCall("c1"), at=10)


def asked(step: str = "weapon", answer: str = "no", begun_at: int = 0) -> c.AnswerQuestion:
    return c.AnswerQuestion("c1", "brawl", begun_at, step, answer)


def test_an_answer_is_an_event_and_a_later_one_corrects_it() -> None:
    story = talking()
    story.when(asked(), at=11).then(e.QuestionAnswered("c1", "brawl", 0, "weapon", "no"))
    story.given(asked(answer="yes"), at=12)
    call = story.centre.answer.calls["c1"]
    assert call.answers == {"brawl": {"weapon": "yes"}}
    assert walk(BRAWL, call.answers["brawl"]).priority == 1
    story.when(asked(answer="yes"), at=13).refused(Reason.SAME_CHOICE)


def test_an_answer_names_the_version_that_was_read_aloud() -> None:
    story = talking()
    story.given(SetEntry("brawl", protocol(HURT)), at=20, actor=KEEPER)
    story.given(asked("weapon", "no"), at=21)
    story.when(asked("weapon", "yes", 20 * SECOND), at=22).refused(Reason.QUESTION_UNKNOWN)
    story.given(asked("hurt", "yes", 20 * SECOND), at=22)
    story.given(EndEntry(ListName.PROTOCOL, "brawl"), at=30, actor=KEEPER)
    story.given(asked("hurt", "no", 20 * SECOND), at=31)
    story.when(asked("hurt", "yes", 30 * SECOND), at=31).refused(Reason.PROTOCOL_UNKNOWN)


def test_a_path_is_left_and_an_answer_comes_back_to_it() -> None:
    story = talking().given(asked(), at=11)
    story.when(c.LeaveProtocol("c1", "brawl"), at=12).then(e.ProtocolLeft("c1", "brawl"))
    story.when(c.LeaveProtocol("c1", "brawl"), at=13).refused(Reason.PROTOCOL_LEFT)
    story.given(asked(), at=14)
    assert story.centre.answer.calls["c1"].left == ()


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (asked(begun_at=1), Reason.PROTOCOL_UNKNOWN),
        (asked(begun_at=10**12), Reason.PROTOCOL_UNKNOWN),
        (asked("height"), Reason.QUESTION_UNKNOWN),
        (asked("weapon", "perhaps"), Reason.CHOICE_UNKNOWN),
        (c.AnswerQuestion("c1", "riot", 0, "weapon", "no"), Reason.PROTOCOL_UNKNOWN),
        (c.AnswerQuestion("c9", "brawl", 0, "weapon", "no"), Reason.CALL_UNKNOWN),
        (c.AnswerQuestion("c2", "brawl", 0, "weapon", "no"), Reason.CALL_STILL_RINGS),
        (c.LeaveProtocol("c1", "riot"), Reason.PROTOCOL_UNKNOWN),
        (c.LeaveProtocol("c2", "brawl"), Reason.CALL_STILL_RINGS),
    ],
)
def test_what_nobody_was_asked_is_refused(command: c.AnswerQuestion, reason: Reason) -> None:
    story = talking().given(c.OfferCall("c2"), at=10)
    story.when(command, at=11).refused(reason)
    assert story.centre.answer.calls["c1"].answers is None


def test_skipped_is_an_answer_and_an_ended_call_takes_late_ones() -> None:
    story = talking().given(asked(answer="skip"), at=11)
    story.given(c.EndCall("c1"), at=12)
    story.given(asked("hurt", "no"), at=13)
    path = walk(BRAWL, story.centre.answer.calls["c1"].answers["brawl"])
    assert [(step.id, one and one.id) for step, one in path.given] == [
        ("weapon", None),
        ("hurt", "no"),
    ]

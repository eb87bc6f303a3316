"""Appeals of the public page: about a number, decided by another person, told to that number."""

import pytest

from pasokh.answer import commands as c
from pasokh.answer import commands_appeals as a
from pasokh.answer import events as e
from pasokh.answer import events_appeals as ea
from pasokh.answer.appeals import KEPT_FOR, USUAL_LIMIT
from pasokh.answer.events import CallCode
from pasokh.answer.events_appeals import AppealOutcome, TellResult
from pasokh.control_room.views_appeals import AppealStep, appeal_now, appeals_at_work
from pasokh.control_room.views_beside import kept_words
from pasokh.core.machine import Words
from pasokh.core.refusal import Reason
from pasokh.core.time import DAY
from pasokh.drivers.live_timetable import due_commands
from pasokh.reference.commands import SetEntry
from pasokh.reference.entries import TimedStage, TimerEntry
from pasokh.staff.commands import ReadWords
from pasokh.staff.events import ReadThing, WordsRead
from tests.stories.story import DISPATCHER, MACHINE, SEALED, SUPERVISOR, TAKER, Story

WORDS = Words(number="09120000000", text="it was my child")
KEEPER = "administrator:a-1"
LIFT = a.SettleAppeal("a1", AppealOutcome.LIFTED, "a child indeed")


def marked(*calls: str, number: str = "n1") -> Story:
    story = Story()
    for call in calls:
        story.given(c.OfferCall(call), actor=MACHINE, caller=number)
        story.given(c.AnswerCall(call))
        story.given(c.MarkNuisance(call, CallCode.NUISANCE, "laughed", DAY))
    return story


def appeal(story: Story, name: str = "a1", number: str = "n1", at: float = 0) -> Story:
    command = a.ReceiveAppeal(name)
    return story.when(command, at=at, actor=MACHINE, words=WORDS, caller=number)


def test_an_appeal_stands_at_every_mark_of_the_number_and_a_lift_takes_all_away_at_once() -> None:
    story = marked("c1", "c2")
    appeal(story).then(
        ea.AppealReceived("a1", SEALED, "n1"),
        e.NuisanceAppealed("c1", "", appeal_id="a1"),
        e.NuisanceAppealed("c2", "", appeal_id="a1"),
    )
    story.when(c.ConfirmNuisance("c1", "x"), actor=SUPERVISOR).refused(Reason.NUISANCE_NOT_PROPOSED)
    story.when(LIFT, actor=SUPERVISOR).then(
        e.AppealDecided("c1", lifted=True, reason="a child indeed"),
        e.AppealDecided("c2", lifted=True, reason="a child indeed"),
        ea.AppealSettled("a1", AppealOutcome.LIFTED, "a child indeed"),
    )
    assert not story.centre.answer.nuisances
    story.when(LIFT, actor=SUPERVISOR).refused(Reason.APPEAL_SETTLED)


def test_a_mark_that_is_set_while_an_appeal_is_open_is_decided_with_it() -> None:
    story = appeal(Story(), number="n1")
    story.given(c.OfferCall("c1"), actor=MACHINE, caller="n1").given(c.AnswerCall("c1"))
    story.given(c.MarkNuisance("c1", CallCode.NUISANCE, "laughed", 30 * DAY))
    assert story.centre.answer.nuisances["c1"].appeal_id == "a1"
    story.when(c.ConfirmNuisance("c1", "x"), actor=SUPERVISOR).refused(Reason.APPEAL_OPEN)
    story.given(LIFT, actor=SUPERVISOR)
    assert not story.centre.answer.nuisances


def test_a_number_without_a_mark_gets_the_same_receipt_and_is_closed_by_a_person_too() -> None:
    story = marked("c1")
    appeal(story, number="n2").then(ea.AppealReceived("a1", SEALED, "n2"))
    story.when(LIFT, actor=SUPERVISOR).refused(Reason.APPEAL_HAS_NO_MARK)
    none = a.SettleAppeal("a1", AppealOutcome.NO_MARK, "looked")
    story.when(none, actor=MACHINE).refused(Reason.NEEDS_PERSON)
    story.when(none, actor="supervisor:p-1").then(
        ea.AppealSettled("a1", AppealOutcome.NO_MARK, "looked")
    )
    assert story.centre.answer.nuisances["c1"].appealed is False


def test_who_set_a_mark_decides_no_appeal_about_it() -> None:
    story = appeal(marked("c1"))
    story.when(LIFT, actor="supervisor:p-1").refused(Reason.APPEAL_SAME_PERSON)
    no_mark = a.SettleAppeal("a1", AppealOutcome.NO_MARK, "x")
    story.when(no_mark, actor=SUPERVISOR).refused(Reason.APPEAL_HAS_MARK)
    story.when(LIFT, actor=TAKER).refused(Reason.ROLE_MAY_NOT)


def test_the_objection_of_the_page_is_decided_with_its_appeal_and_not_beside_it() -> None:
    story = marked("c1").given(c.AppealNuisance("c1", "the caller objects"))
    appeal(story).then(
        ea.AppealReceived("a1", SEALED, "n1"), e.NuisanceAppealed("c1", "", appeal_id="a1")
    )
    decide = c.DecideAppeal("c1", lifted=True, reason="x")
    story.when(decide, actor=SUPERVISOR).refused(Reason.APPEAL_OF_PAGE)
    upheld = a.SettleAppeal("a1", AppealOutcome.UPHELD, "heard the recording")
    story.given(upheld, actor=SUPERVISOR)
    mark = story.centre.answer.nuisances["c1"]
    assert (mark.appealed, mark.appeal_id) == (False, None)


def test_appeals_of_one_number_are_one_line_and_decided_together() -> None:
    story = appeal(appeal(marked("c1")), "a2", at=1)
    story.then(ea.AppealReceived("a2", SEALED, "n1"))
    appeal(story, "a3", number="", at=2)
    appeal(story, "a4", number="", at=3)
    appeal(story, "a1", at=4).refused(Reason.APPEAL_EXISTS)
    story.when(a.ReceiveAppeal("a9"), actor=MACHINE).refused(Reason.NEEDS_WORDS)
    page = appeals_at_work(story.centre, 10)
    assert (page.waiting, page.untold) == (3, 0)
    told = [(one.appeal, one.count, one.legible, len(one.marks)) for one in page.appeals]
    assert told == [("a1", 2, True, 1), ("a3", 1, False, 0), ("a4", 1, False, 0)]
    assert len(kept_words(story.centre, ReadThing.APPEAL, "a1")) == 2
    assert len(kept_words(story.centre, ReadThing.APPEAL, "a3")) == 1
    story.given(LIFT, actor=SUPERVISOR)
    page = appeals_at_work(story.centre, 2)
    assert (page.waiting, page.untold, len(page.appeals)) == (2, 2, 2)


def test_the_decision_is_told_to_the_number_until_somebody_answers_there() -> None:
    story = appeal(marked("c1"))
    called = a.TellAppeal("a1", TellResult.CALLED)
    story.when(called, actor=SUPERVISOR).refused(Reason.APPEAL_NOT_SETTLED)
    assert appeal_now(story.centre, "a1").state is AppealStep.RECEIVED  # type: ignore[union-attr]
    story.given(LIFT, a.TellAppeal("a1", TellResult.NO_ANSWER), actor=SUPERVISOR)
    assert appeals_at_work(story.centre, 10).untold == 1
    assert appeal_now(story.centre, "a1").state is AppealStep.DECIDED  # type: ignore[union-attr]
    story.given(called, actor=SUPERVISOR)
    assert appeals_at_work(story.centre, 10).untold == 0
    story.when(called, actor=SUPERVISOR).refused(Reason.APPEAL_TOLD)
    assert appeal_now(story.centre, "a-none") is None


def test_an_appeal_is_due_in_fifteen_days_or_as_the_list_of_timers_says() -> None:
    story = appeal(marked("c1"), at=10)
    assert appeals_at_work(story.centre, 1).appeals[0].due_at == 10_000 + USUAL_LIMIT
    three_days = TimerEntry(TimedStage.APPEAL, 3, 3 * 86_400)
    story.given(SetEntry("appeal-3", three_days), at=11, actor=KEEPER)
    assert appeals_at_work(story.centre, 1).appeals[0].due_at == 10_000 + 3 * DAY
    too_long = SetEntry("created-3", TimerEntry(TimedStage.CREATED, 3, 3 * 86_400))
    story.when(too_long, at=12, actor=KEEPER).refused(Reason.ENTRY_WRONG)


def test_half_a_year_after_the_decision_nothing_is_left_of_it() -> None:
    story = appeal(marked("c1"))
    expire = a.ExpireAppeal("a1")
    story.when(expire, actor=MACHINE).refused(Reason.APPEAL_NOT_SETTLED)
    story.given(LIFT, actor=SUPERVISOR)
    story.when(expire, at=60, actor=MACHINE).refused(Reason.APPEAL_NOT_OVER)
    assert expire not in [command for _, command in due_commands(story.centre, KEPT_FOR - 1)]
    assert (KEPT_FOR, expire) in list(due_commands(story.centre, KEPT_FOR))
    story.when(expire, at=KEPT_FOR / 1000, actor=MACHINE).then(ea.AppealExpired("a1"))
    assert not story.centre.answer.appeals
    story.when(expire, actor=MACHINE, at=KEPT_FOR / 1000).refused(Reason.APPEAL_UNKNOWN)


@pytest.mark.parametrize(
    ("actor", "reason"), [(TAKER, Reason.ROLE_MAY_NOT), (DISPATCHER, Reason.ROLE_MAY_NOT)]
)
def test_only_who_decides_reads_an_appeal_and_later_only_with_a_reason(
    actor: str, reason: Reason
) -> None:
    story = appeal(marked("c1"))
    read = ReadWords(ReadThing.APPEAL, "a1")
    story.when(read, actor=actor).refused(reason)
    story.when(read, actor=SUPERVISOR).then(WordsRead(ReadThing.APPEAL, "a1"))
    story.when(read, actor="auditor:x").refused(Reason.NEEDS_REASON)
    story.given(LIFT, a.TellAppeal("a1", TellResult.TEXTED), actor=SUPERVISOR)
    story.when(read, actor=SUPERVISOR).refused(Reason.NEEDS_REASON)
    unknown = ReadWords(ReadThing.APPEAL, "none")
    story.when(unknown, actor=SUPERVISOR).refused(Reason.APPEAL_UNKNOWN)

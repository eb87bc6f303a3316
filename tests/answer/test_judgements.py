"""Codes and nuisance marks: by a person, with a reason, reversible."""

import pytest

from pasokh.answer import commands as c
from pasokh.answer import events as e
from pasokh.answer.decide_nuisance import LONGEST
from pasokh.answer.distribute import Rules, distribute
from pasokh.answer.events import CallCode
from pasokh.control_room.desk_objects import DeskCall, DeskMark, ThingKind
from pasokh.control_room.views_desk import look_at, object_of
from pasokh.core.refusal import Reason
from pasokh.core.time import DAY
from tests.stories.story import MACHINE, SUPERVISOR, TAKER, Story

MARK = c.MarkNuisance("c1", CallCode.NUISANCE, "shouted and laughed", 30 * DAY)


def answered() -> Story:
    return Story().given(c.OfferCall("c1"), c.AnswerCall("c1"))


def test_a_person_classes_a_call_and_another_re_classes_it() -> None:
    story = answered()
    story.when(c.ClassCall("c1", CallCode.NUISANCE, "laughter")).then(
        e.CallClassed("c1", CallCode.NUISANCE, "laughter")
    )
    story.when(c.ClassCall("c1", CallCode.NUISANCE, "again")).refused(Reason.SAME_CODE)
    story.when(c.ClassCall("c1", CallCode.RECORDED, "was real"), actor=SUPERVISOR).then(
        e.CallReclassed("c1", CallCode.RECORDED, CallCode.NUISANCE, "was real")
    )


@pytest.mark.parametrize("command", [c.ClassCall("c1", CallCode.NUISANCE, "score 0.99"), MARK])
def test_no_machine_judges_a_caller(command: c.Command) -> None:
    answered().when(command, actor=MACHINE).refused(Reason.NEEDS_PERSON)


def test_a_nuisance_mark_classes_the_call_and_ends() -> None:
    story = answered()
    story.when(MARK).then(
        e.NuisanceMarked("c1", CallCode.NUISANCE, "shouted and laughed", DAY),
        e.CallClassed("c1", CallCode.NUISANCE, "shouted and laughed"),
        e.NuisanceProposed("c1", 30 * DAY),
    )
    story.when(MARK).refused(Reason.NUISANCE_MARKED)
    story.when(c.ExpireNuisance("c1"), at=60, actor=MACHINE).refused(Reason.NUISANCE_NOT_EXPIRED)
    story.when(c.ExpireNuisance("c1"), at=DAY / 1000, actor=MACHINE).then(e.NuisanceExpired("c1"))
    assert not story.centre.answer.nuisances


def test_a_mark_lasts_longer_than_a_day_only_with_a_second_person() -> None:
    story = answered().given(MARK)
    story.when(c.ConfirmNuisance("c1", "x"), actor="supervisor:p-1").refused(
        Reason.NUISANCE_SAME_PERSON
    )
    story.when(c.ConfirmNuisance("c1", "x"), actor=MACHINE).refused(Reason.NEEDS_PERSON)
    story.when(c.ConfirmNuisance("c1", "heard it"), actor=SUPERVISOR).then(
        e.NuisanceConfirmed("c1", 30 * DAY, "heard it")
    )
    story.when(c.ConfirmNuisance("c1", "x"), actor=SUPERVISOR).refused(Reason.NUISANCE_NOT_PROPOSED)
    day = DAY / 1000
    story.when(c.ExpireNuisance("c1"), at=day, actor=MACHINE).refused(Reason.NUISANCE_NOT_EXPIRED)
    story.given(c.ExpireNuisance("c1"), at=30 * day, actor=MACHINE)
    assert not story.centre.answer.nuisances


def test_an_objection_is_decided_before_a_mark_is_confirmed() -> None:
    story = answered().given(MARK, c.AppealNuisance("c1", "my child"))
    story.when(c.ConfirmNuisance("c1", "x"), actor=SUPERVISOR).refused(Reason.APPEAL_OPEN)


def test_the_next_call_of_a_marked_number_rings_all_the_same_with_the_mark_on_it() -> None:
    story = Story().given(c.OfferCall("c1"), actor=MACHINE, caller="n1")
    story.given(c.AnswerCall("c1")).given(c.MarkNuisance("c1", CallCode.HOAX, "again", DAY))
    for call, number in (("c2", "n1"), ("c3", "n2")):
        story.given(c.OfferCall(call, line="l"), at=1, actor=MACHINE, caller=number)
    story.given(c.OpenPosition("p1"), c.SignIn("p1", "ali"), c.BeReady("p1"), at=2)
    rules = Rules(phones=frozenset({"p1"}))
    assert list(distribute(story.centre.answer, 3000, rules)) == [c.RingPosition("c2", "p1")]
    marked, other = (
        object_of(look_at(story.centre, 3000), (ThingKind.CALL, call)) for call in ("c2", "c3")
    )
    assert isinstance(marked, DeskCall)
    assert isinstance(other, DeskCall)
    assert marked.mark == DeskMark("c1", CallCode.HOAX, TAKER, "again", DAY)
    assert other.mark is None


def test_a_mark_has_to_end_within_half_a_year_and_be_of_ill_will() -> None:
    too_long = c.MarkNuisance("c1", CallCode.NUISANCE, "rude", LONGEST + 1)
    answered().when(too_long).refused(Reason.NUISANCE_EXPIRY_WRONG)
    past = c.MarkNuisance("c1", CallCode.NUISANCE, "rude", 0)
    answered().when(past).refused(Reason.NUISANCE_EXPIRY_WRONG)
    pocket = c.MarkNuisance("c1", CallCode.SILENT, "pocket", DAY)
    answered().when(pocket).refused(Reason.NUISANCE_CODE_WRONG)


def test_an_appeal_is_decided_by_somebody_else() -> None:
    story = answered().given(MARK)
    story.when(c.DecideAppeal("c1", lifted=True, reason="x")).refused(Reason.APPEAL_NOT_OPEN)
    story.when(c.AppealNuisance("c1", "my child played")).then(
        e.NuisanceAppealed("c1", "my child played")
    )
    story.when(c.AppealNuisance("c1", "again")).refused(Reason.APPEAL_OPEN)
    decide = c.DecideAppeal("c1", lifted=True, reason="a child indeed")
    story.when(decide, actor="supervisor:p-1").refused(Reason.APPEAL_SAME_PERSON)
    story.when(decide, actor=MACHINE).refused(Reason.NEEDS_PERSON)
    story.when(decide, actor=SUPERVISOR).then(
        e.AppealDecided("c1", lifted=True, reason="a child indeed")
    )
    assert not story.centre.answer.nuisances


def test_a_kept_mark_may_be_appealed_again() -> None:
    story = answered().given(MARK, c.AppealNuisance("c1", "no"))
    story.given(c.DecideAppeal("c1", lifted=False, reason="recording heard"), actor=SUPERVISOR)
    story.when(c.AppealNuisance("c1", "new witness")).then(e.NuisanceAppealed("c1", "new witness"))
    assert story.centre.answer.nuisances["c1"].appealed

"""Legal holds: one asks and another confirms, released likewise, and never by a machine."""

import pytest

from pasokh.answer.commands import ExpirePlace, LinkCall, OfferCall, TellPlace
from pasokh.answer.commands_voice import EraseRecording, KeepRecording, StartRecording
from pasokh.answer.events import PlaceExpired
from pasokh.answer.events_voice import RecordingErased
from pasokh.core.machine import Command, Words
from pasokh.core.refusal import Reason
from pasokh.core.time import DAY, MINUTE, SECOND
from pasokh.core.told_places import PlaceSource
from pasokh.dispatch.commands import OpenIncident
from pasokh.drivers.live_timetable import due_commands
from pasokh.staff import commands_holds as c
from pasokh.staff import events_holds as e
from pasokh.staff.events_holds import HeldThing
from pasokh.staff.holds import ASKED_FOR, standing
from tests.stories.story import MACHINE, Story

FIRST, SECOND_PERSON = "supervisor:s-1", "auditor:u-1"
ASK = c.AskHold("h1", HeldThing.CALL, "c1", "court order 12")
CONFIRM, RELEASE = c.ConfirmHold("h1", "seen"), c.AskHoldRelease("h1", "the case is over")
END = c.ConfirmHoldRelease("h1", "seen")
LATER = (ASKED_FOR + MINUTE) / SECOND


def asked() -> Story:
    return Story().when(ASK, actor=FIRST).then(e.HoldAsked("h1", HeldThing.CALL, "c1", ASK.reason))


def confirmed() -> Story:
    story = asked().when(CONFIRM, actor=SECOND_PERSON)
    return story.then(e.HoldConfirmed("h1", "seen"))


def test_two_people_set_a_hold_and_two_end_it() -> None:
    story = confirmed().when(RELEASE, actor=FIRST).then(e.HoldReleaseAsked("h1", RELEASE.reason))
    assert standing(story.centre.staff.holds, 0) == {"c1"}
    story.when(END, actor=SECOND_PERSON).then(e.HoldReleased("h1", "seen"))
    assert standing(story.centre.staff.holds, 0) == frozenset()


@pytest.mark.parametrize("role", ["supervisor", "administrator", "auditor"])
def test_the_same_person_is_no_second_one_in_whatever_role(role: str) -> None:
    asked().when(CONFIRM, actor=f"{role}:s-1").refused(Reason.HOLD_SAME_PERSON)
    story = confirmed().given(RELEASE, actor=SECOND_PERSON)
    story.when(END, actor=f"{role}:u-1").refused(Reason.HOLD_SAME_PERSON)
    story.when(END, actor=f"{role}:s-1").then(e.HoldReleased("h1", "seen"))


def test_one_persons_word_holds_for_three_days_and_a_second_ones_until_released() -> None:
    alone, both = asked().centre.staff.holds, confirmed().centre.staff.holds
    assert standing(alone, ASKED_FOR - 1) == {"c1"}
    assert standing(alone, ASKED_FOR) == frozenset()
    assert standing(both, 10 * ASKED_FOR) == {"c1"}


def test_a_thing_has_one_hold_and_a_lapsed_one_may_be_asked_for_again() -> None:
    again = c.AskHold("h2", HeldThing.CALL, "c1", "again")
    asked().when(ASK, actor=FIRST).refused(Reason.HOLD_EXISTS)
    asked().when(again, actor=FIRST).refused(Reason.HOLD_STANDS)
    asked().when(again, at=LATER, actor=FIRST).then(
        e.HoldAsked("h2", HeldThing.CALL, "c1", "again")
    )


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (c.ConfirmHold("h9", "x"), Reason.HOLD_UNKNOWN),
        (CONFIRM, Reason.HOLD_CONFIRMED),
        (END, Reason.RELEASE_NOT_ASKED),
    ],
)
def test_what_was_not_asked_is_not_confirmed(command: Command, reason: Reason) -> None:
    confirmed().when(command, actor=FIRST).refused(reason)


def test_an_end_is_asked_for_once() -> None:
    story = confirmed().given(RELEASE, actor=FIRST)
    story.when(RELEASE, actor=SECOND_PERSON).refused(Reason.RELEASE_ASKED)


@pytest.mark.parametrize("command", [ASK, CONFIRM, RELEASE, END])
def test_no_machine_holds_or_releases(command: Command) -> None:
    story = confirmed().given(RELEASE, actor=FIRST)
    story.when(command, actor="machine:erasing").refused(Reason.NEEDS_PERSON)


def test_who_takes_calls_may_not_hold() -> None:
    Story().when(ASK, actor="call_taker:p-1").refused(Reason.ROLE_MAY_NOT)


def test_a_run_is_reported_once() -> None:
    report = c.ReportErasures(1, 5, (e.ErasedClass("text", 3, 0, 1, 2),))
    story = Story().when(report).then(e.ErasuresReported(1, 5, report.classes))
    story.when(report).refused(Reason.ERASURES_REPORTED)


def recorded() -> Story:
    """A call about an incident, with a voice and a place that its sender wants gone."""
    story = Story().given(OfferCall("c1"), OpenIncident("i1"), LinkCall("c1", "i1"))
    story.given(StartRecording("c1", "always"), actor=MACHINE)
    kept = KeepRecording("c1", "ab" * 32, 1, 0, 1, 5 * SECOND)
    story.when(kept, actor=MACHINE, words=Words(text="half"))
    place = TellPlace("w-0", PlaceSource.AML_HTTPS, "c1", 5 * SECOND)
    return story.when(place, actor=MACHINE, words=Words(place="here"))


@pytest.mark.parametrize(("thing", "name"), [(HeldThing.CALL, "c1"), (HeldThing.INCIDENT, "i1")])
def test_a_hold_stops_the_ends_that_time_brings(thing: HeldThing, name: str) -> None:
    story = recorded().given(c.AskHold("h1", thing, name, "court"), actor=FIRST)
    asked = [command for _, command in due_commands(story.centre, 9 * SECOND)]
    assert ExpirePlace("w-0") not in asked
    story.when(ExpirePlace("w-0"), at=9, actor=MACHINE).refused(Reason.HELD_BY_LAW)
    for actor in (MACHINE, FIRST):
        erase = EraseRecording("c1", "over")
        story.when(erase, at=9, actor=actor).refused(Reason.HELD_BY_LAW)
    story.given(c.ConfirmHold("h1", "x"), RELEASE, at=9, actor=SECOND_PERSON)
    story.given(END, at=9, actor=FIRST)
    assert ExpirePlace("w-0") in [command for _, command in due_commands(story.centre, 9 * SECOND)]
    story.when(ExpirePlace("w-0"), at=9, actor=MACHINE).then(PlaceExpired("w-0", "c1"))


def test_a_hold_is_on_one_thing_and_not_on_its_neighbour() -> None:
    story = recorded().given(c.AskHold("h1", HeldThing.CALL, "c2", "court"), actor=FIRST)
    story.when(EraseRecording("c1", "over"), at=DAY / SECOND, actor=MACHINE)
    story.then(RecordingErased("c1", "over"))

"""Who may do what: every command has its row, and a no names who could have done it."""

import pytest

from pasokh.answer.commands import AnswerCall, LocateCall, OfferCall
from pasokh.control_room.authority import MAY, who_may
from pasokh.control_room.decide import COMMANDS
from pasokh.core.machine import Command, CommandRefused
from pasokh.core.people import Role, actor_of
from pasokh.core.refusal import Reason
from pasokh.dispatch.commands import (
    CreateMission,
    DispatchMission,
    LinkIncidents,
    MoveIncident,
    NoteIncident,
    OpenIncident,
    RegisterUnit,
    SetUnitState,
)
from pasokh.dispatch.events import Availability
from pasokh.staff.commands import (
    Broadcast,
    DismissPerson,
    EndSession,
    OpenSession,
    PlacePerson,
    ReadWords,
    WriteShiftNote,
)
from pasokh.staff.events import ReadThing, SignInMeans
from tests.stories.story import MACHINE, Story

QAEN = "county_desk:q-1"


def test_every_command_has_its_row() -> None:
    assert set(MAY) == set(COMMANDS)


def test_no_row_gives_a_person_what_is_the_machines() -> None:
    assert not any(Role.MACHINE in row for row in MAY.values())


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.MACHINE])
def test_a_role_is_refused_by_the_machine_exactly_where_it_has_no_row(role: Role) -> None:
    """Asked through the machine itself: bare commands, of which only authority could know."""
    for kind in (AnswerCall, EndSession, DismissPerson, DispatchMission, NoteIncident):
        story = Story().when(
            kind(*["x"] * (2 if kind in (EndSession, DismissPerson) else 1)),
            actor=actor_of(role, "nobody"),
        )
        refusal = story.last.receipt.refusal
        assert refusal is not None
        assert (refusal.reason is Reason.ROLE_MAY_NOT) == (role not in MAY[kind])
        if refusal.reason is Reason.ROLE_MAY_NOT:
            assert refusal.who_can == who_may(kind)
            assert refusal.details == {"role": role.value, "command": kind.__name__}


def test_a_no_is_recorded_like_a_deed() -> None:
    story = Story().given(OfferCall("c1"), actor=MACHINE)
    story.when(AnswerCall("c1"), actor="analyst:a-1").refused(Reason.ROLE_MAY_NOT)
    event = story.last.facts[0].event
    assert isinstance(event, CommandRefused)
    assert event.who_can == (Role.CALL_TAKER, Role.SUPERVISOR)
    assert not story.centre.answer.calls["c1"].answered_at


def test_what_is_the_machines_alone_says_so() -> None:
    story = Story().when(OpenSession("s", "p", SignInMeans.PASSKEY, 1), actor="administrator:a-1")
    assert story.refused(Reason.ROLE_MAY_NOT).last.receipt.refusal.who_can == (Role.MACHINE,)


def test_an_actor_of_no_role_may_nothing() -> None:
    Story().when(OfferCall("c1"), actor="wizard:w").refused(Reason.ROLE_MAY_NOT)


def county_desk() -> Story:
    story = Story().given(PlacePerson("q-1", (Role.COUNTY_DESK,), "qaen"))
    story.given(OpenIncident("here", county="qaen"), OpenIncident("there", county="mashhad"))
    story.given(OpenIncident("somewhere"))
    story.given(RegisterUnit("u-here", county="qaen"), RegisterUnit("u-there", county="mashhad"))
    story.given(OfferCall("c-there", county="mashhad"))
    return story.given(CreateMission("m-there", "there", "u-there"))


@pytest.mark.parametrize(
    "command",
    [
        NoteIncident("there"),
        LinkIncidents("here", "there", "near"),
        CreateMission("m", "here", "u-there"),
        DispatchMission("m-there"),
        SetUnitState("u-there", Availability.NOT_AVAILABLE),
        ReadWords(ReadThing.CALL, "c-there"),
        ReadWords(ReadThing.INCIDENT, "there", "curious"),
    ],
)
def test_a_county_desk_has_its_county_only(command: Command) -> None:
    story = county_desk().when(command, actor=QAEN).refused(Reason.OTHER_COUNTY)
    assert story.last.receipt.refusal.details == {"county": "mashhad"}


def test_what_is_its_own_or_nobodys_is_done_and_may_be_handed_over() -> None:
    story = county_desk().given(CreateMission("m", "here", "u-here"), actor=QAEN)
    story.given(LinkIncidents("here", "somewhere", "smoke"), actor=QAEN)
    story.given(MoveIncident("somewhere", "mashhad"), actor=QAEN)
    story.when(MoveIncident("somewhere", "qaen"), actor=QAEN).refused(Reason.OTHER_COUNTY)


def test_a_person_of_the_whole_province_has_every_county() -> None:
    story = county_desk().given(PlacePerson("d-2", (Role.DISPATCHER,)))
    story.when(DispatchMission("m-there"), actor="dispatcher:d-2")
    assert story.last.receipt.refusal is None


def test_a_call_may_be_moved_out_of_the_county_and_not_fetched() -> None:
    story = Story().given(PlacePerson("p-1", (Role.CALL_TAKER,), "qaen"), OfferCall("c1"))
    story.given(LocateCall("c1", "qaen"), LocateCall("c1", "mashhad"))
    story.when(LocateCall("c1", "qaen")).refused(Reason.OTHER_COUNTY)


def test_nobody_makes_a_right_that_is_larger_than_their_own() -> None:
    story = Story().given(PlacePerson("a-1", (Role.ADMINISTRATOR,), "qaen"))
    story.given(PlacePerson("p-9", (Role.CALL_TAKER,), "mashhad"))
    own = "administrator:a-1"
    for command in (
        PlacePerson("a-1", (Role.ADMINISTRATOR,)),
        PlacePerson("p-9", (Role.CALL_TAKER,), "qaen"),
        DismissPerson("p-9", "x"),
    ):
        story.when(command, actor=own).refused(Reason.OTHER_COUNTY)
    story.given(PlacePerson("p-8", (Role.CALL_TAKER,), "qaen"), actor=own)


def test_a_broadcast_into_another_county_is_refused() -> None:
    story = Story().given(PlacePerson("s-1", (Role.SUPERVISOR,), "qaen"))
    far = Broadcast("b1", 9_000, "mashhad")
    story.when(far, actor="supervisor:s-1").refused(Reason.OTHER_COUNTY)


def test_who_was_dismissed_does_nothing_more() -> None:
    story = Story().given(PlacePerson("p-1", (Role.CALL_TAKER,)), OfferCall("c1"))
    story.given(DismissPerson("p-1", "left"))
    for command in (AnswerCall("c1"), WriteShiftNote("n1")):
        story.when(command, actor="call_taker:p-1").refused(Reason.PERSON_DISMISSED)

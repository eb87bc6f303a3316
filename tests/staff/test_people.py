"""People of the centre: placed, changed, dismissed, and taken on again."""

import pytest

from pasokh.core.machine import Words
from pasokh.core.people import Role
from pasokh.core.refusal import Reason
from pasokh.staff import commands as c
from pasokh.staff import events as e
from pasokh.staff.events import SignInMeans
from pasokh.staff.views import broadcasts_for, holders_of
from tests.stories.story import Story

PLACE = c.PlacePerson("p-1", (Role.DISPATCHER, Role.CALL_TAKER), "qaen", "st-1")


def test_roles_stand_in_the_order_of_the_house_and_once() -> None:
    doubled = c.PlacePerson("p-1", (Role.SUPERVISOR, Role.CALL_TAKER, Role.SUPERVISOR))
    Story().when(doubled).then(e.PersonPlaced("p-1", (Role.CALL_TAKER, Role.SUPERVISOR)))


def test_the_same_place_again_is_refused_and_another_one_changes() -> None:
    story = Story().given(PLACE)
    story.when(PLACE).refused(Reason.PERSON_UNCHANGED)
    story.when(c.PlacePerson("p-1", (Role.CALL_TAKER, Role.DISPATCHER), "qaen", "st-1")).refused(
        Reason.PERSON_UNCHANGED
    )
    story.given(c.PlacePerson("p-1", (Role.SUPERVISOR,)))
    assert story.centre.staff.people["p-1"].roles == (Role.SUPERVISOR,)
    assert story.centre.staff.people["p-1"].county == ""


def test_no_person_is_a_machine() -> None:
    command = c.PlacePerson("p-1", (Role.CALL_TAKER, Role.MACHINE))
    Story().when(command).refused(Reason.ROLE_OF_MACHINE)


def test_dismissal_ends_every_session_first() -> None:
    story = Story().given(PLACE, c.PlacePerson("p-2", (Role.ANALYST,)))
    for session_id, person_id in (("a", "p-1"), ("b", "p-2"), ("c", "p-1")):
        story.given(c.OpenSession(session_id, person_id, SignInMeans.PASSKEY, 9))
    story.when(c.DismissPerson("p-1", "moved away")).then(
        e.SessionEnded("a", "p-1", "moved away"),
        e.SessionEnded("c", "p-1", "moved away"),
        e.PersonDismissed("p-1", "moved away"),
    )
    assert list(story.centre.staff.sessions) == ["b"]
    assert holders_of(story.centre.staff, Role.DISPATCHER) == []


def test_a_dismissed_person_does_not_sign_in_until_placed_again() -> None:
    story = Story().given(PLACE, c.DismissPerson("p-1", "left"))
    story.when(c.DismissPerson("p-1", "left")).refused(Reason.PERSON_DISMISSED)
    opening = c.OpenSession("a", "p-1", SignInMeans.DEMO, 9)
    story.when(opening).refused(Reason.PERSON_DISMISSED)
    story.given(PLACE, opening)
    assert [p.person_id for p in holders_of(story.centre.staff, Role.DISPATCHER)] == ["p-1"]


@pytest.mark.parametrize(
    "command", [c.DismissPerson("p-9", "x"), c.OpenSession("a", "p-9", SignInMeans.OIDC, 9)]
)
def test_whom_nobody_placed_is_unknown(command: c.Command) -> None:
    Story().when(command).refused(Reason.PERSON_UNKNOWN)


def test_a_county_sees_its_own_broadcasts_and_those_for_all() -> None:
    story = Story()
    for broadcast_id, county in (("all", ""), ("qaen", "qaen"), ("far", "mashhad")):
        story.when(c.Broadcast(broadcast_id, 9_000, county), words=Words(text="storm"))
    seen = [notice.broadcast_id for notice in broadcasts_for(story.centre.staff, "qaen")]
    assert seen == ["all", "qaen"]
    assert len(broadcasts_for(story.centre.staff, "")) == 3

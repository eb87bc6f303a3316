"""Sessions: opened once, locked and unlocked, ended for ever; and who may touch whose."""

import pytest

from pasokh.core.people import Role
from pasokh.core.refusal import Reason
from pasokh.staff import commands as c
from pasokh.staff import events as e
from pasokh.staff.events import DeskKind, LockWhy, SignInMeans
from pasokh.staff.fold import ENDED_KEPT
from pasokh.staff.views import expired_sessions, signed_in
from tests.stories.story import Story

OPEN = c.OpenSession("s-a", "p-1", SignInMeans.PASSWORD_TOTP, 50_000)
OWN, OTHER, KEEPER = "call_taker:p-1", "call_taker:p-2", "supervisor:s-1"
END = c.EndSession("s-a", "went home")


def opened(*roles: Role) -> Story:
    return Story().given(c.PlacePerson("p-1", roles or (Role.CALL_TAKER,)), OPEN, at=7)


def test_a_session_knows_its_person_and_its_end() -> None:
    state = opened().centre.staff
    found = signed_in(state, "s-a")
    assert found is not None
    session, person = found
    assert (session.since, session.expires_at, session.locked) == (7_000, 50_000, False)
    assert person.person_id == "p-1"
    assert signed_in(state, "s-b") is None
    assert expired_sessions(state, 49_999) == []
    assert expired_sessions(state, 50_000) == [session]


def test_an_open_session_is_not_opened_again() -> None:
    opened().when(OPEN).refused(Reason.SESSION_OPEN)


def test_an_ended_session_never_comes_back() -> None:
    story = opened().given(END, actor=OWN)
    story.when(OPEN).refused(Reason.SESSION_ENDED)
    story.when(END, actor=OWN).refused(Reason.SESSION_ENDED)
    story.when(c.UnlockSession("s-b", SignInMeans.PASSKEY)).refused(Reason.SESSION_UNKNOWN)


def test_its_end_is_civil_time_and_not_compared_with_a_drills() -> None:
    """A drill's clock may be days ahead of the wall; nobody is refused for that."""
    story = Story().given(c.PlacePerson("p-1", (Role.CALL_TAKER,)))
    story.given(OPEN, at=999_999)
    assert "s-a" in story.centre.staff.sessions


def test_a_locked_session_takes_no_desk_until_it_is_unlocked() -> None:
    story = opened()
    story.when(c.LockSession("s-a", LockWhy.IDLE)).then(e.SessionLocked("s-a", LockWhy.IDLE))
    story.when(c.LockSession("s-a"), actor=OWN).refused(Reason.SESSION_LOCKED)
    story.when(c.OpenDesk("s-a", DeskKind.ANSWER), actor=OWN).refused(Reason.SESSION_LOCKED)
    story.given(c.UnlockSession("s-a", SignInMeans.PASSKEY))
    story.when(c.UnlockSession("s-a", SignInMeans.PASSKEY)).refused(Reason.SESSION_NOT_LOCKED)
    story.given(c.OpenDesk("s-a", DeskKind.ANSWER), actor=OWN)
    assert story.centre.staff.sessions["s-a"].desk is DeskKind.ANSWER


@pytest.mark.parametrize("command", [END, c.LockSession("s-a")])
def test_only_keepers_end_or_lock_what_is_not_their_own(command: c.Command) -> None:
    story = opened().when(command, actor=OTHER).refused(Reason.SESSION_NOT_YOURS)
    assert story.last.receipt.refusal.who_can == (Role.SUPERVISOR, Role.ADMINISTRATOR)
    opened().given(command, actor=KEEPER)
    opened().given(command, actor=OWN)
    opened().given(command, actor="machine:timetable")


def test_a_keeper_is_known_by_any_of_their_roles() -> None:
    """An order names the first role that may give it; ending a session is in every row."""
    story = opened().given(c.PlacePerson("p-2", (Role.CALL_TAKER, Role.SUPERVISOR)))
    story.when(END, actor=OTHER).then(e.SessionEnded("s-a", "p-1", "went home"))


@pytest.mark.parametrize(
    ("role", "desk", "opens"),
    [
        (Role.CALL_TAKER, DeskKind.ANSWER, True),
        (Role.CALL_TAKER, DeskKind.DISPATCH, False),
        (Role.COUNTY_DESK, DeskKind.DISPATCH, True),
        (Role.DISPATCHER, DeskKind.SUPERVISE, False),
        (Role.SUPERVISOR, DeskKind.SUPERVISE, True),
        (Role.ANALYST, DeskKind.WALLBOARD, True),
        (Role.ANALYST, DeskKind.ANSWER, False),
    ],
)
def test_a_desk_opens_for_its_roles(role: Role, desk: DeskKind, opens: bool) -> None:  # noqa: FBT001
    story = opened(role).when(c.OpenDesk("s-a", desk), actor=f"{role.value}:p-1")
    if opens:
        story.then(e.DeskOpened("s-a", desk))
    else:
        story.refused(Reason.DESK_NOT_YOURS)


def test_nobody_opens_a_desk_in_the_session_of_another() -> None:
    desk = c.OpenDesk("s-a", DeskKind.WALLBOARD)
    opened().when(desk, actor=KEEPER).refused(Reason.SESSION_NOT_YOURS)


def test_a_failed_sign_in_leaves_its_line_in_the_log_and_nothing_else() -> None:
    failed = c.RecordFailedSignIn(SignInMeans.PASSKEY, "p-1")
    Story().when(failed).then(e.SignInFailed(SignInMeans.PASSKEY, "p-1"))


def test_of_ended_sessions_only_the_last_are_remembered() -> None:
    story = Story().given(c.PlacePerson("p-1", (Role.CALL_TAKER,)))
    for number in range(ENDED_KEPT + 1):
        session_id = f"s-{number}"
        story.given(c.OpenSession(session_id, "p-1", SignInMeans.OIDC, 9))
        story.given(c.EndSession(session_id, "x"), actor=KEEPER)
    assert len(story.centre.staff.ended) == ENDED_KEPT
    assert "s-0" not in story.centre.staff.ended

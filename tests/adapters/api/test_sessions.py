"""Persons at the door: who is signed in, in which role they act, and when the door is shut."""

from pathlib import Path

import pytest

from pasokh.adapters.api.scopes import ROLE_SCOPES, SCOPES, Scope, command_name, scopes_of
from pasokh.control_room.authority import MAY
from pasokh.core.people import Role
from pasokh.staff.commands import DismissPerson, EndSession, LockSession, UnlockSession
from pasokh.staff.events import LockWhy, SignInMeans
from tests.adapters.api.centre import Served, run, session_id

MINA = session_id("cookie-of-p-1")


def test_a_person_acts_in_the_first_role_that_may(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        who = await centre.person("p-1", Role.CALL_TAKER, Role.DISPATCHER)
        first = centre.log.head().seq
        await centre.order("offer-call", "1", who, call_id="c-1")
        await centre.order("open-incident", "2", who, incident_id="i-1")
        await centre.order("flag-incident-test", "3", who, incident_id="i-1", test=True, reason="x")
        await centre.order("open-position", "4", who, position_id="desk-1")
        actors = [entry.actor for entry in centre.log.read(first)]
        assert actors == ["call_taker:p-1"] * 2 + ["dispatcher:p-1", "call_taker:p-1"]
        *_, last = centre.log.read()
        assert last.kind == "CommandRefused", "none of the roles may, and that is recorded"

    run(scene, tmp_path)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.MACHINE])
def test_whoever_may_give_a_command_has_its_scope(role: Role) -> None:
    for kind, roles in MAY.items():
        if role in roles:
            scope = SCOPES["POST", f"/commands/{command_name(kind)}"]
            assert scope in ROLE_SCOPES[role], kind
    assert Scope.OFFICE not in ROLE_SCOPES[role], "no person says who has proved to be whom"


def test_a_person_of_one_county_does_not_see_the_whole_province() -> None:
    assert Scope.READ in scopes_of((Role.SUPERVISOR,), "")
    assert Scope.READ not in scopes_of((Role.SUPERVISOR, Role.ANALYST), "mashhad")


def test_who_has_no_session_is_told_to_sign_in(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        for cookie in ("pasokh_session=nobody", "pasokh_session=" + "a" * 4000):
            answer = await centre.client.get("/desk/me", headers={"Cookie": cookie})
            assert (answer.status_code, answer.json()["type"]) == (401, "/problems/no-session")
        for cookie in ("pasokh_session=", "other=1", "pasokh_sessions=1", "=;;="):
            answer = await centre.client.get("/desk/me", headers={"Cookie": cookie})
            assert (answer.status_code, answer.json()["type"]) == (401, "/problems/no-token")
        await centre.person("p-1", Role.CALL_TAKER)
        in_log = await centre.client.get("/desk/me", headers={"Cookie": f"pasokh_session={MINA}"})
        assert in_log.status_code == 401, "the log's id of a session is no key to it"

    run(scene, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("how", ["ended", "dismissed", "expired"])
def test_a_session_that_is_over_lets_nobody_in_from_that_entry_on(tmp_path: Path, how: str) -> None:
    async def scene(centre: Served) -> None:
        who = await centre.person("p-1", Role.CALL_TAKER)
        assert (await centre.client.get("/desk/me", headers=who)).status_code == 200
        if how == "ended":
            await centre.machine(EndSession(MINA, "signed out"))
        elif how == "dismissed":
            await centre.machine(DismissPerson("p-1", "moved away"))
        else:
            later = centre.wall.now() + 3_600_001
            centre.wall.now = lambda: later  # type: ignore[method-assign]
        assert (await centre.client.get("/desk/me", headers=who)).status_code == 401
        seq = centre.log.head().seq
        answer = await centre.order("offer-call", "1", who, call_id="c-1")
        assert (answer.status_code, centre.log.head().seq) == (401, seq)

    run(scene, tmp_path)


def test_a_locked_session_takes_no_orders_until_the_person_proved_again(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        who = await centre.person("p-1", Role.CALL_TAKER)
        await centre.machine(LockSession(MINA, LockWhy.IDLE))
        answer = await centre.order("offer-call", "1", who, call_id="c-1")
        assert (answer.status_code, answer.json()["type"]) == (423, "/problems/session-locked")
        assert (await centre.client.get("/desk/notes", headers=who)).status_code == 423
        me = (await centre.client.get("/desk/me", headers=who)).json()
        assert me["locked"]
        own = await centre.order("unlock-session", "2", who, session_id=MINA, means="passkey")
        assert own.status_code == 403, "nobody unlocks by asking"
        await centre.machine(UnlockSession(MINA, SignInMeans.PASSKEY))
        assert (await centre.order("offer-call", "3", who, call_id="c-1")).status_code == 200
        await centre.machine(LockSession(MINA, LockWhy.ASKED))
        ended = await centre.order("end-session", "4", who, session_id=MINA, reason="home")
        assert ended.status_code == 200

    run(scene, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("page", "status"),
    [
        ({"Origin": "http://127.0.0.1:8110"}, 200),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://127.0.0.1:8110"}, 403),
    ],
)
def test_a_cookie_orders_only_from_a_page_of_ours(
    tmp_path: Path, page: dict[str, str], status: int
) -> None:
    async def scene(centre: Served) -> None:
        who = await centre.person("p-1", Role.CALL_TAKER)
        headers = {"Cookie": who["Cookie"], **page}
        seq = centre.log.head().seq
        answer = await centre.order("offer-call", "1", headers, call_id="c-1")
        assert answer.status_code == status
        assert centre.log.head().seq == seq + (status == 200)

    run(scene, tmp_path)


def test_a_token_goes_before_a_cookie_and_needs_no_page(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        who = await centre.person("p-1", Role.CALL_TAKER)
        headers = {"Cookie": who["Cookie"], **centre.token(Scope.ANSWER)}
        assert (await centre.order("offer-call", "1", headers, call_id="c-1")).status_code == 200
        *_, last = centre.log.read()
        assert last.actor == "call_taker:m-1"
        bad = {"Cookie": who["Cookie"], "Authorization": "Bearer pasokh_no"}
        assert (await centre.client.get("/desk/me", headers=bad)).status_code == 401

    run(scene, tmp_path)


def test_the_offices_token_opens_sessions_and_nothing_of_the_floors(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        office = centre.token(Scope.OFFICE, role=Role.MACHINE)
        placed = await centre.order(
            "place-person", "1", office, person_id="p-1", roles=["call_taker"]
        )
        opened = await centre.order(
            "open-session", "2", office, session_id=MINA, person_id="p-1", means="passkey",
            expires_at=centre.wall.now() + 1000,
        )  # fmt: skip
        assert (placed.status_code, opened.status_code) == (200, 200)
        assert (await centre.order("offer-call", "3", office, call_id="c-1")).status_code == 403
        assert (await centre.client.get("/desk/notes", headers=office)).status_code == 403

    run(scene, tmp_path)

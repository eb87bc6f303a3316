"""Every route asked by every role, in its own county and another, and by sessions that are shut.

What must come out is read from the tables in `scopes`; a route without a row fails, and so does a
row that lets somebody in whom this file's few plain sentences keep out.
"""

from pathlib import Path

import pytest

from pasokh.adapters.api.scopes import ROLE_SCOPES, SCOPES, WHILE_LOCKED, WHOLE_PROVINCE, Scope
from pasokh.answer.commands import OfferCall
from pasokh.core.people import Role
from pasokh.dispatch.commands import OpenIncident
from pasokh.staff.commands import EndSession, LockSession
from tests.adapters.api.centre import Served, run, session_id
from tests.adapters.api.test_door import concrete, routes_of

pytestmark = pytest.mark.slow

PERSONS = [role for role in Role if role is not Role.MACHINE]
# Streams do not end, so they have tests of their own.
ROUTES = {row: scope for row, scope in SCOPES.items() if not row[1].endswith("stream")}
OWN, OTHER = "mashhad", "sabzevar"


async def answers(centre: Served, who: dict[str, str]) -> dict[tuple[str, str], int]:
    """The status of each route; an empty body changes nothing, whoever sends it."""
    return {
        (method, path): (
            await centre.client.request(method, concrete(path), headers=who)
        ).status_code
        for method, path in ROUTES
    }


def test_no_route_is_without_a_row(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        known = {(m, p if p != "/static/page" else f"{p}/{{name}}") for m, p in routes_of(centre)}
        assert known <= set(SCOPES), known - set(SCOPES)

    run(scene, tmp_path)


@pytest.mark.parametrize("county", ["", OWN], ids=["province", "county"])
@pytest.mark.parametrize("role", PERSONS)
def test_a_role_gets_what_its_row_says(tmp_path: Path, role: Role, county: str) -> None:
    async def scene(centre: Served) -> None:
        who = await centre.person("p-1", role, county=county)
        for row, status in (await answers(centre, who)).items():
            needed = SCOPES[row]
            granted = ROLE_SCOPES[role] - (WHOLE_PROVINCE if county else frozenset())
            may = needed is None or needed in granted
            assert (status == 403) is not may, (row, status)
            assert status not in {401, 423}, (row, status)

    run(scene, tmp_path)


@pytest.mark.parametrize("role", PERSONS)
def test_a_locked_session_gets_only_what_rings_and_shows(tmp_path: Path, role: Role) -> None:
    async def scene(centre: Served) -> None:
        who = await centre.person("p-1", role)
        await centre.machine(LockSession(session_id("cookie-of-p-1")))
        for row, status in (await answers(centre, who)).items():
            needed = SCOPES[row]
            if needed is not None and needed not in ROLE_SCOPES[role]:
                assert status == 403, row
            else:
                assert (status == 423) is not (needed is None or row in WHILE_LOCKED), row

    run(scene, tmp_path)


@pytest.mark.parametrize("how", ["none", "expired", "ended", "unknown"])
def test_without_an_open_session_only_open_routes_answer(tmp_path: Path, how: str) -> None:
    async def scene(centre: Served) -> None:
        who = await centre.person("p-1", *PERSONS)
        if how == "none":
            who = {}
        elif how == "unknown":
            who = who | {"Cookie": "pasokh_session=somebody"}
        elif how == "ended":
            await centre.machine(EndSession(session_id("cookie-of-p-1"), "home"))
        else:
            later = centre.wall.now() + 3_600_000
            centre.wall.now = lambda: later  # type: ignore[method-assign]
        for row, status in (await answers(centre, who)).items():
            assert (status == 401) is (SCOPES[row] is not None), (row, status)

    run(scene, tmp_path)


@pytest.mark.parametrize("role", [r for r in PERSONS if Scope.DESK in ROLE_SCOPES[r]])
@pytest.mark.parametrize(
    ("county", "status"), [(OWN, 200), ("", 200), (OTHER, 404)], ids=["own", "none", "other"]
)
def test_things_of_another_county_are_not_there(
    tmp_path: Path, role: Role, county: str, status: int
) -> None:
    async def scene(centre: Served) -> None:
        await centre.machine(OfferCall("c-1", county=county))
        await centre.machine(OpenIncident("i-1", county=county))
        who = await centre.person("p-1", role, county=OWN)
        for path in ("earlier?call_id=c-1", "timeline?incident_id=i-1"):
            answer = await centre.client.get(f"/desk/{path}", headers=who)
            assert answer.status_code == status, path
        seq = centre.log.head().seq
        body = {"id": "r-1", "thing": "call", "thing_id": "c-1", "reason": "asked to"}
        read = await centre.client.post("/desk/words", json=body, headers=who)
        refused = {"other_county"} if county == OTHER else {None}
        assert read.json().get("reason") in refused, read.text
        assert centre.log.head().seq == seq + 1, "read or refused, it is in the log"

    run(scene, tmp_path)


def test_what_no_table_may_ever_say() -> None:
    for role in PERSONS:
        assert Scope.OFFICE not in ROLE_SCOPES[role]
    for role in (Role.PRESS_OFFICER, Role.SPOKESPERSON, Role.ANALYST, Role.ADMINISTRATOR):
        assert Scope.DESK not in ROLE_SCOPES[role], "who is not at work on it sees no places"
    assert [row for row, scope in SCOPES.items() if scope is None] == [
        ("GET", "/health"),
        ("GET", "/openapi.json"),
        ("GET", "/static/page/{name}"),
    ]
    deeds = {path for method, path in WHILE_LOCKED if method == "POST" and "session" not in path}
    assert deeds == {"/desk/phone"}, "a locked desk rings: its telephone keeps its key, no more"

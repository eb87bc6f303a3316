"""Every address of the office has a row, and each role gets at each what its row says."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from pasokh.core.people import Role
from pasokh.office.matrix import MATRIX, STAFF, Locked, Row
from pasokh.office.models import OfficePerson, OpenedSession
from pasokh.office.opened import lock
from tests.office.people import browser, make_person, sign_in

pytestmark = [pytest.mark.usefixtures("control_room"), pytest.mark.slow]

MINE, THEIRS = "0901", "0915"
# What may answer instead of a page, once the gate let somebody in: a redirect of the view, a
# wrong method, an unknown invitation, a thing that does not exist.
_OWN_ANSWERS = {"account_login", "account_logout", "socialaccount_login_error"}
_BEHIND_THE_GATE = {200, 302, 400, 404, 405, 410}


def routes(patterns: list[Any] | None = None, before: str = "") -> Iterator[tuple[str, str]]:
    """(name, path as Django has it) of each address that exists."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        at = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, at)
        else:
            assert isinstance(pattern, URLPattern)
            yield pattern.name, at


ROUTES = dict(routes())


def path_of(name: str, person: OfficePerson, row: OpenedSession | None = None) -> str:
    """A path of the route, about this person."""
    filled = {
        "<str:person_id>": person.person_id,
        "<str:digest>": row.digest if row else "unknown",
        "<str:token>": "unknown",
        "<int:pk>": "1",
        "<int:seq>": "1",
        "<int:number>": "1",
        "<str:name>": "unit",
        "^(?P<provider_id>[^/]+)/": "unknown/",
    }
    path = ROUTES[name]
    for part, value in filled.items():
        path = path.replace(part, value)
    return f"/{re.sub(r'<int:[a-z_]+>', '1', path)}"


def ask(client: Client, path: str) -> int:
    """Ask by GET, which changes nothing, as a program would."""
    return int(client.get(path, headers={"Accept": "application/json"}).status_code)


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    assert set(ROUTES) == set(MATRIX)


def test_without_a_row_nobody_is_let_in(monkeypatch: pytest.MonkeyPatch) -> None:
    client = sign_in(make_person(Role.ADMINISTRATOR))
    assert ask(client, "/office/fa/people/") == 200
    monkeypatch.delitem(MATRIX, "people")
    assert ask(client, "/office/fa/people/") == 404


@pytest.mark.parametrize("role", sorted(STAFF))
def test_each_role_gets_what_its_row_says(role: Role) -> None:
    person = make_person(role)
    client = sign_in(person)
    for name, row in MATRIX.items():
        if name in _OWN_ANSWERS:
            continue
        status = ask(client, path_of(name, person))
        if row.demo_only:
            assert status == 404, name
        elif row.anybody or role in row.roles:
            assert status in _BEHIND_THE_GATE, (name, status)
        else:
            assert status == (404 if row.secret else 403), (name, status)


def test_who_is_not_signed_in_gets_what_is_anybodys() -> None:
    person = make_person(Role.DISPATCHER)
    for name, row in MATRIX.items():
        if name in _OWN_ANSWERS:
            continue
        status = ask(browser(), path_of(name, person))
        expected = {404} if row.demo_only else _BEHIND_THE_GATE if row.anybody else {401}
        assert status in expected, (name, status)


def test_a_locked_session_gets_its_desk_and_the_way_to_unlock() -> None:
    person = make_person(*STAFF)
    client = sign_in(person)
    lock(OpenedSession.objects.get(person=person), "asked")
    for name, row in MATRIX.items():
        if row.anybody or row.demo_only:
            continue
        status = ask(client, path_of(name, person))
        allowed = row.locked is Locked.ALLOWED
        assert (status in _BEHIND_THE_GATE) if allowed else (status == 423), (name, status)


def of_a_county(row: Row) -> bool:
    return row.county


@pytest.mark.parametrize("name", [name for name, row in MATRIX.items() if of_a_county(row)])
def test_another_county_is_out_of_reach(name: str) -> None:
    here = sign_in(make_person(Role.ADMINISTRATOR, county=MINE))
    person = make_person(Role.DISPATCHER, county=THEIRS, name="far away")
    theirs = sign_in(person)
    row = OpenedSession.objects.get(person=person)
    path = path_of(name, person, row)
    if "<" not in ROUTES[name]:  # a list or a form: nothing of the other county is in it
        assert "far away" not in here.get(path).content.decode()
        placed = {"person_id": "p-x", "name": "x", "roles": ["dispatcher"], "county": THEIRS}
        here.post(path, placed)
        assert not OfficePerson.objects.filter(person_id="p-x").exists()
        return
    statuses = {here.get(path).status_code, here.post(path, {}).status_code}
    assert statuses <= {404, 405}
    assert 404 in statuses
    assert theirs.get("/office/fa/").status_code == 200

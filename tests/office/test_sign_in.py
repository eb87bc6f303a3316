"""Signing in: two proofs, heard by the log before the browser goes on, or not at all."""

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.cache import cache
from django.test import override_settings
from msgspec.structs import replace

from pasokh.core.people import Role
from pasokh.office.models import Announcement, OfficePerson, OpenedSession
from pasokh.words.say import say
from tests.adapters.api.process import free_port
from tests.office.people import (
    LOGIN,
    PASSWORD,
    SECOND,
    at_control_room,
    browser,
    code_of,
    cookie_of,
    make_person,
    sign_in,
)

pytestmark = pytest.mark.usefixtures("control_room")


def told(name: str) -> list[dict[str, object]]:
    rows = Announcement.objects.filter(name=name, waiting=False, settled="")
    return [row.command for row in rows]


def test_password_and_code_open_a_session_that_the_control_room_knows(control_room: str) -> None:
    person = make_person(Role.DISPATCHER)
    client = sign_in(person)
    assert client.get("/office/fa/").status_code == 200
    answer = at_control_room(control_room, cookie_of(client))
    assert answer.status_code == 200, answer.text
    assert answer.json()["person"] == person.person_id
    assert answer.json()["roles"] == ["dispatcher"]


@pytest.mark.slow
def test_a_password_alone_opens_nothing(control_room: str) -> None:
    person = make_person(Role.DISPATCHER)
    client = browser()
    client.post(LOGIN, {"login": person.person_id, "password": PASSWORD})
    assert client.get("/office/fa/").status_code == 302
    assert at_control_room(control_room, cookie_of(client)).status_code == 401
    person.authenticator_set.all().delete()
    answer = browser().post(LOGIN, {"login": person.person_id, "password": PASSWORD})
    assert answer.status_code == 403
    assert say("fa", "office.trouble.unfinished") in answer.content.decode()


@pytest.mark.slow
def test_nobody_learns_which_names_exist() -> None:
    person = make_person(Role.DISPATCHER)
    known = browser().post(LOGIN, {"login": person.person_id, "password": "wrong"})
    unknown = browser().post(LOGIN, {"login": "nobody-here", "password": "wrong"})
    for answer in (known, unknown):
        assert answer.status_code == 200
        assert say("fa", "office.error.mismatch") in answer.content.decode()
    assert {"means": "password_totp", "person_id": person.person_id} in told(
        "record-failed-sign-in"
    )
    assert not Announcement.objects.filter(command__person_id="nobody-here").exists()


@pytest.mark.slow
def test_a_code_counts_once_and_a_recovery_code_too() -> None:
    person = make_person(Role.CALL_TAKER)
    code = code_of(person)
    statuses = []
    for given in (code, code, person.codes[0], person.codes[0]):
        client = browser()
        client.post(LOGIN, {"login": person.person_id, "password": PASSWORD})
        statuses.append(client.post(SECOND, {"code": given}).status_code)
    assert statuses == [302, 200, 302, 200]
    means = OpenedSession.objects.filter(person=person).values_list("means", flat=True)
    assert sorted(means) == ["password_totp", "recovery_code"]


def forget_the_period(person: OfficePerson, code: str) -> None:
    """Do what half a minute does: allauth forgets that the code was used."""
    totp = Authenticator.objects.get(user=person, type=Authenticator.Type.TOTP).wrap()
    cache.delete(totp._get_used_cache_key(code))


@pytest.mark.slow
def test_a_code_of_the_period_before_counts_too_but_once() -> None:
    person = make_person(Role.CALL_TAKER)
    statuses = []
    before = ""
    for periods in (-3, -1, 0):
        # Made when it is used: half a minute may end between two of them.
        code = before if periods == 0 else code_of(person, periods)
        before, client = code, browser()
        client.post(LOGIN, {"login": person.person_id, "password": PASSWORD})
        statuses.append(client.post(SECOND, {"code": code}).status_code)
        forget_the_period(person, code)
    assert statuses == [200, 302, 200]


@pytest.mark.slow
def test_without_the_control_room_nobody_is_half_in() -> None:
    person = make_person(Role.DISPATCHER)
    away = replace(settings.PASOKH, control_room_url=f"http://127.0.0.1:{free_port()}")
    client = browser()
    with override_settings(PASOKH=away):
        client.post(LOGIN, {"login": person.person_id, "password": PASSWORD})
        answer = client.post(SECOND, {"code": person.codes[0]})
    assert answer.status_code == 503
    assert say("fa", "office.trouble.away") in answer.content.decode()
    assert client.get("/office/fa/").status_code == 302
    assert not OpenedSession.objects.filter(person=person).exists()
    client.post(LOGIN, {"login": person.person_id, "password": PASSWORD})
    assert client.post(SECOND, {"code": person.codes[1]}).status_code == 302
    assert OpenedSession.objects.filter(person=person).count() == 1


@pytest.mark.slow
def test_guessing_is_slowed_down() -> None:
    person = make_person(Role.DISPATCHER)
    client = browser()
    for _ in range(5):
        client.post(LOGIN, {"login": person.person_id, "password": "wrong"})
    answer = client.post(LOGIN, {"login": person.person_id, "password": PASSWORD})
    assert say("fa", "office.error.too_many") in answer.content.decode()
    assert client.get("/office/fa/").status_code == 302


@pytest.mark.slow
def test_a_flood_of_attempts_is_answered_in_words() -> None:
    client = browser()
    answers = [client.post(LOGIN, {}) for _ in range(31)]
    assert answers[-1].status_code == 429
    assert say("fa", "office.trouble.too_many") in answers[-1].content.decode()

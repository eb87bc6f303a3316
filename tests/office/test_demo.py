"""The demo's people: one click on this machine, nobody anywhere else."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client, override_settings
from msgspec.structs import replace

from pasokh.office.demo import ACCOUNTS, forget_accounts, make_accounts
from pasokh.office.here import COOKIE, here_key, here_link
from pasokh.office.models import OfficePerson
from pasokh.office.office_settings import OfficeRefused, OfficeSettings
from pasokh.words.say import say
from tests.office.people import LOGIN, at_control_room, browser, browser_here, cookie_of

pytestmark = [pytest.mark.usefixtures("control_room"), pytest.mark.slow]


@pytest.fixture
def passwords() -> Iterator[dict[str, str]]:
    with override_settings(PASOKH=replace(settings.PASOKH, demo=True)):
        yield dict(make_accounts("fa"))
    forget_accounts()


@pytest.mark.usefixtures("passwords")
def test_one_click_signs_in(control_room: str) -> None:
    for account in ACCOUNTS:
        client = browser_here()
        assert f'"/office/fa/demo/{account.person_id}/"' in client.get(LOGIN).content.decode()
        assert client.get(f"/office/fa/demo/{account.person_id}/").status_code == 405
        answer = client.post(f"/office/fa/demo/{account.person_id}/")
        assert answer.status_code == 302, answer.content.decode()
        me = at_control_room(control_room, cookie_of(client)).json()
        assert me["roles"] == [account.role.value]
        assert me.get("county", "") == account.county


@pytest.mark.parametrize("key", ["", "0" * 32])
def test_who_has_not_the_link_of_the_start_is_not_let_in(
    passwords: dict[str, str], key: str
) -> None:
    client = browser()
    if key:
        assert client.get(f"/office/fa/here/{key}/").status_code == 404
        client.cookies[COOKIE] = key
    page = client.get(LOGIN).content.decode()
    assert "/demo/" not in page
    assert say("fa", "office.demo.link") in page
    answer = client.post(f"/office/fa/demo/{next(iter(passwords))}/")
    assert (answer.status_code, client.get("/office/fa/").status_code) == (403, 302)


def test_the_link_of_the_start_is_one_of_the_office(passwords: dict[str, str]) -> None:
    assert passwords
    client = browser()
    office = settings.PASOKH.public_url
    answer = client.get(here_link().removeprefix(office))
    assert (answer.status_code, answer["Location"]) == (302, "/office/fa/")
    cookie = answer.cookies[COOKIE]
    assert (cookie["path"], cookie["httponly"]) == ("/office/", True)


def test_the_click_needs_our_own_form(passwords: dict[str, str]) -> None:
    client = Client(enforce_csrf_checks=True, SERVER_NAME="127.0.0.1")
    client.get(f"/office/fa/here/{here_key()}/")
    assert client.post(f"/office/fa/demo/{next(iter(passwords))}/").status_code == 403


def test_outside_the_demo_nobody_is_let_in(passwords: dict[str, str]) -> None:
    person_id, password = next(iter(passwords.items()))
    with override_settings(PASOKH=replace(settings.PASOKH, demo=False)):
        client = browser()
        assert client.get(f"/office/fa/here/{here_key()}/").status_code == 404
        client.cookies[COOKIE] = here_key()
        assert "/demo/" not in client.get(LOGIN).content.decode()
        assert client.post(f"/office/fa/demo/{person_id}/").status_code == 404
        client.post(LOGIN, {"login": person_id, "password": password})
        assert client.get("/office/fa/").status_code == 302


def test_the_demo_ends_with_its_people(passwords: dict[str, str]) -> None:
    client = browser_here()
    client.post(f"/office/fa/demo/{next(iter(passwords))}/")
    assert client.get("/office/fa/").status_code == 200
    forget_accounts()
    assert client.get("/office/fa/").status_code == 302
    assert not OfficePerson.objects.filter(demo=True, is_active=True).exists()


def test_the_demo_serves_this_machine_only() -> None:
    open_to_all = replace(settings.PASOKH, demo=True, public_url="https://centre.example")
    with pytest.raises(OfficeRefused, match="this machine only"):
        open_to_all.check()
    with pytest.raises(OfficeRefused, match="in the clear"):
        OfficeSettings(settings.PASOKH.data, public_url="http://centre.example").check()

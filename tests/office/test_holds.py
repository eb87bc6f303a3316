"""Legal holds in the office: two people set one and two end it, and nobody alone."""

from typing import Any

import pytest
from django.test import Client

from pasokh.core.people import Role
from pasokh.words.say import say
from tests.office.people import make_person, sign_in

pytestmark = pytest.mark.slow

PAGE = "/office/fa/holds/"
ASKED = {"thing": "call", "thing_id": "c-held", "reason": "a court asks"}


def line_of(client: Client, thing_id: str) -> str:
    """The line of a hold; empty without one."""
    page = client.get(PAGE).content.decode()
    lines = (line.split("</tr>")[0] for line in page.split("<tr id=")[1:])
    return next((line for line in lines if thing_id in line), "")


def step(client: Client, thing_id: str, reason: str = "seen") -> Any:
    """Do what the page offers next."""
    address = line_of(client, thing_id).split('action="')[1].split('"')[0]
    return client.post(address, {"reason": reason})


@pytest.mark.usefixtures("control_room")
def test_two_people_set_a_hold_and_two_end_it() -> None:
    first, second = sign_in(make_person(Role.SUPERVISOR)), sign_in(make_person(Role.AUDITOR))
    assert first.post(f"{PAGE}new/", ASKED).status_code == 302
    assert say("fa", "office.holds.own") in line_of(first, "c-held")
    assert 'action="' not in line_of(first, "c-held")
    assert step(second, "c-held", " ").status_code == 400
    assert step(second, "c-held").status_code == 302
    assert step(second, "c-held", "the case is over").status_code == 302
    assert say("fa", "office.holds.own") in line_of(second, "c-held")
    assert step(first, "c-held").status_code == 302
    assert line_of(first, "c-held") == ""


@pytest.mark.usefixtures("control_room")
def test_what_is_missing_or_held_already_is_said_beside_the_form() -> None:
    client = sign_in(make_person(Role.ADMINISTRATOR))
    wrong = client.post(f"{PAGE}new/", ASKED | {"thing_id": " "})
    assert wrong.status_code == 400
    assert say("fa", "office.error.hold_thing") in wrong.content.decode()
    twice = ASKED | {"thing_id": "c-twice"}
    assert client.post(f"{PAGE}new/", twice).status_code == 302
    again = client.post(f"{PAGE}new/", twice)
    assert again.status_code == 400
    assert "c-twice" in again.content.decode()
    assert client.post(f"{PAGE}none/confirm/", {"reason": "x"}).status_code == 404


@pytest.mark.usefixtures("control_room")
def test_others_do_not_learn_that_there_is_such_a_page() -> None:
    for person in (make_person(Role.CALL_TAKER), make_person(Role.SUPERVISOR, county="0901")):
        client = sign_in(person)
        assert client.get(PAGE).status_code == 404
        assert client.post(f"{PAGE}new/", ASKED).status_code == 404
        assert "/holds/" not in client.get("/office/fa/").content.decode()

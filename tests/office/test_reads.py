"""Reads that broke the glass: shown to who may review them, reviewed by another person."""

from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.conf import settings
from django.test import Client, override_settings
from msgspec.structs import replace

from pasokh.core.people import Role
from pasokh.office.models import OfficePerson
from pasokh.words.say import say
from tests.adapters.api.process import free_port, headers_of
from tests.office.people import cookie_of, make_person, sign_in

pytestmark = pytest.mark.slow

PAGE = "/office/fa/reads/"
WHY = "a complaint about that night"
_deeds = count(1)


class Glass:
    """Lets people break the glass at the real control room. An auditor always does."""

    def __init__(self, url: str, folder: Path) -> None:
        self._url = url
        self._machine = headers_of(folder)

    def broken(self, county: str = "") -> tuple[int, OfficePerson, Client]:
        """Let an auditor read a call; give the read's place in the log, and the reader."""
        call_id = f"c-glass-{next(_deeds)}"
        order = {"id": f"offer-{call_id}", "words": {"text": "smoke"}}
        command = {"call_id": call_id, "county": county}
        offered = httpx.post(
            f"{self._url}/commands/offer-call",
            json=order | {"command": command},
            headers=self._machine,
        )
        assert offered.status_code == 200, offered.text
        auditor = make_person(Role.AUDITOR)
        client = sign_in(auditor)
        read = httpx.post(
            f"{self._url}/desk/words",
            json={"id": f"read-{call_id}", "thing": "call", "thing_id": call_id, "reason": WHY},
            cookies={"pasokh_session": cookie_of(client)},
            headers={"Origin": self._url},
        )
        assert read.json()["words"][0]["text"] == "smoke", read.text
        (found,) = (one for one in self.waiting() if one["thing_id"] == call_id)
        assert (found["reason"], found["county"]) == (WHY, county)
        assert found["actor"] == f"auditor:{auditor.person_id}"
        return found["seq"], auditor, client

    def waiting(self) -> list[dict[str, Any]]:
        """What nobody has reviewed, as the control room tells it."""
        told = httpx.get(f"{self._url}/views/reads", headers=self._machine)
        found: list[dict[str, Any]] = told.json()["reads"]
        return found


@pytest.fixture(scope="module")
def glass(control_room: str, database: Path) -> Glass:
    return Glass(control_room, database)


def review(client: Client, seq: int, reason: str) -> Any:
    return client.post(f"{PAGE}{seq}/review/", {"reason": reason})


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.ADMINISTRATOR, Role.AUDITOR])
def test_another_person_reviews_it_and_the_log_knows(glass: Glass, role: Role) -> None:
    seq, reader, _ = glass.broken()
    client = sign_in(make_person(role))
    page = client.get(PAGE).content.decode()
    line = page[page.index(f'id="read-{seq}"') :].split("</tr>")[0]
    assert reader.name in line
    assert WHY in line
    assert review(client, seq, "it was needed").status_code == 302
    assert seq not in {one["seq"] for one in glass.waiting()}
    assert f'id="read-{seq}"' not in client.get(PAGE).content.decode()
    assert review(client, seq, "again").status_code == 404


def test_nobody_reviews_their_own(glass: Glass) -> None:
    seq, _, client = glass.broken()
    page = client.get(PAGE).content.decode()
    assert f"{PAGE}{seq}/review/" not in page
    assert say("fa", "office.reads.own") in page
    answer = review(client, seq, "all was well")
    assert answer.status_code == 400
    assert seq in {one["seq"] for one in glass.waiting()}


def test_a_review_says_what_came_of_it(glass: Glass) -> None:
    seq, _, _ = glass.broken()
    client = sign_in(make_person(Role.SUPERVISOR))
    answer = review(client, seq, "  ")
    assert answer.status_code == 400
    assert say("fa", "office.error.review_reason") in answer.content.decode()
    long = review(client, seq, "x" * 501)
    assert long.status_code == 400
    assert "x" * 501 in long.content.decode(), "what was typed is not lost"
    assert seq in {one["seq"] for one in glass.waiting()}


def test_others_do_not_learn_that_there_is_such_a_page(glass: Glass) -> None:
    seq, _, _ = glass.broken()
    client = sign_in(make_person(Role.CALL_TAKER, Role.DISPATCHER, Role.ANALYST))
    assert client.get(PAGE).status_code == 404
    assert review(client, seq, "why not").status_code == 404
    assert "/reads/" not in client.get("/office/fa/").content.decode()
    supervisor = sign_in(make_person(Role.SUPERVISOR))
    assert PAGE in supervisor.get("/office/fa/").content.decode()


def test_a_county_has_its_own(glass: Glass) -> None:
    here, there = glass.broken("0901")[0], glass.broken("0915")[0]
    client = sign_in(make_person(Role.SUPERVISOR, county="0901"))
    page = client.get(PAGE).content.decode()
    assert f'id="read-{here}"' in page
    assert f'id="read-{there}"' not in page
    assert review(client, there, "not mine").status_code == 404
    assert review(client, here, "mine").status_code == 302
    assert {one["seq"] for one in glass.waiting()} & {here, there} == {there}


def test_without_the_control_room_nothing_is_said_to_be_reviewed(glass: Glass) -> None:
    seq, _, _ = glass.broken()
    client = sign_in(make_person(Role.SUPERVISOR))
    away = replace(settings.PASOKH, control_room_url=f"http://127.0.0.1:{free_port()}")
    with override_settings(PASOKH=away):
        assert client.get(PAGE).status_code == 503
        assert review(client, seq, "looked").status_code == 503
    assert seq in {one["seq"] for one in glass.waiting()}

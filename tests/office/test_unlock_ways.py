"""What a locked desk is told: how its person may unlock; a click is a way in the demo only."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import override_settings
from msgspec.structs import replace

from pasokh.core.people import Role
from pasokh.office.demo import forget_accounts, make_accounts
from pasokh.office.models import OpenedSession
from tests.office.people import browser_here, make_person, sign_in

pytestmark = pytest.mark.usefixtures("control_room")

OPTIONS = "/office/fa/unlock/options/"
JSON = {"Accept": "application/json"}


@pytest.fixture
def demo() -> Iterator[str]:
    with override_settings(PASOKH=replace(settings.PASOKH, demo=True)):
        yield make_accounts("fa")[0][0]
    forget_accounts()


@pytest.mark.slow
def test_a_person_is_told_their_own_ways() -> None:
    client = sign_in(make_person(Role.CALL_TAKER))
    client.post("/office/fa/lock/")
    told = client.get(OPTIONS, headers=JSON).json()
    assert told["ways"] == {"passkey": False, "code": True, "password": False, "click": False}
    assert told["request_options"]
    assert told["form_token"]


@pytest.mark.slow
def test_a_click_unlocks_nothing_outside_the_demo() -> None:
    person = make_person(Role.CALL_TAKER, demo=True)
    client = sign_in(person)
    client.post("/office/fa/lock/")
    answer = client.post("/office/fa/unlock/", {"click": "1"}, headers=JSON)
    assert (answer.status_code, answer.json()["locked"]) == (400, True)
    assert OpenedSession.objects.get(person=person).locked


@pytest.mark.slow
def test_a_click_unlocks_a_demo_account_in_the_demo(demo: str) -> None:
    client = browser_here()
    client.post(f"/office/fa/demo/{demo}/")
    client.post("/office/fa/lock/")
    assert client.get(OPTIONS, headers=JSON).json()["ways"]["click"]
    assert client.post("/office/fa/unlock/", {"click": "1"}, headers=JSON).json() == {
        "locked": False
    }
    assert not OpenedSession.objects.get(person__person_id=demo).locked

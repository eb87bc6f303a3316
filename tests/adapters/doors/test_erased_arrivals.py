"""What came in by the public doors is in no byte of the folder, nor said by a program, once erased.

Real processes: the form, a thread that goes on, an alarm with its list, a telephone's own place, an
objection, and of each what cannot be read. A plant is looked for in every form of text.
"""

import hmac
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

from pasokh.adapters.api.scopes import Scope
from pasokh.adapters.api.tokens import add_token
from pasokh.core.people import Role
from tests.adapters.api.process import headers_of, running
from tests.adapters.api.test_erased import (
    NAME,
    NUMBER,
    PLACE,
    POINT,
    TEXT,
    erase,
    found_in,
    still_open,
)
from tests.adapters.doors.doors import bearer, doors_running
from tests.adapters.doors.test_alarms import ALARM

pytestmark = pytest.mark.slow
FORMED = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
WHERE = {"latitude": str(POINT[0]), "longitude": str(POINT[1])}
LETTER = {"text": f"{TEXT} {NAME}", "place": PLACE, "number": NUMBER}
AML = '[aml.operator]\nsecret = "secret"\n'


def alarm(number: int) -> dict[str, Any]:
    site = {"name": NAME, "address": PLACE, **{k: float(v) for k, v in WHERE.items()}}
    return ALARM | {"alarm_id": f"A-{number}", "callback": NUMBER, "zone": TEXT, "premises": site}


def place_of_a_telephone() -> bytes:
    told = {"v": "1", "device_number": NUMBER, "location_accuracy": "12"}
    body = urlencode(told | {f"location_{name}": value for name, value in WHERE.items()}).encode()
    return body + b"&hmac=" + hmac.new(b"secret", body, "sha1").hexdigest().encode()


def knock(url: str, token: str) -> None:
    """Come to each door, as one should and as nobody can understand."""
    with httpx.Client(base_url=url, timeout=60, headers=FORMED) as client:
        client.get("/fa/")
        for nonce, more in (("1", WHERE | {"accuracy": "9"}), ("2", {})):
            sent = client.post("/fa/send", content=urlencode({"nonce": nonce} | LETTER | more))
            assert sent.status_code == 201, sent.text
        objection = {"number": NUMBER, "text": TEXT, "name": NAME, "nonce": "3"}
        client.post("/fa/appeal", content=urlencode(objection))
        assert client.post("/aml/operator", content=place_of_a_telephone()).status_code == 200
        client.post("/aml/operator", content=f"v=1&device_number={TEXT}".encode())
        client.post("/fa/send", content=f"nonce=4&text={TEXT}&latitude={TEXT}".encode())
    with httpx.Client(base_url=url, timeout=60, headers=bearer(token)) as company:
        assert company.post("/alarms", json=alarm(1)).is_success
        company.post("/alarms", json=alarm(2) | {"type": TEXT, "at": TEXT})
        company.post("/alarms", content=f"{TEXT},{NUMBER}\n", headers={"Content-Type": "text/csv"})


def offered(url: str, headers: dict[str, str], calls: int) -> None:
    """Wait until the control room has them."""
    until = monotonic() + 60
    while monotonic() < until:
        seen = httpx.get(f"{url}/desk/snapshot", headers=headers, timeout=60).json()["objects"]
        if sum(one["kind"] == "call" for one in seen) >= calls:
            return
        sleep(0.2)
    raise AssertionError("the calls of the doors did not come")


def test_no_byte_tells_what_came_by_a_door_when_it_is_erased(tmp_path: Path) -> None:
    folder = tmp_path / "centre"
    folder.mkdir()
    headers = headers_of(folder)
    token = add_token(folder, name="acme", role=Role.MACHINE, scopes=[Scope.ALARM], now=1)
    with (
        running(folder) as (centre, _),
        doors_running(folder, int(centre.rpartition(":")[2]), more=AML) as (url, _),
    ):
        knock(url, token)
        offered(centre, headers, 2)
        sleep(2)
    assert len(still_open(folder)) >= 3
    # As it arrived, until the log has it; and what nobody could read.
    assert {name.split("/")[0] for name in found_in(folder)} <= {"doors"}
    erase(folder, 400)
    assert found_in(folder) == set()

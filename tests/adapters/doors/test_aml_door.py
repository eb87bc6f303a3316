"""Places of telephones at their door: kept before they are read, joined by number, all kept."""

import hmac
import json
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import urlencode

import httpx
import pytest

from pasokh.adapters.doors.aml_door import aml_handings
from pasokh.adapters.doors.knocks import DoorKind, Knock
from pasokh.adapters.storage.log_reader import read_only
from pasokh.adapters.telephony.aml_told import form_told
from pasokh.answer.commands import TellPlace
from pasokh.core.machine import Command, Words
from pasokh.core.told_places import PlaceSource
from tests.adapters.api.process import headers_of, running
from tests.adapters.doors.doors import NOW, doors_running

NUMBER = "+989120000001"
FORM = {
    "v": "1",
    "device_number": NUMBER,
    "location_latitude": "36.3",
    "location_longitude": "59.6",
    "location_accuracy": "12",
}
SENDERS = {"operator": "secret"}


def signed(fields: dict[str, str], secret: bytes = b"secret") -> bytes:
    body = urlencode(fields).encode()
    return body + b"&hmac=" + hmac.new(secret, body, "sha1").hexdigest().encode()


def read(body: bytes, name: str, secret: bytes) -> tuple[Command, Words]:
    told = form_told(body, name, secret, b"key")
    return told.command, told.words


@pytest.mark.parametrize(("secret", "troubles"), [(b"secret", ()), (b"wrong", ("aml_hmac",))])
def test_a_form_is_one_order_with_its_doubt(secret: bytes, troubles: tuple[str, ...]) -> None:
    knock = Knock("k1", DoorKind.AML, NOW, "operator", body=signed(FORM, secret))
    (handing,) = aml_handings(knock, SENDERS, read)
    (order,) = handing.orders  # type: ignore[union-attr]
    assert isinstance(order.command, TellPlace)
    assert (order.command.source, order.needed) == (PlaceSource.AML_HTTPS, False)
    assert order.words is not None
    assert order.words.number == NUMBER
    assert order.words.places[0].troubles == troubles  # type: ignore[index]


@pytest.mark.parametrize("body", [b"", b"\xff\x00", b"&&&=", b"hmac=1", b"a=" + b"9" * 20_000])
def test_any_form_is_read(body: bytes) -> None:
    assert aml_handings(Knock("k1", DoorKind.AML, NOW, "operator", body=body), SENDERS, read)


@pytest.mark.slow
def test_a_telephones_place_reaches_its_call_whichever_comes_first(tmp_path: Path) -> None:
    more = '[aml.operator]\nsecret = "secret"\n'
    with (
        running(tmp_path) as (url, _),
        doors_running(tmp_path, int(url.rpartition(":")[2]), more=more) as (doors, _),
    ):
        assert httpx.post(f"{doors}/aml/stranger", content=signed(FORM)).status_code == 404
        early = httpx.post(f"{doors}/aml/operator", content=signed(FORM))
        assert (early.status_code, early.json()) == (200, {"taken": True})
        _until(tmp_path, "PlaceTold", 1)
        order = {"id": "o1", "command": {"call_id": "c1"}, "words": {"number": NUMBER}}
        headers = headers_of(tmp_path)
        assert httpx.post(f"{url}/commands/offer-call", json=order, headers=headers).is_success
        late = httpx.post(f"{doors}/aml/operator", content=signed(FORM, b"wrong"))
        assert late.status_code == 200
        _until(tmp_path, "PlaceTold", 2)
        asked = {"id": "r1", "thing": "call", "thing_id": "c1"}
        words = httpx.post(f"{url}/desk/words", json=asked, headers=headers).json()["words"]
    told = [one["places"][0] for one in words if one["what"] == "told"]
    assert [place["radius_m"] for place in told] == [12, 12]
    assert [place.get("troubles", []) for place in told] == [[], ["aml_hmac"]]
    reader = read_only(tmp_path / "log.sqlite")
    entries = list(reader.read())
    reader.close()
    assert NUMBER not in "".join(entry.body for entry in entries)
    joined = [json.loads(e.body).get("call_id") for e in entries if e.kind == "PlaceTold"]
    assert joined == [None, "c1"]


def _until(folder: Path, kind: str, count: int) -> None:
    until = monotonic() + 10
    while True:
        reader = read_only(folder / "log.sqlite")
        kinds = [entry.kind for entry in reader.read()]
        reader.close()
        if kinds.count(kind) >= count:
            return
        assert monotonic() < until, (kinds[-3:], (folder / "doors.txt").read_text())
        sleep(0.05)

"""Alarms at their door: kept, a call each, once; notes on it; what is ill-formed is put aside."""

import asyncio
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pasokh.adapters.doors.alarms import alarm_call_id
from pasokh.adapters.doors.arrivals import DoorTally
from pasokh.adapters.doors.parked import read_parked
from pasokh.adapters.storage.folder import DiskFolder
from pasokh.answer.commands import NoteCall, OfferCall, TypeCall
from pasokh.answer.events import Channel, Origin
from pasokh.core.told_places import PlaceSource
from tests.adapters.doors.doors import NOW, Doors, PaperCentre, bearer, doors_at, play, until

ALARM: dict[str, Any] = {
    "alarm_id": "A-1",
    "type": "burglary",
    "callback": "۰۵۱ ۳۸۰۰ ۰۰۰۱",
    "premises": {
        "name": "فروشگاه نمونه",
        "address": "مشهد، خیابان نمونه ۱۲",
        "latitude": 36.2972,
        "longitude": 59.6067,
    },
    "zone": "در پشتی",
    "at": "2026-11-28T22:14:05+03:30",
    "audible": False,
    "permit": "P-7",
    "call_to_premises": "no_answer",
    "panel": {"battery": "low"},
}


def test_an_alarm_becomes_a_call_with_its_words_and_place(tmp_path: Path) -> None:
    async def scene(doors: Doors) -> None:
        answer = await doors.alarm(ALARM)
        call_id = alarm_call_id("acme", "A-1")
        assert answer.status_code == 201
        assert answer.json() == {"alarm_id": "A-1", "call_id": call_id, "state": "accepted"}
        offer, typed = doors.centre.given
        assert offer.command == OfferCall(call_id, Channel.ALARM, Origin.ALARM, "0916")
        assert typed.command == TypeCall(call_id, "intrusion_alarm")
        assert offer.at == NOW
        words = offer.words
        assert words is not None
        assert (words.name, words.number) == ("فروشگاه نمونه", "+985138000001")
        for said in ("acme", "A-1", "22:14:05", "Silent", "nobody answered", "در پشتی", "P-7"):
            assert said in words.text, said
        assert "battery" in words.text, "what has no place in our shape is said too"
        assert words.places is not msgspec.UNSET
        assert words.places[0].source is PlaceSource.ALARM

    play(scene, tmp_path)


def test_the_same_alarm_is_one_call_and_other_words_of_it_a_note(tmp_path: Path) -> None:
    async def scene(doors: Doors) -> None:
        first = await doors.alarm(ALARM)
        again = await doors.alarm(ALARM)
        assert (first.status_code, again.status_code) == (201, 200)
        assert first.json() == again.json()
        assert (len(doors.centre.offers), doors.centre.notes) == (1, [])
        other = await doors.alarm(ALARM | {"zone": "پنجره"})
        assert other.json() == first.json()
        assert [note.words.text.count("پنجره") for note in doors.centre.notes if note.words] == [1]
        theirs = await doors.alarm(ALARM, "t-zed")
        assert theirs.json()["call_id"] != first.json()["call_id"]
        assert doors.arrivals.tally == DoorTally(received=4, calls=2, joined=2)

    play(scene, tmp_path)


@pytest.mark.parametrize("action", ["update", "cancel"])
def test_an_update_or_a_cancellation_is_a_note_and_closes_nothing(
    tmp_path: Path, action: str
) -> None:
    async def scene(doors: Doors) -> None:
        await doors.alarm(ALARM)
        answer = await doors.alarm({"alarm_id": "A-1", "action": action, "text": "صاحب خانه آمد"})
        assert (answer.status_code, answer.json()["state"]) == (200, "accepted")
        assert [type(order.command) for order in doors.centre.given] == [
            OfferCall,
            TypeCall,
            NoteCall,
        ]
        unknown = await doors.alarm({"alarm_id": "A-9", "action": action})
        assert unknown.status_code == 404
        assert unknown.json()["type"] == "/problems/alarm-unknown"
        assert doors.arrivals.tally == DoorTally(received=3, calls=1, joined=1, parked=1)

    play(scene, tmp_path)


ILL: dict[str, tuple[Any, str, str]] = {
    "no JSON": (b"{", "alarm-shape", "$"),
    "not UTF-8": (b'{"alarm_id": "\xff"}', "alarm-shape", "$"),
    "no id": ({"type": "fire", "premises": {"address": "x"}}, "alarm-shape", "$"),
    "no type": ({"alarm_id": "A", "premises": {"address": "x"}}, "alarm-shape", "$"),
    "a type of its own": (ALARM | {"type": "flood"}, "alarm-shape", "$.type"),
    "nowhere": ({"alarm_id": "A", "type": "fire"}, "alarm-nowhere", "$.premises"),
    "half a point": (
        {"alarm_id": "A", "type": "fire", "premises": {"latitude": 36.0}},
        "alarm-half-point",
        "$.premises",
    ),
    "off the earth": (
        {"alarm_id": "A", "type": "fire", "premises": {"latitude": 136.0, "longitude": 1.0}},
        "alarm-shape",
        "$.premises.latitude",
    ),
    "no time": (ALARM | {"at": "yesterday"}, "alarm-shape", "$.at"),
    "deep": (b"[" * 100_000, "alarm-shape", "$"),
}


@pytest.mark.parametrize("ill", ILL)
@pytest.mark.parametrize("language", ["fa", "en"])
def test_what_is_ill_formed_is_put_aside_and_answered(
    tmp_path: Path, ill: str, language: str
) -> None:
    sent, kind, where = ILL[ill]
    body = sent if isinstance(sent, bytes) else msgspec.json.encode(sent)

    async def scene(doors: Doors) -> None:
        headers = bearer("t-acme") | {
            "Content-Type": "application/json",
            "Accept-Language": language,
        }
        answer = await doors.client.post("/alarms", content=body, headers=headers)
        problem = answer.json()
        assert answer.headers["content-type"] == "application/problem+json"
        assert (answer.status_code, problem["type"]) == (400, f"/problems/{kind}")
        assert problem["where"] == where
        assert problem["mend"]
        assert ("هشدار" in problem["title"] or "جغرافیایی" in problem["title"]) == (
            language == "fa"
        )
        assert doors.centre.given == []
        assert doors.arrivals.tally == DoorTally(received=1, parked=1)

    play(scene, tmp_path)
    (line,) = read_parked(DiskFolder(tmp_path))
    assert (line.body, line.knock.whose) == (body, "acme")
    assert where in line.why


def test_while_the_control_room_is_away_an_alarm_is_kept_and_handed_over_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pasokh.adapters.doors.alarm_door.HEARD_WITHIN_SECONDS", 0.05)

    async def scene() -> None:
        centre = PaperCentre()
        centre.away = True
        async with doors_at(tmp_path, centre) as doors:
            answer = await doors.alarm(ALARM)
            assert (answer.status_code, answer.json()["state"]) == (202, "kept")
            asked = await doors.client.get("/alarms/A-1", headers=bearer("t-acme"))
            assert asked.json()["type"] == "/problems/away"
            assert doors.arrivals.tally == DoorTally(received=1, waiting=1)
        async with doors_at(tmp_path, centre) as doors:
            assert doors.arrivals.tally == DoorTally(received=1, waiting=1)
            centre.away = False
            await until(lambda: doors.arrivals.tally == DoorTally(received=1, calls=1))
            assert len(centre.offers) == 1
            await doors.arrivals.clear()
            assert doors.arrivals.tally == DoorTally(received=1, calls=1)
        async with doors_at(tmp_path, centre) as doors:
            assert doors.arrivals.tally == DoorTally(received=1, calls=1)

    asyncio.run(scene())
    assert [name for name in DiskFolder(tmp_path).names() if name.startswith("journal")] == []


def test_a_company_sees_its_own_alarms_only(tmp_path: Path) -> None:
    async def scene(doors: Doors) -> None:
        await doors.alarm(ALARM)
        own = await doors.client.get("/alarms/A-1", headers=bearer("t-acme"))
        assert own.json()["state"] == "accepted"
        theirs = await doors.client.get("/alarms/A-1", headers=bearer("t-zed"))
        assert theirs.status_code == 404
        for headers, status in (({}, 401), (bearer("t-none"), 403)):
            answer = await doors.client.post("/alarms", json=ALARM, headers=headers)
            assert answer.status_code == status
        assert len(doors.centre.offers) == 1

    play(scene, tmp_path)


@pytest.mark.slow
def test_nothing_is_refused_for_coming_often(tmp_path: Path) -> None:
    async def scene(doors: Doors) -> None:
        alarms = [doors.alarm(ALARM | {"alarm_id": f"A-{n}"}) for n in range(200)]
        answers = await asyncio.gather(*alarms)
        assert {answer.status_code for answer in answers} == {201}
        assert doors.arrivals.tally == DoorTally(received=200, calls=200)

    play(scene, tmp_path)


HEADING = "alarm_id,type,premises_address,premises_latitude,premises_longitude,zone,audible,panel\n"
ROWS = HEADING + (
    'R-1,fire,"مشهد، نمونه ۱",36.2972,59.6067,انبار,yes,x\n'
    "R-2,flood,نیشابور,,,,,\n"
    "\n"
    "R-3,medical,قوچان,,,,,\n"
    "R-4,fire,,,,,,\n"
    "R-5,fire,تربت\n"
    "R-6,fire,x,north,59,,,\n"
)


def test_a_file_has_an_answer_for_each_row(tmp_path: Path) -> None:
    async def scene(doors: Doors) -> None:
        answer = await doors.rows("\ufeff" + ROWS)
        said = answer.json()
        assert (said["dry_run"], said["taken"], said["parked"]) == (False, 2, 4)
        problems = {row["row"]: row.get("problem", {}).get("type") for row in said["rows"]}
        assert problems == {
            2: None,
            3: "/problems/alarm-shape",
            5: None,
            6: "/problems/alarm-nowhere",
            7: "/problems/row-cells",
            8: "/problems/alarm-shape",
        }
        assert said["rows"][0]["call_id"] == alarm_call_id("acme", "R-1")
        assert [order.command.county for order in doors.centre.offers] == ["0916", ""]  # type: ignore[attr-defined]
        again = await doors.rows(ROWS)
        assert again.json()["rows"] == said["rows"]
        assert len(doors.centre.offers) == 2
        assert doors.arrivals.tally == DoorTally(received=12, calls=2, joined=2, parked=8)

    play(scene, tmp_path)


def test_a_dry_run_keeps_nothing(tmp_path: Path) -> None:
    async def scene(doors: Doors) -> None:
        said = (await doors.rows(ROWS, dry_run="1")).json()
        assert (said["dry_run"], said["taken"], said["parked"]) == (True, 2, 4)
        assert doors.arrivals.tally == DoorTally()
        for text, kind in (
            (b"\xff\xfe", "rows-shape"),
            (b"a,b\n1,2\n", "rows-heading"),
            (HEADING.encode() + b'"R-1', "rows-shape"),
        ):
            answer = await doors.rows(text, dry_run="1")
            assert answer.json()["type"] == f"/problems/{kind}"

    play(scene, tmp_path)


def test_the_bounds_and_the_methods_are_said(tmp_path: Path) -> None:
    async def scene(doors: Doors) -> None:
        own = bearer("t-acme")
        large = b" " * (256 * 1024 + 1)
        asked = [
            await doors.client.post(
                "/alarms", content=large, headers=own | {"Content-Type": "application/json"}
            ),
            await doors.client.get("/alarms", headers=own),
            await doors.client.post("/alarms", content=b"x", headers=own),
            await doors.client.get("/nothing"),
        ]
        assert [answer.status_code for answer in asked] == [413, 405, 415, 404]
        assert doors.arrivals.tally == DoorTally()

    play(scene, tmp_path)

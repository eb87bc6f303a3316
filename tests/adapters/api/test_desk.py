"""The desks' slow routes: sealed words after their entry, timelines, earlier calls, places."""

from pathlib import Path
from typing import Any

import apsw
import pytest

from pasokh.answer.commands import EndCall, LinkCall, NoteCall, OfferCall
from pasokh.core.machine import Words
from pasokh.core.people import Role
from pasokh.dispatch.commands import OpenIncident, PrioritiseIncident
from pasokh.reference.commands import SetEntry
from pasokh.reference.entries import PlaceEntry
from pasokh.staff.commands import WriteShiftNote
from tests.adapters.api.centre import Served, run

NUMBER = "+982100000001"
SAID = Words(name="N. N.", number=NUMBER, place="Azadi square", text="smoke")


async def reads(centre: Served) -> list[str]:
    return [entry.body for entry in centre.log.read() if entry.kind == "WordsRead"]


async def asked(centre: Served, who: dict[str, str], order_id: str, **order: str) -> Any:
    body = {"id": order_id, **order}
    return await centre.client.post("/desk/words", json=body, headers=who)


def test_words_are_opened_after_the_reading_is_in_the_log_and_once_for_one_id(
    tmp_path: Path,
) -> None:
    async def scene(centre: Served) -> None:
        await centre.machine(OfferCall("c-1"), SAID)
        who = await centre.person("p-1", Role.CALL_TAKER)
        for _ in range(2):
            answer = await asked(centre, who, "r-1", thing="call", thing_id="c-1")
            (words,) = answer.json()["words"]
            assert (words["what"], words["number"], words["erased"]) == ("offered", NUMBER, False)
            assert words["place"] == "Azadi square"
            assert len(await reads(centre)) == 1
        again = await asked(centre, who, "r-2", thing="call", thing_id="c-1")
        assert again.status_code == 200
        assert len(await reads(centre)) == 2

    run(scene, tmp_path)


@pytest.mark.slow
def test_no_words_without_a_reading_of_ones_own(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        await centre.machine(OfferCall("c-1"), SAID)
        who = await centre.person("p-1", Role.CALL_TAKER)
        other = await centre.person("p-2", Role.DISPATCHER)
        await centre.order("offer-call", "used", who, call_id="c-2")
        assert (await asked(centre, who, "r-1", thing="call", thing_id="c-1")).status_code == 200
        restarted = centre.anew()
        for person, order_id in ((other, "r-1"), (who, "used"), (who, "deed-1")):
            answer = await asked(restarted, person, order_id, thing="call", thing_id="c-1")
            assert (answer.status_code, answer.json()["type"]) == (409, "/problems/id-used")
        later = centre.wall.now() + 6 * 60_000
        centre.wall.now = lambda: later  # type: ignore[method-assign]
        answer = await asked(centre.anew(), who, "r-1", thing="call", thing_id="c-1")
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/read-over")
        assert NUMBER not in answer.text

    run(scene, tmp_path)


def test_what_is_long_over_opens_only_with_a_reason_and_for_those_who_may(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        await centre.machine(OfferCall("c-1"), SAID)
        await centre.machine(EndCall("c-1"))
        later = centre.wall.now() + 31 * 60_000
        centre.wall.now = lambda: later  # type: ignore[method-assign]
        who = await centre.person("p-1", Role.SUPERVISOR)
        bare = await asked(centre, who, "r-1", thing="call", thing_id="c-1")
        assert (bare.status_code, bare.json()["reason"]) == (409, "needs_reason")
        assert "words" not in bare.json()
        broken = await asked(centre, who, "r-2", thing="call", thing_id="c-1", reason="a complaint")
        assert broken.json()["words"][0]["number"] == NUMBER
        crew = await centre.person("p-2", Role.FIELD_CREW)
        assert (await asked(centre, crew, "r-3", thing="call", thing_id="c-1")).status_code == 403

    run(scene, tmp_path)


def test_erased_words_say_so(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        await centre.machine(OfferCall("c-1"), SAID)
        who = await centre.person("p-1", Role.CALL_TAKER)
        assert centre.vault.destroy("c-1")
        answer = await asked(centre, who, "r-1", thing="call", thing_id="c-1")
        (words,) = answer.json()["words"]
        assert words["erased"] is True
        assert {words[name] for name in ("name", "number", "place", "text")} == {None}

    run(scene, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b'{"id":"r","thing":"unit","thing_id":"u"}', 400),
        (b'{"id":"r","thing":"call"}', 400),
        (b"{", 400),
        (b'{"id":"r","thing":"call","thing_id":"c-9"}', 409),
        (b'{"id":"r","thing":"call","thing_id":"c","reason":"' + b"a" * 9000 + b'"}', 413),
    ],
)
def test_a_bad_order_to_read_is_told_apart(tmp_path: Path, body: bytes, status: int) -> None:
    async def scene(centre: Served) -> None:
        who = await centre.person("p-1", Role.CALL_TAKER)
        json = {"Content-Type": "application/json"}
        answer = await centre.client.post("/desk/words", content=body, headers=who | json)
        assert answer.status_code == status
        form = await centre.client.post("/desk/words", data={"id": "r"}, headers=who)
        assert form.status_code == 415

    run(scene, tmp_path)


def test_me_says_who_asks_and_by_which_clock(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        who = await centre.person("p-1", Role.DISPATCHER, Role.CALL_TAKER, county="mashhad")
        me = (await centre.client.get("/desk/me", headers=who)).json()
        assert (me["person"], me["county"]) == ("p-1", "mashhad")
        assert me["roles"] == ["call_taker", "dispatcher"], "in the order in which they are tried"
        assert (me["locked"], me["training"], me["desk"]) == (False, False, None)
        assert abs(me["now"] - centre.wall.now()) < 60_000
        machine = (await centre.client.get("/desk/me", headers=centre.token())).json()
        assert (machine["session_id"], machine["person"]) == (None, "m-1")

    run(scene, tmp_path)


def test_a_timeline_tells_every_step_and_no_words(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        await centre.machine(OfferCall("c-1"), SAID)
        await centre.machine(OpenIncident("i-1", incident_type="fire"), SAID)
        await centre.machine(OfferCall("c-2"))
        await centre.machine(LinkCall("c-1", "i-1"))
        who = await centre.person("p-1", Role.DISPATCHER)
        order = {"incident_id": "i-1", "priority": 1, "reasons": ["a person is hurt"]}
        assert (await centre.order("prioritise-incident", "1", who, **order)).status_code == 200
        answer = await centre.client.get("/desk/timeline?incident_id=i-1", headers=who)
        found = answer.json()
        kinds = [step["kind"] for step in found]
        assert kinds == ["IncidentOpened", "CallLinked", "IncidentPrioritised"]
        assert found[0]["details"]["type"] == "fire"
        assert (found[2]["actor"], found[2]["details"]["priority"]) == ("dispatcher:p-1", 1)
        assert found[2]["details"]["why"] == "a person is hurt"
        for secret in (NUMBER, "Azadi", "smoke", "envelope", "digest"):
            assert secret not in answer.text
        assert (
            await centre.client.get("/desk/timeline?incident_id=i-9", headers=who)
        ).status_code == 404

    run(scene, tmp_path)


def test_earlier_calls_are_those_of_the_same_number_newest_first(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        for number in range(1, 4):
            await centre.machine(OfferCall(f"c-{number}"), SAID)
        await centre.machine(OfferCall("c-4"), Words(number="+982100000002"))
        who = await centre.person("p-1", Role.CALL_TAKER)

        async def earlier(call_id: str) -> list[str]:
            answer = await centre.client.get(f"/desk/earlier?call_id={call_id}", headers=who)
            assert NUMBER not in answer.text
            return [call["call"] for call in answer.json()]

        assert await earlier("c-3") == ["c-2", "c-1"]
        assert await earlier("c-1") == []
        assert await earlier("c-4") == []

    run(scene, tmp_path)


def test_another_county_is_not_there_at_all(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        for county in ("mashhad", "sabzevar", ""):
            await centre.machine(OfferCall(f"c-{county}", county=county), SAID)
            await centre.machine(OpenIncident(f"i-{county}", county=county), SAID)
        who = await centre.person("p-1", Role.SUPERVISOR, county="mashhad")
        for county, status in (("mashhad", 200), ("", 200), ("sabzevar", 404)):
            for path in (f"earlier?call_id=c-{county}", f"timeline?incident_id=i-{county}"):
                answer = await centre.client.get(f"/desk/{path}", headers=who)
                assert answer.status_code == status, path
        earlier = await centre.client.get("/desk/earlier?call_id=c-", headers=who)
        assert [call["call"] for call in earlier.json()] == ["c-mashhad"]
        words = await asked(centre, who, "r-1", thing="call", thing_id="c-sabzevar")
        assert (words.status_code, words.json()["reason"]) == (409, "other_county")
        assert (await centre.client.get("/views/incidents", headers=who)).status_code == 403

    run(scene, tmp_path)


@pytest.mark.slow
def test_places_are_found_in_any_spelling_and_change_with_the_list(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        def place(fa: str, en: str, county: str) -> PlaceEntry:
            return PlaceEntry(fa, en, "square", county, 36.3, 59.6)

        who = await centre.person("p-1", Role.CALL_TAKER, county="mashhad")

        async def found(typed: str) -> list[str]:
            answer = await centre.client.get("/desk/places", params={"q": typed}, headers=who)
            return [row["code"] for row in answer.json()]

        assert await found("آزادی") == []
        await centre.machine(SetEntry("a", place("میدان آزادی", "Azadi Square", "mashhad")))
        await centre.machine(SetEntry("b", place("آزادی‌شهر", "Azadi-Shahr", "mashhad")))
        await centre.machine(SetEntry("c", place("میدان آزادی", "Azadi Square", "sabzevar")))
        assert await found("آزادي") == ["b", "a"], "Arabic ye; whole beginnings first"
        assert await found("ازادیشهر") == ["b"]
        assert await found("azadi sq") == ["a"]
        assert await found("مید آزا") == ["a"]
        assert await found("…") == []
        assert (await centre.client.get("/desk/places?q=", headers=who)).status_code == 400

    run(scene, tmp_path)


@pytest.mark.slow
def test_notes_come_with_their_words_newest_first(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        who = await centre.person("p-1", Role.CALL_TAKER)
        for number in (1, 2):
            body = {
                "id": f"n-{number}",
                "command": {"note_id": f"n-{number}"},
                "words": {"text": f"note {number}"},
            }
            sent = await centre.client.post("/commands/write-shift-note", json=body, headers=who)
            assert sent.status_code == 200, sent.text
        notes = (await centre.client.get("/desk/notes", headers=who)).json()["notes"]
        assert [(note["id"], note["text"]) for note in notes] == [
            ("n-2", "note 2"),
            ("n-1", "note 1"),
        ]
        assert {note["erased"] for note in notes} == {False}

    run(scene, tmp_path)


def test_a_priority_said_by_a_person_is_in_the_trail(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        await centre.machine(OpenIncident("i-1"))
        await centre.machine(OfferCall("c-1"))
        await centre.machine(PrioritiseIncident("i-1", 2, ("far away",)))
        who = await centre.person("p-1", Role.AUDITOR)
        found = await centre.client.get("/desk/timeline?incident_id=i-1", headers=who)
        assert [step["seq"] for step in found.json()] == [1, 3], "runs of entries are joined"

    run(scene, tmp_path)


def test_nearby_suggests_what_is_near_and_said_alike_of_ones_own_county(tmp_path: Path) -> None:
    def at(place: str, latitude: float) -> Words:
        return Words(place=place, latitude=latitude, longitude=59.6)

    async def scene(centre: Served) -> None:
        await centre.machine(OpenIncident("i-1", incident_type="fire"), at("میدان آزادی", 36.3))
        await centre.machine(OpenIncident("i-2", county="sabzevar"), at("میدان آزادی", 36.3))
        await centre.machine(OpenIncident("i-3"), at("دانشگاه", 37.3))
        await centre.machine(OfferCall("c-1"), at("ميدان ازادي", 36.3005))
        who = await centre.person("p-1", Role.CALL_TAKER, county="mashhad")
        assert (await centre.client.get("/desk/snapshot", headers=who)).status_code == 200

        async def near(query: str) -> list[dict[str, Any]]:
            answer = await centre.client.get(f"/desk/nearby?{query}", headers=who)
            assert answer.status_code == 200, answer.text
            found: list[dict[str, Any]] = answer.json()["near"]
            return found

        (only,) = await near("call_id=c-1")
        assert (only["incident"], only["metres"], only["text_share"]) == ("i-1", 56, 1.0)
        assert await near("incident_id=i-1") == [], "not itself, not another county's"
        await centre.machine(LinkCall("c-1", "i-1"))
        assert await near("call_id=c-1") == [], "not what it is linked to already"
        for query, status in (
            ("call_id=c-9", 404),
            ("incident_id=i-2", 404),
            ("", 400),
            ("call_id=c-1&incident_id=i-1", 400),
        ):
            answer = await centre.client.get(f"/desk/nearby?{query}", headers=who)
            assert answer.status_code == status, query

    run(scene, tmp_path)


def flip(folder: Path, subject: str, byte: int = -1) -> list[str]:
    """Change one bit of each envelope of a subject in the log's file; give their names."""
    file = apsw.Connection(str(folder / "log.sqlite"))
    found = list(file.execute("SELECT envelope, box FROM envelope WHERE subject = ?", (subject,)))
    for name, box in found:
        bent = bytearray(box)
        bent[byte] ^= 1
        file.execute("UPDATE envelope SET box = ? WHERE envelope = ?", (bytes(bent), name))
    file.close()
    return [name for name, _ in found]


@pytest.mark.slow
@pytest.mark.parametrize("byte", [-1, 7], ids=["the words", "the number of the key"])
def test_a_damaged_envelope_is_named_and_no_reading_is_entered(tmp_path: Path, byte: int) -> None:
    async def scene(centre: Served) -> None:
        await centre.machine(OfferCall("c-1"), SAID)
        who = await centre.person("p-1", Role.CALL_TAKER)
        (name,) = flip(tmp_path, "c-1", byte)
        for language in ("en", "fa"):
            asking = who | {"Accept-Language": language}
            answer = await asked(centre, asking, "r-1", thing="call", thing_id="c-1")
            told = answer.json()
            assert (answer.status_code, told["type"]) == (422, "/problems/words-damaged")
            assert name in told["detail"]
        assert "پاکت" in told["detail"]
        assert await reads(centre) == []
        flip(tmp_path, "c-1", byte)  # mended, the same id reads
        answer = await asked(centre, who, "r-1", thing="call", thing_id="c-1")
        assert answer.json()["words"][0]["number"] == NUMBER
        assert len(await reads(centre)) == 1

    run(scene, tmp_path)


@pytest.mark.slow
def test_one_damaged_envelope_does_not_hide_the_others(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        await centre.machine(OfferCall("c-1"), SAID)
        (name,) = flip(tmp_path, "c-1")
        await centre.machine(NoteCall("c-1"), Words(text="two cars"))
        who = await centre.person("p-1", Role.CALL_TAKER)
        answer = await asked(centre, who, "r-1", thing="call", thing_id="c-1")
        bent, whole = answer.json()["words"]
        assert (bent["damaged"], bent["erased"], bent["number"]) == (name, False, None)
        assert (whole["damaged"], whole["text"]) == ("", "two cars")
        assert len(await reads(centre)) == 1
        await centre.machine(WriteShiftNote("n-1"), Words(text="the lift is broken"))
        (name,) = flip(tmp_path, "note/n-1")
        (note,) = (await centre.client.get("/desk/notes", headers=who)).json()["notes"]
        assert (note["damaged"], note["text"], note["erased"]) == (name, None, False)

    run(scene, tmp_path)

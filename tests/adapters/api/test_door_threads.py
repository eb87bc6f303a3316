"""What the doors' own process may ask and tell: its threads with their words, its count."""

from pathlib import Path
from typing import Any

import pytest

from pasokh.adapters.api.scopes import Scope
from pasokh.answer.commands import EndCall, OfferCall, ReceiveMessage
from pasokh.answer.events import Channel
from pasokh.core.machine import Words
from pasokh.core.people import Role
from tests.adapters.api.centre import Served, run

TALLY = {"received": 9, "calls": 4, "joined": 2, "parked": 1, "waiting": 2, "waited": 1_500}


def message(call_id: str, message_id: str, thread: str, line: str = "web") -> ReceiveMessage:
    return ReceiveMessage(call_id, message_id, line, Channel.WEB, thread)


async def threads(centre: Served, of: str, headers: dict[str, str]) -> list[dict[str, Any]]:
    answer = await centre.client.get("/doors/threads", params={"of": of}, headers=headers)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["threads"]
    return found


async def reply(centre: Served, call_id: str, text: str) -> None:
    who = centre.token(Scope.ANSWER)
    body = {"id": "r-1", "command": {"call_id": call_id, "message_id": "r-1"}}
    body["words"] = {"text": text}
    answer = await centre.client.post("/commands/send-message", json=body, headers=who)
    assert answer.status_code == 200, answer.text


def test_a_thread_is_told_with_both_sides_and_only_when_it_changed(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        doors = centre.token(Scope.DOORS, role=Role.MACHINE)
        assert await threads(centre, "t1.0", doors) == []
        await centre.machine(message("c-1", "m-1", "t1"), Words(text="کمک"))
        await centre.machine(message("c-2", "m-2", "t2"), Words(text="دیگری"))
        await centre.machine(message("c-3", "m-3", "t3", "sms"), Words(text="از خطی دیگر"))
        (told,) = await threads(centre, "t1.0,t3.0,t9.0", doors)
        assert (told["thread"], told["state"]) == ("t1", "accepted")
        assert [(one["ours"], one["text"]) for one in told["messages"]] == [(False, "کمک")]
        assert await threads(centre, f"t1.{told['entries']}", doors) == []
        await reply(centre, "c-1", "کجا؟")
        (told,) = await threads(centre, f"t1.{told['entries']}", doors)
        assert told["state"] == "answered"
        assert [(one["ours"], one["text"]) for one in told["messages"]] == [
            (False, "کمک"),
            (True, "کجا؟"),
        ]
        await centre.machine(EndCall("c-1"))
        (told,) = await threads(centre, "t1.0", doors)
        assert told["state"] == "closed"
        await centre.machine(message("c-4", "m-4", "t1"), Words(text="باز هم"))
        (told,) = await threads(centre, "t1.0", doors)
        assert told["state"] == "accepted", "a new call of the same thread"
        assert [one["text"] for one in told["messages"]] == ["کمک", "کجا؟", "باز هم"]
        (again,) = await threads(centre.anew(), "t1.0", doors)
        assert again == told, "after a start the index is that of the state"

    run(scene, tmp_path)


def test_words_whose_key_was_destroyed_are_not_told(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        doors = centre.token(Scope.DOORS, role=Role.MACHINE)
        await centre.machine(message("c-1", "m-1", "t1"), Words(text="کمک"))
        centre.vault.destroy("c-1")
        (told,) = await threads(centre, "t1.0", doors)
        assert [one["text"] for one in told["messages"]] == [None]

    run(scene, tmp_path)


def test_the_doors_count_stands_in_the_desks_figure_with_its_residual(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        doors = centre.token(Scope.DOORS, role=Role.MACHINE)
        for more, residual in ((0, 0), (3, 3)):
            told = TALLY | {"received": 9 + more}
            answer = await centre.client.post("/doors/tally", json=told, headers=doors)
            assert (answer.status_code, answer.json()["residual"]) == (200, residual)
            desk = centre.token(Scope.DESK)
            snapshot = (await centre.client.get("/desk/snapshot", headers=desk)).json()
            (figure,) = [one["state"] for one in snapshot["objects"] if one["kind"] == "figure"]
            assert (figure["doors"]["told"], figure["doors"]["residual"]) == (told, residual)
        for wrong in ({}, TALLY | {"received": -1}, TALLY | {"lost": 1}):
            answer = await centre.client.post("/doors/tally", json=wrong, headers=doors)
            assert answer.status_code == 400

    run(scene, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("scope", [s for s in Scope if s is not Scope.DOORS])
def test_nobody_else_reads_threads(tmp_path: Path, scope: Scope) -> None:
    async def scene(centre: Served) -> None:
        headers = centre.token(scope)
        answer = await centre.client.get("/doors/threads?of=t1.0", headers=headers)
        assert answer.status_code == 403

    run(scene, tmp_path)


def test_the_doors_may_bring_in_and_nothing_else(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        doors = centre.token(Scope.DOORS, role=Role.MACHINE)
        await centre.machine(OfferCall("c-1"))
        end = await centre.order("end-call", "o-1", doors, call_id="c-1")
        closed = await centre.order(
            "close-call", "o-2", doors, call_id="c-1", code="N2", reason="x"
        )
        assert (end.status_code, closed.status_code) == (403, 403)
        offered = await centre.order("offer-call", "o-3", doors, call_id="c-2", channel="alarm")
        assert offered.status_code == 200

    run(scene, tmp_path)

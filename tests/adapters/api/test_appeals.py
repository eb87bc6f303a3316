"""Appeals over the API: what the doors may bring and ask, what a supervisor sees and decides."""

from pathlib import Path
from typing import Any

from pasokh.adapters.api.scopes import Scope
from pasokh.answer.commands import AnswerCall, OfferCall
from pasokh.core.machine import Words
from pasokh.core.people import Role
from tests.adapters.api.centre import Served, run

MARKED, OTHER = "+989120000001", "+989120000002"


async def marked(centre: Served) -> None:
    await centre.machine(OfferCall("c-1"), Words(number=MARKED))
    await centre.machine(AnswerCall("c-1"))
    taker = centre.token(Scope.ANSWER, role=Role.CALL_TAKER)
    ends = centre.wall.now() + 3_600_000
    mark = {"call_id": "c-1", "code": "N2", "reason": "laughed", "expires_at": ends}
    answer = await centre.order("mark-nuisance", "mark", taker, **mark)
    assert answer.status_code == 200, answer.text


async def brought(centre: Served, appeal: str, number: str) -> dict[str, Any]:
    doors = centre.token(Scope.DOORS, role=Role.MACHINE)
    body = {
        "id": f"o-{appeal}",
        "command": {"appeal_id": appeal},
        "words": {"number": number, "text": "it was my child"},
    }
    answer = await centre.client.post("/commands/receive-appeal", json=body, headers=doors)
    assert answer.status_code == 200, answer.text
    told = await centre.client.get(f"/doors/appeals/{appeal}", headers=doors)
    found: dict[str, Any] = told.json()
    return found


def test_the_doors_are_told_the_same_of_every_number_and_never_a_decision(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        await marked(centre)
        assert await brought(centre, "a-1", MARKED) == {"state": "received"}
        assert await brought(centre, "a-2", OTHER) == {"state": "received"}
        shift = centre.token(Scope.READ, Scope.ANSWER, Scope.DESK, role=Role.SUPERVISOR)
        page = (await centre.client.get("/views/appeals", headers=shift)).json()
        told = [(one["appeal"], len(one["marks"])) for one in page["appeals"]]
        assert (page["waiting"], told) == (2, [("a-1", 1), ("a-2", 0)])
        marks = (await centre.client.get("/views/marks", headers=shift)).json()["marks"]
        assert [(one["appealed"], one["appeal"]) for one in marks] == [(True, "a-1")]
        for appeal, outcome in (("a-1", "lifted"), ("a-2", "no_mark")):
            decided = {"appeal_id": appeal, "outcome": outcome, "reason": "heard it again"}
            answer = await centre.order("settle-appeal", f"s-{appeal}", shift, **decided)
            assert answer.status_code == 200, answer.text
        doors = centre.token(Scope.DOORS, role=Role.MACHINE)
        for appeal in ("a-1", "a-2"):
            answer = await centre.client.get(f"/doors/appeals/{appeal}", headers=doors)
            assert answer.json() == {"state": "decided"}
        assert (await centre.client.get("/doors/appeals/a-3", headers=doors)).status_code == 404
        assert (await centre.client.get("/views/appeals", headers=doors)).status_code == 403

    run(scene, tmp_path)


def test_the_words_are_read_by_who_decides_and_erased_with_the_appeal_alone(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        await marked(centre)
        await brought(centre, "a-1", MARKED)
        await brought(centre, "a-2", MARKED)
        shift = centre.token(Scope.READ, Scope.ANSWER, Scope.DESK, role=Role.SUPERVISOR)

        async def read(order_id: str, headers: dict[str, str]) -> Any:
            asked = {"id": order_id, "thing": "appeal", "thing_id": "a-1"}
            return await centre.client.post("/desk/words", json=asked, headers=headers)

        words = (await read("r-1", shift)).json()["words"]
        assert [(one["what"], one["number"], one["text"]) for one in words] == [
            ("appealed", MARKED, "it was my child")
        ] * 2
        taker = centre.token(Scope.DESK, role=Role.CALL_TAKER)
        assert (await read("r-2", taker)).json()["reason"] == "role_may_not"
        centre.vault.destroy("appeal/a-1")
        words = (await read("r-3", shift)).json()["words"]
        assert [one["erased"] for one in words] == [True, False]

    run(scene, tmp_path)

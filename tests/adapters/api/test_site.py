"""The slow routes: views that show what the disk has, the page, its files, and honest no's."""

from pathlib import Path

import pytest

from pasokh.adapters.api.scopes import Scope
from pasokh.control_room.fold import state_hash
from pasokh.drivers.recovery import recover
from tests.adapters.api.centre import Served, run


def test_the_views_show_what_was_done(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        headers = centre.token()
        await centre.order("offer-call", "1", headers, call_id="c-1")
        await centre.order("offer-call", "2", headers, call_id="c-2")
        await centre.order("open-incident", "3", headers, incident_id="i-1")
        await centre.order("link-call", "4", headers, call_id="c-1", incident_id="i-1")

        async def view(path: str) -> dict[str, object]:
            answer = await centre.client.get(path, headers=headers)
            assert answer.status_code == 200, answer.text
            found: dict[str, object] = answer.json()
            return found

        queue = await view("/views/queue?limit=1&after=c-1")
        assert [call["call_id"] for call in queue["calls"]] == ["c-2"]  # type: ignore[attr-defined]
        sheet = await view("/views/incidents/i-1")
        assert [call["call_id"] for call in sheet["calls"]] == ["c-1"]  # type: ignore[attr-defined]
        assert (await view("/views/board"))["incidents_open"] == 1
        told = await view("/state/hash")
        assert told == {"seq": 4, "sha256": state_hash(recover(centre.log).centre)}
        head = await view("/log/head")
        assert head["chain"] == centre.log.head().chain

    run(scene, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/views/calls/c-9", 404),
        ("/views/figures/2026-11-03", 404),
        ("/views/figures/yesterday", 400),
        ("/views/queue?limit=0", 400),
        ("/views/queue?limit=many", 400),
        ("/views/units?colour=red", 400),
        ("/nowhere", 404),
        ("/static/page/../tokens.json", 404),
        ("/static/page/inner/a.js", 200),
    ],
)
def test_what_is_not_there_or_not_understood_is_a_problem(
    tmp_path: Path, path: str, status: int
) -> None:
    async def scene(centre: Served) -> None:
        answer = await centre.client.get(path, headers=centre.token(Scope.READ))
        assert answer.status_code == status
        if status >= 400:
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.json()["mend"]

    run(scene, tmp_path)


def test_the_page_opens_in_the_readers_language(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        for accepted, place in (("en-GB,en;q=0.9", "/en/"), ("de", "/fa/"), ("", "/fa/")):
            answer = await centre.client.get("/", headers={"Accept-Language": accepted})
            assert (answer.status_code, answer.headers["location"]) == (307, place)
        page = await centre.client.get("/en/")
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        assert page.headers["content-security-policy"] == "default-src 'self'"
        assert "lang=en" in page.text

    run(scene, tmp_path, demo=True)


def test_a_methods_list_and_a_foreign_method_are_answered(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        for method in ("DELETE", "OPTIONS", "HEAD"):
            answer = await centre.client.request(method, "/health")
            assert answer.status_code == 405, method

    run(scene, tmp_path)

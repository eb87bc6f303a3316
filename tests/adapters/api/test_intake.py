"""Commands over HTTP: a receipt, a refusal in the reader's language, or what, where and how."""

import asyncio
from pathlib import Path

import pytest

from pasokh.adapters.api.scopes import Scope
from pasokh.core.log import Entry
from pasokh.core.people import Role
from pasokh.drivers.ports import LogFault
from tests.adapters.api.centre import Served, run


def test_a_receipt_comes_back_and_the_actor_is_the_tokens(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        headers = centre.token(Scope.ANSWER, role=Role.CALL_TAKER)
        answer = await centre.order("offer-call", "id-1", headers, call_id="c-1")
        assert answer.status_code == 200
        assert answer.json()["last_seq"] == 1
        (entry,) = centre.log.read()
        assert entry.actor == "call_taker:m-1"

    run(scene, tmp_path)


def test_the_same_order_gets_the_same_receipt_and_counts_once(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        headers = centre.token(Scope.ANSWER)
        asked = [centre.order("offer-call", "id-1", headers, call_id="c-1") for _ in range(5)]
        answers = [answer.json() for answer in await asyncio.gather(*asked)]
        assert answers == [answers[0]] * 5
        assert centre.log.head().seq == 1

    run(scene, tmp_path)


def test_an_id_that_comes_back_with_another_command_is_refused(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        headers = centre.token(Scope.ANSWER)
        await centre.order("offer-call", "id-1", headers, call_id="c-1")
        for name, who in (("offer-call", headers), ("end-call", headers)):
            answer = await centre.order(name, "id-1", who, call_id="c-2")
            assert answer.status_code == 409
            assert answer.json()["type"] == "/problems/id-used"
        other = await centre.order("offer-call", "id-1", centre.token(Scope.ANSWER), call_id="c-1")
        assert other.status_code == 409, "another sender's id"
        assert centre.log.head().seq == 1

    run(scene, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "sentence"), [("en", "There is no call"), ("fa", "وجود ندارد")]
)
def test_a_refusal_is_a_problem_in_the_readers_language(
    tmp_path: Path, language: str, sentence: str
) -> None:
    async def scene(centre: Served) -> None:
        headers = centre.token(Scope.ANSWER) | {"Accept-Language": language}
        answer = await centre.order("end-call", "id-1", headers, call_id="c-9")
        assert answer.status_code == 409
        assert answer.headers["content-type"] == "application/problem+json"
        problem = answer.json()
        assert sentence in problem["detail"]
        assert (problem["reason"], problem["details"]) == ("call_unknown", {"call": "c-9"})
        assert problem["receipt"]["last_seq"] == 1, "a refusal is recorded like a deed"
        again = await centre.order("end-call", "id-1", headers, call_id="c-9")
        assert again.json() == problem

    run(scene, tmp_path)


DEEP = b'{"id":"x","command":' + b"[" * 100_000
BAD_BODIES = {
    "not JSON": (b"{", 400, "$"),
    "not UTF-8": (b'{"id":"x","command":{"call_id":"\xff"}}', 400, "$"),
    "deep": (DEEP, 400, "$.command"),
    "deep and unknown": (b'{"y":' + b"[" * 100_000, 400, "$"),
    "NUL in an id": (b'{"id":"x","command":{"call_id":"a\\u0000"}}', 400, "$.command.call_id"),
    "bidi in an id": (b'{"id":"x","command":{"call_id":"a\\u202e"}}', 400, "$.command.call_id"),
    "missing": (b'{"id":"x","command":{}}', 400, "$.command"),
    "unknown field": (b'{"id":"x","command":{"call_id":"c"},"actor":"me"}', 400, "$"),
    "no offset": (b'{"id":"x","at":"2026-11-03T00:00:00","command":{"call_id":"c"}}', 400, "$.at"),
    "year 40000": (b'{"id":"x","at":1200000000000000,"command":{"call_id":"c"}}', 400, "$.at"),
    "1 MB": (b'{"id":"x","command":{"call_id":"%b"}}' % (b"a" * 1_000_000), 413, ""),
    "long id": (b'{"id":"x","command":{"call_id":"%b"}}' % (b"a" * 65), 400, "$.command.call_id"),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", BAD_BODIES)
def test_bad_input_says_what_and_where_and_changes_nothing(tmp_path: Path, name: str) -> None:
    body, status, where = BAD_BODIES[name]

    async def scene(centre: Served) -> None:
        headers = centre.token(Scope.ANSWER) | {"Content-Type": "application/json"}
        for language in ("fa", "en"):
            url = f"/commands/offer-call?language={language}"
            answer = await centre.client.post(url, content=body, headers=headers)
            problem = answer.json()
            assert (answer.status_code, problem["status"]) == (status, status)
            assert problem.get("where", "") == where
            assert problem["detail"]
            assert problem["mend"]
        assert centre.log.head().seq == 0

    run(scene, tmp_path)


def test_free_text_is_taken_as_it_was_said_and_kept_in_one_line(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        headers = centre.token(Scope.ANSWER)
        await centre.order("offer-call", "id-1", headers, call_id="c-1")
        said = "كي گفت؟\u200c\u202e\n\x00۱۲٣"
        answer = await centre.order(
            "class-call", "id-2", headers, call_id="c-1", code="X", reason=said
        )
        assert answer.status_code == 200
        entry: Entry = list(centre.log.read())[-1]
        assert "\n" not in entry.body
        assert "\x00" not in entry.body

    run(scene, tmp_path)


def test_a_whole_number_may_be_written_with_a_point(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        headers = centre.token(Scope.ANSWER) | {"Content-Type": "application/json"}
        body = b'{"id":"x","at":1000.0,"command":{"call_id":"c"}}'
        answer = await centre.client.post("/commands/offer-call", content=body, headers=headers)
        assert answer.status_code == 200
        half = body.replace(b"1000.0", b"1000.5").replace(b'"x"', b'"y"')
        answer = await centre.client.post("/commands/offer-call", content=half, headers=headers)
        assert (answer.status_code, answer.json()["where"]) == (400, "$.at")
        assert [entry.at for entry in centre.log.read()] == [1000]

    run(scene, tmp_path)


def test_an_order_must_be_json_and_its_command_known(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        headers = centre.token(Scope.ANSWER)
        form = await centre.client.post("/commands/offer-call", data={"a": "b"}, headers=headers)
        assert form.status_code == 415
        nobody = await centre.order("fly-away", "id-1", headers)
        assert nobody.status_code == 404
        looked = await centre.client.get("/commands/offer-call", headers=headers)
        assert (looked.status_code, looked.headers["allow"]) == (405, "POST")

    run(scene, tmp_path)


def test_when_the_disk_fails_the_outcome_is_unknown_and_nothing_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scene(centre: Served) -> None:
        def no_disk(*_: object) -> None:
            raise LogFault("the disk failed")

        monkeypatch.setattr(centre.log, "append", no_disk)
        headers = centre.token()
        answer = await centre.order("offer-call", "id-1", headers, call_id="c-1")
        assert answer.status_code == 503
        assert answer.headers["retry-after"] == "1"
        assert answer.json()["type"] == "/problems/unknown-outcome"
        for path in ("/views/calls/c-1", "/views/board", "/health", "/state/hash"):
            shown = await centre.client.get(path, headers=headers)
            assert shown.status_code == 503, path

    run(scene, tmp_path)

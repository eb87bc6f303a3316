"""The page that checks a release: in both languages, nothing kept, nothing taken from elsewhere."""

import asyncio
import re
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest

from pasokh.adapters.doors import check_door
from pasokh.adapters.doors.arrivals import DoorTally
from pasokh.adapters.doors.check_door import CHECK_BYTES_MAX, CHECK_TEXT_MAX, pieces_of
from pasokh.checker.text import check_text
from tests.adapters.doors.doors import Doors, play

WRONG = "Of 200 calls, 50 calls (30 %) led to a mission."
RIGHT = "Of 200 calls, 50 calls (25 %) led to a mission."
_KIND = {"Content-Type": "application/x-www-form-urlencoded"}


async def lay(doors: Doors, language: str, text: str, **headers: str) -> httpx.Response:
    body = urlencode({"text": text})
    return await doors.client.post(f"/{language}/check", content=body, headers=_KIND | headers)


def state_of(answer: httpx.Response) -> str:
    found = re.search(r'data-state="(\w+)"', answer.text)
    return found[1] if found else ""


@pytest.mark.parametrize("language", ["fa", "en"])
def test_a_contradiction_is_marked_and_told(tmp_path: Path, language: str) -> None:
    async def scene(doors: Doors) -> None:
        form = await doors.client.get(f"/{language}/check")
        assert form.status_code == 200
        assert state_of(form) == ""
        answer = await lay(doors, language, WRONG)
        assert state_of(answer) == "inconsistent"
        assert f"<q>{WRONG}</q>" in unescape(answer.text)
        said = {"fa": "۲۵ درصد درست است", "en": "25 % would be right"}
        assert said[language] in unescape(answer.text)
        assert '<mark class="not">30 %' in answer.text
        assert state_of(await lay(doors, language, RIGHT)) == "consistent"

    play(scene, tmp_path)


def test_nothing_is_kept_and_nothing_is_set(tmp_path: Path) -> None:
    async def scene(doors: Doors) -> None:
        answer = await lay(doors, "en", WRONG)
        assert "set-cookie" not in answer.headers
        assert answer.headers["cache-control"] == "no-store"
        assert "script-src 'self'" in answer.headers["content-security-policy"]
        assert "<script" not in answer.text
        assert doors.arrivals.tally == DoorTally()

    play(scene, tmp_path)
    kept = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert not [file for file in kept if b"200 calls" in file.read_bytes()]


def test_what_is_written_stays_text(tmp_path: Path) -> None:
    async def scene(doors: Doors) -> None:
        text = '<script>alert(1)</script> </textarea><b>70 %</b> "\u202e\0'
        answer = await lay(doors, "en", text)
        assert "<script>" not in answer.text
        assert answer.text.count("</textarea>") == 1
        assert "<b>" not in answer.text

    play(scene, tmp_path)


def test_a_long_text_is_cut_and_said_to_be_and_a_longer_one_refused(tmp_path: Path) -> None:
    async def scene(doors: Doors) -> None:
        answer = await lay(doors, "en", "word " * (CHECK_TEXT_MAX // 5) + WRONG)
        assert "Only the first 20,000 letters were read." in answer.text
        assert state_of(answer) == "nothing_to_test"
        refused = await lay(doors, "en", "a" * CHECK_BYTES_MAX)
        assert refused.status_code == 413

    play(scene, tmp_path)


def test_only_its_own_page_may_send(tmp_path: Path) -> None:
    async def scene(doors: Doors) -> None:
        assert (await lay(doors, "en", WRONG, Origin="http://doors.test")).status_code == 200
        assert (await lay(doors, "en", WRONG, Origin="http://other.test")).status_code == 403
        foreign = {"Sec-Fetch-Site": "cross-site"}
        assert (await lay(doors, "en", WRONG, **foreign)).status_code == 403
        assert (await doors.client.put("/en/check")).status_code == 405
        assert (await doors.client.get("/de/check")).status_code == 404

    play(scene, tmp_path)


def test_the_plain_address_leads_to_a_language(tmp_path: Path) -> None:
    async def scene(doors: Doors) -> None:
        for accepted, path in (("en", "/en/check"), ("fa", "/fa/check"), ("de", "/fa/check")):
            answer = await doors.client.get("/check", headers={"Accept-Language": accepted})
            assert (answer.status_code, answer.headers["location"]) == (307, path)

    play(scene, tmp_path)


def test_an_empty_text_is_the_form_again(tmp_path: Path) -> None:
    async def scene(doors: Doors) -> None:
        answer = await lay(doors, "fa", " \r\n ")
        assert (answer.status_code, state_of(answer)) == (200, "")

    play(scene, tmp_path)


def test_of_many_texts_at_once_the_last_are_asked_to_come_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scene(doors: Doors) -> None:
        monkeypatch.setattr(check_door, "_WAITING_MAX", 2)
        answers = await asyncio.gather(*(lay(doors, "en", WRONG) for _ in range(5)))
        assert sorted(answer.status_code for answer in answers) == [200, 200, 503, 503, 503]
        assert (await lay(doors, "en", WRONG)).status_code == 200

    play(scene, tmp_path)


@pytest.mark.parametrize("text", [WRONG, RIGHT, "", "no numbers", "۷۰ درصد تماس‌ها \u200f٪۵"])
def test_the_pieces_are_the_text(text: str) -> None:
    assert "".join(piece.text for piece in pieces_of(check_text(text))) == text

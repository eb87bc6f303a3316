"""The appeal page: kept before it answers, the same for every number, a code that tells little."""

import asyncio
import re
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasokh.adapters.doors.appeals import appeal_handing, appeal_in, appeal_of, new_code
from pasokh.adapters.doors.arrivals import DoorTally
from pasokh.adapters.doors.knocks import DoorKind, Knock
from pasokh.answer.commands_appeals import ReceiveAppeal
from pasokh.words.tracking import typed_code
from tests.adapters.doors.doors import NOW, Doors, PaperCentre, doors_at, play, until

FORM = {"number": "۰۹۱۲ ۳۴۵ ۶۷۸۹", "text": "بچه‌ام بازی می‌کرد", "name": "الف"}
_CODE = re.compile(r'<strong id="code" dir="ltr">([^<]+)</strong>')
_KIND = {"Content-Type": "application/x-www-form-urlencoded"}


async def post(doors: Doors, path: str, fields: dict[str, str], **headers: str) -> httpx.Response:
    return await doors.client.post(path, content=urlencode(fields), headers=_KIND | headers)


def code_of(answer: httpx.Response) -> str:
    found = _CODE.search(answer.text)
    assert found is not None, answer.text
    return found[1]


async def state_of(doors: Doors, code: str) -> str:
    answer = await post(doors, "/en/appeal/state", {"code": code})
    assert answer.status_code == 200
    found = re.search(r'data-state="(\w+)"', answer.text)
    return found[1] if found else ""


def test_an_appeal_is_handed_over_with_its_words_and_its_code_stays_with_its_writer(
    tmp_path: Path,
) -> None:
    async def scene(doors: Doors) -> None:
        form = await doors.client.get("/fa/appeal")
        code = re.search(r'name="code" value="([^"]+)"', form.text)
        assert code is not None
        answer = await post(doors, "/fa/appeal", FORM | {"code": code[1]})
        assert (answer.status_code, code_of(answer)) == (200, code[1])
        assert "set-cookie" not in answer.headers
        await until(lambda: doors.arrivals.tally == DoorTally(received=1, joined=1))
        (order,) = doors.centre.given
        assert order.command == ReceiveAppeal(appeal_of(code[1]))
        assert code[1] not in repr(doors.centre.given)
        assert order.words is not None
        said = order.words.number, order.words.name, order.words.text
        assert said == ("+989123456789", "الف", "بچه‌ام بازی می‌کرد")
        assert order.at == NOW

    play(scene, tmp_path)


def test_the_answer_is_the_same_for_every_number_and_comes_before_anybody_has_looked(
    tmp_path: Path,
) -> None:
    async def scene() -> None:
        centre = PaperCentre()
        centre.away = True  # so nothing that it knows can be in the answer
        async with doors_at(tmp_path, centre) as doors:
            pages = []
            for number in ("09121111111", "09122222222", "not a number", ""):
                answer = await post(doors, "/en/appeal", {"number": number})
                assert answer.status_code == 200
                code = code_of(answer)
                assert len(code) == len(new_code())
                pages.append((answer.content.replace(code.encode(), b"-"), answer.headers))
                assert await state_of(doors, code) == "away"
            assert all(page == pages[0] for page in pages)
            assert doors.arrivals.tally == DoorTally(received=4, waiting=4)
            centre.away = False
            await until(lambda: doors.arrivals.tally == DoorTally(received=4, joined=4))

    asyncio.run(scene())


def test_a_code_tells_received_then_decided_however_it_is_typed(tmp_path: Path) -> None:
    async def scene(doors: Doors) -> None:
        code = code_of(await post(doors, "/en/appeal", FORM))
        assert await state_of(doors, code) == "received"
        await until(lambda: doors.centre.appeals)
        doors.centre.appeals[appeal_of(code)] = "decided"
        for typed in (code, code.lower(), code.replace("-", " "), f" {code.replace('-', '')} "):
            assert await state_of(doors, typed) == "decided"
        for wrong in (new_code(), code[:-1], "", "x" * 200, "<script>"):
            assert await state_of(doors, wrong) == "unknown"
        empty = await doors.client.get("/fa/appeal/state")
        assert "data-state" not in empty.text

    play(scene, tmp_path)


def test_what_is_kept_and_not_handed_over_is_received_also_after_a_restart(tmp_path: Path) -> None:
    async def scene() -> None:
        centre = PaperCentre()
        centre.away = True
        async with doors_at(tmp_path, centre) as doors:
            code = code_of(await post(doors, "/en/appeal", FORM))
        async with doors_at(tmp_path, centre) as doors:
            centre.away, centre.look = False, _nothing  # type: ignore[assignment]
            assert await state_of(doors, code) == "received"

    async def _nothing(_path: str) -> None:
        return None

    asyncio.run(scene())


def test_the_same_page_sent_twice_is_one_appeal_and_other_words_are_one_more(
    tmp_path: Path,
) -> None:
    async def scene(doors: Doors) -> None:
        page = FORM | {"code": new_code()}
        for fields in (page, page, page | {"text": "و یک شاهد دارم"}):
            assert code_of(await post(doors, "/fa/appeal", fields)) == page["code"]
        await until(lambda: doors.arrivals.tally == DoorTally(received=3, joined=3))
        assert len(doors.centre.appeals) == 2
        assert next(iter(doors.centre.appeals)) == appeal_of(page["code"])

    play(scene, tmp_path)


def test_nobody_is_refused_and_a_flood_goes_behind_letters(tmp_path: Path) -> None:
    async def scene() -> None:
        centre = PaperCentre()
        centre.away = True
        async with doors_at(tmp_path, centre) as doors:
            for number in range(7):
                answer = await post(doors, "/en/appeal", {"number": str(number)})
                assert answer.status_code == 200
            await post(doors, "/en/appeal", {"text": "x" * 70_000})
            await post(doors, "/en/send", {"text": "help"})
            centre.away = False
            await until(lambda: doors.arrivals.tally.waiting == 0)
        kinds = [type(order.command).__name__ for order in centre.given]
        assert kinds.index("ReceiveMessage") <= 1, "an appeal that was on its way, then the letter"
        texts = [order.words.text for order in centre.given if order.words is not None]
        assert sum("within ten minutes" in text for text in texts) == 3
        assert sum("was cut" in text for text in texts) == 1

    asyncio.run(scene())


@pytest.mark.parametrize("path", ["/en/appeal", "/en/appeal/state"])
def test_a_page_of_another_site_sends_nothing(tmp_path: Path, path: str) -> None:
    async def scene(doors: Doors) -> None:
        answer = await post(doors, path, FORM, Origin="http://elsewhere.test")
        assert answer.status_code == 403
        assert (await doors.client.put(path)).status_code == 405
        assert doors.arrivals.tally == DoorTally()

    play(scene, tmp_path)


@pytest.mark.slow
@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_whatever_is_sent_is_read(body: bytes) -> None:
    said = appeal_in(body)
    assert said.code in ("", typed_code(said.code))
    handing = appeal_handing(Knock("k", DoorKind.APPEAL, NOW, "a", body=body))
    assert handing == appeal_handing(Knock("k2", DoorKind.APPEAL, NOW, "a", body=body))

"""The public pages without scripts: kept, a thread that is a call, answers, floods, strangers."""

import asyncio
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasokh.adapters.doors.arrivals import DoorTally
from pasokh.adapters.doors.knocks import DoorKind, Knock
from pasokh.adapters.doors.letters import PHRASES, TEXT_MAX, letter_handing, letter_in
from pasokh.adapters.doors.parked import read_parked
from pasokh.adapters.doors.web_door import COOKIE, thread_of
from pasokh.adapters.storage.folder import DiskFolder
from pasokh.answer.commands import ReceiveMessage, ReportDelivery
from pasokh.answer.events import Channel
from pasokh.core.machine import Words
from pasokh.core.told_places import PlaceSource, ToldPlace
from tests.adapters.doors import doors as doors_helper
from tests.adapters.doors.doors import NOW, RULES, Doors, PaperCentre, doors_at, play, until

FORM = {
    "nonce": "n-1",
    "phrase": "hiding",
    "text": "کسی در خانه است",
    "place": "مشهد، خیابان نمونه ۱۲",
    "number": "۰۹۱۲ ۳۴۵ ۶۷۸۹",
    "latitude": "36.2972",
    "longitude": "59.6067",
    "accuracy": "18.2",
    "measured_at": str(NOW - 60_000),
}


async def send(doors: Doors, fields: dict[str, Any], **headers: str) -> httpx.Response:
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    content = urlencode(fields, doseq=True)
    return await doors.client.post("/fa/send", content=content, headers=kind | headers)


def secret_of(doors: Doors) -> str:
    return str(doors.client.cookies[COOKIE])


def only_words(doors: Doors) -> Words:
    (order,) = doors.centre.messages
    assert order.words is not None
    return order.words


def test_a_form_is_a_thread_that_the_centre_gets_with_place_and_number(tmp_path: Path) -> None:
    async def scene(doors: Doors) -> None:
        answer = await send(doors, FORM)
        assert (answer.status_code, answer.headers["location"]) == (303, "/fa/thread")
        for said in ("HttpOnly", "SameSite=Strict", "Path=/"):
            assert said in answer.headers["set-cookie"]
        await until(lambda: doors.centre.messages)
        (order,) = doors.centre.messages
        command = order.command
        assert isinstance(command, ReceiveMessage)
        assert (command.channel, command.county) == (Channel.WEB, "0916")
        assert command.thread == thread_of(secret_of(doors))
        assert secret_of(doors) not in repr(doors.centre.given), "the secret stays in the browser"
        words = only_words(doors)
        assert words.number == "+989123456789"
        assert words.place == "مشهد، خیابان نمونه ۱۲"
        assert "پنهان شده‌ام" in words.text
        assert "کسی در خانه است" in words.text
        place = ToldPlace(
            source=PlaceSource.BROWSER,
            latitude=36.2972,
            longitude=59.6067,
            radius_m=19,
            at=NOW - 60_000,
        )
        assert words.places == (place,)
        assert doors.arrivals.tally == DoorTally(received=1, calls=1)

    play(scene, tmp_path)


def test_the_same_form_twice_is_one_message_and_more_words_join_the_thread(tmp_path: Path) -> None:
    async def scene(doors: Doors) -> None:
        await send(doors, FORM)
        await send(doors, FORM)
        await send(doors, {"nonce": "n-2", "text": "زود بیایید"})
        await until(lambda: doors.arrivals.tally.joined == 2)
        assert len(doors.centre.messages) == 2
        assert len(doors.centre.calls) == 1
        assert doors.arrivals.tally == DoorTally(received=3, calls=1, joined=2)

    play(scene, tmp_path)


@pytest.mark.parametrize(
    ("language", "kept", "queued", "answered", "closed"),
    [
        ("fa", "هنوز کسی آن را نخوانده", "در صف", "یک پاسخگو", "بسته شد"),
        ("en", "nobody has read it yet", "in the queue", "A call taker has seen", "is closed"),
    ],
)
def test_the_page_says_honestly_how_far_it_is(
    tmp_path: Path, language: str, kept: str, queued: str, answered: str, closed: str
) -> None:
    async def scene(doors: Doors) -> None:
        async def page() -> str:
            return (await doors.client.get(f"/{language}/thread")).text

        doors.centre.away = True
        await send(doors, FORM)
        await until(lambda: doors.hand_over.away)
        text = await page()
        assert kept in text
        assert ("۱۱۰" if language == "fa" else "110") in text
        assert "کسی در خانه است" in text
        doors.centre.away = False
        await until(lambda: doors.centre.messages)
        await until(lambda: not doors.arrivals.tally.waiting)
        assert queued in await page()
        thread = thread_of(secret_of(doors))
        doors.centre.reply(thread, "در راهیم <b>")
        text = await page()
        assert answered in text
        assert "در راهیم &lt;b&gt;" in text
        doors.centre.states[thread] = "closed"
        assert closed in await page()

    play(scene, tmp_path)


@pytest.mark.slow
def test_news_come_to_who_listens_and_to_nobody_else(tmp_path: Path) -> None:
    async def scene(doors: Doors) -> None:
        assert (await doors.client.get("/en/news")).status_code == 404
        await send(doors, FORM, Accept="application/json")
        await until(lambda: doors.centre.messages)
        await until(lambda: not doors.arrivals.tally.waiting)
        told = (await doors.client.get("/en/news")).json()
        assert told["state"] == "accepted"
        listening = asyncio.create_task(
            doors.client.get("/en/news", params={"version": told["version"]})
        )
        beside = asyncio.create_task(
            doors.client.get("/fa/news", params={"version": told["version"]})
        )
        await asyncio.sleep(0)
        doors.centre.reply(thread_of(secret_of(doors)), "آدرس دقیق؟")
        said = (await listening).json()
        assert [one["ours"] for one in said["messages"]] == [False, True]
        assert (said["state"], said["messages"][1]["who"]) == ("answered", "Call taker")
        assert (await beside).json()["messages"][1]["who"] == "پاسخگو"
        doors.client.cookies.clear()
        stranger = await doors.client.get("/en/thread", headers={"Cookie": f"{COOKIE}=guess"})
        assert "آدرس دقیق" not in stranger.text

    play(scene, tmp_path)


@pytest.mark.slow
def test_an_answer_is_delivered_once_a_page_says_that_it_has_it(tmp_path: Path) -> None:
    async def scene(doors: Doors) -> None:
        await send(doors, FORM, Accept="application/json")
        await until(lambda: doors.centre.messages)
        thread = thread_of(secret_of(doors))
        doors.centre.reply(thread, "کجا؟")
        (_, answer) = doors.centre.threads[thread]
        assert answer["delivery"] == "waiting"
        await doors.client.get("/en/thread")
        await until(lambda: answer["delivery"] == "sent")
        told = (await doors.client.get("/en/news")).json()
        asking = asyncio.create_task(
            doors.client.get("/en/news", params={"version": told["version"]})
        )
        await until(lambda: answer["delivery"] == "delivered")
        await asking
        reports = [o for o in doors.centre.given if isinstance(o.command, ReportDelivery)]
        assert len(reports) == 2

    play(scene, tmp_path)


def test_a_restart_loses_and_doubles_nothing(tmp_path: Path) -> None:
    async def scene() -> None:
        centre = PaperCentre()
        centre.away = True
        async with doors_at(tmp_path, centre) as doors:
            await send(doors, FORM)
            secret = secret_of(doors)
        async with doors_at(tmp_path, centre) as doors:
            page = await doors.client.get("/fa/thread", headers={"Cookie": f"{COOKIE}={secret}"})
            assert "کسی در خانه است" in page.text
            assert "هنوز کسی آن را نخوانده" in page.text
            centre.away = False
            await until(lambda: doors.arrivals.tally == DoorTally(received=1, calls=1))
        async with doors_at(tmp_path, centre) as doors:  # the file is still there: heard again
            await until(lambda: doors.arrivals.tally == DoorTally(received=1, calls=1))
            assert len(centre.messages) == 1
            page = await doors.client.get("/fa/thread", headers={"Cookie": f"{COOKIE}={secret}"})
            assert page.text.count("کسی در خانه است") == 1

    asyncio.run(scene())


def test_a_flood_is_marked_and_stands_behind_others_and_nobody_is_refused(tmp_path: Path) -> None:
    async def scene(doors: Doors) -> None:
        doors.centre.away = True
        for number in range(30):
            doors.client.cookies.clear()
            answer = await send(doors, {"nonce": str(number), "text": f"flood {number}"})
            assert answer.status_code == 303
        doors.client.cookies.clear()
        other = httpx.ASGITransport(doors.app, client=("192.0.2.7", 1))
        async with httpx.AsyncClient(transport=other, base_url="http://doors.test") as quiet:
            kind = {"Content-Type": "application/x-www-form-urlencoded"}
            answer = await quiet.post("/fa/send", content="text=quiet", headers=kind)
            assert answer.status_code == 303
        doors.centre.away = False
        await until(lambda: doors.arrivals.tally == DoorTally(received=31, calls=31))
        texts = [order.words.text for order in doors.centre.messages if order.words]
        assert texts.index("quiet") == 5, "only the flood's later threads stand behind it"
        marked = [text for text in texts if "threads came from this address" in text]
        assert len(marked) == 25

    play(scene, tmp_path)


def test_a_foreign_page_may_not_send(tmp_path: Path) -> None:
    async def scene(doors: Doors) -> None:
        foreign = ({"Origin": "http://evil.test"}, {"Sec-Fetch-Site": "cross-site"})
        for headers in (*foreign, {"Origin": "null"}):
            assert (await send(doors, FORM, **headers)).status_code == 403
        own = {"Origin": "http://doors.test", "Sec-Fetch-Site": "same-origin"}
        assert (await send(doors, FORM, **own)).status_code == 303
        assert doors.arrivals.tally.received == 1

    play(scene, tmp_path)


def test_the_pages_load_nothing_from_elsewhere_and_lead_to_the_readers_language(
    tmp_path: Path,
) -> None:
    async def scene(doors: Doors) -> None:
        start = await doors.client.get("/", headers={"Accept-Language": "en-GB"})
        assert start.headers["location"] == "/en/"
        assert (await doors.client.get("/")).headers["location"] == "/fa/"
        for path in ("/fa/", "/en/", "/fa/thread", "/en/thread"):
            page = await doors.client.get(path)
            assert page.status_code == 200
            assert "default-src 'none'" in page.headers["content-security-policy"]
            assert "http" not in page.text.replace("http-equiv", "")
            assert "style=" not in page.text
        for name in ("door.css", "form.js", "thread.js", "vazirmatn-arabic-wght-normal.woff2"):
            file = await doors.client.get(f"/static/doors/{name}")
            assert file.status_code == 200
            again = {"If-None-Match": file.headers["etag"]}
            assert (
                await doors.client.get(f"/static/doors/{name}", headers=again)
            ).status_code == 304
        for path in ("/de/", "/fa/nothing", "/static/doors/../pages.py", "/fa/send"):
            assert (await doors.client.get(path)).status_code in {404, 405}

    play(scene, tmp_path)


def handed(body: bytes) -> Words:
    knock = Knock("k", DoorKind.FORM, NOW, "t", body=body)
    (order,) = letter_handing(knock, RULES.county_at).orders
    assert order.words is not None
    msgspec.json.decode(msgspec.json.encode(order.words), type=Words)
    return order.words


@given(st.binary(max_size=2_000))
def test_no_bytes_are_refused(body: bytes) -> None:
    assert handed(body).text


@pytest.mark.slow
@given(st.dictionaries(st.sampled_from([*FORM, "name", "cut"]), st.text(max_size=400), max_size=12))
def test_no_fields_are_refused(fields: dict[str, str]) -> None:
    words = handed(urlencode(fields, errors="replace").encode())
    assert words.text


@pytest.mark.parametrize(
    ("latitude", "longitude"), [("91", "0"), ("nan", "1"), ("inf", "1"), ("", "59"), ("x", "y")]
)
def test_a_place_that_is_not_on_earth_is_left_out(latitude: str, longitude: str) -> None:
    words = handed(urlencode({"latitude": latitude, "longitude": longitude}).encode())
    assert words.places is msgspec.UNSET


def test_what_is_empty_or_too_long_is_said_to_be() -> None:
    assert "nothing was written" in handed(b"").text
    long = handed(urlencode({"text": "x" * (TEXT_MAX + 1)}).encode()).text
    assert long.startswith("x" * TEXT_MAX)
    assert "was cut" in long
    everything = letter_in("t", urlencode({"phrase": PHRASES}, doseq=True).encode())
    assert everything.phrases == PHRASES


def test_a_knock_that_breaks_its_reader_is_parked_and_stops_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = doors_helper.letter_handing

    def breaks(knock: Knock, county_at: Any) -> Any:
        if b"poison" in knock.body:
            raise RuntimeError("a defect")
        return real(knock, county_at)

    monkeypatch.setattr(doors_helper, "letter_handing", breaks)

    async def scene(doors: Doors) -> None:
        await send(doors, {"nonce": "1", "text": "poison"})
        await send(doors, {"nonce": "2", "text": "well"})
        await until(lambda: doors.arrivals.tally == DoorTally(received=2, calls=1, parked=1))
        assert [order.words.text for order in doors.centre.messages if order.words] == ["well"]

    play(scene, tmp_path)
    (parked,) = read_parked(DiskFolder(tmp_path))
    assert b"poison" in parked.body
    assert "a defect" in parked.why

"""The public pages in Chromium, by the keyboard alone: a form, a thread, answers, a dead centre."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from pasokh.core.ids import time_ordered_id
from pasokh.drivers.live_clock import WallClock
from tests.adapters.api.process import CLEAR, free_port, headers_of, running
from tests.adapters.doors.doors import doors_running
from tests.browser.accessibility import violations

pytestmark = pytest.mark.browser
SAID = {"fa": "دو نفر جلوی در دعوا می‌کنند", "en": "Two people are fighting at the door"}
ANSWER = {"fa": "نشانی دقیق؟", "en": "Which number?"}
QUEUED = {"fa": "در صف", "en": "in the queue"}
ANSWERED = {"fa": "یک پاسخگو پیام شما را دیده", "en": "A call taker has seen"}
AWAY = {"fa": "هنوز کسی آن را نخوانده", "en": "nobody has read it yet"}
UNSENT = {"fa": "فرستاده نشد", "en": "Not sent"}


class Place:
    """A centre and its doors, with what a test does from the other side."""

    def __init__(self, folder: Path, centre: str, doors: str) -> None:
        self.folder = folder
        self.centre = centre
        self.doors = doors
        self.headers = headers_of(folder)

    def newest_call(self) -> str:
        found = httpx.get(f"{self.centre}/views/queue", headers=self.headers, verify=CLEAR).json()
        return str(found["calls"][-1]["call_id"])

    def sheet(self, call_id: str) -> dict[str, Any]:
        url = f"{self.centre}/views/calls/{call_id}"
        found: dict[str, Any] = httpx.get(url, headers=self.headers, verify=CLEAR).json()["call"]
        return found

    def wait_until_delivered(self, call_id: str) -> None:
        """Wait for the page's own word that it shows what was answered."""
        until = monotonic() + 15
        while True:
            sent = self.sheet(call_id)["thread"]["sent"].values()
            if [one["delivery"] for one in sent] == ["delivered"]:
                return
            assert monotonic() < until, sent
            sleep(0.2)

    def reply(self, call_id: str, text: str) -> None:
        order_id = time_ordered_id(WallClock().now(), 7)
        order = {
            "id": order_id,
            "command": {"call_id": call_id, "message_id": order_id},
            "words": {"text": text},
        }
        answer = httpx.post(
            f"{self.centre}/commands/send-message", json=order, headers=self.headers
        )
        assert answer.status_code == 200, answer.text


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("doors")
    port = free_port()
    with running(folder, port=port) as (centre, _), doors_running(folder, port) as (doors, _):
        yield Place(folder, centre, doors)


def context_of(chromium: Browser, language: str, *, scripts: bool = True) -> BrowserContext:
    return chromium.new_context(
        locale=language,
        java_script_enabled=scripts,
        viewport={"width": 390, "height": 844},
        geolocation={"latitude": 36.2972, "longitude": 59.6067, "accuracy": 25},
        permissions=["geolocation"],
    )


def watched(context: BrowserContext) -> tuple[Page, list[str]]:
    """Open a page that remembers every error and every address that is not ours."""
    page, wrong = context.new_page(), []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda line: wrong.append(line.text) if line.type == "error" else None)
    return page, wrong


def tab_to(page: Page, selector: str) -> None:
    """Walk there as a person does who has only the Tab key."""
    target = page.locator(selector)
    for _ in range(40):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the Tab key does not reach {selector}")


def picture(page: Page, name: str) -> None:
    folder = os.environ.get("PASOKH_PICTURES")
    if folder:
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


@pytest.mark.parametrize("language", ["fa", "en"])
def test_a_deaf_caller_asks_is_answered_and_reloads(
    chromium: Browser, place: Place, language: str
) -> None:
    context = context_of(chromium, language)
    page, wrong = watched(context)
    page.goto(f"{place.doors}/{language}/")
    expect(page.locator("html")).to_have_attribute("dir", "rtl" if language == "fa" else "ltr")
    assert violations(page) == []
    tab_to(page, "input[value=hiding]")
    page.keyboard.press("Space")
    tab_to(page, "#text")
    page.keyboard.insert_text(SAID[language])
    page.reload()
    expect(page.locator("#text")).to_have_value(SAID[language])
    expect(page.locator("input[value=hiding]")).to_be_checked()
    tab_to(page, "#locate-me")
    page.keyboard.press("Enter")
    expect(page.locator("#located")).to_contain_text("۲۵" if language == "fa" else "25")
    tab_to(page, "#number")
    page.keyboard.insert_text("۰۹۱۲۳۴۵۶۷۸۹")
    picture(page, f"form-{language}")
    tab_to(page, "button.main")
    page.keyboard.press("Enter")

    expect(page.locator("#state")).to_contain_text(QUEUED[language])
    expect(page.locator("#messages li")).to_have_count(1)
    expect(page.locator("#messages")).to_contain_text(SAID[language])
    expect(page.locator("#messages")).to_contain_text("I am hiding")
    assert violations(page) == []
    call_id = place.newest_call()
    place.reply(call_id, ANSWER[language])
    expect(page.locator("#state")).to_contain_text(ANSWERED[language])
    expect(page.locator("#messages li.ours")).to_contain_text(ANSWER[language])
    tab_to(page, "#text")
    page.keyboard.insert_text("۱۲")
    page.reload()
    expect(page.locator("#text")).to_have_value("۱۲")
    expect(page.locator("#messages li")).to_have_count(2)
    tab_to(page, "button.main")
    page.keyboard.press("Enter")
    expect(page.locator("#messages li")).to_have_count(3)
    expect(page.locator("#text")).to_have_value("")
    picture(page, f"thread-{language}")
    assert violations(page) == []
    sheet = place.sheet(call_id)
    assert (sheet["channel"], sheet["county"]) == ("web", "0916")
    assert sheet["thread"]["count"] == 3
    place.wait_until_delivered(call_id)
    assert wrong == []
    context.close()


@pytest.mark.parametrize("language", ["fa", "en"])
def test_without_scripts_one_press_is_enough(
    chromium: Browser, place: Place, language: str
) -> None:
    context = context_of(chromium, language, scripts=False)
    page = context.new_page()
    page.goto(f"{place.doors}/{language}/")
    tab_to(page, "button.ambulance")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{place.doors}/{language}/thread")
    expect(page.locator("#messages li")).to_have_count(1)
    place_reply = ANSWER[language]
    place.reply(place.newest_call(), place_reply)
    page.reload()
    expect(page.locator("#messages li.ours")).to_contain_text(place_reply)
    page.goto(f"{place.doors}/{language}/")
    expect(page.locator(f"a[href='/{language}/thread']")).to_be_visible()
    context.close()


@pytest.mark.parametrize("language", ["fa", "en"])
def test_with_a_dead_centre_and_with_dead_doors_the_page_is_honest(
    chromium: Browser, tmp_path: Path, language: str
) -> None:
    headers_of(tmp_path)
    port, doors_port = free_port(), free_port()
    context = context_of(chromium, language)
    page, _ = watched(context)
    with doors_running(tmp_path, port, doors_port) as (doors, process):
        page.goto(f"{doors}/{language}/")
        page.locator("#text").fill(SAID[language])
        page.locator("button.fire").press("Enter")
        expect(page.locator("#state")).to_contain_text(AWAY[language])
        picture(page, f"away-{language}")
        process.send_signal(signal.SIGTERM)
        process.wait(20)
        page.locator("#text").fill("…")
        page.locator("button.main").press("Enter")
        expect(page.locator("#unsent")).to_contain_text(UNSENT[language])
        expect(page.locator("#text")).to_have_value("…")
    with running(tmp_path, port=port), doors_running(tmp_path, port, doors_port):
        page.locator("button.main").press("Enter")
        expect(page.locator("#state")).to_contain_text(QUEUED[language])
        expect(page.locator("#messages li")).to_have_count(2)
        expect(page.locator("#text")).to_have_value("")
    context.close()

"""A position's telephone in a window of its own: real switch, carrier, browser and a caller."""

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from tests.adapters.telephony.kamailio.switchboard import EVAPI
from tests.browser.accessibility import violations
from tests.browser.desks import FLAGS, DeskCentre, until, watched_page
from tests.browser.keyboard import Keyboard
from tests.browser.phone_line import Caller, PhoneLine, centre_with_line

WEBSOCKET = EVAPI and (EVAPI[0].parent / "websocket.so").exists()
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not WEBSOCKET, reason="no switch: kamailio-websocket-modules is missing"),
    pytest.mark.skipif(not shutil.which("sipp"), reason="no caller: sip-tester is missing"),
    pytest.mark.skipif(not shutil.which("rtpengine"), reason="no carrier: rtpengine-daemon"),
]
VOICE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[DeskCentre, PhoneLine]]:
    with centre_with_line(tmp_path_factory.mktemp("phones")) as both:
        yield both


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def chromium(playwright: Playwright, chromium_path: Path) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=chromium_path, args=[*FLAGS, *VOICE])
    yield browser
    browser.close()


@contextmanager
def seated(
    chromium: Browser, centre: DeskCentre, person: str = "p-sara", language: str = "fa"
) -> Iterator[tuple[BrowserContext, Page, Page]]:
    """Somebody sits down, and opens the telephone's window by its key."""
    context = centre.context(chromium, person)
    desk = centre.open(context, "answer", language)
    keys = Keyboard(desk, persian=language == "fa")
    if desk.locator(".seat-phone").count() == 0:
        keys.press("Enter")
    expect(desk.locator(".seat-phone")).to_be_visible()
    with context.expect_page() as opened:
        keys.press("w")
    window = opened.value
    Keyboard(window).press("Enter") if window.locator(".phone").count() else None
    expect(window.locator(".phone")).to_be_visible()
    try:
        yield context, desk, window
    finally:
        for page in context.pages:
            page.close(run_before_unload=False)
        context.close()


def switch_on(window: Page) -> None:
    Keyboard(window).press("Enter")
    until(lambda: state(window) == "registered", "it is registered", 20)


def state(window: Page) -> str:
    told: str = window.locator("body").get_attribute("data-phone") or ""
    return told


def packets(window: Page) -> tuple[int, int]:
    line = window.locator(".packets")
    return int(line.get_attribute("data-in") or 0), int(line.get_attribute("data-out") or 0)


def test_one_deed_answers_and_both_are_heard_and_a_desk_loaded_anew_drops_nothing(
    chromium: Browser, running: tuple[DeskCentre, PhoneLine]
) -> None:
    centre, line = running
    with seated(chromium, centre) as (_, desk, window):
        switch_on(window)
        expect(desk.locator(".seat-phone")).to_contain_text("آماده")
        caller = Caller(line)
        until(lambda: state(window) == "ringing", "it rings", 20)
        assert violations(window) == []
        Keyboard(desk, persian=True).press("Enter")
        until(lambda: state(window) == "talking", "it was answered from the desk", 20)
        expect(desk.locator("#card-title")).to_be_visible()
        until(lambda: min(packets(window)) > 100 and caller.heard > 100, "both are heard", 20)
        desk.reload()
        expect(desk.locator(".seat-phone")).to_contain_text("در گفت‌وگو")
        expect(desk.locator("#card-title")).to_be_visible()
        before = packets(window), caller.heard
        until(lambda: packets(window)[0] > before[0][0] + 50, "it goes on", 10)
        until(lambda: caller.heard > before[1] + 50, "and is heard", 10)
        assert violations(window) == []
        window.locator(".button.care").click()
        until(caller.hung_up, "the caller's side ended", 10)
        until(lambda: state(window) == "registered", "it is free again")
        caller.close()


def test_holding_is_recorded_and_a_killed_control_room_breaks_no_voice(
    chromium: Browser, running: tuple[DeskCentre, PhoneLine]
) -> None:
    centre, line = running
    with seated(chromium, centre, "p-omid", "en") as (context, desk, window):
        assert violations(window) == []
        switch_on(window)
        second = watched_page(context, [])
        second.goto(window.url)
        expect(second.locator("[role=alert]")).to_contain_text("another window")
        second.close()
        caller = Caller(line, "caller_held.xml")
        until(lambda: state(window) == "ringing", "it rings", 20)
        Keyboard(window).press("Enter")
        until(lambda: state(window) == "talking", "it was answered in the window", 20)
        until(lambda: caller.heard > 50, "the caller hears", 20)
        Keyboard(window).press("h")
        until(lambda: kinds(centre)[-1:] == ["CallHeld"], "it is held", 10)
        assert state(window) == "held"
        Keyboard(window).press("h")
        until(lambda: kinds(centre)[-1:] == ["CallResumed"], "it speaks again", 10)
        Keyboard(window).press("m")
        expect(window.locator("[aria-keyshortcuts=M]")).to_have_attribute("aria-pressed", "true")
        Keyboard(window).press("m")
        Keyboard(window).press("Escape")
        os.kill(centre.control_room_pid(), signal.SIGKILL)
        before = packets(window)[0], caller.heard
        until(lambda: packets(window)[0] > before[0] + 50, "the voice goes on", 15)
        until(lambda: caller.heard > before[1] + 50, "both ways", 15)
        until(centre.healthy, "the control room is back", 60)
        expect(desk.locator("#card-title")).to_be_visible()
        caller.close()


def kinds(centre: DeskCentre) -> list[str]:
    wanted = {"CallAnswered", "CallHeld", "CallResumed", "CallEnded"}
    return [entry.kind for entry in centre.entries() if entry.kind in wanted]

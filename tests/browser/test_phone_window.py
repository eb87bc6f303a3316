"""A position's telephone in a window of its own: real switch, carrier, browser and a caller."""

import json
import os
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Error,
    Page,
    Playwright,
    expect,
    sync_playwright,
)

from tests.adapters.telephony.kamailio.switchboard import EVAPI
from tests.browser.accessibility import violations
from tests.browser.desks import DeskCentre, until, watched_page
from tests.browser.flags import FLAGS
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
    expect(window.locator(".phone")).to_be_visible()
    try:
        yield context, desk, window
    finally:
        for page in context.pages:
            page.close(run_before_unload=False)
        context.close()


def switch_on(window: Page) -> None:
    """Be the telephone; the window of a browser before may still have the position's key."""
    Keyboard(window).press("Enter")
    take = window.locator("[role=alert] button")
    until(lambda: state(window) == "registered" or take.count(), "it has its answer")
    if take.count():
        take.click()
    until(lambda: state(window) == "registered", "it is registered")


def be_ready(centre: DeskCentre, desk: Page) -> None:
    """After a call its position is not ready by itself."""

    def ready() -> bool:
        seats = centre.snapshot("position")
        return any(one.get("person") == "p-sara" and one["state"] == "ready" for one in seats)

    if not ready():
        Keyboard(desk, persian=True).press("Enter")
    until(ready, "the call taker is ready")


def state(window: Page) -> str:
    told: str = window.locator("body").get_attribute("data-phone") or ""
    return told


PRESS_AT_ONCE = """new MutationObserver((_, watch) => {
  if (!document.querySelector(".phone")) return;
  watch.disconnect();
  document.body.dispatchEvent(new KeyboardEvent("keydown", { code: "Enter", bubbles: true }));
}).observe(document, { childList: true, subtree: true })"""


def test_a_key_pressed_as_soon_as_the_window_is_drawn_is_not_lost(
    chromium: Browser, running: tuple[DeskCentre, PhoneLine]
) -> None:
    centre, _ = running
    with seated(chromium, centre) as (context, _, first):
        context.add_init_script(PRESS_AT_ONCE)
        first.reload()
        until(lambda: state(first) != "off", "the one key switched it on")
        assert state(first) != "off"


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
        until(lambda: state(window) == "ringing", "it rings")
        assert violations(window) == []
        Keyboard(desk, persian=True).press("Enter")
        until(lambda: state(window) == "talking", "it was answered from the desk")
        expect(desk.locator("#card-title")).to_be_visible()
        until(lambda: min(packets(window)) > 100 and caller.heard > 100, "both are heard")
        desk.reload()
        expect(desk.locator(".seat-phone")).to_contain_text("در گفت‌وگو")
        expect(desk.locator("#card-title")).to_be_visible()
        before = packets(window), caller.heard
        until(lambda: packets(window)[0] > before[0][0] + 50, "it goes on")
        until(lambda: caller.heard > before[1] + 50, "and is heard")
        assert violations(window) == []
        window.locator(".button.care").click()
        until(caller.hung_up, "the caller's side ended")
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
        until(lambda: state(window) == "ringing", "it rings")
        Keyboard(window).press("Enter")
        until(lambda: state(window) == "talking", "it was answered in the window")
        until(lambda: caller.heard > 50, "the caller hears")
        Keyboard(window).press("h")
        until(lambda: kinds(centre)[-1:] == ["CallHeld"], "it is held")
        assert state(window) == "held"
        Keyboard(window).press("h")
        until(lambda: kinds(centre)[-1:] == ["CallResumed"], "it speaks again")
        Keyboard(window).press("m")
        expect(window.locator("[aria-keyshortcuts=M]")).to_have_attribute("aria-pressed", "true")
        Keyboard(window).press("m")
        Keyboard(window).press("Escape")
        os.kill(centre.control_room_pid(), signal.SIGKILL)
        before = packets(window)[0], caller.heard
        until(lambda: packets(window)[0] > before[0] + 50, "the voice goes on")
        until(lambda: caller.heard > before[1] + 50, "both ways")
        until(centre.healthy, "the control room is back")
        expect(desk.locator("#card-title")).to_be_visible()
        caller.close()


def test_a_call_ends_by_itself_when_its_window_and_its_caller_are_gone(
    chromium: Browser, running: tuple[DeskCentre, PhoneLine]
) -> None:
    centre, line = running

    def told(kind: str) -> list[dict[str, str]]:
        return [json.loads(entry.body) for entry in centre.entries() if entry.kind == kind]

    def causes() -> list[str]:
        own = told("CallAnswered")[-1]["call_id"]  # a call of before may end meanwhile
        return [one.get("cause", "") for one in told("CallEnded") if one["call_id"] == own]

    with seated(chromium, centre) as (_, desk, window):
        switch_on(window)
        be_ready(centre, desk)
        caller = Caller(line)
        until(lambda: state(window) == "ringing", "it rings")
        Keyboard(desk, persian=True).press("Enter")
        until(lambda: state(window) == "talking" and caller.heard > 50, "it was answered")
        time.sleep(12)  # both are there, the window by its own connection
        assert causes() == []
        caller.vanish()
        with suppress(Error):
            window.goto("chrome://crash")
        # Only an end that had been there is taken for gone by the switch's own word.
        until(lambda: causes() == ["both ends lost"], "it ends by itself", 120)
        caller.close()


def test_keys_pressed_in_the_window_are_heard_and_are_not_the_caller_s(
    chromium: Browser, running: tuple[DeskCentre, PhoneLine]
) -> None:
    centre, line = running
    with seated(chromium, centre) as (_, desk, window):
        switch_on(window)
        be_ready(centre, desk)
        caller = Caller(line)
        until(lambda: state(window) == "ringing", "it rings")
        keys = Keyboard(window, persian=True)
        keys.press("Enter")
        until(lambda: state(window) == "talking" and caller.heard > 50, "it was answered")
        keys.press("5")
        until(lambda: caller.keys == ["5"], "a key of the keyboard is heard")
        pad = window.locator(".keypad button")
        for place, key in ((11, "#"), (9, "*"), (10, "0")):
            heard = len(caller.keys)
            pad.nth(place).focus()
            keys.press("Enter")
            until(lambda: len(caller.keys) > heard, f"{key} of the keypad is heard")  # noqa: B023 - asked at once
        assert caller.keys == ["5", "#", "*", "0"]
        assert state(window) == "talking", "Enter pressed the key, and nothing else"
        pressed = {entry.kind for entry in centre.entries()}
        assert "ToneHeard" not in pressed, "what a call taker presses is no sign of the caller"
        window.locator(".button.care").click()
        until(caller.hung_up, "the caller's side ended")
        caller.close()


def test_another_window_takes_over_and_the_first_is_told_why_it_is_silent(
    chromium: Browser, running: tuple[DeskCentre, PhoneLine]
) -> None:
    centre, line = running
    with seated(chromium, centre) as (_, desk, first):
        switch_on(first)
        be_ready(centre, desk)
        elsewhere = centre.context(chromium, "p-sara")
        second = watched_page(elsewhere, centre.wrong)
        second.goto(first.url)
        expect(second.locator(".phone")).to_be_visible()
        Keyboard(second).press("Enter")
        take = second.locator("[role=alert] button")
        expect(take).to_be_visible()
        assert state(second) == "lost"
        assert state(first) == "registered", "asking takes nothing"
        assert violations(second) == []
        take.focus()
        Keyboard(second).press("Enter")
        until(lambda: state(second) == "registered", "the second one has it")
        expect(first.locator("[role=alert]")).to_contain_text("پنجرهٔ دیگری", timeout=60_000)
        assert state(first) == "lost"
        assert violations(first) == []
        caller = Caller(line)
        until(lambda: state(second) == "ringing", "it rings there")
        assert state(first) == "lost", "and not here"
        Keyboard(second).press("Enter")
        until(lambda: state(second) == "talking", "and is answered there")
        second.locator(".button.care").click()
        until(caller.hung_up, "the caller's side ended")
        caller.close()
        second.close(run_before_unload=False)
        elsewhere.close()
        first.locator("[role=alert] button").click()
        until(lambda: state(first) == "registered", "and it is taken back")


def test_a_locked_desk_s_window_takes_nothing_over(
    chromium: Browser, running: tuple[DeskCentre, PhoneLine]
) -> None:
    centre, _ = running
    with seated(chromium, centre) as (_, desk, first):
        switch_on(first)
        elsewhere = centre.context(chromium, "p-sara")
        second = watched_page(elsewhere, centre.wrong)
        second.goto(first.url)
        Keyboard(second).press("Enter")
        take = second.locator("[role=alert] button")
        expect(take).to_be_visible()
        session = desk.evaluate("fetch('/desk/me').then(told => told.json())")["session_id"]
        lock = {"id": "lock-window", "command": {"session_id": session}}
        centre.ask_as("p-sara", "lock-session", lock)
        take.click()
        expect(second.locator("[role=alert]")).to_contain_text("قفل")
        assert state(first) == "registered", "a locked desk rings on"
        centre.ask("unlock-session", session_id=session, means="passkey")
        take.click()
        until(lambda: state(second) == "registered", "unlocked, it may")
        second.close(run_before_unload=False)
        elsewhere.close()


def test_a_page_of_another_origin_gets_no_line_to_the_switch(
    chromium: Browser, running: tuple[DeskCentre, PhoneLine]
) -> None:
    centre, line = running
    opens = """address => new Promise(done => {
      const line = new WebSocket(address, "sip");
      line.onopen = () => { line.close(); done("opened"); };
      line.onerror = () => done("refused");
    })"""
    address = f"ws://localhost:{line.window}"
    with seated(chromium, centre) as (context, _desk, window):
        assert window.evaluate(opens, address) == "opened"
        foreign = context.new_page()
        # The same machine under another name is another origin, and so is another port.
        for origin in ("http://elsewhere.test", centre.url.replace("127.0.0.1", "localhost")):
            page = f"{origin}/page"
            foreign.route(page, lambda route: route.fulfill(body="<p>x", content_type="text/html"))
            foreign.goto(page)
            assert foreign.evaluate("location.origin") == origin
            assert foreign.evaluate(opens, address) == "refused", origin
            assert handshake(line, origin) == 403, "it was the switch that refused"
        assert handshake(line, centre.url) == 101
        assert handshake(line, "") == 403
        foreign.close()


def test_who_stands_up_takes_the_telephone_with_them(
    chromium: Browser, running: tuple[DeskCentre, PhoneLine]
) -> None:
    centre, line = running
    with seated(chromium, centre) as (_, desk, window):
        switch_on(window)
        seat = next(p for p in centre.snapshot("position") if p.get("person") == "p-sara")["id"]
        until(lambda: registered(line, seat), "the switch knows the window")
        desk.get_by_role("button", name="ترک میز").click()
        until(lambda: not registered(line, seat), "the switch forgot it")
        expect(window.locator("[role=alert]")).to_contain_text("پشت هیچ میزی", timeout=60_000)
        assert state(window) == "lost"
        assert violations(window) == []


def handshake(line: PhoneLine, origin: str) -> int:
    """Knock at the switch as a browser does, and give its status."""
    asked = {
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Protocol": "sip",
        **({"Origin": origin} if origin else {}),
    }
    door = HTTPConnection("127.0.0.1", line.window, timeout=10)
    try:
        door.request("GET", "/", headers=asked)
        return door.getresponse().status
    finally:
        door.close()


def registered(line: PhoneLine, position: str) -> bool:
    """What the switch's own table of telephones says."""
    table = line.folder / "telephone" / "contacts" / "location"
    return table.exists() and f":{position}:" in table.read_text()


def test_one_key_calls_back_and_both_are_heard(
    chromium: Browser, running: tuple[DeskCentre, PhoneLine]
) -> None:
    centre, line = running
    with seated(chromium, centre) as (_, desk, window):
        switch_on(window)
        keys = Keyboard(desk, persian=True)
        away(desk)
        caller = Caller(line, "caller_gives_up.xml")
        until(caller.hung_up, "nobody answered")
        caller.close()
        expect(desk.locator(".back")).to_have_count(1)
        called = Caller(line, "outside.xml", called=True)
        keys.press("b")
        until(lambda: state(window) == "talking", "whoever was called picked up")
        until(lambda: min(packets(window)) > 50 and called.heard > 50, "both are heard")
        expect(desk.locator(".back")).to_contain_text("گفت‌وگو")
        assert violations(desk) == []
        assert violations(window) == []
        window.locator(".button.care").click()
        until(called.hung_up, "the called side ended")
        called.close()
        until(lambda: dials(centre)[-1:] == ["CallBackHungUp"], "the log has its end")
        desk.locator(".back .results button").first.press("Enter")
        expect(desk.locator(".back")).to_have_count(0)


def kinds(centre: DeskCentre) -> list[str]:
    wanted = {"CallAnswered", "CallHeld", "CallResumed", "CallEnded"}
    return [entry.kind for entry in centre.entries() if entry.kind in wanted]


def dials(centre: DeskCentre) -> list[str]:
    return [entry.kind for entry in centre.entries() if entry.kind.startswith("CallBack")]


def away(desk: Page) -> None:
    """Let no call ring at the seat."""
    if desk.get_by_role("button", name="استراحت").count():
        desk.get_by_role("button", name="استراحت").click()

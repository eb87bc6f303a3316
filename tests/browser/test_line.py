"""What a desk does when its line is cut, its server is gone, or its own power fails."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from pasokh.core.log import Entry
from tests.browser.desks import DeskCentre, desk_centre, until
from tests.browser.flags import FLAGS
from tests.browser.keyboard import Keyboard
from tests.browser.relay import relay_to

pytestmark = pytest.mark.browser

# The spool as it lies on the disk of the desk: what was asked, and when.
SPOOL = """
() => new Promise((done) => {
  const opening = indexedDB.open("pasokh-spool");
  opening.onsuccess = () => {
    const all = opening.result.transaction("orders").objectStore("orders").getAll();
    all.onsuccess = () => { opening.result.close(); done(all.result); };
  };
})
"""


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskCentre]:
    with desk_centre(tmp_path_factory.mktemp("line")) as running:
        yield running


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="module")
def chromium(playwright: Playwright, chromium_path: Path) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
    yield browser
    browser.close()


@contextmanager
def gone(centre: DeskCentre) -> Iterator[None]:
    """Kill the control room, and let its supervisor start it again only afterwards."""
    os.kill(centre.process.pid, signal.SIGSTOP)
    os.kill(centre.control_room_pid(), signal.SIGKILL)
    try:
        yield
    finally:
        os.kill(centre.process.pid, signal.SIGCONT)


def entries_of(centre: DeskCentre, order: dict[str, Any]) -> list[Entry]:
    return [entry for entry in centre.entries() if entry.command_id == order["id"]]


def open_incident(centre: DeskCentre, name: str) -> None:
    centre.ask("open-incident", incident_id=name, incident_type="dispute", county="0901")


def test_a_line_that_was_cut_misses_nothing_and_says_so(
    chromium: Browser, centre: DeskCentre
) -> None:
    port = int(centre.url.rpartition(":")[2])
    open_incident(centre, "i-before")
    with relay_to(port) as relay:
        context = centre.context(chromium, "p-reza")
        page = centre.open(context, "dispatch", at=relay.url)
        line = page.locator("#line")
        expect(page.locator("#incidents-i-before")).to_be_visible()
        relay.cut()
        expect(line).to_have_attribute("data-state", "cut")
        for name in ("i-while-1", "i-while-2", "i-while-3"):
            open_incident(centre, name)
        expect(line.locator(".since")).to_contain_text(":")
        expect(page.locator("#incidents-i-before")).to_be_visible()
        assert page.locator("#incidents-i-while-1").count() == 0
        relay.mend()
        expect(line).to_have_attribute("data-state", "live")
        page.locator("#bar").press("Enter")
        for name in ("i-while-1", "i-while-2", "i-while-3"):
            expect(page.locator(f"#incidents-{name}")).to_be_visible()
        page.reload()
        for name in ("i-before", "i-while-1", "i-while-2", "i-while-3"):
            expect(page.locator(f"#incidents-{name}")).to_be_visible()
        context.close()


def test_work_goes_on_while_the_server_is_gone_and_is_entered_after(
    chromium: Browser, centre: DeskCentre
) -> None:
    open_incident(centre, "i-gone")
    number = centre.one("incident", "i-gone")["number"]
    context = centre.context(chromium, "p-mina")
    page = centre.open(context, "dispatch")
    keys = Keyboard(page, persian=True)
    expect(page.locator("#incidents-i-gone")).to_be_visible()
    with gone(centre):
        expect(page.locator("#line")).to_have_attribute("data-state", "cut")
        keys.type(f"d421 {number}")
        keys.press("Enter")
        keys.type(f"w{number} ")
        keys.say("درِ پشتی باز است")
        keys.press("Enter")
        spooled = until(lambda: asked if len(asked := page.evaluate(SPOOL)) >= 3 else [], "3 wait")
        expect(page.locator("#line .waits")).to_be_visible()
        expect(page.locator(".last-deeds li[data-state=spooled]").first).to_be_visible()
        expect(page.locator("#incidents-i-gone")).to_be_visible()
        known_after = centre.entries()[-1].known_at
    expect(page.locator("#line")).to_have_attribute("data-state", "live")
    until(lambda: page.evaluate(SPOOL) == [], "nothing waits any more")
    held_to_the_log(centre, spooled, known_after)
    assert centre.one("unit", "u-421")["missions"]
    expect(page.locator("#line .waits")).to_have_count(0)
    context.close()


def test_a_power_cut_at_the_desk_loses_nothing(
    playwright: Playwright, chromium_path: Path, centre: DeskCentre, tmp_path: Path
) -> None:
    home = tmp_path / "browser"
    options: dict[str, Any] = {"executable_path": chromium_path, "args": FLAGS}
    context = playwright.chromium.launch_persistent_context(home, **options)
    context.add_cookies([centre.cookie("p-sara")])
    page = centre.open(context, "answer")
    keys = Keyboard(page, persian=True)
    keys.press("Enter")
    expect(page.locator("#seat-title .timer")).to_be_visible()
    call = centre.offer("صدای شکستن شیشه")
    expect(page.locator(".queued")).to_have_count(1)
    keys.press("Enter")
    expect(page.locator("#what")).to_be_focused()
    until(lambda: centre.one("call", call)["phase"] == "connected", "the call is taken")
    with gone(centre):
        expect(page.locator("#line")).to_have_attribute("data-state", "cut")
        page.locator("#note").focus()
        keys.say("دو نفر با کلاه سیاه")
        keys.press("Enter")
        [spooled] = until(lambda: page.evaluate(SPOOL), "the note waits")
        known_after = centre.entries()[-1].known_at
        kill_browser(home)
    until(centre.healthy, "the control room is back")

    again = playwright.chromium.launch_persistent_context(home, **options)
    again.add_cookies([centre.cookie("p-sara")])
    page = centre.open(again, "answer")
    expect(page.locator("#card-title")).to_be_visible()
    until(lambda: page.evaluate(SPOOL) == [], "the note was entered")
    held_to_the_log(centre, [spooled], known_after)
    expect(page.locator(".notes")).to_contain_text("کلاه سیاه")
    centre.ask("end-call", call_id=call)
    again.close()


def held_to_the_log(centre: DeskCentre, spooled: list[dict[str, Any]], known_after: int) -> None:
    """Each order once, under its id, at the time of the key press, learned after the silence."""
    for order in spooled:
        entries = entries_of(centre, order)
        assert entries, order
        assert "CommandRefused" not in {entry.kind for entry in entries}
        assert {entry.at for entry in entries} == {order["at"]}
        assert all(entry.known_at > max(known_after, entry.at) for entry in entries)


def kill_browser(home: Path) -> None:
    """Take the power away: no unload, no goodbye. Only processes of this browser's own folder."""
    for place in Path("/proc").glob("[0-9]*"):
        try:
            line = (place / "cmdline").read_bytes().decode().split("\0")
        except OSError:
            continue
        if f"--user-data-dir={home}" in line:
            os.kill(int(place.name), signal.SIGKILL)

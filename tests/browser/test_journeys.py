"""A person's way through the desks in Chromium: keyboard only, in Persian and English.

Persian is typed with the Persian layout on, so what a key says differs from where it lies.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.desks import FLAGS, DeskCentre, desk_centre, until
from tests.browser.keyboard import Keyboard

pytestmark = pytest.mark.browser

# Keystrokes besides the words of the place (notes of the field: every click costs seconds).
NEW_INCIDENT_MAX = 12
CLOSE_NUISANCE_MAX = 3
DISPATCH_MAX = 8
STATUS_MAX = 5
LANGUAGES = ("fa", "en")
# What is typed to find "dispute": a short key of the type with the Persian layout, or its name.
DISPUTE = {"fa": "kchu", "en": "disp"}


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskCentre]:
    with desk_centre(tmp_path_factory.mktemp("journeys")) as running:
        yield running


@pytest.fixture(scope="module")
def chromium(chromium_path: Path) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        yield browser
        browser.close()


def headline(page: Page) -> int:
    """Read today's answered calls on the public page, in either language's digits."""
    text = page.locator('[data-c="answered"]').first.inner_text()
    return int("".join(str(int(sign)) for sign in text if sign.isdigit()))


def sit_down(page: Page, keys: Keyboard, centre: DeskCentre, person: str) -> None:
    """Take a place, or be ready again at the one that the person has."""

    def seat() -> dict[str, str]:
        return next((one for one in centre.snapshot("position") if one.get("person") == person), {})

    expect(page.locator("#seat-title")).to_be_visible()
    if seat().get("state") != "ready":
        keys.press("Enter")
    until(lambda: seat().get("state") == "ready", "the call taker is ready")
    expect(page.locator("#seat-title .timer")).to_be_visible()


def take_call(page: Page, keys: Keyboard) -> None:
    """Answer the call that rings; the field "what is it" has the keyboard then."""
    expect(page.locator(".queued")).not_to_have_count(0)
    keys.strokes = 0
    keys.press("Enter")
    expect(page.locator("#what")).to_be_focused()


def open_incident(page: Page, keys: Keyboard, language: str, place: str) -> None:
    """Say what and where; the strokes are counted from the ringing on."""
    keys.type(DISPUTE[language])
    expect(page.locator("#what-0")).to_be_visible()
    keys.press("Enter")
    expect(page.locator("#place")).to_be_focused()
    keys.say(place)
    keys.press("Enter")
    expect(page.locator("#note")).to_be_focused()


@pytest.mark.parametrize("language", LANGUAGES)
def test_from_ringing_to_clear_and_the_headline_moves(
    chromium: Browser, centre: DeskCentre, language: str
) -> None:
    persian = language == "fa"
    taker = centre.context(chromium, "p-sara")
    answer = centre.open(taker, "answer", language)
    keys = Keyboard(answer, persian=persian)
    board = taker.new_page()
    board.goto(f"{centre.url}/{language}/")
    before = headline(board)
    answer.bring_to_front()
    sit_down(answer, keys, centre, "p-sara")
    call = centre.offer("دعوا شده")
    take_call(answer, keys)
    open_incident(answer, keys, language, "کوچهٔ پشت پارک")
    assert keys.strokes <= NEW_INCIDENT_MAX, keys.strokes
    incident = centre.one("incident", centre.one("call", call)["incident"])
    assert (incident["type"], incident["priority"]) == ("dispute", 3)

    sender = centre.context(chromium, "p-reza")
    dispatch = centre.open(sender, "dispatch", language)
    send_and_clear(dispatch, Keyboard(dispatch, persian=persian), centre, incident["id"])

    centre.ask("end-call", call_id=call)
    expect(answer.locator("#card-title")).to_have_count(0)
    until(lambda: headline(board) == before + 1, "the headline moves")
    taker.close()
    sender.close()


def send_and_clear(page: Page, keys: Keyboard, centre: DeskCentre, incident: str) -> None:
    """Send a unit and follow it until it is free again; then close the incident."""
    expect(page.locator(f"#incidents-{incident}")).to_be_visible()
    expect(page.locator("#bar")).to_be_focused()
    keys.press("ArrowDown")
    keys.type("d411")
    expect(page.locator("#bar-echo")).to_have_attribute("data-tone", "go")
    keys.press("Enter")
    assert keys.strokes <= DISPATCH_MAX, keys.strokes
    mission = page.locator(".mission").first
    expect(mission).to_have_attribute("data-stage", "dispatched")
    for verb, stage in {"r": "acknowledged", "e": "en_route", "a": "on_scene"}.items():
        keys.strokes = 0
        keys.type(f"{verb}411")
        keys.press("Enter")
        assert keys.strokes <= STATUS_MAX, keys.strokes
        expect(mission).to_have_attribute("data-stage", stage)
    keys.type("c411 f")
    keys.press("Enter")
    expect(mission).to_have_attribute("data-stage", "cleared")
    mission_id = centre.one("incident", incident)["missions"][0]
    assert centre.one("mission", mission_id)["outcome"] == "founded"
    keys.type("z ")
    keys.say("resolved")
    keys.press("Enter")
    until(lambda: centre.one("incident", incident).get("closed_at"), "the incident is closed")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_nuisance_is_closed_in_three_strokes(
    chromium: Browser, centre: DeskCentre, language: str
) -> None:
    taker = centre.context(chromium, "p-sara")
    page = centre.open(taker, "answer", language)
    keys = Keyboard(page, persian=language == "fa")
    sit_down(page, keys, centre, "p-sara")
    call = centre.offer("")
    take_call(page, keys)
    keys.strokes = 0
    keys.type("2")
    keys.press("Enter")
    until(lambda: centre.one("call", call).get("code") == "N2", "the call is a nuisance")
    assert keys.strokes <= CLOSE_NUISANCE_MAX
    assert centre.one("call", call)["phase"] == "ended"
    taker.close()

"""Calling back by keyboard in Chromium: one key begins, one says what came of it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.accessibility import violations
from tests.browser.desks import DeskCentre, desk_centre
from tests.browser.keyboard import Keyboard
from tests.browser.test_journeys import sit_down

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskCentre]:
    with desk_centre(tmp_path_factory.mktemp("call-backs")) as running:
        yield running


@pytest.mark.parametrize("language", ["fa", "en"])
def test_whoever_gave_up_is_called_back_by_keys(
    chromium: Browser, centre: DeskCentre, language: str
) -> None:
    persian = language == "fa"
    taker = centre.context(chromium, "p-sara")
    page = centre.open(taker, "answer", language)
    keys = Keyboard(page, persian=persian)
    sit_down(page, keys, centre, "p-sara")
    calls = [centre.offer(number=number) for number in (1, 2)]
    for call in calls:
        centre.ask("end-call", None, call_id=call)
    lines = page.locator(".back")
    expect(lines).to_have_count(2)

    keys.press("b")
    results = page.locator(".results button")
    expect(results.first).to_be_focused()
    expect(page.locator(".card .number").first).not_to_be_empty()
    assert violations(page) == []
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(page.locator(".card")).to_have_count(0)
    expect(lines).to_have_count(2)
    expect(lines.filter(has_text="پاسخ نداد" if persian else "No answer")).to_have_count(1)

    keys.press("b")
    expect(results.first).to_be_focused()
    keys.press("Enter")
    expect(lines).to_have_count(1)
    expect(page.locator("#what")).to_be_focused()
    keys.type("1")
    keys.press("Enter")
    expect(page.locator(".card")).to_have_count(0)

    other = lines.first.locator("button")
    other.click()
    expect(results).to_have_count(5)
    results.nth(3).click()
    expect(lines).to_have_count(0)
    taker.close()

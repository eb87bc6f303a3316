"""The places that a network told, on the card in Chromium: all of them, and one taken by a key."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.accessibility import violations
from tests.browser.desks import FLAGS, NUMBER, DeskCentre, desk_centre, until
from tests.browser.keyboard import Keyboard
from tests.browser.test_journeys import DISPUTE, sit_down, take_call

pytestmark = pytest.mark.browser

AN_HOUR = 3_600_000


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskCentre]:
    with desk_centre(tmp_path_factory.mktemp("told")) as running:
        yield running


@pytest.fixture(scope="module")
def chromium(chromium_path: Path) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        yield browser
        browser.close()


def places(now: int) -> list[dict[str, object]]:
    """A circle of the network, an address, the telephone's own with a doubt, and an expired one."""
    street = [{"name": "RD", "text": "خیابان نمونه"}, {"name": "HNO", "text": "12"}]
    circle = {
        "latitude": 36.3,
        "longitude": 59.6,
        "radius_m": 850,
        "confidence": 68,
    }
    phone = {"latitude": 36.30112, "longitude": 59.6021, "radius_m": 12, "troubles": ["aml_length"]}
    over = {"latitude": 35.0, "longitude": 58.0, "radius_m": 5, "expires_at": now - AN_HOUR}
    return [
        {"source": "pidf_lo", "method": "Cell", "at": now - 120_000, **circle},
        {"source": "pidf_lo", "civic": street, "may_be_passed_on": True},
        {"source": "aml_sms_v2", **phone},
        {"source": "geo_uri", **over},
    ]


@pytest.mark.parametrize("language", ["fa", "en"])
def test_every_place_stands_beside_the_others_and_one_is_taken(
    chromium: Browser, centre: DeskCentre, language: str
) -> None:
    persian = language == "fa"
    taker = centre.context(chromium, "p-sara")
    page = centre.open(taker, "answer", language)
    keys = Keyboard(page, persian=persian)
    sit_down(page, keys, centre, "p-sara")
    call = f"told-{language}"
    now = time.time_ns() // 1_000_000
    words = {"number": NUMBER.format(3), "places": places(now)}
    centre.ask("offer-call", words, call_id=call, county="0901")
    take_call(page, keys)
    told = page.locator(".told > li")
    expect(told).to_have_count(3)
    expect(told.nth(0)).to_contain_text("۸۵۰" if persian else "850")
    expect(told.nth(0)).to_contain_text("۶۸" if persian else "68")
    expect(told.nth(0)).to_contain_text("Cell")
    expect(told.nth(1)).to_contain_text("خیابان نمونه")
    expect(told.nth(2)).to_contain_text("aml_length")
    expect(told.nth(2)).to_contain_text("به دیگری داده نشود" if persian else "not to be passed on")
    assert violations(page) == []

    keys.type(DISPUTE[language])
    expect(page.locator("#what-0")).to_be_visible()
    keys.press("Enter")
    expect(page.locator("#place")).to_be_focused()
    keys.press("Escape")
    told.nth(0).locator("button").focus()
    keys.press("Enter")
    until(lambda: centre.one("call", call).get("incident"), "the incident is open")
    expect(page.locator(".facts")).to_contain_text("36.30000 59.60000")
    expect(told).to_have_count(3)
    centre.ask("end-call", call_id=call)
    taker.close()

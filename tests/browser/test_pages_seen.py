"""Every page of the office as it is seen: axe in both languages, the dark theme too, magnified.

With PASOKH_SHOTS set to a folder, each page's picture is left there to be looked at.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.accessibility import violations
from tests.browser.desks import DeskCentre, desk_centre
from tests.browser.office_pages import PAGES, Seen, break_the_glass

pytestmark = pytest.mark.browser

SHOTS = os.environ.get("PASOKH_SHOTS", "")
WHOLE: ViewportSize = {"width": 1366, "height": 768}
HALF: ViewportSize = {"width": 683, "height": 384}


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskCentre]:
    with desk_centre(tmp_path_factory.mktemp("pages"), seats=0) as running:
        break_the_glass(running)
        yield running


@pytest.fixture(scope="module")
def window(chromium: Browser, centre: DeskCentre) -> Iterator[Page]:
    """One window for all pages: a new one, with axe in it, takes longer than what is looked at."""
    context = centre.context(chromium, "", bypass_csp=True)
    yield context.new_page()
    context.close()


@pytest.fixture
def page(
    seen: Seen, language: str, window: Page, chromium: Browser, centre: DeskCentre
) -> Iterator[Page]:
    page = window
    if seen.alone:
        page = centre.context(chromium, "", bypass_csp=True).new_page()
    page.set_default_timeout(60_000)
    page.set_viewport_size(WHOLE)
    page.context.clear_cookies()
    if seen.person:
        page.context.add_cookies([centre.cookie(seen.person)])
    page.goto(f"{centre.url}/office/{language}/{seen.path}")
    seen.steps(page, centre)
    yield page
    if seen.alone:
        page.context.close()


@pytest.mark.parametrize("language", ["fa", "en"])
@pytest.mark.parametrize("seen", PAGES, ids=[seen.name for seen in PAGES])
def test_nothing_is_wrong_with_a_page(page: Page, seen: Seen, language: str) -> None:
    expect(page.locator("h1")).to_be_visible()
    assert ("/reauthenticate/" in page.url) == seen.name.endswith("-again")
    assert page.locator("html").get_attribute("lang") == language
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{seen.name}-{language}.png", full_page=True)
    # What a theme changes, its colours, is the same in every language.
    themes: tuple[Any, ...] = ("light", "dark") if language == "fa" else ("light",)
    for theme in themes:
        page.emulate_media(color_scheme=theme)
        assert violations(page, again=theme == "dark") == [], theme
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(HALF)
    wide = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide[0] <= wide[1], wide

"""The page that checks a release, in Chromium without scripts: by keyboard, both languages, axe.

With PASOKH_SHOTS set to a folder, its pictures are left there to be looked at.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.adapters.api.process import free_port, wait_until_healthy
from tests.browser.accessibility import violations
from tests.browser.desks import DeskCentre, desk_centre
from tests.checker.releases import release_texts

pytestmark = pytest.mark.browser

SHOTS = os.environ.get("PASOKH_SHOTS", "")
NOT_FIT = {"fa": "نمی‌خواند", "en": "does not fit"}
RIGHT = {"fa": "۴۸٫۲۴ درصد درست است", "en": "48.24 % would be right"}


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory, port: int) -> Iterator[DeskCentre]:
    with desk_centre(tmp_path_factory.mktemp("check"), port=port, seats=0) as running:
        wait_until_healthy(f"http://127.0.0.1:{port + 1}")
        yield running


@pytest.mark.parametrize("language", ["fa", "en"])
def test_a_journalist_lays_a_release_beside_itself(
    chromium: Browser, centre: DeskCentre, port: int, language: str
) -> None:
    assert centre.healthy()
    release = next(
        one
        for one in release_texts("records.txt")
        if (one.name, one.language) == ("ir-110-alb-1401", language)
    )
    context = chromium.new_context(locale=language, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{port + 1}/{language}/")
    page.locator(f"a[href='/{language}/check']").press("Enter")
    page.locator("#text").fill(release.text)
    page.locator("#text").press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#state")).to_have_attribute("data-state", "inconsistent")
    row = page.locator("tr.not")
    expect(row).to_contain_text(NOT_FIT[language])
    expect(row).to_contain_text(RIGHT[language])
    expect(page.locator("mark.not").first).to_be_visible()
    expect(page.locator("#text")).to_have_value(release.text.strip())
    context.close()


@pytest.mark.parametrize("language", ["fa", "en"])
@pytest.mark.parametrize("width", [390, 1366])
def test_the_page_is_for_everybody(
    chromium: Browser, centre: DeskCentre, port: int, language: str, width: int
) -> None:
    assert centre.healthy()
    texts = [one for one in release_texts("records.txt") if one.language == language]
    context = chromium.new_context(locale=language, viewport={"width": width, "height": 844})
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{port + 1}/{language}/check")
    expect(page.locator("html")).to_have_attribute("dir", "rtl" if language == "fa" else "ltr")
    assert violations(page) == []
    page.locator("#text").fill("\n\n".join(one.text for one in texts[4:7]))
    page.locator("button.main").press("Enter")
    expect(page.locator("#state")).to_be_visible()
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type] # one of two words
        assert violations(page, again=theme == "dark") == [], theme
        if SHOTS:
            page.screenshot(
                path=Path(SHOTS) / f"check-{language}-{width}-{theme}.png", full_page=True
            )
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()

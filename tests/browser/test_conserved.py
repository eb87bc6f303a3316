"""The sum of all calls on the wall, and what happens there when a call is missing in it."""

from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser.accessibility import violations
from tests.browser.canned import canned_centre
from tests.browser.flags import FLAGS

pytestmark = pytest.mark.browser
SUM = {"offered": 61, "answered": 42, "abandoned": 12, "fallback": 4, "rejected": 1, "ringing": 2}


@pytest.mark.parametrize(("language", "missing"), [("fa", "گم‌شده: ۲"), ("en", "Missing: 2")])
def test_a_missing_call_is_an_alarm_on_the_wall(
    chromium_path: Path, language: str, missing: str
) -> None:
    with canned_centre() as (url, centre), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        page = browser.new_page()
        centre.put(("figure", {"id": "today", "conservation": {**SUM, "residual": 0}}))
        page.goto(f"{url}/office/{language}/desk/wallboard/")
        expect(page.locator(".tile")).not_to_have_count(0)
        expect(page.locator(".conserved")).to_have_count(0)
        centre.put(("figure", {"id": "today", "conservation": {**SUM, "residual": 2}}))
        expect(page.get_by_role("alert")).to_contain_text(missing)
        expect(page.get_by_role("alert")).to_contain_text("۶۱" if language == "fa" else "61")
        assert violations(page) == []
        browser.close()


@pytest.mark.parametrize("language", ["fa", "en"])
def test_a_late_release_is_one_quiet_line_with_a_way_to_the_calendar(
    chromium_path: Path, language: str
) -> None:
    with canned_centre() as (url, centre), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        page = browser.new_page()
        page.goto(f"{url}/office/{language}/desk/supervise/")
        line = page.locator("p.releases")
        expect(page.locator(".tile")).not_to_have_count(0)
        expect(line).to_have_count(0)
        centre.put(("figure", {"id": "today", "late_releases": 2}))
        expect(line).to_contain_text("۲" if language == "fa" else "2")
        expect(line.get_by_role("link")).to_have_attribute("href", f"/office/{language}/calendar/")
        expect(page.get_by_role("alert")).to_have_count(0)
        assert violations(page) == []
        centre.put(("figure", {"id": "today"}))
        expect(line).to_have_count(0)
        browser.close()


@pytest.mark.parametrize("language", ["fa", "en"])
def test_what_waits_long_at_the_doors_is_an_alarm_on_the_supervisors_desk(
    chromium_path: Path, language: str
) -> None:
    told = {"received": 9, "calls": 5, "joined": 1, "parked": 1, "waiting": 2, "waited": 900}
    with canned_centre() as (url, centre), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        page = browser.new_page()

        def tell(residual: int = 0, **more: int) -> None:
            doors = {"told": told | more, "residual": residual, "at": centre.now()}
            centre.put(("figure", {"id": "today", "doors": doors}))

        tell()
        page.goto(f"{url}/office/{language}/desk/supervise/")
        line = page.locator("p.doors")
        expect(line).to_have_attribute("data-tone", "calm")
        tell(waited=95_000)
        alarm = page.get_by_role("alert").and_(line)
        expect(alarm).to_contain_text("۱:۳۵" if language == "fa" else "1:35")
        assert violations(page) == []
        tell(residual=3)
        expect(alarm).to_contain_text("گم‌شده: ۳" if language == "fa" else "Missing: 3")
        tell()
        expect(line).to_have_attribute("data-tone", "calm")
        browser.close()

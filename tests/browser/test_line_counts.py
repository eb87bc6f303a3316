"""A count of the switch that is not ours: an alarm on both screens, until a person has seen it."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser.accessibility import violations
from tests.browser.canned import NOW, canned_centre
from tests.browser.desks import until
from tests.browser.flags import FLAGS

pytestmark = pytest.mark.browser
HOUR = 3_600_000
COMPARED = {"comparison_id": "k-1", "line": "kamailio", "boot_at": 0}
COMPARED |= {"began_at": NOW - HOUR, "ended_at": NOW}
SAME: dict[str, Any] = {"offered": 61, "answered": 60, "abandoned": 1}


def figure(*differences: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    compared = COMPARED | {"switch": SAME, "log": SAME}
    line = {"name": "kamailio", "compared": compared, "differences": list(differences)}
    return ("figure", {"id": "today", "line": line})


@pytest.mark.parametrize(
    ("language", "came", "button", "hourly"),
    [("fa", "رسیده", "دیدم", "۶۰۰٫۵"), ("en", "Came", "I have seen it", "600.5")],
)
def test_a_difference_is_an_alarm_that_a_supervisor_acknowledges_with_words(
    chromium_path: Path, language: str, came: str, button: str, hourly: str
) -> None:
    differs = COMPARED | {"switch": SAME | {"offered": 62}, "log": SAME}
    with canned_centre() as (url, centre), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        page = browser.new_page()
        centre.put(figure())
        page.goto(f"{url}/office/{language}/desk/supervise/")
        expect(page.locator(".conserved")).to_contain_text("۶۱" if language == "fa" else "61")
        expect(page.get_by_role("alert")).to_have_count(0)
        centre.put(figure(differs))
        alarm = page.get_by_role("alert")
        expect(alarm).to_contain_text(came)
        expect(alarm).to_contain_text("۶۲" if language == "fa" else "62")
        assert violations(page) == []
        alarm.get_by_role("textbox").fill("the trunk is tried by hand")
        alarm.get_by_role("button", name=button).press("Enter")
        until(lambda: bool(centre.commands), "the difference is acknowledged")
        sent = centre.commands[-1]["command"]
        assert sent == {"comparison_id": "k-1", "reason": "the trunk is tried by hand"}
        silent = {"since": NOW - HOUR, "hourly_tenths": 6005, "days": 4}
        probes = {"at": NOW, "end": "no_answer", "ring_ms": 8000, "alarm": "no_answer"}
        state = {**figure(differs)[1], "silence": silent, "probes": probes}
        centre.put(("figure", state))
        expect(page.get_by_role("alert")).to_have_count(3)
        expect(page.get_by_role("alert").nth(0)).to_contain_text(hourly)
        assert violations(page) == []
        page.goto(f"{url}/office/{language}/desk/wallboard/")
        expect(page.get_by_role("alert")).to_have_count(3)
        expect(page.get_by_role("alert").nth(2)).to_contain_text(came)
        expect(page.get_by_role("textbox")).to_have_count(0)
        assert violations(page) == []
        browser.close()

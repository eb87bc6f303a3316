"""Nuisance marks in Chromium: set on the card, confirmed by a second person, seen next time."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.accessibility import violations
from tests.browser.desks import DeskCentre, desk_centre, until
from tests.browser.keyboard import Keyboard
from tests.browser.test_journeys import sit_down, take_call

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskCentre]:
    with desk_centre(tmp_path_factory.mktemp("marks")) as running:
        yield running


@pytest.mark.parametrize(("language", "number"), [("fa", 4), ("en", 5)])
def test_a_mark_for_a_month_takes_two_persons_and_stops_no_call(
    chromium: Browser, centre: DeskCentre, language: str, number: int
) -> None:
    persian = language == "fa"
    taker = centre.context(chromium, "p-sara")
    page = centre.open(taker, "answer", language)
    keys = Keyboard(page, persian=persian)
    sit_down(page, keys, centre, "p-sara")
    call = centre.offer(number=number)
    take_call(page, keys)
    keys.type("2")
    expect(page.locator("#what-0")).to_be_visible()
    keys.press("Enter")
    until(lambda: centre.one("call", call).get("code") == "N2", "the call is a nuisance")
    expect(page.locator(".mark button")).to_have_count(2)
    keys.press("m")
    keys.press("Tab")
    keys.press("Enter")
    expect(page.locator("p.mark .chip")).to_have_count(2)

    lead = centre.context(chromium, "p-nasrin")
    shift = centre.open(lead, "supervise", language)
    confirm = shift.locator(".marks button", has_text="تأیید" if persian else "Confirm")
    expect(confirm).to_have_count(1)
    assert violations(shift) == []
    confirm.click()
    expect(confirm).to_have_count(0)
    expect(page.locator("p.mark .chip")).to_have_count(1)

    keys.press("Enter")  # ready again
    again = centre.offer(number=number)
    take_call(page, keys)
    expect(page.locator("p.mark")).to_contain_text("۳۰" if persian else "30")
    centre.ask("end-call", call_id=again)
    for context in (taker, lead):
        context.close()


@pytest.mark.parametrize("language", ["fa", "en"])
def test_the_last_hour_is_drawn_and_told_minute_by_minute(
    chromium: Browser, centre: DeskCentre, language: str
) -> None:
    call = centre.offer(number=9)
    lead = centre.context(chromium, "p-nasrin")
    shift = centre.open(lead, "supervise", language)
    summary = shift.locator(".minutes summary")
    summary.focus()
    summary.press("Enter")
    rows = shift.locator(".minutes tbody tr")
    expect(rows).to_have_count(60)
    expect(shift.locator(".minute-chart canvas")).to_be_visible()
    # A chart that is not drawn is an empty canvas: no pixel of it has any colour.
    shift.wait_for_function(
        "() => { const c = document.querySelector('.minute-chart canvas');"
        " return c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(Boolean); }"
    )
    assert violations(shift) == []
    waiting = rows.first.locator("td").nth(2)
    expect(waiting).not_to_have_text("۰" if language == "fa" else "0", timeout=20_000)
    centre.ask("end-call", call_id=call)
    # The stream moves the table; nobody presses anything.
    expect(waiting).to_have_text("۰" if language == "fa" else "0", timeout=20_000)
    lead.close()

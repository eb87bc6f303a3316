"""Handing a call on and reading advice aloud, by keyboard in Chromium."""

import json
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from pasokh.reference.commands import SetEntry
from pasokh.reference.entries import AdviceEntry, ServiceEntry
from tests.browser.accessibility import violations
from tests.browser.desks import DeskCentre, desk_centre, until
from tests.browser.keyboard import Keyboard
from tests.browser.test_journeys import sit_down, take_call

pytestmark = pytest.mark.browser
TEHRAN_MINUTES = 210
NAMES = "شهرداری نیشابور", "Nishapur town hall"
HELP = AdviceEntry("آرامش", "Calm", "بنشینید و در را ببندید.", "Sit down and lock the door.")


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskCentre]:
    with desk_centre(tmp_path_factory.mktemp("hand-offs")) as running:
        running.set_entry(SetEntry("calm", HELP))
        closed = ServiceEntry(*NAMES, "1370", "0902", hours_from(240), "137", "کارهای شهری", "Town")
        elsewhere = ServiceEntry("شهرداری مشهد", "Mashhad town hall", "1371", "0901")
        opened = ServiceEntry("آب", "Water", "1372", "0902", hours_from(-60))
        for code, entry in (("137-2", closed), ("137-1", elsewhere), ("137-3", opened)):
            running.set_entry(SetEntry(code, entry))
        yield running


def hours_from(minutes: int) -> str:
    """Two opening hours that begin so many minutes from now, by the centre's clock."""
    begin = (int(time.time()) // 60 + TEHRAN_MINUTES + minutes) % 1440
    end = (begin + 120) % 1440
    return f"{begin // 60:02}:{begin % 60:02}-{end // 60:02}:{end % 60:02}"


@pytest.mark.parametrize("language", ["fa", "en"])
def test_a_service_that_is_closed_says_so_and_who_is_there_instead(
    chromium: Browser, centre: DeskCentre, language: str
) -> None:
    taker = centre.context(chromium, "p-sara")
    page = centre.open(taker, "answer", language)
    keys = Keyboard(page, persian=language == "fa")
    sit_down(page, keys, centre, "p-sara")
    call = centre.offer(county="0902")
    take_call(page, keys)
    keys.type("137")
    choices = page.locator("[role=option]")
    # The county's own come first, the other county's not at all.
    expect(choices).to_have_count(3)
    town = choices.filter(has_text=NAMES[language == "en"])
    expect(town.locator(".chip.late")).to_have_count(1)
    expect(town.locator(".instead")).to_contain_text("137" if language == "en" else "۱۳۷")
    water = choices.filter(has_text="Water" if language == "en" else "آب")
    expect(water.locator(".chip.late")).to_have_count(0)
    assert violations(page) == []
    town.click()
    until(lambda: centre.one("call", call).get("handoffs"), "it is offered")
    offered = page.locator(".card li").filter(has_text=NAMES[language == "en"])
    expect(offered.locator(".number")).to_contain_text("1370" if language == "en" else "۱۳۷۰")
    offered.locator("button").nth(3).click()
    until(lambda: centre.one("call", call)["handoffs"] == {"137-2": "refused"}, "it is refused")
    [refused] = [one for one in centre.entries() if one.kind == "HandoffRefused"][-1:]
    why = "the service was closed" if language == "en" else "خدمت بسته بود"
    assert json.loads(refused.body)["reason"] == why
    finish(centre, call)
    taker.close()


@pytest.mark.parametrize("language", ["fa", "en"])
def test_advice_is_shown_with_one_key_and_recorded_with_the_next(
    chromium: Browser, centre: DeskCentre, language: str
) -> None:
    taker = centre.context(chromium, "p-sara")
    page = centre.open(taker, "answer", language)
    keys = Keyboard(page, persian=language == "fa")
    sit_down(page, keys, centre, "p-sara")
    call = centre.offer()
    take_call(page, keys)
    page.locator("#card-title").click()
    keys.press("a")
    expect(page.locator(".advice")).to_have_text(HELP.text_en if language == "en" else HELP.text_fa)
    assert violations(page) == []
    keys.press("Enter")
    given = until(
        lambda: [one for one in centre.entries() if one.kind == "AdviceGiven" and call in one.body],
        "it is recorded",
    )
    assert json.loads(given[-1].body) == {"call_id": call, "advice": "calm"}
    expect(page.locator("#what")).to_be_focused()
    finish(centre, call)
    taker.close()


def finish(centre: DeskCentre, call: str) -> None:
    """Nothing of it is left in hand for the next test."""
    command = {"call_id": call, "code": "V", "reason": "told by the test"}
    centre.ask_as("p-sara", "class-call", {"id": f"class-{call}", "command": command})
    centre.ask("end-call", None, call_id=call)

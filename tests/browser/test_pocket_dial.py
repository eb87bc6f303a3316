"""A pocket-dial is closed in three keys, with what else the number and the place tell in sight."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.desks import NUMBER, DeskCentre, desk_centre, until
from tests.browser.keyboard import Keyboard
from tests.browser.test_journeys import sit_down, take_call

pytestmark = pytest.mark.browser
CLOSE_MAX = 3
GARDEN = {"latitude": 36.31, "longitude": 59.58}


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskCentre]:
    with desk_centre(tmp_path_factory.mktemp("pocket")) as running:
        yield running


def called_before(centre: DeskCentre, number: int) -> str:
    """Four calls of a number, the last of which opened an incident; give the incident."""
    for code in ("N1", "N2", "X"):
        call = centre.offer(number=number)
        centre.ask("answer-call", None, call_id=call)
        command = {"call_id": call, "code": code, "reason": "told by the test"}
        centre.ask_as("p-reza", "class-call", {"id": f"class-{call}", "command": command})
        centre.ask("end-call", None, call_id=call)
    incident = f"i-garden-{number}"
    place = {"place": "خیابان باغ", **GARDEN}
    centre.ask("open-incident", place, incident_id=incident, incident_type="dispute", county="0901")
    call = centre.offer(number=number)
    centre.ask("answer-call", None, call_id=call)
    centre.ask("link-call", None, call_id=call, incident_id=incident)
    centre.ask("end-call", None, call_id=call)
    return incident


@pytest.mark.parametrize("language", ["fa", "en"])
def test_a_pocket_dial_is_closed_in_three_keys_beside_what_is_known(
    chromium: Browser, centre: DeskCentre, language: str
) -> None:
    persian = language == "fa"
    number = 41 if persian else 42
    incident = called_before(centre, number)
    taker = centre.context(chromium, "p-sara")
    page = centre.open(taker, "answer", language)
    keys = Keyboard(page, persian=persian)
    sit_down(page, keys, centre, "p-sara")
    call = f"c-pocket-{number}"
    words = {"number": NUMBER.format(number), **GARDEN}
    centre.ask("offer-call", words, call_id=call, county="0901")
    take_call(page, keys)
    check_what_is_known(page, centre, incident, persian=persian)
    keys.strokes = 0
    keys.type("1")
    keys.press("ArrowDown")
    keys.press("Enter")
    until(lambda: centre.one("call", call).get("code") == "N1", "the call is closed")
    assert keys.strokes <= CLOSE_MAX
    until(lambda: centre.one("call", call)["phase"] == "ended", "the call is over")
    reasons = [entry.body for entry in centre.entries() if entry.kind == "CallClassed"]
    assert ("ناخواسته" if persian else "pocket") in reasons[-1].lower()
    taker.close()


def check_what_is_known(page: Page, centre: DeskCentre, incident: str, *, persian: bool) -> None:
    """The last three calls of the number, the newest first, and the open incident near it."""
    earlier = page.locator(".card .facts ~ ul.plain:not(.notes) li")
    expect(earlier).to_have_count(3)
    shown = str(centre.one("incident", incident)["number"])
    expect(earlier.first).to_contain_text(persian_digits(shown) if persian else shown)
    near = page.locator("li.near").filter(has_text=persian_digits(shown) if persian else shown)
    expect(near).to_have_count(1)


def persian_digits(text: str) -> str:
    return "".join(chr(ord("۰") + int(sign)) for sign in text)

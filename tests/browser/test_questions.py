"""Guided questions by keyboard in Chromium: answered, corrected, skipped, taken and left."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from pasokh.drivers.drill.lists import read_lists
from pasokh.office.reference.protocol_text import read_protocols
from pasokh.reference.commands import SetEntry
from tests.browser.accessibility import violations
from tests.browser.desks import LISTS, DeskCentre, desk_centre, until
from tests.browser.keyboard import Keyboard
from tests.browser.test_journeys import open_incident, sit_down, take_call

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskCentre]:
    with desk_centre(tmp_path_factory.mktemp("questions")) as running:
        for code, advice in read_lists(LISTS).advice.items():
            running.set_entry(SetEntry(code, advice))
        written = LISTS.parent.joinpath("protocols.yaml").read_text("utf-8")
        running.set_entry(SetEntry("brawl", read_protocols(written)["brawl"]))
        yield running


@pytest.mark.parametrize("language", ["fa", "en"])
def test_a_path_is_walked_by_keys_and_the_person_decides(
    chromium: Browser, centre: DeskCentre, language: str
) -> None:
    persian = language == "fa"
    taker = centre.context(chromium, "p-sara")
    page = centre.open(taker, "answer", language)
    keys = Keyboard(page, persian=persian)
    sit_down(page, keys, centre, "p-sara")
    call = centre.offer("دعوا شده")
    take_call(page, keys)
    open_incident(page, keys, language, "کوچهٔ پشت پارک")
    guided = page.locator(".guided")
    expect(guided.locator(".asked")).to_contain_text("چاقو" if persian else "knife")

    keys.type("2")  # the note has the keyboard: a digit is a digit
    expect(page.locator("#note")).not_to_have_value("")
    page.locator("#note").fill("")
    keys.press("Escape")
    expect(guided).to_be_focused()
    keys.type("3")
    expect(guided.locator(".asked")).to_contain_text("زخمی" if persian else "hurt")
    keys.press("Backspace")
    keys.type("2s")  # a knife after all; whether somebody is hurt is not asked
    given = {"brawl": {"weapon": "blade", "hurt": "skip"}}
    until(lambda: centre.one("call", call).get("answers") == given, "the answers are written")
    expect(guided.locator(".suggested li")).to_have_count(1)
    expect(guided.locator(".advice")).to_have_count(1)
    assert violations(page) == []

    incident = str(centre.one("call", call)["incident"])
    assert centre.one("incident", incident)["priority"] == 3  # suggested only
    keys.type("p")
    until(lambda: centre.one("incident", incident)["priority"] == 1, "the priority is taken")
    (taken,) = [one for one in centre.entries() if one.kind == "IncidentPrioritised"][-1:]
    assert ("چاقو" if persian else "knife") in taken.body

    keys.press("Escape")
    until(lambda: centre.one("call", call).get("left") == ["brawl"], "the path is left")
    expect(page.locator("#note")).to_be_focused()
    centre.ask("end-call", call_id=call)
    expect(page.locator("#card-title")).to_have_count(0)
    assert centre.wrong == []
    taker.close()

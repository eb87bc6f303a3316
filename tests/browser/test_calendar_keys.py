"""The release calendar by the keyboard alone: months, who sees one before, moved, early, the hour.

With PASOKH_SHOTS set to a folder, its pictures are left there to be looked at.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from pasokh.core.time import day_from_iso
from pasokh.words.jalali import long_day
from pasokh.words.jalali_typed import typed_day
from pasokh.words.say import say
from tests.browser.accessibility import violations
from tests.browser.desks import DeskCentre, desk_centre

pytestmark = pytest.mark.browser

SHOTS = os.environ.get("PASOKH_SHOTS", "")
KEEPER, SUPERVISOR = "p-kaveh", "p-nasrin"
TABS_AT_MOST = 160
# Which release of the list each language moves: what one test changes is not the other's.
PLACE = {"fa": 9, "en": 12}
DAY_LENGTH = len("2026-11-21")
NOTED_TO = {"fa": "دفتر استاندار", "en": "the governor's office"}


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskCentre]:
    with desk_centre(tmp_path_factory.mktemp("calendar"), seats=0) as running:
        yield running


class Person:
    """Somebody at the calendar who has no mouse."""

    def __init__(self, chromium: Browser, centre: DeskCentre, person: str, language: str) -> None:
        self.context = centre.context(chromium, person, bypass_csp=True)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(60_000)
        self.home = f"{centre.url}/office/{language}/calendar/"
        self.page.goto(self.home)

    def tab_to(self, selector: str) -> None:
        """Press Tab until the focus is on it; what no Tab reaches fails."""
        for _ in range(TABS_AT_MOST):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("(told) => document.activeElement.matches(told)", selector):
                return
        raise AssertionError(f"no Tab leads to {selector}")

    def press_on(self, selector: str) -> None:
        self.tab_to(selector)
        self.page.keyboard.press("Enter")

    def fill(self, first: str, *typed: str) -> None:
        """Type into a form from its first field on, and send it by its button."""
        self.tab_to(first)
        for text in typed:
            self.page.keyboard.press("Control+a")
            self.page.keyboard.type(text)
            self.page.keyboard.press("Tab")
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def nothing_is_wrong(self, name: str) -> None:
        if SHOTS:
            self.page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)
        assert violations(self.page) == [], name


@pytest.fixture
def keeper(chromium: Browser, centre: DeskCentre, language: str) -> Iterator[Person]:
    found = Person(chromium, centre, KEEPER, language)
    yield found
    found.context.close()


@pytest.fixture
def supervisor(chromium: Browser, centre: DeskCentre, language: str) -> Iterator[Person]:
    found = Person(chromium, centre, SUPERVISOR, language)
    yield found
    found.context.close()


def to_a_release(person: Person, language: str, kind: str, later: int = 0) -> int:
    """Open a release of a kind from the list; give the day that it is about."""
    links = person.page.locator(f"tbody a[href*='-{kind}/']")
    address = links.nth(PLACE[language] + later).get_attribute("href") or ""
    person.press_on(f"a[href='{address}']")
    expect(person.page.locator("#day")).to_be_visible()
    return day_from_iso(address.rstrip("/").rpartition("/")[2][:DAY_LENGTH])


@pytest.mark.parametrize("language", ["fa", "en"])
def test_a_month_is_chosen_and_who_sees_a_revision_is_noted_and_withdrawn(
    keeper: Person, language: str
) -> None:
    keeper.press_on("summary")
    keeper.press_on("nav li:nth-child(3) a")
    expect(keeper.page.locator("nav a[aria-current]")).to_have_count(1)
    expect(keeper.page).to_have_url(re.compile(r"\?month="))
    keeper.nothing_is_wrong(f"calendar-month-{language}")
    to_a_release(keeper, language, "revised")
    told = say(language, "figures.release_judged_anew")
    expect(keeper.page.locator("h1")).to_contain_text(told)
    keeper.fill("#to", NOTED_TO[language], "asked by law")
    expect(keeper.page.locator("main ul")).to_contain_text(NOTED_TO[language])
    keeper.nothing_is_wrong(f"calendar-noted-{language}")
    keeper.fill("#withdraw-1", "not needed")
    expect(keeper.page.locator("main ul")).to_contain_text(
        say(language, "office.calendar.withdrawn")
    )
    keeper.nothing_is_wrong(f"calendar-withdrawn-{language}")


@pytest.mark.parametrize("language", ["fa", "en"])
def test_a_release_is_moved_and_let_out_early_by_another_person(
    keeper: Person, supervisor: Person, language: str
) -> None:
    day = to_a_release(keeper, language, "final")
    address = keeper.page.url
    keeper.fill("#day", typed_day(language, day + 2), "10:00", "too early")
    refused = keeper.page.get_by_role("alert")
    expect(refused).to_contain_text(long_day(language, day + 8))
    assert not re.search(r"\dT\d", refused.inner_text()), "no instant as the machine keeps it"
    keeper.nothing_is_wrong(f"calendar-too-early-{language}")
    keeper.fill("#day", typed_day(language, day + 12), "10:00", "a holiday")
    expect(keeper.page.locator("main")).to_contain_text("a holiday")
    keeper.fill("#day", typed_day(language, day + 9), "08:00", "the minister speaks")
    own = say(language, "office.calendar.own")
    expect(keeper.page.locator("main")).to_contain_text(own)
    keeper.nothing_is_wrong(f"calendar-own-{language}")
    supervisor.page.goto(address)
    with supervisor.page.expect_navigation():
        supervisor.press_on("form[action$='/confirm/'] button")
    expect(supervisor.page.locator("#asked-name")).to_have_count(0)
    expect(supervisor.page.locator("main")).to_contain_text("the minister speaks")
    supervisor.nothing_is_wrong(f"calendar-confirmed-{language}")


@pytest.mark.parametrize(("language", "hour"), [("fa", "10:15"), ("en", "10:45")])
def test_the_hour_is_set(keeper: Person, language: str, hour: str) -> None:
    keeper.fill("#time", hour, "the press wants it later")
    said = hour if language == "en" else "۱۰:۱۵"
    expect(keeper.page.locator("main")).to_contain_text(said)
    keeper.nothing_is_wrong(f"calendar-hour-{language}")

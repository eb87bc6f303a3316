"""A journalist registers and asks, the press office answers, everybody reads it: by keys alone.

A real centre, its newsroom, and a real mail server. With PASOKH_SHOTS set to a folder, its pictures
are left there to be looked at.
"""

import os
import re
from collections.abc import Iterator
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import zxingcpp
from aiosmtpd.controller import Controller
from msgspec import Struct
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from pasokh.core.time import DAY
from pasokh.words.jalali_typed import typed_day
from pasokh.words.say import say
from tests.adapters.api.process import free_port
from tests.browser.accessibility import violations
from tests.browser.desks import DeskCentre, until
from tests.browser.newsroom import newsroom_centre
from tests.newsroom.mail.server import MailBox

pytestmark = pytest.mark.browser

SHOTS = os.environ.get("PASOKH_SHOTS", "")
OFFICER = "p-leila"
TABS_AT_MOST = 120
GONABAD = "0915"
COUNTY = {"fa": "گناباد", "en": "Gonabad"}
TITLE = {"fa": "نشست گناباد", "en": "Meeting in Gonabad"}
PLACE = {"fa": "سالن نمونه", "en": "Sample hall"}
WHO = {
    "fa": ("خبرنگار نمونه", "روزنامهٔ نمونه", "reader-fa@example.com"),
    "en": ("A sample reporter", "The Sample", "reader-en@example.com"),
}
ASKED = {"fa": "چند تماس از گناباد؟", "en": "How many calls from Gonabad?"}
SAID = {"fa": "هفتاد تماس در روز.", "en": "Seventy calls a day."}


class Newsroom(Struct):
    """What the tests have: the centre, the address of its public doors, and what mail it sent."""

    centre: DeskCentre
    public: str
    letters: list[EmailMessage]

    def link_in_letter(self, to: str, path: str) -> str:
        """Wait for a letter to somebody in which an address with this path stands; give it."""

        def found() -> str:
            own = [one.get_body() for one in self.letters if one["To"] == to]
            bodies = [body.get_content() for body in own if body is not None]
            links = [
                link for body in bodies for link in re.findall(r"^http\S+", body, re.MULTILINE)
            ]
            return next((link for link in reversed(links) if path in link), "")

        return str(until(found, f"a letter to {to} with {path}"))


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    box = MailBox({})
    server = Controller(box, hostname="127.0.0.1", port=free_port())
    server.start()
    folder = tmp_path_factory.mktemp("meetings")
    try:
        with newsroom_centre(folder, smtp=f"127.0.0.1:{server.port}") as (centre, public):
            yield Newsroom(centre, public, box.letters)
    finally:
        server.stop()


class ByKeys:
    """Somebody without a mouse."""

    def __init__(self, context: BrowserContext) -> None:
        self.page: Page = context.new_page()
        self.page.set_default_timeout(60_000)

    def tab_to(self, selector: str) -> None:
        """Press Tab until the focus is on it; what no Tab reaches fails."""
        for _ in range(TABS_AT_MOST):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("(told) => document.activeElement.matches(told)", selector):
                return
        raise AssertionError(f"no Tab leads to {selector}")

    def follow(self, selector: str) -> None:
        self.tab_to(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def fill(self, typed: dict[str, str], send: str) -> None:
        """Type into fields in the order of the page, and press the button after them."""
        for selector, text in typed.items():
            self.tab_to(selector)
            self.page.keyboard.type(text)
        self.follow(send)

    def choose(self, selector: str, wanted: str) -> None:
        """Press the arrow until the wanted one is chosen."""
        self.tab_to(selector)
        field = self.page.locator(selector)
        for _ in range(TABS_AT_MOST):
            if field.input_value() == wanted:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{selector} has no {wanted}")

    def nothing_is_wrong(self, name: str) -> None:
        if SHOTS:
            self.page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)
        assert violations(self.page) == [], name


def officer(chromium: Browser, newsroom: Newsroom) -> ByKeys:
    return ByKeys(newsroom.centre.context(chromium, OFFICER, bypass_csp=True))


def reader(chromium: Browser) -> ByKeys:
    """Somebody with a telephone, whom nobody knows."""
    return ByKeys(chromium.new_context(viewport={"width": 390, "height": 844}, bypass_csp=True))


def announced(by: ByKeys, newsroom: Newsroom, language: str) -> str:
    """Make a meeting with one seat and announce it; give its number."""
    by.page.goto(f"{newsroom.centre.url}/office/{language}/")
    by.follow("a[href$='/press/meetings/']")
    by.nothing_is_wrong(f"meetings-desk-{language}")
    by.follow("a[href$='/meetings/new/']")
    now = int(by.page.evaluate("Date.now()"))
    day = typed_day(language, (now + 4 * DAY) // DAY)
    by.tab_to(f"#id_title_{language}")
    by.page.keyboard.type(TITLE[language])
    by.choose("#id_county", GONABAD)
    by.fill(
        {
            f"#id_place_{language}": PLACE[language],
            "#id_begins_at_0": day,
            "#id_begins_at_1": "10:00",
            "#id_ends_at_0": day,
            "#id_ends_at_1": "11:30",
            "#id_register_until_0": day,
            "#id_register_until_1": "09:00",
            "#id_seats": "1",
        },
        "button.first",
    )
    expect(by.page.locator("h1")).to_have_text(TITLE[language])
    expect(by.page.locator(".facts")).to_contain_text(f"{PLACE[language]} · {COUNTY[language]}")
    by.follow("form[action$='/announce/'] button")
    by.nothing_is_wrong(f"meeting-announced-{language}")
    return by.page.url.rstrip("/").rpartition("/")[2]


def registered(by: ByKeys, newsroom: Newsroom, language: str, meeting: str, who: Any) -> str:
    """Register by the letter's link; give what the page says first."""
    name, outlet, email = who
    by.page.goto(f"{newsroom.public}/newsroom/{language}/agenda/")
    by.follow(f"a[href$='/agenda/{meeting}/']")
    by.nothing_is_wrong(f"meeting-{language}")
    by.fill({"#id_name": name, "#id_outlet": outlet, "#id_email": email}, "button.first")
    by.nothing_is_wrong(f"meeting-letter-sent-{language}")
    by.page.goto(newsroom.link_in_letter(email, "/register/"))
    by.nothing_is_wrong(f"meeting-register-{language}")
    by.follow("button.first")
    by.nothing_is_wrong(f"meeting-seat-{language}")
    return by.page.locator("h1").inner_text()


def in_qr(page: Page) -> str:
    """Read the QR that a page shows, as the telephone of whoever stands at the door does."""
    picture = Image.open(BytesIO(page.locator(".qr").screenshot()))
    (read,) = zxingcpp.read_barcodes(picture)
    return str(read.text)


@pytest.mark.parametrize("language", ["fa", "en"])
def test_a_journalist_registers_and_comes(
    chromium: Browser, newsroom: Newsroom, language: str
) -> None:
    press, journalist = officer(chromium, newsroom), reader(chromium)
    meeting = announced(press, newsroom, language)
    first = registered(journalist, newsroom, language, meeting, WHO[language])
    assert first == say(language, "agenda.have_seat")
    code = journalist.page.locator(".door-code").inner_text().strip()
    address = in_qr(journalist.page)
    second = reader(chromium)
    late = (*WHO[language][:2], f"late-{language}@example.com")
    told = registered(second, newsroom, language, meeting, late)
    assert told == say(language, "agenda.have_place", place=1)
    # The one name of this machine with which browsers make passkeys; here it is another.
    press.page.goto(f"{newsroom.centre.url}{urlsplit(address).path}")
    press.nothing_is_wrong(f"meeting-door-qr-{language}")
    press.follow("main button.first")
    expect(press.page.get_by_role("status")).to_contain_text(say("fa", "agenda.let_in"))
    press.nothing_is_wrong(f"meeting-door-qr-noted-{language}")
    press.page.goto(f"{newsroom.centre.url}/office/{language}/press/meetings/{meeting}/")
    press.follow(f"a[href$='/meetings/{meeting}/door/']")
    expect(press.page.locator("#code")).to_be_focused()
    press.page.keyboard.type(code)
    with press.page.expect_navigation():
        press.page.keyboard.press("Enter")
    came_before = say(language, "agenda.came_before")
    expect(press.page.get_by_role("status")).to_contain_text(came_before)
    expect(press.page.locator("#code")).to_be_focused()
    press.nothing_is_wrong(f"meeting-door-{language}")


@pytest.mark.parametrize("language", ["fa", "en"])
def test_a_journalist_asks_and_everybody_reads_the_answer(
    chromium: Browser, newsroom: Newsroom, language: str
) -> None:
    name, outlet, email = WHO[language]
    journalist = reader(chromium)
    public = f"{newsroom.public}/newsroom/{language}/questions/"
    journalist.page.goto(public)
    journalist.nothing_is_wrong(f"questions-before-{language}")
    journalist.fill({"#id_name": name, "#id_outlet": outlet, "#id_email": email}, "button.first")
    journalist.page.goto(newsroom.link_in_letter(email, "/questions/own/"))
    journalist.fill({"#id_text": ASKED[language]}, "button.first")
    expect(journalist.page.locator("blockquote")).to_have_text(ASKED[language])
    journalist.nothing_is_wrong(f"questions-own-{language}")
    press = officer(chromium, newsroom)
    press.page.goto(f"{newsroom.centre.url}/office/{language}/")
    press.follow("a[href$='/press/questions/']")
    press.nothing_is_wrong(f"questions-desk-{language}")
    press.follow("tbody a")
    press.nothing_is_wrong(f"question-desk-{language}")
    press.fill({"#answer-text": SAID[language]}, "form[action$='/answer/'] button")
    expect(press.page.locator("main")).to_contain_text(SAID[language])
    everybody = reader(chromium)
    everybody.page.goto(public)
    link = everybody.page.get_by_role("link", name=ASKED[language])
    everybody.follow(f"a[href='{link.get_attribute('href')}']")
    expect(everybody.page.locator("main")).to_contain_text(SAID[language])
    assert name not in everybody.page.locator("main").inner_text(), "the name was not wanted"
    everybody.nothing_is_wrong(f"question-{language}")
    everybody.page.goto(public)
    everybody.nothing_is_wrong(f"questions-{language}")
    answered = newsroom.link_in_letter(email, "/questions/")
    assert re.search(r"/questions/\d+/$", answered), "the asker was told where everybody reads it"

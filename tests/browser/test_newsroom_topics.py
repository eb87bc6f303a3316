"""An outlet comes in, is accredited, proposes a topic for Gonabad and sees it published: by keys.

A real centre, its newsroom, and a real mail server. With PASOKH_SHOTS set to a folder, its pictures
are left there to be looked at.
"""

import os
import re
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from time import time

import httpx
import msgspec
import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import Browser, BrowserContext, Page, expect

from pasokh.adapters.archive.centre_log import make_log_key
from pasokh.core.time import DAY
from pasokh.words.jalali_typed import typed_day
from pasokh.words.say import say
from tests.adapters.api.process import CLEAR, free_port
from tests.browser.accessibility import violations
from tests.browser.desks import DeskCentre, until
from tests.browser.newsroom import newsroom_centre
from tests.newsroom.mail.server import MailBox

pytestmark = pytest.mark.browser

SHOTS = os.environ.get("PASOKH_SHOTS", "")
OFFICER, REVIEWER, GONABAD = "p-leila", "p-nasrin", "0915"
OUT_SECONDS = 120
TABS_AT_MOST, CHOICES_AT_MOST = 160, 60
NAME = {"fa": "ندای گناباد", "en": "Gonabad Voice"}
TOLD = {
    "fa": {
        "audience": "مردم گناباد",
        "answers": "سردبیر نمونه",
        "why": "می‌پرسند چرا دیر می‌رسد",
        "body": "نزدیک‌ترین پایگاه دورتر از دیگر شهرستان‌هاست.",
    },
    "en": {
        "audience": "people of Gonabad",
        "answers": "Sample Editor",
        "why": "readers ask why",
        "body": "The next station is further away than in other counties.",
    },
}


class Newsroom(msgspec.Struct):
    """What the tests have: the centre, the address of its public doors, and what mail it sent."""

    centre: DeskCentre
    public: str
    letters: list[EmailMessage]

    def link_to(self, email: str) -> str:
        """Wait for a letter with a link, and give the link."""

        def found() -> str:
            bodies = [one.get_content() for one in self.letters if one["To"] == email]
            links = [link for body in bodies for link in re.findall(r"(?m)^http\S+", body)]
            return next((link for link in reversed(links) if "/enter/" in link), "")

        return str(until(found, f"a letter to {email}"))


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    box = MailBox({})
    server = Controller(box, hostname="127.0.0.1", port=free_port())
    server.start()
    folder = tmp_path_factory.mktemp("topics")
    try:
        with newsroom_centre(folder, smtp=f"127.0.0.1:{server.port}", before=make_log) as (
            centre,
            public,
        ):
            yield Newsroom(centre, public, box.letters)
    finally:
        server.stop()


def make_log(data: Path) -> None:
    """A key for the public log, so that what is approved is published."""
    key = data / "publishing" / "log.key"
    key.parent.mkdir(mode=0o700)
    make_log_key(key, "news.example/test")


class TopicReader:
    """Somebody without a mouse; every page that they come to is looked at by axe."""

    def __init__(self, context: BrowserContext, language: str, name: str) -> None:
        self.page: Page = context.new_page()
        self.page.set_default_timeout(60_000)
        self._shot, self._number = f"{name}-{language}", 0
        self.topic = ""  # the address of what somebody comes back to

    def tab_to(self, selector: str) -> None:
        """Press Tab until the focus is on it; what no Tab reaches fails."""
        for _ in range(TABS_AT_MOST):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("(told) => document.activeElement.matches(told)", selector):
                return
        raise AssertionError(f"no Tab leads to {selector} at {self.page.url}")

    def follow(self, selector: str) -> None:
        self.tab_to(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.look()

    def type(self, field: str, text: str) -> None:
        self.tab_to(f"[name={field}]")
        self.page.keyboard.type(text)

    def choose(self, field: str, value: str) -> None:
        """Go down a list until it is there; from its top, for a list remembers where it was."""
        self.tab_to(f"select[name={field}]")
        self.page.keyboard.press("Home")
        for _ in range(CHOICES_AT_MOST):
            if self.page.evaluate("document.activeElement.value") == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{value} is no choice of {field}")

    def tick(self, selector: str) -> None:
        self.tab_to(selector)
        self.page.keyboard.press("Space")

    def look(self) -> None:
        self._number += 1
        if SHOTS:
            path = Path(SHOTS) / f"{self._shot}-{self._number:02}.png"
            self.page.screenshot(path=path, full_page=True)
        assert violations(self.page) == [], self.page.url


@pytest.mark.parametrize("language", ["fa", "en"])
def test_an_outlet_proposes_a_topic_for_gonabad_and_sees_it_published(
    newsroom: Newsroom, chromium: Browser, language: str
) -> None:
    outlet = TopicReader(chromium.new_context(bypass_csp=True), language, "outlet")
    office = newsroom.centre.context(chromium, OFFICER, bypass_csp=True)
    officer = TopicReader(office, language, "officer")
    registers(newsroom, outlet, language)
    is_accredited(newsroom, officer, language)
    proposes(outlet, language)
    is_accepted(newsroom, officer, language)
    news_id = is_written(officer, language)
    is_let_out(newsroom, chromium, news_id, language)
    is_published(newsroom, officer, news_id, language)
    outlet.page.reload()
    outlet.look()
    main = outlet.page.locator("main")
    expect(main).to_contain_text(say(language, "proposals.state.published"))
    outlet.follow(f"main a[href*='{news_id}']")
    expect(outlet.page.locator("main")).to_contain_text(TOLD[language]["body"])
    anybody = TopicReader(chromium.new_context(bypass_csp=True), language, "anybody")
    anybody.page.goto(f"{newsroom.public}/newsroom/{language}/proposals/")
    anybody.look()
    expect(anybody.page.locator("main")).to_contain_text(NAME[language])


def registers(newsroom: Newsroom, outlet: TopicReader, language: str) -> None:
    outlet.page.goto(f"{newsroom.public}/newsroom/{language}/outlets/")
    outlet.look()
    outlet.follow("a[href$='/outlets/rules/']")
    outlet.follow("a[href$='/outlets/register/']")
    email = f"desk-{language}@example.com"
    with outlet.page.expect_navigation():
        outlet.tab_to("main button")
        outlet.page.keyboard.press("Enter")
    outlet.look()
    expect(outlet.page.locator("main")).to_contain_text(say(language, "outlets.error.name"))
    outlet.type("name", NAME[language])
    outlet.choose("county", GONABAD)
    outlet.tick("[name=languages][value=fa]")
    outlet.type("audience", TOLD[language]["audience"])
    outlet.type("address", "https://voice.example")
    outlet.type("answers", TOLD[language]["answers"])
    outlet.type("email", email)
    outlet.tick("[name=terms]")
    outlet.follow("main button")
    expect(outlet.page.locator("h1")).to_have_text(say(language, "outlets.sent"))
    outlet.page.goto(newsroom.link_to(email))
    outlet.look()
    outlet.follow("main button")
    expect(outlet.page.locator("main")).to_contain_text(say(language, "outlets.state.waiting"))


def is_accredited(newsroom: Newsroom, officer: TopicReader, language: str) -> None:
    officer.page.goto(f"{newsroom.centre.url}/office/{language}/")
    officer.follow("a[href$='/press/outlets/']")
    officer.tab_to("main ul a")
    assert officer.page.evaluate("document.activeElement.textContent") == NAME[language]
    with officer.page.expect_navigation():
        officer.page.keyboard.press("Enter")
    officer.look()
    officer.choose("rule", "all")
    officer.type("words", "https://voice.example")
    officer.follow("main form:last-of-type button")
    expect(officer.page.locator("main")).to_contain_text(say(language, "outlets.granted"))


def proposes(outlet: TopicReader, language: str) -> None:
    outlet.page.reload()
    outlet.look()
    outlet.follow("a[href$='/proposals/county/0915/']")
    outlet.follow("a[href*='suggestion=distance']")
    expect(outlet.page.locator("[name=title]")).to_have_value(re.compile("گناباد|Gonabad"))
    outlet.tab_to("[name=why]")
    outlet.page.keyboard.press("Control+End")
    outlet.page.keyboard.type(f" {TOLD[language]['why']}")
    outlet.follow("main button")
    expect(outlet.page.locator("main")).to_contain_text(TOLD[language]["why"])
    expect(outlet.page.locator("main")).to_contain_text(say(language, "proposals.you_want"))


def is_accepted(newsroom: Newsroom, officer: TopicReader, language: str) -> None:
    officer.page.goto(f"{newsroom.centre.url}/office/{language}/press/proposals/")
    officer.look()
    officer.follow("main table a")
    due = typed_day(language, int(time() * 1000) // DAY + 20)
    officer.type("owner", TOLD[language]["answers"])
    officer.type("due_on", due)
    officer.type("reason", TOLD[language]["why"])
    officer.follow("details[open] button")


def is_written(officer: TopicReader, language: str) -> str:
    """Write a release about the topic; title and county are there. Give its id."""
    officer.topic = officer.page.url
    officer.follow("form[action$='/drafts/new/'] button")
    expect(officer.page.locator(f"#title_{language}")).to_have_value(re.compile("گناباد|Gonabad"))
    expect(officer.page.locator(f"[name=region][value='{GONABAD}']")).to_be_checked()
    officer.type(f"body_{language}", TOLD[language]["body"])
    officer.follow("button[value=send]")
    return officer.page.url.rstrip("/").split("/")[-2]


def is_let_out(newsroom: Newsroom, chromium: Browser, news_id: str, language: str) -> None:
    """Somebody else reads it whole and approves it; publishing and the newsroom do the rest."""
    context = newsroom.centre.context(chromium, REVIEWER, bypass_csp=True)
    reviewer = TopicReader(context, language, "reviewer")
    reviewer.page.goto(f"{newsroom.centre.url}/office/{language}/press/drafts/")
    reviewer.follow(f"a[href$='/{news_id}/review/']")
    reviewer.type("reason", TOLD[language]["why"])
    reviewer.follow("button[value=approve]")
    public = newsroom.centre.folder / "public/news" / news_id / "1.json"
    until(public.is_file, "it is published", OUT_SECONDS)
    page = f"{newsroom.public}/newsroom/{language}/news/{news_id}/"
    until(
        lambda: httpx.get(page, verify=CLEAR).status_code == httpx.codes.OK,
        "the newsroom shows it",
        OUT_SECONDS,
    )


def is_published(newsroom: Newsroom, officer: TopicReader, news_id: str, language: str) -> None:
    officer.page.goto(officer.topic)
    officer.follow("details[open] button")
    offered = officer.page.locator(f"#releases option[value='{news_id}']")
    expect(offered).to_have_count(1)
    officer.type("news_id", news_id)
    officer.follow("details[open] button")
    expect(officer.page.locator("main")).to_contain_text(say(language, "proposals.state.published"))

"""A citizen comments and reads it published, by the keyboard alone: letters come by a real server.

With PASOKH_SHOTS set to a folder, its pictures are left there to be looked at.
"""

import os
import re
from collections.abc import Iterator
from contextlib import closing
from email.message import EmailMessage
from hashlib import sha256
from pathlib import Path
from sqlite3 import connect
from time import time

import httpx
import msgspec
import pytest
from aiosmtpd.controller import Controller
from msgspec import Struct
from playwright.sync_api import Browser, BrowserContext, Page, expect

from pasokh.control_room.news_texts import write_text
from pasokh.newsroom.comments.rules import FLOOD_FROM
from pasokh.press.events import NewsKind
from pasokh.press.texts import NewsText, NewsWords, PublishedNews
from pasokh.words.say import say
from tests.adapters.api.process import CLEAR, free_port
from tests.browser.accessibility import violations
from tests.browser.desks import DeskCentre, until
from tests.browser.newsroom import newsroom_centre
from tests.newsroom.mail.server import MailBox

pytestmark = pytest.mark.browser

SHOTS = os.environ.get("PASOKH_SHOTS", "")
MODERATOR, INSPECTOR = "p-nasrin", "p-kaveh"
NEWS = "2026-11-29-road"
TABS_AT_MOST = 120
WORDS = {
    "fa": NewsWords("جادهٔ نمونه تا فردا بسته است", "از ساعت هشت. راه جایگزین: جادهٔ باغ."),
    "en": NewsWords("The sample road is closed until tomorrow", "From eight. Take Garden Road."),
}
NAME = {"fa": "مینا", "en": "Mina"}
# As a Persian keyboard types it: a domain of Iran, and a Persian digit.
EMAIL = {"fa": "mina۱@مثال.ایران", "en": "mina@example.org"}
MAILED = {"fa": "mina1@xn--mgbh0fb.xn--mgba3a4f16a", "en": "mina@example.org"}
SHOWN = {"fa": "mina1@مثال.ایران", "en": "mina@example.org"}
SAID = {"fa": "راه باغ هم برف دارد. کی نمک می‌پاشید؟", "en": "Garden Road has snow too. When?"}
PAGES = ("comments/", "survey/", "complaint/", "complaint/state/", "book/")


class Citizens(Struct):
    """A centre with its newsroom, the address of its public doors, and what mail it sent."""

    centre: DeskCentre
    public: str
    letters: list[EmailMessage]

    def letter_to(self, address: str, count: int) -> str:
        """Wait for so many letters to an address, and read the last."""

        def found() -> list[EmailMessage]:
            own = [one for one in self.letters if one["To"] == address]
            return own if len(own) >= count else []

        return str(until(found, f"letter {count} to {address}")[-1].get_content())


def let_it_out(data: Path) -> None:
    """What lies in the public folder when a release is out."""
    where = data / "public" / "news" / NEWS
    where.mkdir(parents=True)
    text = NewsText(WORDS)
    digest = sha256(write_text(text)).hexdigest()
    out = PublishedNews(NEWS, 1, NewsKind.SERVICE, "2026-11-29T09:00:00.000Z", text, digest)
    (where / "1.json").write_bytes(msgspec.json.encode(out))


@pytest.fixture(scope="module")
def citizens(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Citizens]:
    box = MailBox({})
    server = Controller(box, hostname="127.0.0.1", port=free_port())
    server.start()
    folder = tmp_path_factory.mktemp("comments")
    try:
        smtp = f"127.0.0.1:{server.port}"
        with newsroom_centre(folder, smtp=smtp, before=let_it_out) as (centre, public):
            path = f"{public}/newsroom/fa/news/{NEWS}/"
            until(lambda: httpx.get(path, verify=CLEAR).status_code == 200, "the release")
            yield Citizens(centre, public, box.letters)
    finally:
        server.stop()


class Hand:
    """Somebody at a page who has no mouse."""

    def __init__(self, context: BrowserContext, name: str) -> None:
        self.page: Page = context.new_page()
        self.page.set_default_timeout(60_000)
        self.name = name
        self.seen = 0

    def tab_to(self, selector: str) -> None:
        """Press Tab until the focus is on it; what no Tab reaches fails."""
        for _ in range(TABS_AT_MOST):
            self.page.keyboard.press("Tab")
            if self.page.locator(":focus").and_(self.page.locator(selector)).count():
                return
        raise AssertionError(f"no Tab leads to {selector}")

    def fill(self, **typed: str) -> None:
        """Type into fields by their names, in their order."""
        for name, text in typed.items():
            self.tab_to(f"[name={name}]")
            self.page.keyboard.press("Control+a")
            self.page.keyboard.insert_text(text)

    def press(self, selector: str) -> None:
        """Go to a button or link and press Enter."""
        self.tab_to(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def looks(self) -> None:
        """Nothing is wrong for axe; a picture is left."""
        self.seen += 1
        if SHOTS:
            path = Path(SHOTS) / f"{self.name}-{self.seen}.png"
            self.page.screenshot(path=path, full_page=True)
        assert violations(self.page) == [], self.page.url


def a_reader(chromium: Browser, name: str) -> Hand:
    size = {"width": 390, "height": 844}
    return Hand(chromium.new_context(viewport=size, bypass_csp=True), name)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["fa", "en"])
def test_a_citizen_comments_and_sees_it_published(
    citizens: Citizens, chromium: Browser, language: str
) -> None:
    reader = a_reader(chromium, f"comment-{language}")
    reader.page.goto(f"{citizens.public}/newsroom/{language}/news/{NEWS}/")
    reader.tab_to("summary:has(+ form)")
    reader.page.keyboard.press("Enter")
    reader.looks()
    # The browser itself says no to what is no address; what it lets through, our side reads.
    reader.fill(name=NAME[language], email="mina@home", text=SAID[language])
    reader.tab_to("main form button")
    reader.page.keyboard.press("Enter")
    expect(reader.page.locator("[name=email]:invalid:focus")).to_be_visible()
    reader.page.keyboard.press("Control+a")
    reader.page.keyboard.insert_text("mina@home..ir")
    reader.press("main form button")
    expect(reader.page.locator("#wrong-email")).to_be_visible()
    reader.looks()
    reader.fill(email=EMAIL[language])
    reader.press("main form button")
    expect(reader.page.get_by_text(SHOWN[language])).to_be_visible()
    reader.looks()
    # Nobody reads in less than some seconds; a machine would.
    reader.page.wait_for_timeout(3_500)
    reader.press("main form button.first")
    reader.looks()
    body = citizens.letter_to(MAILED[language], 1)
    (link,) = re.findall(r"(?m)^http\S+", body)
    reader.page.goto(link)
    reader.looks()
    reader.press("main form button")
    expect(reader.page.get_by_role("status")).to_be_visible()
    judged(citizens, chromium, language)
    (shown,) = re.findall(r"(?m)^http\S+", citizens.letter_to(MAILED[language], 2))
    reader.page.goto(shown)
    reader.press(f"a[href$='/news/{NEWS}/']")
    article = reader.page.locator("article").filter(has_text=SAID[language])
    expect(article).to_be_visible()
    assert EMAIL[language] not in reader.page.content()
    reader.looks()
    reader.page.context.close()


def judged(citizens: Citizens, chromium: Browser, language: str) -> None:
    """A moderator finds it at the office's home, and publishes it."""
    context = citizens.centre.context(chromium, MODERATOR, bypass_csp=True)
    moderator = Hand(context, f"judge-{language}")
    moderator.page.goto(f"{citizens.centre.url}/office/{language}/")
    moderator.press("a[href$='/press/comments/']")
    expect(moderator.page.get_by_text(SAID[language])).to_be_visible()
    assert MAILED[language] not in moderator.page.content()
    moderator.looks()
    moderator.press("main article button.first")
    expect(moderator.page.get_by_text(say(language, "newsroom.comments.desk.none"))).to_be_visible()
    moderator.looks()
    context.close()


@pytest.mark.parametrize("language", ["fa", "en"])
def test_a_citizen_complains_and_follows_it(
    citizens: Citizens, chromium: Browser, language: str
) -> None:
    reader = a_reader(chromium, f"complaint-{language}")
    reader.page.goto(f"{citizens.public}/newsroom/{language}/complaint/")
    reader.fill(text=SAID[language])
    reader.press("main form button")
    code = re.search(r"\d{4}(-\d{4}){3}", reader.page.content())
    assert code is not None
    reader.page.reload()
    assert code[0] in reader.page.content(), "shown again, and sent no second time"
    assert reader.page.url.endswith("/complaint/kept/")
    reader.looks()
    context = citizens.centre.context(chromium, INSPECTOR, bypass_csp=True)
    inspector = Hand(context, f"inspector-{language}")
    inspector.page.goto(f"{citizens.centre.url}/office/{language}/press/complaints/")
    inspector.fill(passed_as="197/4")
    inspector.looks()
    inspector.press("main form button")
    context.close()
    reader.press("main a[href$='/state/']")
    reader.fill(code=code[0])
    reader.press("main form button")
    expect(reader.page.get_by_text("197/4")).to_be_visible()
    reader.looks()
    reader.page.context.close()


@pytest.mark.parametrize("language", ["fa", "en"])
def test_the_public_pages_hold_for_everybody(
    citizens: Citizens, chromium: Browser, language: str
) -> None:
    reader = a_reader(chromium, f"public-{language}")
    for path in PAGES:
        reader.page.goto(f"{citizens.public}/newsroom/{language}/{path}")
        wide = reader.page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert not wide, f"{path} is wider than a telephone"
        reader.looks()
    reader.page.context.close()


@pytest.fixture
def flood(citizens: Citizens) -> Iterator[None]:
    """So many unconfirmed comments as no people write in so short a time."""
    now = int(time() * 1000)
    rows = [(f"flood-{one}", now) for one in range(FLOOD_FROM)]
    with closing(connect(citizens.centre.folder / "newsroom.sqlite", timeout=30)) as file:
        with file:
            file.executemany(
                "INSERT INTO comments_unconfirmedcomment"
                " (token, news_id, name, email, text, language, at, letter_at, mailed)"
                " VALUES (?1, 'x', 'x', 'x', 'x', 'fa', ?2, ?2, 0)",
                rows,
            )
        yield
        with file:
            file.execute("DELETE FROM comments_unconfirmedcomment WHERE token LIKE 'flood-%'")


@pytest.mark.usefixtures("flood")
@pytest.mark.parametrize("script", [True, False], ids=["script", "none"])
@pytest.mark.parametrize("language", ["fa", "en"])
def test_in_a_flood_the_browser_computes_or_the_letter_comes_later(
    citizens: Citizens, chromium: Browser, language: str, *, script: bool
) -> None:
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, java_script_enabled=script, bypass_csp=False
    )
    page = context.new_page()
    page.goto(f"{citizens.public}/newsroom/{language}/comments/of/{NEWS}/")
    for name, text in (("name", "x"), ("email", f"flood-{script}@example.org"), ("text", "x")):
        page.locator(f"[name={name}]").fill(text)
    page.locator("main form button.first").click()
    page.wait_for_timeout(3_500)
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"flood-{language}-{script}.png", full_page=True)
    page.locator("#look button.first").click()
    kind = "to" if script else "later"
    told = page.get_by_text(say(language, f"newsroom.comments.sent.{kind}"))
    expect(told).to_be_visible(timeout=120_000)
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"flood-sent-{language}-{script}.png", full_page=True)
    context.close()

"""Where a release was carried, as readers and the press office see it: a real feed is read.

With PASOKH_SHOTS set to a folder, its pictures are left there to be looked at.
"""

import sqlite3
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import httpx
import msgspec
import pytest
from playwright.sync_api import Browser, expect

from pasokh.control_room.news_texts import write_text
from pasokh.press.events import NewsKind
from pasokh.press.texts import NewsText, NewsWords, PublishedNews
from pasokh.words.say import say
from tests.adapters.api.process import CLEAR
from tests.browser.desks import DeskCentre, until
from tests.browser.newsroom import newsroom_centre
from tests.browser.test_newsroom_comments import MODERATOR, Hand, a_reader
from tests.newsroom.receiver import Answered, Got, receiving

pytestmark = pytest.mark.browser

NEWS, OUTLET = "2026-11-29-share", "ندای گناباد"
WORDS = {
    "fa": NewsWords("سهم تماس‌های عملیاتی آن روز", "از ۱۴٬۲۷۸ تماس آن روز ۳۸٫۲٪ عملیاتی شد."),
    "en": NewsWords("That day's operational share", "Of 14,278 calls 38.2% were operational."),
}
PIECE = "سهم تماس‌های عملیاتی: ۴۸٫۲ درصد"


def let_it_out(data: Path) -> None:
    """A release is out, and strangers may be inside our own network."""
    where = data / "public" / "news" / NEWS
    where.mkdir(parents=True)
    text = NewsText(WORDS)
    digest = sha256(write_text(text)).hexdigest()
    out = PublishedNews(NEWS, 1, NewsKind.STATISTICS, "2026-11-29T09:00:00.000Z", text, digest)
    (where / "1.json").write_bytes(msgspec.json.encode(out))
    with (data / "newsroom.toml").open("a") as file:
        file.write("private_addresses = true\n")


def feed_of(public: str) -> bytes:
    told = f"از ۱۴٬۲۷۸ تماس آن روز ۴۸٫۲ درصد عملیاتی شد. {public}/newsroom/fa/news/{NEWS}/"
    item = f"<title>{PIECE}</title><link>https://neda.example/1</link>"
    item += f"<description>{told}</description>"
    return f'<rss version="2.0"><channel><item>{item}</item></channel></rss>'.encode()


def consents(centre: DeskCentre, feed: str) -> None:
    """An outlet stands in the rows that lets its feed be read: nothing else of it is asked here."""
    with sqlite3.connect(centre.folder / "newsroom.sqlite", timeout=30) as rows:
        columns = rows.execute("PRAGMA table_info(outlets_outlet)").fetchall()
        row = {
            name: "" if kind.startswith(("varchar", "text")) else 0
            for _, name, kind, needed, _, key in columns
            if needed and not key
        }
        row |= {
            "outlet_id": "o-neda",
            "name": OUTLET,
            "name_key": OUTLET,
            "email": "a@neda.example",
        }
        row |= {"languages": "[]", "feed": feed, "feed_consent": 1, "confirmed_at": 1}
        marks = ", ".join("?" * len(row))
        rows.execute(
            f"INSERT INTO outlets_outlet ({', '.join(row)}) VALUES ({marks})",  # noqa: S608 - ours
            tuple(row.values()),
        )


@pytest.fixture(scope="module")
def carried(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[DeskCentre, str]]:
    folder = tmp_path_factory.mktemp("coverage")
    with receiving() as outlet, newsroom_centre(folder, before=let_it_out) as (centre, public):
        path = f"{public}/newsroom/fa/news/{NEWS}/"
        until(lambda: httpx.get(path, verify=CLEAR).status_code == 200, "the release")

        def answer(_: Got) -> Answered:
            return Answered(200, feed_of(public), {"Content-Type": "application/rss+xml"})

        outlet.answer = answer
        consents(centre, f"{outlet.url}/rss")
        until(lambda: PIECE in httpx.get(path, verify=CLEAR).text, "its coverage", 120)
        yield centre, public


@pytest.mark.parametrize("language", ["fa", "en"])
def test_a_reader_sees_where_it_was_carried_and_no_verdict(
    carried: tuple[DeskCentre, str], chromium: Browser, language: str
) -> None:
    _, public = carried
    reader = a_reader(chromium, f"carried-{language}")
    reader.page.goto(f"{public}/newsroom/{language}/news/{NEWS}/")
    section = reader.page.locator("section.carried")
    expect(section.get_by_role("link", name=PIECE)).to_be_visible()
    expect(section).to_contain_text(OUTLET)
    expect(section).not_to_contain_text(say(language, "coverage.verdict.wrong"))
    assert not reader.page.evaluate("document.documentElement.scrollWidth > innerWidth")
    for theme in ("light", "dark"):
        reader.page.emulate_media(color_scheme=theme)  # type: ignore[arg-type] # one of two words
        reader.looks()
    reader.page.context.close()


@pytest.mark.parametrize("language", ["fa", "en"])
def test_the_press_office_finds_the_wrong_number_by_the_keyboard(
    carried: tuple[DeskCentre, str], chromium: Browser, language: str
) -> None:
    centre, _ = carried
    context = centre.context(chromium, MODERATOR, bypass_csp=True)
    officer = Hand(context, f"coverage-desk-{language}")
    officer.page.goto(f"{centre.url}/office/{language}/")
    officer.press("a[href$='/press/coverage/']")
    officer.press("a[href$='?verdict=wrong']")
    expect(officer.page.locator("main")).to_contain_text(OUTLET)
    officer.looks()
    officer.press("main td a")
    expect(officer.page.locator("main")).to_contain_text(PIECE)
    officer.looks()
    officer.page.goto(f"{centre.url}/office/{language}/")
    officer.press("a[href$='/press/deliveries/']")
    expect(officer.page.get_by_text(say(language, "deliveries.none.events"))).to_be_visible()
    officer.looks()
    context.close()

"""A journalist at the newsroom, by the keyboard alone: a figure and the telephone in three steps.

With PASOKH_SHOTS set to a folder, pictures are left there to be looked at.
"""

import os
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from secrets import token_hex
from typing import Any

import httpx
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from pasokh.adapters.api.scopes import Scope
from pasokh.adapters.api.tokens import add_token
from pasokh.control_room.news_texts import picture_file, write_text
from pasokh.core.people import Role
from pasokh.press.texts import NewsAbout, NewsPicture, NewsText, NewsWords, QuotedFigure
from pasokh.wiring_pages import lay_out_sample, write_pages
from pasokh.words.say import say
from tests.browser.accessibility import violations
from tests.browser.desks import DeskCentre, until
from tests.browser.newsroom import PRESS_TELEPHONE, newsroom_centre

pytestmark = pytest.mark.browser

SHOTS = os.environ.get("PASOKH_SHOTS", "")
FIGURE = "days/2026-11-21/operational-share-1.0"
SHOWN, EXACT = {"fa": "۳۸٫۱٪", "en": "38.1%"}, {"fa": "۳۸٫۰۷٪", "en": "38.07%"}
LIMIT = 150_000
PATHS = (
    "",
    "news/",
    "news/share/",
    "news/road/",
    "news/about/traffic/",
    "corrections/",
    "search/?q=جاده",
    "media-kit/",
    "figures/",
    "calendar/",
    "method/",
)


def lay_out(data: Path) -> None:
    """Figures that are published, for the doors to show."""
    lay_out_sample(data / "sample")
    write_pages(data / "sample", since="9")
    (data / "doors.toml").write_text('published = "sample"\n')


def picture() -> tuple[NewsPicture, bytes]:
    into = BytesIO()
    Image.linear_gradient("L").resize((640, 360)).convert("RGB").save(into, "PNG")
    raw = into.getvalue()
    words = {"fa": "کولاک در گردنه", "en": "A snowstorm on the pass"}
    digest = sha256(raw).hexdigest()
    return NewsPicture(
        digest, "image/png", 640, 360, "Press office", "CC BY 4.0", words, words
    ), raw


class PressDesk:
    """Approves, as the office does, at a centre that runs."""

    def __init__(self, centre: DeskCentre) -> None:
        self.centre = centre
        scopes = (Scope.PRESS, Scope.STAFF)
        token = add_token(centre.folder, name="desk", role=Role.PRESS_OFFICER, scopes=scopes, now=1)
        self.headers = {"Authorization": f"Bearer {token}"}

    def approve(self, news_id: str, text: NewsText, **order: Any) -> None:
        raw = write_text(text)
        digest = sha256(raw).hexdigest()
        for folder in ("news-texts", "news-pictures"):
            (self.centre.folder / folder).mkdir(exist_ok=True)
        (self.centre.folder / "news-texts" / f"{digest}.json").write_bytes(raw)
        usual = {
            "number": 1,
            "kind": "service",
            "out_at": 0,
            "author": "p-author",
            "reason": "read whole",
        }
        command = usual | order | {"news_id": news_id, "text_sha256": digest}
        answer = httpx.post(
            f"{self.centre.url}/commands/approve-news",
            json={"id": token_hex(8), "command": command},
            headers=self.headers,
        )
        assert answer.is_success, answer.text


def publish(centre: DeskCentre) -> None:
    desk, (shown, raw) = PressDesk(centre), picture()
    desk.approve(
        "share",
        NewsText(
            {
                "fa": NewsWords("سهم تماس‌های عملیاتی", "از تماس‌های آن روز {figure:1} عملیاتی شد."),
                "en": NewsWords("The operational share", "Of that day's calls {figure:1} were."),
            },
            about=NewsAbout(
                topics=("figures",),
                quoted=(QuotedFigure(f"{FIGURE}.json", 1, SHOWN),),
                contact={"fa": "سخنگو، ۸ تا ۱۴", "en": "The spokesperson, 8 to 14"},
            ),
        ),
        kind="statistics",
        figures=[f"{FIGURE}.json"],
    )
    (centre.folder / "news-pictures").mkdir(exist_ok=True)
    (centre.folder / "news-pictures" / picture_file(shown.sha256, shown.media)).write_bytes(raw)
    about = NewsAbout(topics=("traffic",), counties=("0915",), pictures=(shown,))
    first = NewsText(
        {
            "fa": NewsWords("جادهٔ ملک‌آباد بسته است", "از کیلومتر ۱۲ تا ۲۰ راه بسته است.", "تا ظهر"),
            "en": NewsWords(
                "The Malekabad road is closed", "From kilometre 12 to 20.", "Until noon"
            ),
        },
        about=about,
    )
    desk.approve("road", first)
    told = {"fa": "کیلومتر پایانی نادرست بود.", "en": "The last kilometre was wrong."}
    second = NewsText(
        {
            "fa": NewsWords("جادهٔ ملک‌آباد بسته است", "از کیلومتر ۱۲ تا ۳۰ راه بسته است.", "تا ظهر"),
            "en": NewsWords(
                "The Malekabad road is closed", "From kilometre 12 to 30.", "Until noon"
            ),
        },
        told,
        about,
    )
    desk.approve("road", second, number=2, mistake="fact")


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with newsroom_centre(tmp_path_factory.mktemp("newsroom"), before=lay_out) as (centre, address):
        publish(centre)

        def is_out() -> bool:
            page = httpx.get(f"{address}/newsroom/en/news/road/").text
            return 'id="version-2"' in page

        until(is_out, "the newsroom has what was approved", 120)
        yield address


def tab_to(page: Page, selector: str) -> None:
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("(told) => document.activeElement.matches(told)", selector):
            return
    raise AssertionError(f"no Tab leads to {selector}")


@pytest.mark.parametrize("language", ["fa", "en"])
def test_a_journalist_finds_a_figure_and_the_telephone_in_three_steps(
    chromium: Browser, public: str, language: str
) -> None:
    page = chromium.new_context(java_script_enabled=True).new_page()
    page.goto(f"{public}/newsroom/{language}/")
    telephone = page.locator(f'a[href="tel:{PRESS_TELEPHONE}"]')
    expect(telephone.first).to_be_visible()
    tab_to(page, 'a[href$="/news/share/"]')
    page.keyboard.press("Enter")
    figure = page.locator("a.figure")
    expect(figure).to_have_text(SHOWN[language])
    expect(telephone.first).to_be_visible()
    tab_to(page, "a.figure")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/figures/{language}/{FIGURE}.html")
    expect(page.locator("main")).to_contain_text(EXACT[language])
    page.go_back()
    tab_to(page, f'a[href="tel:{PRESS_TELEPHONE}"]')
    page.close()


@pytest.mark.parametrize("language", ["fa", "en"])
def test_a_word_is_typed_and_found(chromium: Browser, public: str, language: str) -> None:
    page = chromium.new_page()
    page.goto(f"{public}/newsroom/{language}/")
    tab_to(page, "#q")
    page.keyboard.type("ملك آباد")
    page.keyboard.press("Enter")
    told = say(language, "newsroom_site.search.found", count=1, shown=1)
    expect(page.get_by_role("status")).to_have_text(told)
    expect(page.locator('a[href$="/news/road/"]')).to_be_visible()
    page.close()


@pytest.mark.parametrize(("language", "width"), [("fa", 1200), ("en", 390)])
def test_the_pages_are_for_everybody(
    chromium: Browser, public: str, language: str, width: int
) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 900})
    for path in PATHS:
        page.goto(f"{public}/newsroom/{language}/{path}")
        page.locator("summary").evaluate_all("all => all.forEach(one => one.click())")
        sideways = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert not sideways, path
        for again, theme in enumerate(("light", "dark")):
            page.emulate_media(color_scheme=theme)  # type: ignore[arg-type] # one of two words
            assert violations(page, again=bool(again)) == [], (path, theme)
            _shoot(page, f"{path.split('?')[0].strip('/').replace('/', '-')}-{language}-{theme}")
    page.close()


@pytest.mark.parametrize("language", ["fa", "en"])
def test_every_page_is_read_without_scripts_and_weighs_little(
    chromium: Browser, public: str, language: str
) -> None:
    for path in PATHS:
        context = chromium.new_context(java_script_enabled=False)
        page = context.new_page()
        sizes: dict[str, int] = {}
        page.on("response", lambda one, sizes=sizes: sizes.update({one.url: len(one.body())}))
        page.goto(f"{public}/newsroom/{language}/{path}", wait_until="networkidle")
        expect(page.locator("h1").first).to_be_visible()
        fonts = [url for url in sizes if url.endswith(".woff2")]
        pictures = [url for url in sizes if "/newsroom/pictures/" in url]
        assert fonts, "with the font"
        assert sum(sizes[url] for url in sizes if url not in pictures) < LIMIT, (path, sizes)
        context.close()


def test_a_release_is_printed_with_its_address_and_without_what_leads_away(
    chromium: Browser, public: str
) -> None:
    page = chromium.new_page()
    page.goto(f"{public}/newsroom/fa/news/road/")
    page.emulate_media(media="print")
    expect(page.locator(".address")).to_be_visible()
    expect(page.locator(".address")).to_contain_text("/newsroom/fa/news/road/")
    for gone in (".share", ".beside", "header nav"):
        if page.locator(gone).count():
            expect(page.locator(gone)).to_be_hidden()
    _shoot(page, "road-print")
    page.close()


def _shoot(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"newsroom-{name}.png", full_page=True)

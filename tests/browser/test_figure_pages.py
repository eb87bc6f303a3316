"""The public pages of figures in Chromium without scripts: both languages and themes, axe, keys.

With PASOKH_SHOTS set to a folder, pictures are left there to be looked at.
"""

import os
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, expect

from pasokh.wiring_pages import lay_out_sample, write_pages
from tests.adapters.figures.test_news_pages import news_files
from tests.browser.accessibility import violations

pytestmark = pytest.mark.browser

SHOTS = os.environ.get("PASOKH_SHOTS", "")
DAY = "days/2026-11-21"
PAGES = (
    "index.html",
    f"{DAY}/operational-share-1.0.html",
    f"{DAY}/readings.html",
    "counties/",
    "news/",
    "news/a.html",
)
SHARES = {"fa": ("۳۸٫۱٪", "۷۱٫۶٪", "۲۹٫۵٪"), "en": ("38.1%", "71.6%", "29.5%")}


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        return


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Any web server will do: here the one of the standard library."""
    root = tmp_path_factory.mktemp("published")
    lay_out_sample(root)
    for path, raw in news_files().items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(raw)
    write_pages(root, since="9")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Silent, directory=str(root)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(("language", "width"), [("fa", 1200), ("en", 390)])
def test_the_pages_are_for_everybody(
    chromium: Browser, published: str, language: str, width: int
) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 900})
    for path in PAGES:
        page.goto(f"{published}/{language}/{path}")
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)  # type: ignore[arg-type] # one of two words
            assert violations(page) == [], (path, theme)
            _shoot(page, f"{path.strip('/').replace('/', '-')}-{language}-{theme}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.close()


@pytest.mark.parametrize("language", ["fa", "en"])
def test_thirty_eight_becomes_seventy_by_keys_and_without_scripts(
    chromium: Browser, published: str, language: str
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    headline, without_advice, first_only = SHARES[language]
    page.goto(f"{published}/{language}/{DAY}/index.html")
    page.locator("a[href$='readings.html']").first.press("Enter")
    shown = page.locator(".reading:visible")
    expect(shown).to_have_count(1)
    expect(shown.locator(".huge")).to_have_text([headline, without_advice])
    for key, told in (
        ("answered-repeats-advice", headline),
        ("answered-first-only-advice", first_only),
    ):
        page.locator(f".reading:visible a[href='#{key}']").press("Enter")
        expect(page).to_have_url(f"{published}/{language}/{DAY}/readings.html#{key}")
        expect(shown).to_have_count(1)
        expect(shown.locator(".huge").last).to_have_text(told)
    context.close()


def _shoot(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)

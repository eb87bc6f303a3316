"""The live page of a running centre in Debian's Chromium: it moves, it is strict, it is legible."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.accessibility import violations
from tests.browser.centre import running_centre

pytestmark = pytest.mark.browser

SIZES = {"small": (1366, 768), "large": (1920, 1080), "hand": (390, 844)}
# What breaks the policy is told to nobody by default: remember it for the test.
WATCH = """
window.broken = [];
document.addEventListener("securitypolicyviolation",
  (event) => window.broken.push(`${event.violatedDirective} ${event.blockedURI}`));
"""


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_centre(tmp_path_factory.mktemp("centre")) as address:
        yield address


def watched(context: BrowserContext) -> tuple[Page, list[str]]:
    """A page and the list of what goes wrong on it."""
    wrong: list[str] = []
    page = context.new_page()
    page.add_init_script(WATCH)
    page.on("console", lambda m: wrong.append(m.text) if m.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("requestfailed", lambda asked: wrong.append(asked.url))
    return page, wrong


@pytest.mark.parametrize("language", ["fa", "en"])
def test_the_sentence_moves_and_nothing_goes_wrong(
    chromium: Browser, centre: str, language: str
) -> None:
    context = chromium.new_context()
    page, wrong = watched(context)
    page.goto(f"{centre}/{language}/")
    expect(page.locator("#line")).to_have_attribute("data-state", "live")
    for name in ("answered", "clock", "feed-0-line"):
        cell = page.locator(f'[data-c="{name}"]').first
        expect(cell).not_to_have_text(cell.inner_text(), timeout=60_000)
    for residual in ("residual-offered", "residual-answered"):
        zero = "۰" if language == "fa" else "0"
        expect(page.locator(f'[data-c="{residual}"]')).to_have_text(zero)
    assert page.evaluate("window.broken") == []
    context.close()
    assert [text for text in wrong if "/live/stream" not in text] == []


def test_the_words_open_by_keyboard_without_a_script(chromium: Browser, centre: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{centre}/fa/")
    word = page.locator('button[popovertarget="word-operational"].word')
    word.focus()
    page.keyboard.press("Enter")
    meaning = page.locator("#word-operational")
    expect(meaning).to_be_visible()
    page.keyboard.press("Escape")
    expect(meaning).to_be_hidden()
    context.close()


def test_the_clock_can_be_stopped_without_a_script(chromium: Browser, centre: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{centre}/en/")
    page.click('button[value="0"]')
    expect(page.locator('button[value="0"]')).to_have_attribute("aria-pressed", "true")
    assert page.url == f"{centre}/en/"
    page.click('button[value="60"]')
    expect(page.locator('button[value="60"]')).to_have_attribute("aria-pressed", "true")
    context.close()


def test_the_clock_can_be_stopped_with_the_script(chromium: Browser, centre: str) -> None:
    context = chromium.new_context()
    page, _ = watched(context)
    page.goto(f"{centre}/en/")
    page.click('button[value="0"]')
    expect(page.locator('button[value="0"]')).to_have_attribute("aria-pressed", "true")
    page.click('button[value="60"]')
    expect(page.locator('button[value="60"]')).to_have_attribute("aria-pressed", "true")
    context.close()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["fa", "en"])
def test_it_fits_the_screen(
    chromium: Browser, centre: str, language: str, size: str, tmp_path: Path
) -> None:
    width, height = SIZES[size]
    context = chromium.new_context(viewport={"width": width, "height": height})
    page, _ = watched(context)
    page.goto(f"{centre}/{language}/")
    page.evaluate("document.fonts.ready")
    page.screenshot(path=tmp_path / f"{language}-{size}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("[...document.fonts].some((face) => face.status === 'loaded')")
    # Today's sentence stands in the first view of every screen.
    box = page.locator(".sentence").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < height
    context.close()


@pytest.mark.parametrize("language", ["fa", "en"])
def test_axe_finds_nothing(chromium: Browser, centre: str, language: str) -> None:
    context = chromium.new_context(bypass_csp=True)
    page, _ = watched(context)
    page.goto(f"{centre}/{language}/")
    expect(page.locator("#line")).to_have_attribute("data-state", "live")
    for step in ("as it opens", "with a word's meaning"):
        if step != "as it opens":
            page.locator(".sentence .word").first.click()
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)  # type: ignore[arg-type] # one of two words
            assert violations(page, again=theme == "dark") == [], (step, theme)
    context.close()

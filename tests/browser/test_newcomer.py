"""Somebody who sits here for the first time closes ten calls with only what the desk says."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from pasokh.words.digits import latin_digits
from pasokh.words.say import say
from tests.browser.desks import DeskCentre, desk_centre, until
from tests.browser.keyboard import Keyboard

pytestmark = pytest.mark.browser

# What the ten callers want: the class of the call and the reason, as a person would judge them.
TEN = (
    ("N1", "silence"),
    ("N1", "pocket"),
    ("N2", "play"),
    ("N2", "insult"),
    ("N3", "false_report"),
    ("X", "wrong_number"),
    ("X", "enquiry"),
    ("V", "told"),
    ("V", "elsewhere"),
    ("R", "recorded"),
)


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskCentre]:
    with desk_centre(tmp_path_factory.mktemp("newcomer")) as running:
        yield running


@pytest.mark.parametrize("language", ["fa", "en"])
def test_a_newcomer_closes_ten_calls(chromium: Browser, centre: DeskCentre, language: str) -> None:
    context = centre.context(chromium, {"fa": "p-sara", "en": "p-omid"}[language])
    page = centre.open(context, "answer", language)
    keys = Keyboard(page, persian=language == "fa")
    help_says(page, keys, language)
    keys.press("Enter")
    expect(page.locator("#seat-title .timer")).to_be_visible()
    for code, reason in TEN:
        call = centre.offer("")
        expect(page.locator(".queued")).to_have_count(1)
        assert page.locator(".queued button").get_attribute("aria-keyshortcuts") == "Enter"
        keys.press("Enter")
        expect(page.locator("#what")).to_be_focused()
        keys.type(digit_beside(page, say(language, f"class.{code}")))
        choose(page, keys, say(language, f"desk.answer.reason_{reason}"))
        until(lambda call=call: centre.one("call", call).get("code"), "the call is closed")
        assert centre.one("call", call)["code"] == code
        expect(page.locator("#card-title")).to_have_count(0)
    context.close()


def help_says(page: Page, keys: Keyboard, language: str) -> None:
    """`?` says what each key does; Esc is the way back."""
    keys.press("?")
    told = page.locator("dialog[open]")
    for key in ("enter", "digit", "help"):
        expect(told).to_contain_text(say(language, f"desk.answer.key_{key}"))
    keys.press("Escape")
    expect(told).to_have_count(0)


def digit_beside(page: Page, word: str) -> str:
    """The digit that stands on the desk beside a word."""
    button = page.locator(".card .deeds button", has_text=word)
    return latin_digits(button.locator("kbd").inner_text())


def choose(page: Page, keys: Keyboard, words: str) -> None:
    """Go down to the choice that says so, and take it."""
    expect(page.locator("#what-0")).to_be_visible()
    options = page.locator("#what-list [role=option]").all_inner_texts()
    for _ in range(next(at for at, option in enumerate(options) if words in option)):
        keys.press("ArrowDown")
    expect(page.locator("#what-list [aria-selected=true]")).to_contain_text(words)
    keys.press("Enter")

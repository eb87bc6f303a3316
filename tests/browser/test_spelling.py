"""The desk spells as the centre does: the same texts through both, in Debian's Chromium."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Page, sync_playwright

from pasokh.words.digits import digits, latin_digits, number
from pasokh.words.spelling import display, key, keys
from tests.browser.flags import FLAGS
from tests.browser.modules import STATIC, page_with, served
from tests.words.strange_text import corpus_texts, strange_texts

pytestmark = pytest.mark.browser

# xkeyboard-config, symbols/ir.
KEYS = dict(
    pair.split(":")
    for pair in (
        "q:ض w:ص e:ث r:ق t:ف y:غ u:ع i:ه o:خ p:ح a:ش s:س d:ی f:ب g:ل h:ا j:ت k:ن l:م "
        "z:ظ x:ط c:ز v:ر b:ذ n:د m:پ"
    ).split()
)


@pytest.fixture(scope="module")
def page(chromium_path: Path) -> Iterator[Page]:
    with served(STATIC) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        kernel = {name: f"desk/kernel/{name}.js" for name in ("spelling", "digits", "layout")}
        yield page_with(browser, address, **kernel)
        browser.close()


def spelled(page: Page, texts: list[str]) -> list[tuple[str, str, list[str]]]:
    program = """(texts) => texts.map((text) =>
        [spelling.display(text), spelling.key(text), spelling.keys(text)])"""
    return [(shown, one, forms) for shown, one, forms in page.evaluate(program, texts)]


def differing(page: Page, texts: list[str]) -> list[tuple[str, object, object]]:
    ours = [(display(text), key(text), list(keys(text))) for text in texts]
    theirs = spelled(page, texts)
    assert len(theirs) == len(texts) > 0
    return [
        (ascii(text), mine, yours)
        for text, mine, yours in zip(texts, ours, theirs, strict=True)
        if mine != yours
    ]


def test_strange_texts_are_spelled_alike(page: Page) -> None:
    assert differing(page, strange_texts(3000, seed=3)) == []


def test_real_persian_is_spelled_alike(page: Page) -> None:
    assert differing(page, corpus_texts()[:1500]) == []


def test_a_long_text_is_spelled_alike(page: Page) -> None:
    patterns = ["ا\u200c ", "\u0301\u0327", " \n", '"ب', "ﻻ", "0 "]
    assert differing(page, [pattern * 50_000 for pattern in patterns]) == []


def test_digits_are_alike(page: Page) -> None:
    chance = Random(110)  # noqa: S311 - a seeded sample, nothing secret
    counts = [chance.randint(0, 10 ** chance.randint(0, 9)) for _ in range(200)]
    program = """([counts, language]) => counts.map((count) =>
        [digits.number(language, count), digits.digits(language, count)])"""
    for language in ("fa", "en"):
        wanted = [[number(language, n), digits(language, str(n))] for n in counts]
        assert page.evaluate(program, [counts, language]) == wanted
    texts = strange_texts(300, seed=5)
    read = page.evaluate("(texts) => texts.map(digits.latinDigits)", texts)
    assert read == [latin_digits(text) for text in texts]


def test_the_keys_of_both_layouts_are_those_of_the_system(page: Page) -> None:
    for latin, persian in KEYS.items():
        assert page.evaluate("(text) => layout.toPersian(text)", latin) == persian
        assert page.evaluate("(text) => layout.toLatin(text)", persian) == latin
    assert page.evaluate("(text) => layout.remapped(text)", "ی ۴۱۲ ۱۰۸۷") == "d ۴۱۲ ۱۰۸۷"

"""The workbench with an answer: read by names, added up, and asked by the keyboard alone.

With PASOKH_SHOTS set to a folder, its pictures are left there to be looked at.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from pasokh.core.time import iso_day
from pasokh.words.digits import number
from pasokh.words.jalali_typed import typed_day
from pasokh.words.say import say
from tests.adapters.archive.settled import settled_day
from tests.adapters.archive.test_counting import bench_of
from tests.browser.accessibility import violations
from tests.browser.desks import DeskCentre, desk_centre

pytestmark = pytest.mark.browser

SHOTS = os.environ.get("PASOKH_SHOTS", "")
DAY = 20_000
DAYS = [settled_day(DAY + later, 900, seed=later + 1) for later in range(3)]
OFFERED = sum(day.figure.tally.offered for day in DAYS)


def _settled(data: Path) -> None:
    bench_of(data / "bench", DAYS)
    with (data / "office.toml").open("a") as file:
        file.write(f'archive = "{data}/bench/archive"\npublished = "{data}/bench/public"\n')


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskCentre]:
    with desk_centre(tmp_path_factory.mktemp("bench"), seats=0, before=_settled) as running:
        yield running


@pytest.fixture
def page(chromium: Browser, centre: DeskCentre) -> Iterator[Page]:
    context = centre.context(chromium, "p-aida", bypass_csp=True)
    page = context.new_page()
    page.set_default_timeout(60_000)
    yield page
    context.close()


def _picture(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


@pytest.mark.parametrize("language", ["fa", "en"])
@pytest.mark.parametrize(
    ("figure", "rows", "columns"),
    [
        ("calls-offered", "call_class", "day"),
        ("calls-offered", "county", ""),
        ("operational-share", "day", ""),
    ],
)
def test_an_answer_is_read_by_names_and_added_up(
    page: Page, centre: DeskCentre, language: str, figure: str, rows: str, columns: str
) -> None:
    days = f"from={iso_day(DAY)}&to={iso_day(DAY + 3)}"
    asked = f"figure={figure}%2F1.0&rows={rows}&columns={columns}&{days}&reading=public"
    page.goto(f"{centre.url}/office/{language}/workbench/?{asked}")
    total = page.locator("tfoot tr").last
    expect(total).to_contain_text(say(language, "office.bench.total"))
    if figure == "calls-offered":
        expect(total.locator("td").last).to_have_text(number(language, OFFERED))
    said = page.locator("table").inner_text()
    assert say(language, "class.V") in said or rows != "call_class"
    if language == "fa":
        assert not re.search("[0-9A-Za-z]", said), said
    # The fourth day has no published rows, and is said not to be counted.
    expect(page.locator(".mark").first).to_contain_text(number(language, 3))
    _picture(page, f"bench-{figure}-{rows}-{language}")
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        assert violations(page, again=theme == "dark") == [], theme
    page.set_viewport_size({"width": 683, "height": 384})
    wide = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide[0] <= wide[1], wide


def test_the_keyboard_alone_asks_a_question_and_takes_the_answer(
    page: Page, centre: DeskCentre
) -> None:
    page.goto(f"{centre.url}/office/fa/workbench/")
    typed = {"from": typed_day("fa", DAY), "to": typed_day("fa", DAY + 2)}
    while (place := _tabbed(page)) != "public":
        if place in typed:
            page.keyboard.press("Control+a")
            page.keyboard.type(typed[place])
        elif place == "rows":
            page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("tbody tr")).to_have_count(3)
    while _tabbed(page) != "csv":
        pass
    with page.expect_download() as taken:
        page.keyboard.press("Enter")
    text = Path(taken.value.path()).read_text()
    assert text.startswith("# definition: ")
    assert f"\n{iso_day(DAY)}," in text


def _tabbed(page: Page) -> str:
    """Give the name of the field that the next Tab leads to, or what a button stands for."""
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.value || document.activeElement.name || ''")
    name = page.evaluate(
        "document.activeElement.tagName === 'BUTTON' ? '' : document.activeElement.name"
    )
    return str(name or focused)

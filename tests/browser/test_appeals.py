"""An appeal from both sides in Chromium: a page without scripts, and the supervisor's desk."""

import time
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.adapters.api.process import free_port, wait_until_healthy
from tests.browser.accessibility import violations
from tests.browser.desks import NUMBER, DeskCentre, desk_centre, until

pytestmark = pytest.mark.browser
HOUR_MS = 3_600_000
RECEIVED = {"fa": "هنوز یک انسان باید رسیدگی کند", "en": "A person has still to decide"}
DECIDED = {"fa": "رسیدگی شد", "en": "Decided"}
LIFT = {"fa": "نشان برداشته شود", "en": "Mark lifted"}
NO_MARK = {"fa": "بی‌نشان", "en": "No mark"}
CALLED = {"fa": "با تماس گفته شد", "en": "Told by call"}


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory, port: int) -> Iterator[DeskCentre]:
    with desk_centre(tmp_path_factory.mktemp("appeals"), port=port) as running:
        wait_until_healthy(f"http://127.0.0.1:{port + 1}")
        yield running


def mark(centre: DeskCentre, number: int) -> str:
    """Sara marks a number."""
    call = centre.offer(number=number)
    centre.ask("answer-call", call_id=call)
    ends = int(time.time() * 1000) + HOUR_MS
    command = {"call_id": call, "code": "N2", "reason": "laughed", "expires_at": ends}
    centre.ask_as("p-sara", "mark-nuisance", {"id": f"mark-{call}", "command": command})
    return call


def appeal(page: Page, doors: str, language: str, number: int) -> tuple[str, str]:
    """Write an appeal as a person does; give the code and what the page says beside it."""
    page.goto(f"{doors}/{language}/")
    page.locator(f"a[href='/{language}/appeal']").click()
    page.locator("#number").fill(NUMBER.format(number))
    page.locator("#text").fill("…")
    page.locator("button.main").press("Enter")
    code = page.locator("#code").inner_text()
    return code, page.locator("body").inner_text().replace(code, "")


def state(page: Page, doors: str, language: str, code: str) -> str:
    page.goto(f"{doors}/{language}/appeal/state")
    page.locator("#code").fill(code.lower())
    page.locator("button.main").press("Enter")
    return page.locator("#state").inner_text()


@pytest.mark.parametrize(("language", "number"), [("fa", 41), ("en", 51)])
def test_an_appeal_is_written_decided_by_another_person_and_told(
    chromium: Browser, centre: DeskCentre, port: int, language: str, number: int
) -> None:
    doors = f"http://127.0.0.1:{port + 1}"
    call = mark(centre, number)
    public = chromium.new_context(locale=language, java_script_enabled=False)
    page = public.new_page()
    code, said = appeal(page, doors, language, number)
    other, said_other = appeal(page, doors, language, number + 1)
    assert said == said_other, "nothing tells a marked number from another one"
    assert RECEIVED[language] in state(page, doors, language, code)

    shift = centre.open(centre.context(chromium, "p-nasrin"), "supervise", language)
    rows = shift.locator(".appeals .said > li")
    expect(rows).to_have_count(2, timeout=20_000)
    marked, unmarked = rows.nth(0), rows.nth(1)
    marked.locator("section button").click()
    expect(marked.locator(".words")).to_contain_text(NUMBER.format(number))
    assert violations(shift) == []
    lift = marked.get_by_role("button", name=LIFT[language])
    expect(lift).to_be_disabled()
    marked.locator("input").fill("heard the recording")
    lift.click()
    until(lambda: not centre.one("call", call).get("nuisance"), "the mark is lifted at once")
    expect(rows.filter(has_text="heard the recording")).to_have_count(1)
    unmarked = rows.filter(has=shift.locator("input"))
    unmarked.locator("input").fill("looked")
    unmarked.get_by_role("button", name=NO_MARK[language]).click()
    told = shift.get_by_role("button", name=CALLED[language])
    expect(told).to_have_count(2)
    told.first.click()
    expect(told).to_have_count(1)
    told.first.click()
    expect(told).to_have_count(0)
    for each in (code, other):
        assert DECIDED[language] in state(page, doors, language, each)
    shift.context.close()
    public.close()


@pytest.mark.parametrize("language", ["fa", "en"])
def test_the_pages_are_for_everybody(
    chromium: Browser, centre: DeskCentre, port: int, language: str
) -> None:
    assert centre.healthy()
    doors = f"http://127.0.0.1:{port + 1}"
    context = chromium.new_context(locale=language, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{doors}/{language}/appeal")
    expect(page.locator("html")).to_have_attribute("dir", "rtl" if language == "fa" else "ltr")
    assert violations(page) == []
    page.locator("#number").fill(NUMBER.format(99))
    page.locator("button.main").press("Enter")
    expect(page.locator("#code")).to_be_visible()
    assert violations(page) == []
    state(page, doors, language, page.locator("#code").inner_text())
    assert violations(page) == []
    context.close()


@pytest.mark.parametrize("language", ["fa", "en"])
def test_the_doors_count_stands_beside_the_telephones(
    chromium: Browser, centre: DeskCentre, port: int, language: str
) -> None:
    httpx.post(f"http://127.0.0.1:{port + 1}/{language}/appeal", content=b"number=1")
    shift = centre.open(centre.context(chromium, "p-nasrin"), "supervise", language)
    line = shift.locator("p.doors")
    expect(line).to_have_attribute("data-tone", "calm", timeout=20_000)
    told = centre.snapshot("figure")[0]["doors"]
    expect(line).to_contain_text("در درهای عمومی" if language == "fa" else "public doors")
    assert told["residual"] == 0
    shift.context.close()

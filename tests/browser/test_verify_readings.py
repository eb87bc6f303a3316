"""Other readings of a log that has ended are checked in Chromium too, and in its own words."""

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from pasokh.adapters.doors.pages import HEADERS
from tests.adapters.archive.test_publishing import Office
from tests.adapters.archive.whole import publish_ended
from tests.browser.accessibility import violations
from tests.browser.modules import served
from tests.browser.test_verify_page import check_three, flipped
from tests.browser.three import Case, alone_module, files_of

pytestmark = pytest.mark.browser
TABLE = "whole/readings.csv"
FIGURES = ("whole/reading-stamped-1.0.json", "whole/reading-unknown-1.0.json")
SAID = {
    "fa": ("ثابت شد", "ثابت نشد", "۹۰۰ از ۱٬۶۰۰"),
    "en": ("PROVED", "NOT PROVED", "900 of 1,600, which is 56.25 percent"),
}


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = Office(tmp_path_factory.mktemp("ended"))
    publish_ended(office)
    return office


@pytest.fixture(scope="module")
def address(ended: Office) -> Iterator[str]:
    with served(ended.public, HEADERS) as found:
        yield found


@pytest.mark.parametrize("language", SAID)
def test_a_reader_checks_another_reading_in_a_browser(
    chromium: Browser, address: str, ended: Office, language: str
) -> None:
    proved, not_proved, value = SAID[language]
    page = chromium.new_page()
    query = urlencode({"language": language, "figure": FIGURES[0], "log": ended.name})
    page.goto(f"{address}/verify.html?{query}")
    expect(page.locator(".verdict")).to_have_text(proved)
    for words in (value, TABLE):
        expect(page.locator("#told")).to_contain_text(words)
    assert violations(page) == []
    table = ended.public / TABLE
    raw = table.read_bytes()
    table.write_bytes(raw.replace(b",900", b",901"))
    page.reload()
    expect(page.locator(".verdict")).to_have_text(not_proved)
    expect(page.locator("#told")).to_contain_text(TABLE)
    table.write_bytes(raw)
    page.close()


def test_three_programs_say_the_same_of_readings_and_of_their_changed_bytes(
    chromium: Browser, address: str, ended: Office
) -> None:
    page: Page = chromium.new_page()
    page.goto(f"{address}/verify.html?language=en")
    alone, base = alone_module(), files_of(ended.public)
    witness = base["witnesses.txt"].decode().strip()
    honest = [Case({}, ended.name, witness, figure) for figure in FIGURES]
    told = check_three(page, alone, base, honest)
    assert [said.reason for said in told] == ["", ""]
    cases = [
        Case(flipped(base, path, at), ended.name, witness, figure)
        for figure in FIGURES
        for path in (figure, f"{figure}.tlog-proof", TABLE)
        for at in range(0, len(base[path]), 5)
    ]
    found = check_three(page, alone, base, cases)
    assert len(found) > 200
    assert told[0] not in found
    page.close()

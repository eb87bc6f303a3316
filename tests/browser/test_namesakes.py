"""Villages of one name in the card's place field: told apart by county, chosen by the keyboard.

The real ones of the province are tried where they lie beside this checkout; they are somebody
else's table and are not shipped. Elsewhere as many are invented.
"""

import csv
import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from pasokh.adapters.storage.keys import KeyStore, master_key
from pasokh.adapters.storage.log_reader import read_only
from pasokh.adapters.storage.vault import SqliteVault
from pasokh.control_room.codec import event_of
from pasokh.dispatch.events import IncidentOpened
from pasokh.reference.commands import SetEntry
from pasokh.reference.entries import AreaEntry, PlaceEntry
from pasokh.words.spelling import key
from tests.browser.accessibility import violations
from tests.browser.desks import COUNTIES, DeskCentre, desk_centre, until
from tests.browser.keyboard import Keyboard
from tests.browser.test_journeys import DISPUTE, sit_down, take_call

pytestmark = pytest.mark.browser

VILLAGES = Path(__file__).parents[3] / "shared/data/khorasan-razavi/villages.csv.gz"
NAME = "علی‌آباد"
COUNT, COUNTIES_MIN = 46, 15
# Persian and Arabic letters, with a half-space, a space, or written together.
SPELLINGS = ("علی‌آباد", "علی آباد", "علي‌آباد", "علي آباد", "علی اباد", "علیآباد", "علي‌اباد")


def namesakes() -> list[tuple[str, str]]:
    """(county, district) of each village of the name."""
    if not VILLAGES.exists():
        return [(f"شهرستان {n % 20}", f"بخش {n}") for n in range(COUNT)]
    with gzip.open(VILLAGES, "rt", encoding="utf-8", newline="") as file:
        return [
            (row["county_fa"], f"{row['district_fa']} - {row['rural_district_fa']}")
            for row in csv.DictReader(file)
            if key(row["name_fa"]) == key(NAME)
        ]


SAKES = namesakes()


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskCentre]:
    with desk_centre(tmp_path_factory.mktemp("namesakes")) as running:
        codes = {fa: code for code, (fa, _) in COUNTIES.items()}
        for number, county in enumerate(dict.fromkeys(county for county, _ in SAKES)):
            if county not in codes:
                codes[county] = f"n-{number}"
                running.set_entry(SetEntry(codes[county], AreaEntry(county, f"County {number}")))
        for number, (county, district) in enumerate(SAKES):
            place = PlaceEntry(
                NAME, "Aliabad", "village", codes[county], 36 + number / 100, 59.0, district
            )
            running.set_entry(SetEntry(f"ali-{number}", place))
        yield running


def typed(page: Page, keys: Keyboard, words: str) -> Locator:
    """The choices for what is typed into an empty field, once they are there."""
    page.locator("#place").fill("")
    expect(page.locator("#place-list li")).to_have_count(0)
    keys.say(words)
    choices = page.locator("#place-list li")
    expect(choices).not_to_have_count(0)
    return choices


def test_villages_of_one_name_are_told_apart_by_county_and_one_is_chosen_by_keys(
    chromium: Browser, centre: DeskCentre
) -> None:
    assert len(SAKES) >= COUNT
    assert len({county for county, _ in SAKES}) >= COUNTIES_MIN
    taker = centre.context(chromium, "p-sara")
    page = centre.open(taker, "answer", "fa")
    keys = Keyboard(page, persian=True)
    sit_down(page, keys, centre, "p-sara")
    call = centre.offer("دعوا شده")
    take_call(page, keys)
    keys.type(DISPUTE["fa"])
    expect(page.locator("#what-0")).to_be_visible()
    keys.press("Enter")
    expect(page.locator("#place")).to_be_focused()

    shown: list[list[str]] = []
    for spelling in SPELLINGS:
        choices = typed(page, keys, spelling)
        expect(choices).to_have_count(len(SAKES))
        shown.append([" ".join(text.split()) for text in choices.all_inner_texts()])
    assert all(each == shown[0] for each in shown), "every spelling finds the same villages"
    assert len(set(shown[0])) == len(set(SAKES)), "no two of them look alike"
    for county, district in SAKES:
        assert any(county in text and district in text for text in shown[0]), (county, district)
    assert violations(page) == []

    keys.press("Enter")
    expect(page.locator("#place-hint")).to_contain_text(said_in_persian(len(SAKES)))
    assert not centre.one("call", call).get("incident"), "nobody guesses among namesakes"

    county, district = SAKES[-1]
    choices = typed(page, keys, f"علي‌آباد {county}")
    expect(choices).not_to_have_count(len(SAKES))
    expect(choices.first).to_contain_text(county)
    wanted = next(
        place
        for place, text in enumerate(choices.all_inner_texts())
        if county in text and district in text
    )
    for _ in range(wanted + 1):
        keys.press("ArrowDown")
    chosen = page.locator("#place-list li[aria-selected=true]")
    expect(chosen).to_contain_text(county)
    expect(chosen).to_contain_text(district)
    keys.press("Enter")
    incident = until(lambda: centre.one("call", call).get("incident"), "the incident is open")
    assert located(centre, incident) == there_of(centre, len(SAKES) - 1)
    expect(page.locator(".facts")).to_contain_text(NAME)
    centre.ask("end-call", call_id=call)
    taker.close()


def said_in_persian(count: int) -> re.Pattern[str]:
    return re.compile(str(count).translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")))


def located(centre: DeskCentre, incident: str) -> tuple[str, float | None]:
    """County and latitude with which the incident was opened."""
    log = read_only(centre.folder / "log.sqlite")
    keys = KeyStore(centre.folder / "keys.sqlite", master_key(centre.folder / "master.key"))
    opened = next(
        event
        for event in map(event_of, log.read())
        if isinstance(event, IncidentOpened) and event.incident_id == incident
    )
    assert opened.words is not None
    words = SqliteVault(keys, log).open(opened.words)
    keys.close()
    log.close()
    assert words is not None
    return opened.county, words.latitude


def there_of(centre: DeskCentre, number: int) -> tuple[str, float]:
    """County and latitude of a village as it was set."""
    for entry in reversed(centre.entries()):
        body = json.loads(entry.body)
        if entry.kind == "EntrySet" and body["code"] == f"ali-{number}":
            return body["entry"]["county"], body["entry"]["latitude"]
    raise AssertionError(number)

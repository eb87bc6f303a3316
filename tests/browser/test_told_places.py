"""The places that a network told, on the card in Chromium: all of them, and one taken by a key."""

import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.accessibility import violations
from tests.browser.desks import NUMBER, DeskCentre, desk_centre, until
from tests.browser.keyboard import Keyboard
from tests.browser.test_journeys import DISPUTE, sit_down, take_call

pytestmark = pytest.mark.browser

AN_HOUR = 3_600_000


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskCentre]:
    with desk_centre(tmp_path_factory.mktemp("told")) as running:
        yield running


def places(now: int) -> list[dict[str, object]]:
    """A circle of the network, an address, the telephone's own with a doubt, and an expired one."""
    street = [{"name": "RD", "text": "خیابان نمونه"}, {"name": "HNO", "text": "12"}]
    circle = {
        "latitude": 36.3,
        "longitude": 59.6,
        "radius_m": 850,
        "confidence": 68,
    }
    phone = {"latitude": 36.30112, "longitude": 59.6021, "radius_m": 12, "troubles": ["aml_length"]}
    over = {"latitude": 35.0, "longitude": 58.0, "radius_m": 5, "expires_at": now - AN_HOUR}
    return [
        {"source": "pidf_lo", "method": "Cell", "at": now - 120_000, **circle},
        {"source": "pidf_lo", "civic": street, "may_be_passed_on": True},
        {"source": "aml_sms_v2", **phone},
        {"source": "geo_uri", **over},
    ]


@pytest.mark.parametrize("language", ["fa", "en"])
def test_every_place_stands_beside_the_others_and_one_is_taken(
    chromium: Browser, centre: DeskCentre, language: str
) -> None:
    persian = language == "fa"
    taker = centre.context(chromium, "p-sara")
    page = centre.open(taker, "answer", language)
    keys = Keyboard(page, persian=persian)
    sit_down(page, keys, centre, "p-sara")
    call = f"told-{language}"
    now = time.time_ns() // 1_000_000
    words = {"number": NUMBER.format(3), "places": places(now)}
    centre.ask("offer-call", words, call_id=call, county="0901")
    take_call(page, keys)
    told = page.locator(".told > li")
    expect(told).to_have_count(3)
    expect(told.nth(0)).to_contain_text("۸۵۰" if persian else "850")
    expect(told.nth(0)).to_contain_text("۶۸" if persian else "68")
    expect(told.nth(0)).to_contain_text("Cell")
    expect(told.nth(1)).to_contain_text("خیابان نمونه")
    expect(told.nth(2)).to_contain_text("aml_length")
    expect(told.nth(2)).to_contain_text("به دیگری داده نشود" if persian else "not to be passed on")
    assert violations(page) == []

    keys.type(DISPUTE[language])
    expect(page.locator("#what-0")).to_be_visible()
    keys.press("Enter")
    expect(page.locator("#place")).to_be_focused()
    keys.press("Escape")
    told.nth(0).locator("button").focus()
    keys.press("Enter")
    until(lambda: centre.one("call", call).get("incident"), "the incident is open")
    expect(page.locator(".facts")).to_contain_text("36.30000 59.60000")
    expect(told).to_have_count(3)
    centre.ask("end-call", call_id=call)
    taker.close()


def every_source(now: int) -> tuple[list[dict[str, object]], dict[str, object]]:
    """Places of several sources that come with a call, and one of a table of landlines."""
    address = "https://locations.example/ sha256:0123456789abcdef"
    lines = [{"name": "A3", "text": "نمونه‌شهر"}, {"name": "RD", "text": "خیابان نمونه"}]
    near = {"latitude": 36.3, "longitude": 59.6}
    return [
        {"source": "pidf_lo", "radius_m": 850, "method": "Cell", "at": now - 120_000, **near},
        {"source": "reference", "reference": address},
        {"source": "reference", "reference": "sip:where@net.example", "unanswered": "scheme"},
        {"source": "aml_https", "radius_m": 12, "at": now - 5_000, **near},
    ], {
        "source": "ali",
        "method": "operator of the network",
        "at": now - 200 * 24 * AN_HOUR,
        "civic": lines,
    }


DATA = [
    {"kind": "ProviderInfo", "label": "DataProviderString", "text": "شبکهٔ نمونه"},
    {"kind": "SubscriberInfo", "label": "note", "text": "طبقهٔ دوم، زنگ خراب است"},
    {"kind": "DeviceInfo", "label": "DeviceClassification", "text": "landline"},
]
SAID = {
    "fa": ("۲۰۰ روز پیش", "هنوز پاسخی نیامده", "این نوع نشانی گرفته نمی‌شود", "HTTP 403", "۳۰"),
    "en": ("200 days ago", "no answer has come", "of this kind are not fetched", "HTTP 403", "30"),
}


@pytest.mark.parametrize("language", ["fa", "en"])
def test_what_comes_later_stands_beside_what_was_there_and_overwrites_nothing(
    chromium: Browser, centre: DeskCentre, language: str
) -> None:
    taker = centre.context(chromium, "p-sara")
    page = centre.open(taker, "answer", language)
    keys = Keyboard(page, persian=language == "fa")
    sit_down(page, keys, centre, "p-sara")
    call, now = f"later-{language}", time.time_ns() // 1_000_000
    first, table = every_source(now)
    words = {"number": NUMBER.format(4), "places": first, "data": DATA}
    centre.ask("offer-call", words, call_id=call, county="0901")
    take_call(page, keys)
    told = page.locator(".told > li")
    days, waiting, not_asked, status, metres = SAID[language]
    expect(told).to_have_count(4)
    expect(told.nth(1)).to_contain_text(waiting)
    expect(told.nth(2)).to_contain_text("sip:where@net.example")
    expect(told.nth(2)).to_contain_text(not_asked)
    stood = [without_age(text) for text in told.all_inner_texts()]

    tell(centre, call, "landline", table)
    reference = {"source": "reference", "reference": first[1]["reference"], "at": now}
    tell(centre, call, "no", reference | {"unanswered": "refused", "troubles": ["HTTP 403"]})
    here = {"latitude": 36.301, "longitude": 59.602, "radius_m": 30, "method": "Wifi"}
    tell(centre, call, "yes", reference | here)
    expect(told).to_have_count(7)
    expect(told.nth(4)).to_contain_text(days)
    expect(told.nth(4)).to_contain_text("operator of the network")
    expect(told.nth(4)).to_contain_text("خیابان نمونه")
    expect(told.nth(5)).to_contain_text(status)
    expect(told.nth(6)).to_contain_text(metres)
    expect(told.nth(6)).to_contain_text("Wifi")
    stands = [without_age(text) for text in told.all_inner_texts()[:4]]
    assert [stands[0], *stands[2:]] == [stood[0], *stood[2:]], "nothing that stood was changed"
    expect(told.nth(1)).not_to_contain_text(waiting)

    rows = page.locator(".told-data")
    expect(rows.locator("dl")).to_be_hidden()
    rows.locator("summary").focus()
    keys.press("Enter")
    expect(rows.locator("dl > div")).to_have_count(len(DATA))
    for row, said in zip(rows.locator("dl > div").all(), DATA, strict=True):
        expect(row.locator("dt")).to_have_text(f"{said['kind']} {said['label']}")
        expect(row.locator("dd")).to_have_text(said["text"])
    assert violations(page) == []
    centre.ask("end-call", call_id=call)
    taker.close()


def tell(centre: DeskCentre, call: str, name: str, place: dict[str, object]) -> None:
    """Let a source tell a place of a call that is on somebody's card already."""
    place_id = f"{name}-{call}"
    words = {"places": [place]}
    centre.ask("tell-place", words, place_id=place_id, source=place["source"], call_id=call)


def without_age(text: str) -> str:
    """What a row says beside how old it is, which goes on."""
    return re.sub(r"[0-9۰-۹]+:[0-9۰-۹:]+", "", " ".join(text.split()))

"""The desks' modules go packed to whoever takes that, plain to others, and whole to both."""

from gzip import decompress

import pytest

from pasokh.office.django_settings import OFFICE
from tests.office.people import browser

pytestmark = pytest.mark.usefixtures("database")
MODULE = "desk/kernel/grammar.js"
FONT = "page/vendor/vazirmatn/vazirmatn-arabic-wght-normal.woff2"


@pytest.mark.slow
def test_a_module_goes_packed_to_who_takes_it() -> None:
    plain = (OFFICE / "static" / MODULE).read_bytes()
    packed = browser().get(f"/office/static/{MODULE}", headers={"accept-encoding": "gzip, br"})
    assert (packed["content-encoding"], packed["vary"]) == ("gzip", "Accept-Encoding")
    body = packed.getvalue()
    assert int(packed["content-length"]) == len(body) < len(plain) / 2
    assert decompress(body) == plain
    assert packed["content-type"].startswith("text/javascript")


def test_it_goes_plain_to_who_does_not() -> None:
    answer = browser().get(f"/office/static/{MODULE}")
    assert "content-encoding" not in answer
    assert answer.getvalue() == (OFFICE / "static" / MODULE).read_bytes()
    assert answer["vary"] == "Accept-Encoding"


def test_what_is_packed_already_is_left_alone() -> None:
    answer = browser().get(f"/office/static/{FONT}", headers={"accept-encoding": "gzip"})
    assert (answer.status_code, answer.get("content-encoding")) == (200, None)
    assert answer.getvalue()[:4] == b"wOF2"


def test_what_the_browser_has_is_not_sent_again() -> None:
    first = browser().get(f"/office/static/{MODULE}", headers={"accept-encoding": "gzip"})
    first.close()
    again = {"accept-encoding": "gzip", "if-none-match": first["etag"]}
    assert browser().get(f"/office/static/{MODULE}", headers=again).status_code == 304


def test_a_page_goes_packed() -> None:
    page = browser().get("/office/fa/accounts/login/", headers={"accept-encoding": "gzip"})
    assert page["content-encoding"] == "gzip"
    assert "Cookie" in page["vary"]

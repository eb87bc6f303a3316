"""Hostile input is refused, or read for the price of some ordinary calls; nothing is fetched."""

from collections.abc import Callable

import pytest

from pasokh.adapters.telephony.signalling.trouble import Wrong
from pasokh.adapters.telephony.signalling.xml_tree import read_xml
from tests.adapters.pace import INVITES_MAX, invites_worth
from tests.adapters.telephony.signalling.reading import READERS
from tests.adapters.telephony.signalling.samples import invite, mixed, part, pidf

MIB = 2**20

LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY l0 "lol">'
    + b"".join(
        b'<!ENTITY l%d "%s">' % (level, b"&l%d;" % (level - 1) * 10) for level in range(1, 10)
    )
    + b"]><presence>&l9;</presence>"
)
EXTERNAL = b'<!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/hostname">]><presence>&x;</presence>'
REMOTE = b'<!DOCTYPE p SYSTEM "http://127.0.0.1:9/x.dtd"><presence/>'
PARAMETER = b'<!DOCTYPE p [<!ENTITY % x SYSTEM "file:///etc/hostname"> %x;]><presence/>'


@pytest.mark.parametrize("document", [LAUGHS, EXTERNAL, REMOTE, PARAMETER])
def test_a_doctype_ends_the_reading(document: bytes) -> None:
    root, flaws = read_xml(document, "x")
    assert root is None
    assert [flaw.what for flaw in flaws] == [Wrong.XML_DOCTYPE]


def test_an_entity_that_nobody_declared_is_ill_formed() -> None:
    root, flaws = read_xml(b"<presence>&x;</presence>", "x")
    assert (root, flaws[0].what) == (None, Wrong.XML_ILL_FORMED)


@pytest.mark.parametrize(
    ("document", "flaw"),
    [
        (b"<a>" + b" " * MIB + b"</a>", Wrong.XML_TOO_LONG),
        (b"<a>" + b"<b/>" * 200_000 + b"</a>", Wrong.XML_TOO_LARGE),
        (b"<a>" * 100_000, Wrong.XML_TOO_LARGE),
        (b'<?xml version="1.0" encoding="no-such"?><a/>', Wrong.XML_ILL_FORMED),
        (b'<?xml version="1.0" encoding="utf-7"?><a/>', Wrong.XML_ILL_FORMED),
        (b"<a>\xff\xfe</a>", Wrong.XML_ILL_FORMED),
    ],
)
def test_too_much_or_unreadable_is_refused(document: bytes, flaw: Wrong) -> None:
    root, flaws = read_xml(document, "x")
    assert (root, flaws[0].what) == (None, flaw)


def test_other_encodings_and_blanks_before_the_declaration_are_read() -> None:
    for text, coding in (("é", "iso-8859-1"), ("تهران", "utf-16"), ("تهران", "utf-8")):
        document = f'<?xml version="1.0" encoding="{coding}"?><a>{text}</a>'.encode(coding)
        root, flaws = read_xml(b"\r\n  " * (coding == "utf-8") + document, "x")
        assert root is not None, flaws
        assert root.text == text


LARGE_PLACE = part("application/pidf+xml", pidf("<a/>" * 1_900).decode())
LARGE_BLOCK = part("application/EmergencyCallData.x+xml", "<a>" + "<b>x</b>" * 1_900 + "</a>")
SDP_LINES = "a=hlang-send:" + "x " * 300_000
HOSTILE: dict[str, Callable[[], bytes]] = {
    "1 MB of one header": lambda: invite("X: " + "a" * MIB),
    "1 MB of headers": lambda: invite(*["X: y"] * (MIB // 6)),
    "headers just allowed": lambda: invite(*["a:"] * 15_000),
    "quotes": lambda: invite("Call-Info: " + '"\\' * 30_000),
    "angles": lambda: invite("P-Asserted-Identity: " + "<" * 60_000),
    "commas": lambda: invite("Geolocation: " + "geo:1,2," * 7_000),
    "addresses": lambda: invite("P-Asserted-Identity: " + "<tel:+989123456789>," * 3_000),
    "semicolons": lambda: invite("Call-Info: <a:b>" + ";" * 60_000),
    "languages": lambda: invite("Accept-Language: " + "fa;q=0.1," * 6_000),
    "blanks in the first line": lambda: b"INVITE a" + b" " * MIB + b"x\r\n\r\n",
    "empty lines": lambda: b"\r\n" * (MIB // 2),
    "carriage returns": lambda: b"\r" * MIB,
    "parts": lambda: invite(body="--edge\r\n\r\n" * 100_000, edge=True),
    "almost boundaries": lambda: invite(body="--edge   x\r\n" * 80_000, edge=True),
    "blank boundaries": lambda: invite(body="--edge" + " " * 1_000_000, edge=True),
    "languages of the media": lambda: invite(body=SDP_LINES),
    "elements": lambda: pidf("<a/>" * 200_000),
    "attributes": lambda: b"<a " + b" ".join(b"a%d='1'" % n for n in range(80_000)) + b"/>",
    "processing": lambda: b"<a>" + b"<?x?>y" * 160_000 + b"</a>",
    "character references": lambda: b"<a>" + b"&#65;" * 200_000 + b"</a>",
    "corners": lambda: pidf("<gml:Polygon><gml:posList>" + "1 2 " * 250_000),
    "shapes": lambda: pidf("<gml:Polygon/>" * 1_900),
    "deep": lambda: pidf("<gml:location>" * 50 + "<gml:Curve/>" * 1_800),
    "text form fields": lambda: b"&".join(b"a%d=b" % n for n in range(100_000)),
    "text message fields": lambda: b'A"ML=1;' + b";lt=1" * 200_000,
    "billion laughs in a part": lambda: invite(
        "Geolocation: <cid:a>",
        body=mixed(part("application/pidf+xml", LAUGHS.decode(), "a")),
        edge=True,
    ),
    "many documents": lambda: invite(body=mixed(*[LARGE_PLACE] * 60), edge=True),
    "many blocks": lambda: invite(body=mixed(*[LARGE_BLOCK] * 60), edge=True),
    "one part named often": lambda: invite(
        "Geolocation: " + "<cid:a>," * 60,
        *["Call-Info: <cid:a>;purpose=EmergencyCallData.x"] * 900,
        body=mixed(part("application/pidf+xml", pidf("<a/>" * 1_900).decode(), "a")),
        edge=True,
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("reader", READERS)
def test_hostile_input_costs_no_more_than_some_calls(name: str, reader: str) -> None:
    data = HOSTILE[name]()
    assert invites_worth(lambda: READERS[reader](data)) < INVITES_MAX

"""What a raw request says of its caller, and what was dialled."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET
from msgspec.structs import replace

from pasokh.adapters.telephony.kamailio.caller import dialled_of, words_of
from pasokh.adapters.telephony.kamailio.calls import deeds_of
from pasokh.adapters.telephony.kamailio.wire import StepKind, SwitchWord
from pasokh.answer.commands import OfferCall, TellPlace
from pasokh.core.told_places import PlaceSource
from tests.adapters.telephony.signalling import samples

INVITE = (
    b'INVITE %s SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\r\nFrom: "Ali" <sip:%s@h>;tag=1\r\n'
    b"To: <sip:112@h>\r\nCall-ID: 1\r\nCSeq: 1 INVITE\r\nContent-Length: 0\r\n\r\n"
)


@pytest.mark.parametrize(
    ("uri", "dialled"),
    [
        (b"urn:service:sos.police", "service:sos.police"),
        (b"URN:service:test:sos", "service:test:sos"),
        (b"sip:110@centre.invalid;user=phone", "110"),
        (b"tel:110", "110"),
    ],
)
def test_what_was_dialled_names_the_queue(uri: bytes, dialled: str) -> None:
    assert dialled_of(INVITE % (uri, b"1")) == dialled


def test_the_number_is_the_same_however_the_network_writes_it() -> None:
    for written in (b"+985100000000", b"05100000000"):
        words = words_of(INVITE % (b"urn:service:sos", written))
        assert words is not None
        assert words.number == "+985100000000"


@given(st.binary(max_size=300))
def test_any_bytes_have_words_or_none(raw: bytes) -> None:
    words = words_of(raw)
    assert words is None or words.number or words.name or words.places is not UNSET
    assert isinstance(dialled_of(raw), str)


def test_all_places_of_a_request_are_kept_in_order() -> None:
    invite = INVITE % (b"urn:service:sos", b"1")
    geo = b"Geolocation: <geo:36.3,59.6;u=51.2>, <https://held.invalid/1>\r\nContent-Length"
    words = words_of(invite.replace(b"Content-Length", geo))
    assert words is not None
    assert words.places is not UNSET
    first, second = words.places
    assert (first.source, first.radius_m) == (PlaceSource.GEO_URI, 52)
    assert (second.source, second.reference) == (PlaceSource.REFERENCE, "https://held.invalid/1")
    assert (words.latitude, words.longitude) == (36.3, 59.6)


def test_a_place_with_an_end_is_told_apart_under_a_key_of_its_own() -> None:
    rules = "<gp:retention-expiry>2026-11-24T01:00:00Z</gp:retention-expiry>"
    document = samples.pidf(samples.CIRCLE, rules).decode()
    body = samples.mixed(samples.part("application/pidf+xml", document, "place@x"))
    raw = samples.invite("Geolocation: <cid:place@x>, <geo:36.3,59.6>", body=body, edge=True)
    until = 1_795_482_000_000
    step = SwitchWord(StepKind.INVITE, until - 1, 1, 1, ("1", "1"), "1@127.0.0.1", "7", "", raw)
    offer, tell = deeds_of(step, "k-1", None, lambda _: "")
    assert offer.words is not None
    assert offer.words.places is not UNSET
    assert [place.source for place in offer.words.places] == [PlaceSource.GEO_URI]
    assert (offer.words.latitude, offer.words.longitude) == (36.3, 59.6)
    assert tell.command == TellPlace("k-1-0", PlaceSource.PIDF_LO, "k-1", until)
    assert tell.words is not None
    assert tell.words.places is not UNSET
    assert tell.words.places[0].radius_m == 50
    over = replace(step, at=until)
    assert [type(deed.command) for deed in deeds_of(over, "k-1", None, lambda _: "")] == [OfferCall]


def test_data_about_the_call_is_rows_of_label_and_text() -> None:
    words = words_of(samples.full_invite())
    assert words is not None
    assert words.data is not UNSET
    rows = [(row.kind, row.label, row.text) for row in words.data]
    assert ("DeviceInfo", "DeviceClassification", "fixed") in rows
    assert ("SubscriberInfo", "URL", "https://example.com/sub") in rows

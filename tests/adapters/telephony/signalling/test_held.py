"""What a location server answers: a place, one inside its own words, a code, or nonsense."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasokh.adapters.telephony.signalling.held import ResponseTime, location_request, read_held
from pasokh.adapters.telephony.signalling.trouble import Wrong
from pasokh.adapters.telephony.signalling.xml_tree import read_xml
from tests.adapters.telephony.location_server import held, held_error, pidf


@pytest.mark.parametrize("said", [pidf(), held(pidf())])
def test_a_place_is_read_with_its_uncertainty_and_method(said: bytes) -> None:
    answer = read_held(said)
    (found,) = answer.found
    assert (found.latitude, found.longitude, found.radius_m) == (36.3, 59.6, 50)
    assert (found.method, found.confidence, answer.code) == ("Wifi", 95.0, "")


def test_an_error_is_its_code_and_nothing_else_of_it() -> None:
    assert read_held(held_error("locationUnknown")).code == "locationUnknown"
    assert read_held(held_error("")).code == "error"
    assert read_held(held_error("a b<")).found[0].troubles[0].what == Wrong.XML_ILL_FORMED
    assert len(read_held(held_error("x" * 5_000)).code) == 64


@pytest.mark.parametrize("said", [b"", b"no xml", b"<html/>", held(b""), b"<!DOCTYPE a><a/>"])
def test_what_has_no_place_says_why(said: bytes) -> None:
    answer = read_held(said)
    assert answer.code == ""
    assert [found.latitude for found in answer.found] == [None]
    assert answer.found[0].troubles


@pytest.mark.parametrize("patience", list(ResponseTime))
def test_a_question_says_how_long_the_server_may_look(patience: ResponseTime) -> None:
    root, troubles = read_xml(location_request(patience), "question")
    assert root is not None
    assert (root.name, root.space) == ("locationRequest", "urn:ietf:params:xml:ns:geopriv:held")
    assert root.attributes == {"responseTime": patience.value}
    assert troubles == ()


@given(st.binary(max_size=300), st.integers(0, 400))
def test_no_bytes_break_the_reading(noise: bytes, at: int) -> None:
    whole = held(pidf())
    for said in (noise, whole[:at], whole[:at] + noise + whole[at:]):
        answer = read_held(said)
        assert answer.code or answer.found

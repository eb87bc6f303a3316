"""PIDF-LO documents, geo: URIs, and where a message says that the caller is."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pasokh.adapters.telephony.signalling.found import FoundLocation, LocationSource
from pasokh.adapters.telephony.signalling.geo_uri import read_geo_uri
from pasokh.adapters.telephony.signalling.location import locations_of
from pasokh.adapters.telephony.signalling.message import read_message
from pasokh.adapters.telephony.signalling.pidf import PLACES_MAX, read_pidf
from pasokh.adapters.telephony.signalling.trouble import Wrong
from tests.adapters.telephony.signalling.samples import (
    CIRCLE,
    NO_SAMPLES,
    PIDF_FOLDER,
    full_invite,
    invite,
    mixed,
    part,
    pidf,
    seeds,
)

# File -> (shape, latitude, longitude, radius; how many civic lines) of each place in it.
SAMPLES = {
    "DeviceCircleLocation.xml": [("Circle", 41.760537, -88.261914, 50.0, 0)],
    "DeviceCivicLocation.xml": [("civicAddress", None, None, None, 9)],
    "DevicePointLocation.xml": [("Point", 41.772035, -88.473291, None, 0)],
    "PersonDeviceCivicCircleLocation.xml": [
        ("civicAddress", None, None, None, 7),
        ("Circle", 34.268544, -118.666519, 50.0, 0),
    ],
    "RFC5491TupleCircleLocation.xml": [("Circle", 42.5463, -73.2512, 850.24, 0)],
    "RFC5491TupleCivicLocation.xml": [("civicAddress", None, None, None, 7)],
    "RFC5491TupleEllipseLocation.xml": [("Ellipse", 42.5463, -73.2512, 1275.0, 0)],
    "RFC5491TuplePointLocation.xml": [("Point", 37.775, -122.4194444, None, 0)],
    "RFC5491TuplePolygonLocation.xml": [("Polygon", 43.2693333, -73.272, 18053.6, 0)],
    "RFC6848Section3.4Example.xml": [("civicAddress", None, None, None, 8)],
}
needs_samples = pytest.mark.skipif(not PIDF_FOLDER.is_dir(), reason=NO_SAMPLES)


def wrong(place: FoundLocation) -> set[Wrong]:
    return {flaw.what for flaw in place.troubles}


@needs_samples
@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_gives_its_places(name: str) -> None:
    places = read_pidf((PIDF_FOLDER / name).read_bytes())
    for place, (shape, latitude, longitude, radius, civic) in zip(
        places, SAMPLES[name], strict=True
    ):
        assert place.shape == shape
        for got, wanted in (
            (place.latitude, latitude),
            (place.longitude, longitude),
            (place.radius_m, radius),
        ):
            assert got == (wanted if wanted is None else pytest.approx(wanted, rel=1e-5))
        assert len(place.civic) == civic
        assert place.troubles == ()


@needs_samples
def test_no_sample_is_left_out() -> None:
    assert {path.name for path in PIDF_FOLDER.glob("*.xml")} == set(SAMPLES)


def test_rules_method_time_and_confidence_are_carried_and_obeyed() -> None:
    rules = (
        "<gp:retransmission-allowed>yes</gp:retransmission-allowed>"
        "<gp:retention-expiry>2026-11-25T00:00:00+03:30 </gp:retention-expiry>"
    )
    confidence = '<con:confidence pdf="normal">80</con:confidence>'
    (place,) = read_pidf(pidf(CIRCLE + confidence, rules))
    assert (place.method, place.confidence, place.about) == ("GPS", 80, "tuple a")
    assert place.at == 1_795_478_400_000
    assert place.may_be_passed_on
    expiry = 1_795_478_400_000 + 86_400_000 - 12_600_000
    assert place.retention_until == expiry
    assert (place.expired(expiry - 1), place.expired(expiry)) == (False, True)
    assert place.age_ms(1_795_478_400_000 + 5_000) == 5_000


def test_what_is_not_said_is_not_guessed() -> None:
    (place,) = read_pidf(pidf(CIRCLE).replace(b"<timestamp>2026-11-24T00:00:00Z</timestamp>", b""))
    assert not place.may_be_passed_on, "RFC 4119: no unless it is said"
    assert (place.retention_until, place.at) == (None, None)
    assert (place.expired(2**50), place.age_ms(5)) == (False, None)
    assert place.confidence == 95, "RFC 7459: a shape is meant at 95 %"


@pytest.mark.parametrize(
    ("document", "flaw"),
    [
        (pidf(CIRCLE + "<con:confidence>900</con:confidence>"), Wrong.CONFIDENCE),
        (pidf(CIRCLE).replace(b"2026-11-24T", b"yesterday"), Wrong.TIME),
        (
            pidf(CIRCLE, "<gp:retention-expiry>soon</gp:retention-expiry>"),
            Wrong.TIME,
        ),
    ],
)
def test_a_flaw_beside_the_shape_keeps_the_shape(document: bytes, flaw: Wrong) -> None:
    (place,) = read_pidf(document)
    assert wrong(place) == {flaw}
    assert (place.latitude, place.radius_m) == (35.7, 50)


def test_geodetic_and_civic_in_one_info_are_one_place() -> None:
    civic = (
        '<civicAddress xmlns="urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr">'
        '<country>IR</country><A1>تهران</A1><X N="lamp" U="http://example.com/ns">12</X><RD/></civicAddress>'
    )
    (place,) = read_pidf(pidf(CIRCLE + civic))
    assert [(line.name, line.text) for line in place.civic] == [
        ("country", "IR"),
        ("A1", "تهران"),
        ("lamp", "12"),
    ]
    assert place.latitude == 35.7


def test_several_shapes_and_many_places_are_all_kept_up_to_a_bound() -> None:
    assert len(read_pidf(pidf(CIRCLE * 3))) == 3
    assert len(read_pidf(pidf(CIRCLE * 100))) == PLACES_MAX


@pytest.mark.parametrize(
    ("document", "flaw"),
    [
        (b"", Wrong.XML_ILL_FORMED),
        (b"<presence></cl:civicAddress></presence>", Wrong.XML_ILL_FORMED),
        (b"<presence/>", Wrong.NO_LOCATION),
        (pidf(""), Wrong.NO_LOCATION),
    ],
)
def test_a_document_without_a_place_says_why(document: bytes, flaw: Wrong) -> None:
    (place,) = read_pidf(document)
    assert (place.latitude, wrong(place)) == (None, {flaw})


def test_all_sources_of_a_message_are_kept_in_order() -> None:
    read = locations_of(read_message(full_invite()))
    here, there = read.found
    assert (here.latitude, here.radius_m, here.confidence) == (35.7, 50, 80)
    assert there.source == LocationSource.REFERENCE
    assert there.reference == "https://example.com/held/1"
    assert (read.routing_allowed, read.troubles) == (True, ())


def test_references_to_nothing_and_places_without_reference_are_said() -> None:
    body = mixed(part("application/pidf+xml", pidf(CIRCLE).decode(), "other@x"))
    headers = ("Geolocation: <cid:lost@x>", "Geolocation: <ftp://x/y>, <geo:35.7,51.4;u=20>")
    read = locations_of(read_message(invite(*headers, body=body, edge=True)))
    assert [flaw.what for flaw in read.troubles] == [Wrong.REFERENCE_LOST, Wrong.NOT_REFERRED_TO]
    unreadable, geo, loose = read.found
    assert wrong(unreadable) == {Wrong.REFERENCE_UNREADABLE}
    assert unreadable.original == "ftp://x/y"
    assert (geo.latitude, geo.radius_m) == (35.7, 20)
    assert loose.latitude == 35.7


def test_a_garbled_document_is_a_place_that_says_why() -> None:
    body = mixed(part("application/pidf+xml", "<presence></tuple>", "place@x"))
    read = locations_of(read_message(invite("Geolocation: <cid:place@x>", body=body, edge=True)))
    assert [wrong(place) for place in read.found] == [{Wrong.XML_ILL_FORMED}]


@pytest.mark.parametrize(
    ("text", "point", "radius"),
    [
        ("geo:48.2010,16.3695,183", (48.201, 16.3695), None),
        ("geo:35.7,51.4;crs=wgs84;u=40", (35.7, 51.4), 40),
        ("GEO:-35.7,-51.4;CRS=WGS84;U=0", (-35.7, -51.4), 0),
    ],
)
def test_geo_uris(text: str, point: tuple[float, float], radius: float | None) -> None:
    place = read_geo_uri(text)
    assert ((place.latitude, place.longitude), place.radius_m) == (point, radius)
    assert place.troubles == ()


@pytest.mark.parametrize(
    "text", ["geo:", "geo:1", "geo:91,0", "geo:1,181", "geo:a,b", "1,2", "geo:1,2;crs=nad27"]
)
def test_a_bad_geo_uri_is_no_place_and_says_why(text: str) -> None:
    place = read_geo_uri(text)
    assert place.latitude is None
    assert place.troubles
    assert place.original == text


def test_a_bad_uncertainty_leaves_the_point() -> None:
    place = read_geo_uri("geo:1,2;u=far")
    assert ((place.latitude, place.radius_m), wrong(place)) == ((1, None), {Wrong.MEASURE})


@given(st.floats(-90, 90), st.floats(-180, 180), st.floats(0, 1e6))
def test_geo_uris_come_back(latitude: float, longitude: float, radius: float) -> None:
    place = read_geo_uri(f"geo:{latitude:.6f},{longitude:.6f};u={radius:.3f}")
    assert place.latitude == pytest.approx(latitude, abs=1e-6)
    assert place.longitude == pytest.approx(longitude, abs=1e-6)
    assert place.radius_m == pytest.approx(radius, abs=1e-3)


@pytest.mark.slow
@settings(max_examples=300)
@given(st.binary(max_size=200), st.sampled_from(seeds()), st.integers(0, 2_000))
def test_no_bytes_raise(noise: bytes, seed: bytes, at: int) -> None:
    for data in (noise, seed[:at] + noise + seed[at + len(noise) :], seed[:at] + seed[at + 1 :]):
        assert read_pidf(data)
        assert locations_of(read_message(data)).found is not None
    assert read_geo_uri("geo:" + noise.decode("latin-1")).original


def test_samples_are_named_by_where_they_lie() -> None:
    assert Path(PIDF_FOLDER).name == "pidf-lo"

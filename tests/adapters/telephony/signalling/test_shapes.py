"""The circle of every shape holds the shape: judged by GeographicLib along the whole boundary."""

from collections.abc import Iterator
from math import atan2, cos, degrees, hypot, pi, sin

import pytest
from geographiclib.geodesic import Geodesic
from hypothesis import given, settings
from hypothesis import strategies as st

from pasokh.adapters.telephony.signalling.found import FoundLocation
from pasokh.adapters.telephony.signalling.geodesy import metres_at_most, moved
from pasokh.adapters.telephony.signalling.pidf import read_pidf
from pasokh.adapters.telephony.signalling.trouble import Wrong
from tests.adapters.telephony.signalling.samples import pidf

EARTH = Geodesic.WGS84
FLAT, HIGH = "urn:ogc:def:crs:EPSG::4326", "urn:ogc:def:crs:EPSG::4979"
METRE, DEGREE = "urn:ogc:def:uom:EPSG::9001", "urn:ogc:def:uom:EPSG::9102"

latitudes, longitudes = st.floats(-85, 85), st.floats(-180, 180)
metres = st.floats(1, 30_000)
Degrees = tuple[float, float]


def walk(start: Degrees, bearing: float, length: float) -> Degrees:
    end = EARTH.Direct(*start, bearing, length)
    return end["lat2"], end["lon2"]


def measured(place: FoundLocation, point: Degrees) -> float:
    assert place.latitude is not None
    assert place.longitude is not None
    return EARTH.Inverse(place.latitude, place.longitude, *point)["s12"]


def assert_holds(place: FoundLocation, boundary: list[Degrees], slack: float = 1.02) -> None:
    """Everything is inside, and the circle is not much larger than it must be."""
    farthest = max(measured(place, point) for point in boundary)
    assert place.radius_m is not None
    assert farthest <= place.radius_m * 1.000001 + 0.01
    assert place.radius_m <= farthest * slack + 0.5
    assert place.troubles == ()


def one(inside: str) -> FoundLocation:
    (place,) = read_pidf(pidf(inside))
    return place


def element(name: str, value: float, unit: str = METRE) -> str:
    return f'<gs:{name} uom="{unit}">{value!r}</gs:{name}>'


def shape(name: str, at: Degrees, *parts: str, height: str = "") -> str:
    crs = HIGH if height else FLAT
    pos = f"<gml:pos>{at[0]!r} {at[1]!r}{height}</gml:pos>"
    return f'<gs:{name} srsName="{crs}">{pos}{"".join(parts)}</gs:{name}>'


@pytest.mark.slow
@given(latitudes, longitudes, metres)
def test_circles_and_spheres(latitude: float, longitude: float, radius: float) -> None:
    at = (latitude, longitude)
    flat = one(shape("Circle", at, element("radius", radius)))
    high = one(shape("Sphere", at, element("radius", radius), height=" 12.5"))
    for place in (flat, high):
        assert (place.latitude, place.longitude) == at
        assert_holds(place, [walk(at, bearing, radius) for bearing in range(0, 360, 15)])
    assert (high.altitude_m, high.vertical_m) == (12.5, radius)


@pytest.mark.slow
@given(latitudes, longitudes, metres, metres, st.floats(0, 180))
def test_ellipses_and_ellipsoids(
    latitude: float, longitude: float, first: float, second: float, turned: float
) -> None:
    at, major, minor = (latitude, longitude), max(first, second), min(first, second)
    axes = element("semiMajorAxis", major) + element("semiMinorAxis", minor)
    axes += element("orientation", turned, DEGREE)
    boundary = []
    for step in range(48):
        x, y = major * cos(step * pi / 24), minor * sin(step * pi / 24)
        bearing = turned + degrees(atan2(y, x))
        boundary.append(walk(at, bearing, hypot(x, y)))
    assert_holds(one(shape("Ellipse", at, axes)), boundary)
    solid = one(shape("Ellipsoid", at, axes, element("verticalAxis", 28.7), height=" 26.3"))
    assert_holds(solid, boundary)
    assert (solid.altitude_m, solid.vertical_m) == (26.3, 28.7)


@pytest.mark.slow
@settings(max_examples=60)
@given(latitudes, longitudes, metres, metres, st.floats(0, 360), st.floats(1, 360))
def test_arc_bands(
    latitude: float, longitude: float, first: float, second: float, start: float, opening: float
) -> None:
    at, inner, outer = (latitude, longitude), min(first, second), max(first, second)
    parts = element("innerRadius", inner) + element("outerRadius", outer)
    parts += element("startAngle", start, DEGREE) + element("openingAngle", opening, DEGREE)
    bearings = [start + opening * step / 36 for step in range(37)]
    edge = [walk(at, bearing, radius) for bearing in bearings for radius in (inner, outer)]
    assert_holds(one(shape("ArcBand", at, parts)), edge)


def test_the_arc_band_of_rfc_5491() -> None:
    parts = element("innerRadius", 3594) + element("outerRadius", 4148)
    parts += element("startAngle", 20, DEGREE) + element("openingAngle", 20, DEGREE)
    place = one(shape("ArcBand", (-43.5723, 153.2176), parts))
    away = EARTH.Inverse(-43.5723, 153.2176, place.latitude, place.longitude)
    assert away["azi1"] == pytest.approx(30, abs=0.1)
    assert 3594 < away["s12"] < 4148
    assert place.radius_m == pytest.approx(767, abs=30)


def ring(corners: list[Degrees], *, listed: bool, height: str = "") -> str:
    texts = [f"{lat!r} {lon!r}{height}" for lat, lon in [*corners, corners[0]]]
    joined = f"<gml:posList>{' '.join(texts)}</gml:posList>"
    apart = "".join(f"<gml:pos>{text}</gml:pos>" for text in texts)
    inside = joined if listed else apart
    return f"<gml:exterior><gml:LinearRing>{inside}</gml:LinearRing></gml:exterior>"


def star(at: Degrees, reach: list[float]) -> list[Degrees]:
    return [walk(at, 360 * step / len(reach), length) for step, length in enumerate(reach)]


def edges(corners: list[Degrees]) -> Iterator[Degrees]:
    for here, there in zip(corners, [*corners[1:], corners[0]], strict=True):
        line = EARTH.InverseLine(*here, *there)
        for step in range(5):
            point = line.Position(line.s13 * step / 4)
            yield point["lat2"], point["lon2"]


@pytest.mark.slow
@settings(max_examples=60)
@given(latitudes, longitudes, st.lists(metres, min_size=3, max_size=12), st.booleans())
def test_polygons_and_prisms(
    latitude: float,
    longitude: float,
    reach: list[float],
    listed: bool,  # noqa: FBT001
) -> None:
    corners = star((latitude, longitude), reach)
    flat = one(f'<gml:Polygon srsName="{FLAT}">{ring(corners, listed=listed)}</gml:Polygon>')
    base = f"<gml:Polygon>{ring(corners, listed=listed, height=' 36.6')}</gml:Polygon>"
    tall = element("height", 2.4)
    prism = one(f'<gs:Prism srsName="{HIGH}"><gs:base>{base}</gs:base>{tall}</gs:Prism>')
    for place in (flat, prism):
        assert_holds(place, list(edges(corners)))
    assert prism.vertical_m == 2.4
    assert prism.altitude_m == pytest.approx(36.6)


def test_a_polygon_over_the_date_line_has_its_middle_there() -> None:
    corners = [(10.0, 179.9), (10.0, -179.9), (10.2, -179.9), (10.2, 179.9)]
    place = one(f"<gml:Polygon>{ring(corners, listed=True)}</gml:Polygon>")
    assert place.latitude == pytest.approx(10.1)
    assert abs(place.longitude or 0) == pytest.approx(180)
    assert_holds(place, list(edges(corners)))


@given(latitudes, longitudes, st.floats(0, 360), st.floats(1, 500_000))
def test_the_bound_is_a_bound_and_close(
    latitude: float, longitude: float, bearing: float, length: float
) -> None:
    bound = metres_at_most((latitude, longitude), walk((latitude, longitude), bearing, length))
    assert length - 0.000_01 <= bound <= length * 1.000_01 + 0.000_01


@given(latitudes, longitudes, st.floats(0, 360), st.floats(1, 100_000))
def test_a_move_arrives_where_the_geodesic_does(
    latitude: float, longitude: float, bearing: float, length: float
) -> None:
    here = (latitude, longitude)
    off = EARTH.Inverse(*walk(here, bearing, length), *moved(here, bearing, length))["s12"]
    assert off <= length * 0.000_1 + 0.000_01


def test_a_point_has_no_known_uncertainty() -> None:
    place = one(
        '<gml:Point srsName="urn:ogc:def:crs:EPSG::4326"><gml:pos>1 2</gml:pos></gml:Point>'
    )
    assert (place.latitude, place.radius_m, place.confidence) == (1, None, None)


@pytest.mark.parametrize(
    ("inside", "flaw", "kept"),
    [
        ("<gml:Point><gml:pos>91 0</gml:pos></gml:Point>", Wrong.COORDINATES, False),
        ("<gml:Point><gml:pos>nan 0</gml:pos></gml:Point>", Wrong.COORDINATES, False),
        ("<gml:Point><gml:pos>1</gml:pos></gml:Point>", Wrong.COORDINATES, False),
        ("<gml:Point/>", Wrong.SHAPE_INCOMPLETE, False),
        ('<gml:Point srsName="EPSG:2039"><gml:pos>1 2</gml:pos></gml:Point>', Wrong.DATUM, False),
        ("<gml:Curve/>", Wrong.SHAPE_UNKNOWN, False),
        (shape("Circle", (1, 2)), Wrong.SHAPE_INCOMPLETE, True),
        (shape("Circle", (1, 2), element("radius", -5)), Wrong.MEASURE, True),
        (shape("Circle", (1, 2), element("radius", 5, "parsec")), Wrong.MEASURE, True),
        (shape("ArcBand", (1, 2), element("outerRadius", 5)), Wrong.SHAPE_INCOMPLETE, True),
        (
            "<gml:Polygon><gml:pos>1 2</gml:pos><gml:pos>1 3</gml:pos></gml:Polygon>",
            Wrong.RING_SHORT,
            True,
        ),
        (
            "<gml:Polygon><gml:posList>1 2 1 3 2 2</gml:posList></gml:Polygon>",
            Wrong.RING_OPEN,
            True,
        ),
        ("<gml:Polygon><gml:posList>1 2 3</gml:posList></gml:Polygon>", Wrong.COORDINATES, False),
        ("", Wrong.NO_LOCATION, False),
    ],
)
def test_a_flawed_shape_says_why_and_keeps_what_it_can(
    inside: str,
    flaw: Wrong,
    kept: bool,  # noqa: FBT001
) -> None:
    place = one(inside)
    assert flaw in {each.what for each in place.troubles}
    assert (place.latitude is not None) is kept
    assert place.original


def test_feet_and_longitude_first_are_understood() -> None:
    feet = one(shape("Circle", (1, 2), element("radius", 100, "urn:ogc:def:uom:EPSG::9002")))
    assert feet.radius_m == pytest.approx(30.48)
    crs = "urn:ogc:def:crs:OGC:1.3:CRS84"
    place = one(f'<gml:Point srsName="{crs}"><gml:pos>51.4 35.7</gml:pos></gml:Point>')
    assert (place.latitude, place.longitude) == (35.7, 51.4)

"""Where things are: areas by code, points in degrees, distances in metres."""

from math import asin, cos, radians, sin, sqrt

from msgspec import Struct

from pasokh.core.ids import AreaCode

EARTH_RADIUS_METRES = 6_371_008.8  # mean radius, IUGG


class Point(Struct, frozen=True, gc=False):
    """A point in degrees (WGS 84)."""

    latitude: float
    longitude: float


class Area(Struct, frozen=True, gc=False):
    """The areas an incident or a unit belongs to. Empty codes are not known yet."""

    county: AreaCode = ""
    beat: AreaCode = ""


def distance_metres(a: Point, b: Point) -> float:
    """Great-circle distance (haversine); an estimate of nothing but the straight line."""
    half_lat = radians(b.latitude - a.latitude) / 2
    half_lon = radians(b.longitude - a.longitude) / 2
    h = sin(half_lat) ** 2
    h += cos(radians(a.latitude)) * cos(radians(b.latitude)) * sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_METRES * asin(sqrt(min(1.0, h)))

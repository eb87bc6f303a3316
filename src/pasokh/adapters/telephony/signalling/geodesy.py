"""The little of WGS 84 that uncertainty needs: an upper bound of distance, and offsets in metres.

The bound is the chord through the earth, bent along the ellipsoid's smallest radius of curvature:
never less than the geodesic, and less than a part in 100,000 more than it up to 500 km (tests
compare it with GeographicLib).
"""

from math import asin, atan2, cos, degrees, hypot, radians, sin, sqrt

_A = 6_378_137.0
_FLATTENING = 1 / 298.257223563
_E2 = _FLATTENING * (2 - _FLATTENING)
_RADIUS_MIN = _A * (1 - _E2)  # of the meridian at the equator: 6,335,439 m
_POLE, _HALF_TURN = 90.0, 180.0
_NO_AREA = 1e-14
_MOVED_ERROR = 1e-4

Degrees = tuple[float, float]


def metres_at_most(a: Degrees, b: Degrees) -> float:
    """An upper bound of the geodesic between two points (latitude, longitude)."""
    chord = sqrt(
        sum((p - q) ** 2 for p, q in zip(_earth_centred(a), _earth_centred(b), strict=True))
    )
    return 2 * _RADIUS_MIN * asin(min(1.0, chord / (2 * _RADIUS_MIN)))


def _earth_centred(point: Degrees) -> tuple[float, float, float]:
    latitude, longitude = radians(point[0]), radians(point[1])
    normal = _A / sqrt(1 - _E2 * sin(latitude) ** 2)
    flat = normal * cos(latitude)
    up = normal * (1 - _E2) * sin(latitude)
    return flat * cos(longitude), flat * sin(longitude), up


def moved(point: Degrees, bearing: float, metres: float) -> Degrees:
    """The point `metres` away along a bearing (degrees clockwise from north).

    Along the circle that the earth's surface bends in at this bearing (Euler); off by less than
    a part in 10,000 of the way up to 100 km.
    """
    latitude, longitude, turn = radians(point[0]), radians(point[1]), radians(bearing)
    w2 = 1 - _E2 * sin(latitude) ** 2
    bend = sqrt(w2) / _A * (cos(turn) ** 2 * w2 / (1 - _E2) + sin(turn) ** 2)
    along, down = sin(metres * bend) / bend, (1 - cos(metres * bend)) / bend
    north, east = along * cos(turn), along * sin(turn)
    x, y, z = _earth_centred(point)
    inward = -north * sin(latitude) - down * cos(latitude)
    return _on_surface(
        x + inward * cos(longitude) - east * sin(longitude),
        y + inward * sin(longitude) + east * cos(longitude),
        z + north * cos(latitude) - down * sin(latitude),
    )


def _on_surface(x: float, y: float, z: float) -> Degrees:
    """Latitude and longitude below or above an earth-centred point (Bowring)."""
    flat, polar = hypot(x, y), _A * (1 - _FLATTENING)
    slant = atan2(z * _A, flat * polar)
    up = z + _E2 / (1 - _E2) * polar * sin(slant) ** 3
    return degrees(atan2(up, flat - _E2 * _A * cos(slant) ** 3)), degrees(atan2(y, x))


def on_earth(latitude: float, longitude: float) -> bool:
    """Whether these are degrees of a place."""
    return abs(latitude) <= _POLE and abs(longitude) <= _HALF_TURN


def wrapped(longitude: float) -> float:
    """A longitude within -180 and 180."""
    if abs(longitude) <= _HALF_TURN:
        return longitude
    return (longitude + _HALF_TURN) % (2 * _HALF_TURN) - _HALF_TURN


def middle_of(ring: list[Degrees]) -> Degrees:
    """The centroid of a polygon's area; of its corners when it has no area or crosses itself."""
    latitude, longitude = ring[0]
    squeeze = max(cos(radians(latitude)), 1e-9)
    flat = [(wrapped(lon - longitude) * squeeze, lat - latitude) for lat, lon in ring]
    x, y = _area_centre(flat)
    return latitude + y, wrapped(longitude + x / squeeze)


def _area_centre(ring: list[tuple[float, float]]) -> tuple[float, float]:
    area = x = y = 0.0
    for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = x0 * y1 - x1 * y0
        area, x, y = area + cross, x + (x0 + x1) * cross, y + (y0 + y1) * cross
    if abs(area) > _NO_AREA:
        centre = x / (3 * area), y / (3 * area)
        if _within(centre, ring):
            return centre
    return sum(p[0] for p in ring) / len(ring), sum(p[1] for p in ring) / len(ring)


def _within(point: tuple[float, float], ring: list[tuple[float, float]]) -> bool:
    return all(
        min(p[axis] for p in ring) <= point[axis] <= max(p[axis] for p in ring) for axis in (0, 1)
    )


def arc_band_circle(inner: float, outer: float, opening: float) -> tuple[float, float]:
    """(distance of the centroid along the bisector, radius around it) of an annular sector.

    The centroid is RFC 7459's, section 5.2.1.4; the farthest points are corners of the band.
    """
    half = radians(opening) / 2
    if half <= 0 or inner + outer <= 0:
        away = (inner + outer) / 2
    else:
        rings = (outer**2 + outer * inner + inner**2) / (outer + inner)
        away = 2 * sin(half) * rings / (3 * half)
    corners = (hypot(r * cos(half) - away, r * sin(half)) for r in (inner, outer))
    return away, max(*corners, outer - away, abs(inner - away)) + away * _MOVED_ERROR

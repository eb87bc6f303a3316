"""The shapes of RFC 5491 as a point and a circle that holds them whole.

Points in latitude, longitude order, WGS 84 in two or three dimensions. An element is known by its
local name, because senders write several namespaces for the same shape.
"""

import re
from collections.abc import Callable

from msgspec import Struct

from pasokh.adapters.telephony.signalling.amounts import number, numbers
from pasokh.adapters.telephony.signalling.geodesy import (
    Degrees,
    arc_band_circle,
    metres_at_most,
    middle_of,
    moved,
    on_earth,
)
from pasokh.adapters.telephony.signalling.trouble import SignalTrouble, Wrong, trouble
from pasokh.adapters.telephony.signalling.xml_tree import XmlNode

CORNERS_MAX = 1_000
_CORNERS_MIN = 3
# Half of the way round the earth: a larger uncertainty says nothing.
_METRES_MAX = 20_040_000.0
_IN_METRES = {"9001": 1.0, "9002": 0.3048, "9003": 1200 / 3937, "9036": 1000.0, "9093": 1609.344}
_IN_METRES |= {"m": 1.0, "metre": 1.0, "km": 1000.0}
_IN_DEGREES = {"9102": 1.0, "9101": 57.29577951308232, "9122": 1.0, "deg": 1.0, "degree": 1.0}
_DATUM = re.compile(r"(?:^|[:/#])(4326|4979|CRS84h?)$", re.IGNORECASE)
_DMS = re.compile(r"(\d{1,3}):(\d{1,2}):(\d{1,2}(?:\.\d{1,9})?)([NSEW])", re.ASCII)


class Outline(Struct, frozen=True):
    """A shape's point, circle and height; None where the sender said nothing or nonsense."""

    shape: str
    point: Degrees | None = None
    radius_m: float | None = None
    altitude_m: float | None = None
    vertical_m: float | None = None
    troubles: tuple[SignalTrouble, ...] = ()


class _Unreadable(Exception):
    def __init__(self, what: Wrong, where: str, detail: str = "") -> None:
        self.flaw = trouble(what, where, detail)


class _Reading:
    """One shape while it is read: flaws that do not stop it are collected."""

    def __init__(self, node: XmlNode) -> None:
        self.node = node
        self.flaws: list[SignalTrouble] = []
        self.altitudes: list[float] = []
        named = [found.attributes.get("srsName", "") for found in node.walk()]
        self.datum = next(filter(None, named), "")
        self.swapped = self.datum.upper().rstrip("H").endswith("CRS84")

    def flaw(self, what: Wrong, detail: str = "") -> None:
        self.flaws.append(trouble(what, self.node.name, detail))

    def point(self, values: list[float]) -> Degrees:
        latitude, longitude = values[1::-1] if self.swapped else values[:2]
        if not on_earth(latitude, longitude):
            raise _Unreadable(Wrong.COORDINATES, self.node.name, "out of range")
        self.altitudes += values[2:3]
        return latitude, longitude

    def position(self) -> Degrees:
        for name in ("pos", "coordinates", "posList"):
            if self.node.first(name) is not None:
                return self.point(self.coordinates(name, self.node.said(name)))
        raise _Unreadable(Wrong.SHAPE_INCOMPLETE, self.node.name, "pos")

    def coordinates(self, name: str, text: str) -> list[float]:
        if name == "coordinates" and (dms := _DMS.findall(text)):
            values = [_degrees_of(parts) for parts in dms]
        else:
            values = numbers(text, 3) or []
        if len(values) not in (2, 3):
            raise _Unreadable(Wrong.COORDINATES, self.node.name, f"{len(values)} numbers")
        return values

    def metres(self, name: str) -> float:
        return self.measure(name, _IN_METRES, "9001", _METRES_MAX)

    def angle(self, name: str) -> float:
        return self.measure(name, _IN_DEGREES, "9102", 360.0)

    def measure(self, name: str, units: dict[str, float], unit: str, most: float) -> float:
        found = self.node.first(name)
        if found is None:
            raise _Unreadable(Wrong.SHAPE_INCOMPLETE, self.node.name, name)
        said = found.attributes.get("uom", unit).rpartition(":")[2].rpartition("#")[2]
        value, factor = number(found.text), units.get(said.lower())
        if value is None or factor is None or not 0 <= abs(value * factor) <= most:
            raise _Unreadable(Wrong.MEASURE, f"{self.node.name}/{name}")
        if value < 0 and units is _IN_METRES:
            raise _Unreadable(Wrong.MEASURE, f"{self.node.name}/{name}", "negative")
        return value * factor


def _degrees_of(parts: tuple[str, str, str, str]) -> float:
    size = int(parts[0]) + int(parts[1]) / 60 + float(parts[2]) / 3600
    return -size if parts[3] in "SW" else size


_Drawn = tuple[Degrees, float | None, float | None]  # point, radius, vertical


def _point(shape: _Reading) -> _Drawn:
    return shape.position(), None, None


def _circle(shape: _Reading) -> _Drawn:
    return _centred(shape, "radius")


def _sphere(shape: _Reading) -> _Drawn:
    point, radius, _ = _centred(shape, "radius")
    return point, radius, radius


def _ellipse(shape: _Reading) -> _Drawn:
    return _centred(shape, "semiMajorAxis", "semiMinorAxis")


def _ellipsoid(shape: _Reading) -> _Drawn:
    point, radius, _ = _ellipse(shape)
    return point, radius, _optional(shape, "verticalAxis")


def _centred(shape: _Reading, *radii: str) -> _Drawn:
    """A point and the largest of its radii; a place without a readable one is a place still."""
    point = shape.position()
    try:
        return point, max(shape.metres(name) for name in radii), None
    except _Unreadable as unreadable:
        shape.flaws.append(unreadable.flaw)
        return point, None, None


def _optional(shape: _Reading, name: str) -> float | None:
    try:
        return shape.metres(name)
    except _Unreadable as unreadable:
        shape.flaws.append(unreadable.flaw)
        return None


def _arc_band(shape: _Reading) -> _Drawn:
    point = shape.position()
    try:
        inner, outer = shape.metres("innerRadius"), shape.metres("outerRadius")
        start, opening = shape.angle("startAngle"), abs(shape.angle("openingAngle"))
    except _Unreadable as unreadable:
        shape.flaws.append(unreadable.flaw)
        return point, _optional(shape, "outerRadius"), None
    inner, outer = min(inner, outer), max(inner, outer)
    away, radius = arc_band_circle(inner, outer, opening)
    return moved(point, start + opening / 2, away), radius, None


def _polygon(shape: _Reading) -> _Drawn:
    ring = _ring(shape)
    if len(ring) > 1 and ring[0] == ring[-1]:
        ring = ring[:-1]
    else:
        shape.flaw(Wrong.RING_OPEN)
    if len(set(ring)) < _CORNERS_MIN:
        shape.flaw(Wrong.RING_SHORT, f"{len(set(ring))} corners")
    middle = middle_of(ring)
    return middle, max(metres_at_most(middle, corner) for corner in ring), None


def _prism(shape: _Reading) -> _Drawn:
    middle, radius, _ = _polygon(shape)
    return middle, radius, _optional(shape, "height")


def _ring(shape: _Reading) -> list[Degrees]:
    """The corners of the outer ring: a posList, or one pos for each."""
    outer = shape.node.first("exterior") or shape.node
    listed = outer.first("posList")
    if listed is None:
        words = [node.text for node in outer.walk() if node.name == "pos"]
        read = [numbers(text, 3) or [] for text in words[: CORNERS_MAX + 1]]
    else:
        size = _dimension(shape, listed)
        flat = numbers(listed.text, CORNERS_MAX * 3) or []
        read = [flat[at : at + size] for at in range(0, len(flat), size)]
    if not read or len(read) > CORNERS_MAX or not all(values[1:] for values in read):
        raise _Unreadable(Wrong.COORDINATES, shape.node.name, f"{len(read)} corners")
    return [shape.point(values) for values in read]


def _dimension(shape: _Reading, listed: XmlNode) -> int:
    said = listed.attributes.get("srsDimension", "")
    if said in ("2", "3"):
        return int(said)
    return 3 if shape.datum.endswith("4979") else 2


SHAPES: dict[str, Callable[[_Reading], _Drawn]] = {
    "Point": _point,
    "Circle": _circle,
    "Ellipse": _ellipse,
    "ArcBand": _arc_band,
    "Polygon": _polygon,
    "Sphere": _sphere,
    "Ellipsoid": _ellipsoid,
    "Prism": _prism,
}


def outline(node: XmlNode) -> Outline:
    """Read one shape element. Never raises: what cannot be read has no point, and says why."""
    reading = _Reading(node)
    draw = SHAPES.get(node.name)
    if draw is None:
        return Outline(node.name, troubles=(trouble(Wrong.SHAPE_UNKNOWN, node.name),))
    if reading.datum and not _DATUM.search(reading.datum):
        return Outline(node.name, troubles=(trouble(Wrong.DATUM, node.name),))
    try:
        point, radius, vertical = draw(reading)
    except _Unreadable as unreadable:
        return Outline(node.name, troubles=(*reading.flaws, unreadable.flaw))
    altitude = sum(reading.altitudes) / len(reading.altitudes) if reading.altitudes else None
    return Outline(node.name, point, radius, altitude, vertical, tuple(reading.flaws))

"""Outlines of the shipped counties as SVG paths: a map that needs no tiles and no script.

The projection is equirectangular at the middle latitude, north up. Points are put on a grid, so
that two counties keep the border that they share, and points that fall together are left out.
"""

from itertools import pairwise
from math import cos, radians

import msgspec
from msgspec import Struct

from pasokh.adapters.maps.areas import KHORASAN_RAZAVI, shipped
from pasokh.core.ids import AreaCode
from pasokh.core.place import Point

Ring = list[tuple[float, float]]
WIDTH = 1000


class Geometry(Struct, frozen=True):
    """A MultiPolygon of GeoJSON: polygons, of rings, of [longitude, latitude]."""

    coordinates: list[list[Ring]]


class AreaFeature(Struct, frozen=True):
    """One county of the GeoJSON file."""

    id: AreaCode
    geometry: Geometry


class AreaCollection(Struct, frozen=True):
    """A GeoJSON file of counties; other members are of no use here."""

    features: list[AreaFeature]


class Frame(Struct, frozen=True):
    """How degrees become steps of the grid."""

    west: float
    north: float
    steps_per_longitude: float
    steps_per_latitude: float
    width: int
    height: int

    def grid(self, longitude: float, latitude: float) -> tuple[int, int]:
        """Give the step of the grid that a point falls on."""
        x = (longitude - self.west) * self.steps_per_longitude
        y = (self.north - latitude) * self.steps_per_latitude
        return round(x), round(y)


class Outlines(Struct, frozen=True):
    """A drawing of `width` by `height`: one path for each county, by its code."""

    width: int
    height: int
    paths: dict[AreaCode, str]
    frame: Frame

    def place(self, point: Point) -> tuple[int, int]:
        """Say where a point lies on the drawing."""
        return self.frame.grid(point.longitude, point.latitude)


def outlines_of(province: str = KHORASAN_RAZAVI, width: int = WIDTH) -> Outlines:
    """Draw a shipped province `width` steps wide; fewer steps make shorter paths."""
    raw = shipped(province, "counties.geojson").read_bytes()
    areas = msgspec.json.decode(raw, type=AreaCollection).features
    frame = _frame(areas, width)
    paths = {area.id: _path(area.geometry, frame) for area in areas}
    return Outlines(frame.width, frame.height, paths, frame)


def _frame(areas: list[AreaFeature], width: int) -> Frame:
    points = [p for a in areas for polygon in a.geometry.coordinates for r in polygon for p in r]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    across = width / (east - west)
    down = across / cos(radians((south + north) / 2))
    return Frame(west, north, across, down, width, round((north - south) * down))


def _path(geometry: Geometry, frame: Frame) -> str:
    rings = (ring for polygon in geometry.coordinates for ring in polygon)
    return "".join(_ring(ring, frame) for ring in rings)


def _ring(ring: Ring, frame: Frame) -> str:
    """Write a closed ring, each step relative to the last; "" when it has shrunk to a line."""
    steps = [frame.grid(*point) for point in ring]  # the last is the first again
    kept = [step for before, step in pairwise(steps) if step != before]
    if len(kept) < 3:  # noqa: PLR2004 - a triangle is the least that has an inside
        return ""
    moves = (f"{x - x0} {y - y0}" for (x0, y0), (x, y) in pairwise(kept))
    return f"M{kept[0][0]} {kept[0][1]}l{' '.join(moves)}z"

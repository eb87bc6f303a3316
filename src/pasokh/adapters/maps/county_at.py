"""In which of the shipped counties a point lies, by their outlines as they are, not as drawn."""

from collections.abc import Callable
from itertools import pairwise

import msgspec

from pasokh.adapters.maps.areas import KHORASAN_RAZAVI, shipped
from pasokh.adapters.maps.outlines import AreaCollection, Ring
from pasokh.core.ids import AreaCode
from pasokh.core.place import Point


def county_finder(province: str = KHORASAN_RAZAVI) -> Callable[[Point], AreaCode]:
    """Read the outlines once; give what names the county of a point, "" for one outside all."""
    raw = shipped(province, "counties.geojson").read_bytes()
    areas = msgspec.json.decode(raw, type=AreaCollection).features
    outlines = [(area.id, polygon) for area in areas for polygon in area.geometry.coordinates]

    def county_at(point: Point) -> AreaCode:
        return next((code for code, polygon in outlines if _inside(point, polygon)), "")

    return county_at


def _inside(point: Point, polygon: list[Ring]) -> bool:
    """Count the borders to the east: inside has an odd number; a hole counts like the outside."""
    crossed = sum(_crosses(point, a, b) for ring in polygon for a, b in pairwise(ring))
    return crossed % 2 == 1


def _crosses(point: Point, a: tuple[float, float], b: tuple[float, float]) -> bool:
    (x1, y1), (x2, y2) = a, b
    if (y1 > point.latitude) == (y2 > point.latitude):
        return False
    return point.longitude < x1 + (point.latitude - y1) / (y2 - y1) * (x2 - x1)

"""The province as the page draws it: each county's name, its path, and where its number stands.

East stays right, also on a Persian page. Every fact of the map stands in the table beside it.
"""

from collections.abc import Iterable, Mapping
from typing import Protocol

from msgspec import Struct

from pasokh.core.areas import County
from pasokh.core.place import Point

# How many steps wide a drawing should be: fine enough for a screen, and short to send.
WIDTH = 400
# Open incidents up to which a county has this level of colour; more is the level after the last.
LEVELS = (0, 2, 5, 10, 20)


class Drawing(Protocol):
    """Outlines of counties in one frame, from whoever knows the boundaries."""

    @property
    def width(self) -> int:
        """Steps from west to east."""
        ...

    @property
    def height(self) -> int:
        """Steps from north to south."""
        ...

    @property
    def paths(self) -> Mapping[str, str]:
        """SVG paths by the county's code."""
        ...

    def place(self, point: Point) -> tuple[int, int]:
        """Say where a point lies on the drawing."""
        ...


class CountyShape(Struct, frozen=True):
    """A county: its code, its names, its SVG path, and where its number is written."""

    county: str
    name_fa: str
    name_en: str
    population: int
    path: str
    label_x: int
    label_y: int

    def name(self, language: str) -> str:
        """Give the county's name in a language."""
        return self.name_fa if language == "fa" else self.name_en


class Province(Struct, frozen=True):
    """The counties, the most populous first, and the size of their drawing."""

    counties: tuple[CountyShape, ...]
    width: int
    height: int

    def name(self, county: str, language: str) -> str | None:
        """Give a county's name; None for a code that the map does not have."""
        for shape in self.counties:
            if shape.county == county:
                return shape.name(language)
        return None


def province_of(counties: Iterable[County], drawing: Drawing) -> Province:
    """Join the counties to their outlines; one without an outline is in the table only."""
    shapes = [_shape(county, drawing) for county in counties]
    shapes.sort(key=lambda shape: (-shape.population, shape.name_fa))
    return Province(tuple(shapes), drawing.width, drawing.height)


def level_of(open_incidents: int) -> int:
    """Give the level of colour of a county, 0 to 5."""
    return sum(open_incidents > most for most in LEVELS)


def _shape(county: County, drawing: Drawing) -> CountyShape:
    x, y = drawing.place(county.label)
    return CountyShape(
        county=county.code,
        name_fa=county.name_fa,
        name_en=county.name_en,
        population=county.population or 0,
        path=drawing.paths.get(county.code, ""),
        label_x=x,
        label_y=y,
    )

"""Reads the areas that ship with Pasokh: names, codes, people and points of the counties."""

import csv
from importlib.resources import files
from importlib.resources.abc import Traversable

from pasokh.core.areas import County
from pasokh.core.place import Point

KHORASAN_RAZAVI = "khorasan_razavi"


def shipped(province: str, file: str) -> Traversable:
    """Find a file that ships with a province."""
    return files("pasokh.adapters.maps") / province / file


def counties_of(province: str = KHORASAN_RAZAVI) -> list[County]:
    """Read the counties of a shipped province, in the order of their codes."""
    with shipped(province, "counties.csv").open(encoding="utf-8") as lines:
        return [_county(row) for row in csv.DictReader(lines)]


def _county(row: dict[str, str]) -> County:
    population = row["population_2016"]
    return County(
        code=row["code"],
        name_fa=row["name_fa"],
        name_en=row["name_en"],
        population=int(population) if population else None,
        counted_in=row["counted_in"],
        area_square_km=float(row["area_km2"]),
        label=Point(float(row["label_latitude"]), float(row["label_longitude"])),
        seat=Point(float(row["seat_latitude"]), float(row["seat_longitude"])),
    )

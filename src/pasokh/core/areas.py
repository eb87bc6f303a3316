"""Counties as reference data: what they are called, where they lie, how many people live there."""

from msgspec import Struct

from pasokh.core.ids import AreaCode
from pasokh.core.place import Point


class County(Struct, frozen=True):
    """One county. `population` is None where the census counted its people in `counted_in`."""

    code: AreaCode
    name_fa: str
    name_en: str
    population: int | None
    counted_in: AreaCode
    area_square_km: float
    label: Point
    seat: Point


def people_of(counties: list[County], split_share: float) -> dict[AreaCode, float]:
    """Estimate the people of each county; the sum stays the census's.

    A county without a figure of its own is given `split_share` (0 to 1) of the county that it was
    counted in, which keeps the rest. This is an assumption and no statistic: use it to spread an
    invented load, never to publish a rate.
    """
    census = {county.code: float(county.population or 0) for county in counties}
    people = dict(census)
    for county in counties:
        if county.population is None:
            moved = census[county.counted_in] * split_share
            people[county.code] += moved
            people[county.counted_in] -= moved
    return people

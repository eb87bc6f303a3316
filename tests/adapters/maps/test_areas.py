"""The shipped province: 34 counties, the census's sum, borders that neighbours share."""

import re
from math import cos, radians

from pasokh.adapters.maps.areas import counties_of
from pasokh.adapters.maps.outlines import outlines_of
from pasokh.core.areas import people_of
from pasokh.core.place import Point

CENSUS_2016 = 6_434_501
POINT = re.compile(r"-?\d+ -?\d+")


def corners(path: str) -> set[tuple[int, int]]:
    """Walk a path of relative steps and say where it turned."""
    seen = set()
    for ring in path.removesuffix("z").split("z"):
        start, steps = ring.removeprefix("M").split("l")
        x, y = map(int, start.split())
        seen.add((x, y))
        for step in POINT.findall(steps):
            dx, dy = map(int, step.split())
            x, y = x + dx, y + dy
            seen.add((x, y))
    return seen


def test_the_province_has_its_34_counties_and_the_census_of_2016() -> None:
    counties = counties_of()
    assert len({county.code for county in counties}) == 34
    assert sum(county.population or 0 for county in counties) == CENSUS_2016
    known = {county.code for county in counties if county.population is not None}
    assert {county.counted_in for county in counties if county.population is None} <= known
    assert len(known) == 28


def test_estimated_people_are_the_census_and_nobody_is_left_without() -> None:
    people = people_of(counties_of(), split_share=0.15)
    assert round(sum(people.values())) == CENSUS_2016
    assert min(people.values()) > 10_000
    assert max(people.values()) == people["0916"]


def test_a_county_seat_lies_in_the_province() -> None:
    for county in counties_of():
        assert 33.8 < county.seat.latitude < 37.8, county.name_en
        assert 56.1 < county.seat.longitude < 61.4, county.name_en


def test_every_county_has_an_outline_within_the_frame() -> None:
    drawing = outlines_of(width=600)
    assert set(drawing.paths) == {county.code for county in counties_of()}
    for path in drawing.paths.values():
        for x, y in corners(path):
            assert 0 <= x <= drawing.width
            assert 0 <= y <= drawing.height


def test_neighbours_keep_the_border_that_they_share() -> None:
    paths = outlines_of().paths
    shared = corners(paths["0916"]) & corners(paths["0918"])  # Mashhad and Chenaran touch
    assert len(shared) > 10


def test_the_drawing_is_as_wide_as_the_land() -> None:
    drawing = outlines_of()
    mashhad, gonabad = drawing.place(Point(36.30, 59.61)), drawing.place(Point(34.35, 58.68))
    assert gonabad[1] > mashhad[1]
    assert gonabad[0] < mashhad[0]
    frame = drawing.frame
    per_degree = frame.steps_per_longitude / frame.steps_per_latitude
    assert abs(per_degree - cos(radians(35.7))) < 0.01


def test_fewer_steps_make_a_smaller_page() -> None:
    small, large = (sum(map(len, outlines_of(width=w).paths.values())) for w in (400, 1000))
    assert small < large < 60_000

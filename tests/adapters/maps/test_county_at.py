"""The county of a point: each seat lies in its own county, and Tehran in none of this province."""

import pytest

from pasokh.adapters.maps.areas import counties_of
from pasokh.adapters.maps.county_at import county_finder
from pasokh.core.areas import County
from pasokh.core.place import Point

COUNTY_AT = county_finder()


@pytest.mark.parametrize("county", counties_of(), ids=lambda county: county.name_en)
def test_a_seat_and_a_label_lie_in_their_own_county(county: County) -> None:
    assert COUNTY_AT(county.seat) == county.code
    assert COUNTY_AT(county.label) == county.code


def test_a_point_outside_the_province_has_no_county() -> None:
    assert COUNTY_AT(Point(35.7, 51.4)) == ""
    assert COUNTY_AT(Point(90.0, 0.0)) == ""

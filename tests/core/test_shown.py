"""A place is shown for as long as its sender allows, and each place beside the others."""

import msgspec

from pasokh.core.machine import Words
from pasokh.core.shown import shown_at
from pasokh.core.told_places import PlaceSource, ToldPlace

SHORT = ToldPlace(source=PlaceSource.PIDF_LO, latitude=36.3, longitude=59.6, expires_at=10)
LONG = ToldPlace(source=PlaceSource.GEO_URI, latitude=36.4, longitude=59.5, radius_m=52)
WORDS = Words(number="+98512000", latitude=36.3, longitude=59.6, places=(SHORT, LONG))


def test_a_place_whose_time_is_over_is_left_out_with_its_point() -> None:
    assert shown_at(WORDS, 9) == WORDS
    assert shown_at(WORDS, 10) == Words(number="+98512000", places=(LONG,))


def test_words_without_places_are_written_as_ever_and_old_ones_are_read() -> None:
    old = b'{"name":"","number":"","place":"x","latitude":null,"longitude":null,"text":""}'
    assert msgspec.json.encode(Words(place="x")) == old
    assert msgspec.json.decode(old, type=Words) == Words(place="x")
    assert msgspec.json.decode(msgspec.json.encode(WORDS), type=Words) == WORDS

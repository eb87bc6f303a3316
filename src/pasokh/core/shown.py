"""What of opened words may still be shown: a place whose sender's time is over may not."""

from msgspec import UNSET
from msgspec.structs import replace

from pasokh.core.machine import Words
from pasokh.core.time import Instant


def shown_at(words: Words, now: Instant) -> Words:
    """Leave out places that are over, and the words' own point when it came from one of them."""
    if words.places is UNSET or not any(place.over(now) for place in words.places):
        return words
    left = tuple(place for place in words.places if not place.over(now))
    first = next((place for place in words.places if place.latitude is not None), None)
    kept = replace(words, places=left or UNSET)
    if first is None or not first.over(now):
        return kept
    return replace(kept, latitude=None, longitude=None, place="")

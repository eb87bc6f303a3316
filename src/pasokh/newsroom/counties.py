"""The counties as the newsroom's pages name them: those that wiring gives, `PASOKH_COUNTIES`."""

from collections.abc import Sequence

from django.conf import settings

from pasokh.core.areas import County
from pasokh.core.ids import AreaCode
from pasokh.core.place import distance_metres
from pasokh.sites.languages import spoken
from pasokh.words.spelling import sort_key

_KILOMETRE = 1_000


def counties() -> Sequence[County]:
    """Give every county."""
    found: Sequence[County] = settings.PASOKH_COUNTIES
    return found


def county_of(code: AreaCode) -> County | None:
    """Find a county by its code."""
    return next((one for one in counties() if one.code == code), None)


def county_name(code: AreaCode, language: str) -> str:
    """Name a county; a code that nobody knows is its own name."""
    found = county_of(code)
    if found is None:
        return code
    return found.name_fa if language == "fa" else found.name_en


def county_choices() -> list[tuple[AreaCode, str]]:
    """List code and name of every county, by name in the language that is spoken."""
    language = spoken()
    named = [(one.code, county_name(one.code, language)) for one in counties()]
    return sorted(named, key=lambda one: sort_key(one[1]))


def distance_km(code: AreaCode) -> int | None:
    """Give the straight way from the seat of the province to that of a county, in whole kilometres.

    The seat of the province is that of its most populous county.
    """
    found = county_of(code)
    if found is None:
        return None
    chief = max(counties(), key=lambda one: one.population or 0)
    return round(distance_metres(chief.seat, found.seat) / _KILOMETRE)

"""A location that arrived by wire, as the desks are told it: short texts, nothing guessed."""

from math import ceil

from pasokh.adapters.telephony.signalling.found import FoundLocation
from pasokh.core.told_places import CivicPart, PlaceSource, ToldPlace

_SAID_MAX = 200
_URL_MAX = 2000
_LINES_MAX = 64
_TROUBLES_MAX = 32


def told_place(found: FoundLocation) -> ToldPlace:
    """Cut what a stranger wrote to the lengths that are kept."""
    return ToldPlace(
        source=PlaceSource(found.source.value),
        latitude=found.latitude,
        longitude=found.longitude,
        radius_m=None if found.radius_m is None else ceil(found.radius_m),
        confidence=found.confidence,
        method=found.method[:_SAID_MAX],
        shape=found.shape[:_SAID_MAX],
        at=found.at,
        expires_at=found.retention_until,
        may_be_passed_on=found.may_be_passed_on,
        civic=tuple(
            CivicPart(line.name[:_SAID_MAX], line.text[:_SAID_MAX])
            for line in found.civic[:_LINES_MAX]
        ),
        reference=found.reference[:_URL_MAX],
        troubles=tuple(flaw.what.value for flaw in found.troubles[:_TROUBLES_MAX]),
    )

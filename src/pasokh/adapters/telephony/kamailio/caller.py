"""The caller's own words in a raw request: number, place, and what was dialled. Never raises."""

from math import ceil

from msgspec import UNSET

from pasokh.adapters.telephony.signalling.found import FoundLocation
from pasokh.adapters.telephony.signalling.location import locations_of
from pasokh.adapters.telephony.signalling.message import SipMessage, read_message
from pasokh.adapters.telephony.signalling.who import caller_of
from pasokh.core.machine import Words
from pasokh.core.told_places import PLACES_MAX, CivicPart, PlaceSource, ToldPlace

_SAID_MAX = 200
_URL_MAX = 2000
_LINES_MAX = 64
_TROUBLES_MAX = 32


def words_of(raw: bytes) -> Words | None:
    """Give what is to be sealed with the call; None when the request says nothing of a person."""
    message = read_message(raw)
    caller = caller_of(message)
    places = tuple(map(_told, locations_of(message).found[:PLACES_MAX]))
    first = next((place for place in places if place.latitude is not None), None)
    words = Words(
        number=caller.number or caller.said,
        name=caller.name,
        latitude=None if first is None else first.latitude,
        longitude=None if first is None else first.longitude,
        place="" if first is None else first.address[:_SAID_MAX],
        places=places or UNSET,
    )
    return None if words == Words() else words


def _told(found: FoundLocation) -> ToldPlace:
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


def dialled_of(raw: bytes) -> str:
    """Give what was dialled: the name part of the request's address, or a service's URN."""
    return _dialled(read_message(raw))


def _dialled(message: SipMessage) -> str:
    scheme, colon, rest = message.uri.partition(":")
    name = (rest if colon else scheme).partition("@")[0].partition(";")[0]
    return name.lower()[:_SAID_MAX]

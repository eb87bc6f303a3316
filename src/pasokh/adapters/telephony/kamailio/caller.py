"""The caller's own words in a raw request: number, place, and what was dialled. Never raises."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import islice

from msgspec import UNSET, Struct

from pasokh.adapters.telephony.signalling.additional_data import additional_data
from pasokh.adapters.telephony.signalling.found import FoundLocation
from pasokh.adapters.telephony.signalling.location import locations_of
from pasokh.adapters.telephony.signalling.message import SipMessage, read_message
from pasokh.adapters.telephony.signalling.who import caller_of
from pasokh.adapters.telephony.told import told_place
from pasokh.core.machine import Words
from pasokh.core.told_places import DATA_MAX, PLACES_MAX, ToldData, ToldPlace

_SAID_MAX = 200
_TEXT_MAX = 1_000


class _Said(Struct, frozen=True):
    """A request, read, and the places in it."""

    message: SipMessage
    places: tuple[FoundLocation, ...]


@lru_cache(1)
def _said(raw: bytes) -> _Said:
    """Read a request once for all that is asked about it, one after the other."""
    message = read_message(raw)
    return _Said(message, locations_of(message).found[:PLACES_MAX])


def as_it_came(place: ToldPlace) -> ToldPlace:
    """Keep a place whole."""
    return place


def words_of(raw: bytes, kept: Callable[[ToldPlace], ToldPlace] = as_it_came) -> Words | None:
    """Give what is to be sealed with the call; None when the request says nothing of a person.

    `kept` gives what of a place may be kept.
    """
    said = _said(raw)
    caller = caller_of(said.message)
    places = tuple(kept(told_place(one)) for one in said.places if one.retention_until is None)
    data = tuple(islice(_data(said.message), DATA_MAX))
    first = next((place for place in places if place.latitude is not None), None)
    words = Words(
        number=caller.number or caller.said,
        name=caller.name,
        latitude=None if first is None else first.latitude,
        longitude=None if first is None else first.longitude,
        place="" if first is None else first.address[:_SAID_MAX],
        places=places or UNSET,
        data=data or UNSET,
    )
    return None if words == Words() else words


def expiring_of(raw: bytes) -> tuple[ToldPlace, ...]:
    """Give the places that may be kept for a time only: each gets a key of its own."""
    return tuple(told_place(one) for one in _said(raw).places if one.retention_until is not None)


def references_of(raw: bytes) -> tuple[str, ...]:
    """Give the addresses at which places of the caller may be asked for."""
    return tuple(one.reference for one in _said(raw).places if one.reference)


def _data(message: SipMessage) -> Iterator[ToldData]:
    """The rows of the blocks about the call; of one that lies elsewhere, where."""
    for block in additional_data(message):
        kind = block.kind[:_SAID_MAX]
        if block.reference:
            yield ToldData(kind, "URL", block.reference[:_TEXT_MAX])
        for row in block.rows:
            yield ToldData(kind, row.label[-_SAID_MAX:], row.text[:_TEXT_MAX])


def dialled_of(raw: bytes) -> str:
    """Give what was dialled: the name part of the request's address, or a service's URN."""
    scheme, colon, rest = _said(raw).message.uri.partition(":")
    name = (rest if colon else scheme).partition("@")[0].partition(";")[0]
    return name.lower()[:_SAID_MAX]

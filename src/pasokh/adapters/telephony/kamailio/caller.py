"""The caller's own words in a raw request: number, place, and what was dialled. Never raises."""

from pasokh.adapters.telephony.signalling.location import locations_of
from pasokh.adapters.telephony.signalling.message import SipMessage, read_message
from pasokh.adapters.telephony.signalling.who import caller_of
from pasokh.core.machine import Words

_SAID_MAX = 200


def words_of(raw: bytes) -> Words | None:
    """Give what is to be sealed with the call; None when the request says nothing of a person."""
    message = read_message(raw)
    caller = caller_of(message)
    place = next(
        (found for found in locations_of(message).found if found.latitude is not None), None
    )
    words = Words(
        number=caller.number or caller.said,
        name=caller.name,
        latitude=None if place is None else place.latitude,
        longitude=None if place is None else place.longitude,
        place="" if place is None else ", ".join(line.text for line in place.civic)[:_SAID_MAX],
    )
    return None if words == Words() else words


def dialled_of(raw: bytes) -> str:
    """Give what was dialled: the name part of the request's address, or a service's URN."""
    return _dialled(read_message(raw))


def _dialled(message: SipMessage) -> str:
    scheme, colon, rest = message.uri.partition(":")
    name = (rest if colon else scheme).partition("@")[0].partition(";")[0]
    return name.lower()[:_SAID_MAX]

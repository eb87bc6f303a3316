"""Where the caller is, by all that one message says: each source kept, none preferred."""

import re

from msgspec import Struct

from pasokh.adapters.telephony.signalling.found import FoundLocation, LocationSource
from pasokh.adapters.telephony.signalling.geo_uri import read_geo_uri
from pasokh.adapters.telephony.signalling.header_values import read_address
from pasokh.adapters.telephony.signalling.message import SipMessage
from pasokh.adapters.telephony.signalling.multipart import BodyPart
from pasokh.adapters.telephony.signalling.pidf import read_pidf
from pasokh.adapters.telephony.signalling.trouble import SignalTrouble, Wrong, trouble

PIDF_TYPES = frozenset({"application/pidf+xml", "application/pidf-diff+xml"})
_REFERENCE = re.compile(r"(?:https?|sips?|pres):\S{1,2000}", re.IGNORECASE)


class LocationsFound(Struct, frozen=True):
    """All places of a message in order: those that Geolocation names, then those it does not."""

    found: tuple[FoundLocation, ...]
    routing_allowed: bool | None
    troubles: tuple[SignalTrouble, ...]


def locations_of(message: SipMessage) -> LocationsFound:
    """Read every location by value, and carry every location by reference as its URL."""
    found: list[FoundLocation] = []
    flaws: list[SignalTrouble] = []
    used: list[BodyPart] = []
    for value in message.values("geolocation"):
        uri = read_address(value).uri
        if uri[:4].lower() == "cid:":
            part = message.part(uri[4:])
            if part is None:
                flaws.append(trouble(Wrong.REFERENCE_LOST, "geolocation"))
            elif part not in used:
                used.append(part)
                found += read_pidf(part.data)
        else:
            found.append(_elsewhere(uri))
    for part in message.parts:
        if part.media_type in PIDF_TYPES and part not in used:
            flaws.append(trouble(Wrong.NOT_REFERRED_TO, "body", part.media_type))
            found += read_pidf(part.data)
    return LocationsFound(tuple(found), _routing(message), tuple(flaws))


def _elsewhere(uri: str) -> FoundLocation:
    if uri[:4].lower() == "geo:":
        return read_geo_uri(uri)
    if _REFERENCE.fullmatch(uri):
        return FoundLocation(source=LocationSource.REFERENCE, reference=uri, original=uri)
    flaw = trouble(Wrong.REFERENCE_UNREADABLE, "geolocation")
    return FoundLocation(source=LocationSource.REFERENCE, original=uri, troubles=(flaw,))


def _routing(message: SipMessage) -> bool | None:
    said = message.header("geolocation-routing").strip().lower()
    return {"yes": True, "no": False}.get(said)

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

DOCUMENTS_MAX = 4
PIDF_TYPES = frozenset({"application/pidf+xml", "application/pidf-diff+xml"})
_REFERENCE = re.compile(r"(?:https?|sips?|pres):\S{1,2000}", re.IGNORECASE)


class LocationsFound(Struct, frozen=True):
    """All places of a message in order: those that Geolocation names, then those it does not."""

    found: tuple[FoundLocation, ...]
    routing_allowed: bool | None
    troubles: tuple[SignalTrouble, ...]


def locations_of(message: SipMessage) -> LocationsFound:
    """Read the first four documents by value, and carry every location by reference as its URL."""
    found: list[FoundLocation] = []
    flaws: list[SignalTrouble] = []
    used: list[BodyPart] = []
    for value in message.values("geolocation"):
        uri = read_address(value).uri
        if uri[:4].lower() == "cid:":
            part = message.part(uri[4:])
            if part is None:
                flaws.append(trouble(Wrong.REFERENCE_LOST, "geolocation"))
            elif not any(part is other for other in used):
                used.append(part)
                found += _document(part, len(used))
        else:
            found.append(_elsewhere(uri))
    for part in message.parts:
        if part.media_type in PIDF_TYPES and not any(part is other for other in used):
            used.append(part)
            flaws.append(trouble(Wrong.NOT_REFERRED_TO, "body", part.media_type))
            found += _document(part, len(used))
    return LocationsFound(tuple(found), _routing(message), tuple(flaws))


def _document(part: BodyPart, count: int) -> tuple[FoundLocation, ...]:
    if count <= DOCUMENTS_MAX:
        return read_pidf(part.data)
    return (
        FoundLocation(
            source=LocationSource.PIDF_LO,
            original=part.data.decode("utf-8", "replace"),
            troubles=(trouble(Wrong.TOO_MANY_PARTS, "body", f"location document {count}"),),
        ),
    )


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

"""PIDF-LO documents (RFC 4119, 5139, 5491, 6848, 7459): each place of tuple, device, person."""

from collections.abc import Iterator
from itertools import chain, islice

from msgspec.structs import replace

from pasokh.adapters.telephony.signalling.amounts import instant, number
from pasokh.adapters.telephony.signalling.found import CivicLine, FoundLocation, LocationSource
from pasokh.adapters.telephony.signalling.shapes import SHAPES, Outline, outline
from pasokh.adapters.telephony.signalling.trouble import SignalTrouble, Wrong, trouble
from pasokh.adapters.telephony.signalling.xml_tree import XmlNode, read_xml
from pasokh.core.time import Instant

PLACES_MAX = 32
_CIVIC_LINES_MAX = 64
# RFC 7459, 5.1: a shape without a stated confidence is meant at 95 %.
_CONFIDENCE_UNSAID = 95.0
_PERCENT_MAX = 100
# Elements around a shape that are no shape themselves.
_WRAPPERS = frozenset({"location", "geometry", "Feature", "relative-location"})
_NOT_PLACES = frozenset({"civicAddress", "confidence", "Dynamic", "map"})


def read_pidf(data: bytes) -> tuple[FoundLocation, ...]:
    """Give each place of a document; for one without any, a location that says why.

    Order is the document's. A geodetic and a civic form in one location-info are one place.
    """
    original = data.decode("utf-8", "replace")
    root, flaws = read_xml(data, "pidf-lo")
    if root is None:
        return (_nowhere(original, flaws),)
    places = chain.from_iterable(_places(holder, original) for holder in _holders(root))
    found = tuple(islice(places, PLACES_MAX))
    return found or (_nowhere(original, (trouble(Wrong.NO_LOCATION, "pidf-lo"),)),)


def _nowhere(original: str, flaws: tuple[SignalTrouble, ...]) -> FoundLocation:
    return FoundLocation(source=LocationSource.PIDF_LO, original=original, troubles=flaws)


def _holders(root: XmlNode) -> Iterator[tuple[XmlNode, XmlNode]]:
    """(tuple, device or person; geopriv below it); for a bare geopriv, the root twice."""
    inside: set[int] = set()
    for holder in root.walk():
        if holder.name in ("tuple", "device", "person", "geopriv", "location-info"):
            for node in holder.walk():
                below = node.name == "geopriv" or (holder is node and node.name == "location-info")
                if below and id(node) not in inside:
                    inside |= {id(each) for each in node.walk()}
                    yield holder, node


def _places(holder: tuple[XmlNode, XmlNode], original: str) -> Iterator[FoundLocation]:
    around, geopriv = holder
    flaws: list[SignalTrouble] = []
    blank = FoundLocation(
        source=LocationSource.PIDF_LO,
        method=geopriv.said("method"),
        at=_moment(around.said("timestamp"), "timestamp", flaws),
        retention_until=_moment(geopriv.said("retention-expiry"), "retention-expiry", flaws),
        may_be_passed_on=geopriv.said("retransmission-allowed").lower() in ("true", "yes", "1"),
        about=" ".join(filter(None, (around.name, around.attributes.get("id", "")))),
        original=original,
    )
    for info in geopriv.walk():
        if info.name == "location-info":
            yield from _of_info(info, blank, flaws)


def _of_info(
    info: XmlNode, blank: FoundLocation, around: list[SignalTrouble]
) -> Iterator[FoundLocation]:
    civic, flaws = _civic(info), [*around]
    confidence = _confidence(info, flaws)
    outlines = [outline(node) for node in _shapes(info)]
    if not outlines and not civic:
        flaws.append(trouble(Wrong.NO_LOCATION, "location-info"))
    for drawn in outlines or [Outline("civicAddress" if civic else "")]:
        latitude, longitude = drawn.point or (None, None)
        unsaid = _CONFIDENCE_UNSAID if drawn.radius_m is not None else None
        yield replace(
            blank,
            latitude=latitude,
            longitude=longitude,
            radius_m=drawn.radius_m,
            confidence=unsaid if confidence is None else confidence,
            altitude_m=drawn.altitude_m,
            vertical_m=drawn.vertical_m,
            shape=drawn.shape,
            civic=civic,
            troubles=(*flaws, *drawn.troubles),
        )


def _shapes(info: XmlNode) -> Iterator[XmlNode]:
    """The shapes of a location-info, and what stands where a shape should."""
    for node in info.children:
        if node.name in SHAPES:
            yield node
        elif node.name in _WRAPPERS:
            yield from _shapes(node)
        elif node.name not in _NOT_PLACES:
            yield node


def _civic(info: XmlNode) -> tuple[CivicLine, ...]:
    address = info.first("civicAddress")
    if address is None:
        return ()
    lines = []
    for node in address.children:
        # RFC 6848's <ca:X N="name" U="namespace"> carries an extension's name in N.
        name = node.attributes.get("N", "") if node.name == "X" else node.name
        if text := " ".join(node.text.split()):
            lines.append(CivicLine(name or node.name, text))
    return tuple(lines[:_CIVIC_LINES_MAX])


def _confidence(info: XmlNode, flaws: list[SignalTrouble]) -> float | None:
    said = info.said("confidence")
    if not said or said == "unknown":
        return None
    value = number(said)
    if value is None or not 0 < value <= _PERCENT_MAX:
        flaws.append(trouble(Wrong.CONFIDENCE, "confidence"))
        return None
    return value


def _moment(said: str, where: str, flaws: list[SignalTrouble]) -> Instant | None:
    at = instant(said)
    if said and at is None:
        flaws.append(trouble(Wrong.TIME, where))
    return at

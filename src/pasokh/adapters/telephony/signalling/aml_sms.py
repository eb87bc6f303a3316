"""AML by text message, versions 1 and 2, and by data message (GSM seven bits).

The same two letters mean different things: `lt` and `lg` are latitude and longitude in version 1,
and seconds from the start of the call and the language in version 2.
"""

import re
from datetime import UTC, datetime

from pasokh.adapters.telephony.signalling.aml import AmlMessage, AmlReading
from pasokh.adapters.telephony.signalling.amounts import bounded, whole
from pasokh.adapters.telephony.signalling.found import FoundLocation, LocationSource
from pasokh.adapters.telephony.signalling.gsm import unpacked
from pasokh.adapters.telephony.signalling.trouble import Wrong
from pasokh.core.time import SECOND, Instant

TEXT_CHARACTERS_MAX = 1_600
METHODS = {"G": "GNSS", "W": "Wifi", "C": "Cell", "F": "Fused", "U": "unknown", "N": ""}
_IDENTITIES = {"si": "imsi", "ei": "imei"}
_EARTH = (("latitude", -90.0, 90.0), ("longitude", -180.0, 180.0))
_METRES_MAX = 20_040_000.0
_HEADER = re.compile(r'\s*A"ML=(\d{1,3})\s*(?:;|$)')

# Enough septets for the longest header.
_HEADER_OCTETS = 32

_Fix = tuple[float, float] | None


def read_aml_sms(text: str, key: bytes) -> AmlMessage:
    """Read a text message of either version; `key` hashes identities. Never raises."""
    return _read(text, key, None)


def read_aml_data(data: bytes, key: bytes) -> AmlMessage:
    """Read a data message: the same text in packed septets."""
    return _read(unpacked(data[:TEXT_CHARACTERS_MAX]), key, LocationSource.AML_DATA_SMS)


def is_aml(text: str) -> bool:
    """Whether a text message is AML and no words of a person."""
    return _HEADER.match(text) is not None


def is_aml_data(data: bytes) -> bool:
    """Whether a data message is AML: its first septets say so."""
    return is_aml(unpacked(data[:_HEADER_OCTETS]))


def _read(text: str, key: bytes, source: LocationSource | None) -> AmlMessage:
    pairs = [part.partition("=") for part in text[:TEXT_CHARACTERS_MAX].split(";")]
    reading = AmlReading(((name.strip(), value) for name, _, value in pairs if name.strip()), key)
    if len(text) > TEXT_CHARACTERS_MAX:
        reading.flaw(Wrong.AML_TOO_LONG, "message", f"{len(text)} characters")
    header = _HEADER.match(text)
    version = header[1] if header else ""
    if version == "2":
        return _version_2(reading, source or LocationSource.AML_SMS_V2)
    if version != "1":
        reading.flaw(Wrong.AML_HEADER, 'A"ML', f"version {version or None}")
    return _version_1(reading, source or LocationSource.AML_SMS_V1, text)


def _version_1(reading: AmlReading, source: LocationSource, text: str) -> AmlMessage:
    said = whole(reading.text("ml"))
    if said != len(text.strip()):
        reading.flaw(Wrong.AML_LENGTH, "ml", f"{said} said, {len(text.strip())} counted")
    fix = _fix(reading, [reading.text("lt"), reading.text("lg")], reading.text("pm"))
    return AmlMessage(
        source=source,
        location=_place(
            reading,
            source,
            fix,
            radius=_radius(reading, reading.text("rd")),
            how="pm",
            at=_stamp(reading),
            height=(None, None),
        ),
        imsi_hash=reading.hashed("imsi", "si"),
        imei_hash=reading.hashed("imei", "ei"),
        network=_network(reading.text("mcc") + reading.text("mnc")),
        troubles=tuple(reading.flaws),
    )


def _version_2(reading: AmlReading, source: LocationSource) -> AmlMessage:
    place = [*reading.text("lo").split(",", 3), "", "", ""][:3]
    high, high_by = [*reading.text("lz").split(",", 2), "", ""][:2]
    call_at, offset = _seconds(reading, "et"), whole(reading.text("lt"))
    at = None if call_at is None or offset is None else bounded(call_at + offset * SECOND)
    height = (
        reading.checked("lz", high, -12_000, 60_000),
        reading.checked("lz", high_by, 0, _METRES_MAX) or None,
    )
    fix = _fix(reading, place[:2], reading.text("ls"))
    language = reading.text("lg")[:35]
    return AmlMessage(
        source=source,
        location=_place(
            reading, source, fix, radius=_radius(reading, place[2]), how="ls", at=at, height=height
        ),
        dialled=reading.text("en")[:32],
        call_at=call_at,
        languages=(language,) if language else (),
        imsi_hash=reading.hashed("imsi", "si"),
        imei_hash=reading.hashed("imei", "ei"),
        network=_network(reading.text("nc")),
        home_network=_network(reading.text("hc")),
        troubles=tuple(reading.flaws),
    )


def _fix(reading: AmlReading, said: list[str], method: str) -> _Fix:
    """Latitude and longitude; None where the telephone found no place and sent noughts."""
    values = [
        reading.checked(name, text.strip(), low, high)
        for text, (name, low, high) in zip(said, _EARTH, strict=True)
    ]
    latitude, longitude = values
    if latitude is None or longitude is None or (latitude, longitude) == (0, 0) or method == "N":
        reading.flaw(Wrong.AML_NO_FIX, "location")
        return None
    return latitude, longitude


def _radius(reading: AmlReading, said: str) -> float | None:
    """Metres; nought and N mean that the telephone does not know."""
    return (
        None
        if said.strip() == "N"
        else reading.checked("radius", said.strip(), 0, _METRES_MAX) or None
    )


def _place(
    reading: AmlReading,
    source: LocationSource,
    fix: _Fix,
    *,
    radius: float | None,
    how: str,
    at: Instant | None,
    height: tuple[float | None, float | None],
) -> FoundLocation:
    method = reading.text(how)[:1].upper()
    if method not in METHODS:
        reading.flaw(Wrong.AML_FIELD, how)
    confidence = reading.amount("lc", 0, 100)
    return FoundLocation(
        source=source,
        latitude=fix[0] if fix else None,
        longitude=fix[1] if fix else None,
        radius_m=radius if fix else None,
        confidence=(confidence or None) if fix else None,
        altitude_m=height[0],
        vertical_m=height[1],
        shape="Circle" if radius is not None else "Point",
        method=METHODS.get(method, ""),
        at=at,
        original=reading.original(";", _IDENTITIES),
        troubles=tuple(reading.flaws),
    )


def _stamp(reading: AmlReading) -> Instant | None:
    said = reading.text("top")
    try:
        moment = datetime.strptime(said, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        return bounded(int(moment.timestamp()) * SECOND)
    except (ValueError, OverflowError):
        reading.flaw(Wrong.TIME, "top")
        return None


def _seconds(reading: AmlReading, name: str) -> Instant | None:
    seconds = whole(reading.text(name))
    at = None if seconds is None else bounded(seconds * SECOND)
    if at is None and reading.text(name):
        reading.flaw(Wrong.TIME, name)
    return at


def _network(code: str) -> str:
    """Country and network as `432-11`; empty if it is no code of 5 or 6 digits."""
    return f"{code[:3]}-{code[3:]}" if re.fullmatch(r"\d{5,6}", code, re.ASCII) else ""

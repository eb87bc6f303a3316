"""AML by HTTPS: a form whose last field signs all before it with HMAC SHA-1."""

import hmac
from urllib.parse import unquote_plus

from pasokh.adapters.telephony.signalling.aml import FIELDS_MAX, AmlMessage, AmlReading
from pasokh.adapters.telephony.signalling.amounts import bounded, whole
from pasokh.adapters.telephony.signalling.found import FoundLocation, LocationSource
from pasokh.adapters.telephony.signalling.trouble import Wrong
from pasokh.core.time import Instant

FORM_BYTES_MAX = 16_384
_METRES_MAX = 20_040_000.0
_IDENTITIES = {"device_imsi": "imsi", "device_imei": "imei", "device_iccid": "iccid"}
_METHODS = {"gps": "GNSS", "gnss": "GNSS", "wifi": "Wifi", "cell": "Cell", "fused": "Fused"}


def read_aml_form(body: bytes, key: bytes, secret: bytes = b"") -> AmlMessage:
    """Read a form. `secret` is the sender's; without one the signature is not judged."""
    signed, genuine, hmac_missing = _signature(body, secret)
    pairs = [part.partition(b"=") for part in signed[:FORM_BYTES_MAX].split(b"&", FIELDS_MAX)]
    fields = [(_decoded(name), _decoded(value)) for name, _, value in pairs if name]
    reading = AmlReading(fields, key)
    if len(body) > FORM_BYTES_MAX:
        reading.flaw(Wrong.AML_TOO_LONG, "form", f"{len(body)} bytes")
    if genuine is False:
        reading.flaw(Wrong.AML_UNSIGNED if hmac_missing else Wrong.AML_HMAC, "hmac")
    if not reading.text("v"):
        reading.flaw(Wrong.AML_HEADER, "v")
    return _message(reading, genuine=genuine)


def _signature(body: bytes, secret: bytes) -> tuple[bytes, bool | None, bool]:
    """(what is signed, whether rightly, whether the signature is missing)."""
    signed, mark, said = body.rpartition(b"&hmac=")
    if not mark:
        return body, False if secret else None, True
    if not secret:
        return signed, None, False
    right = hmac.new(secret, signed, "sha1").hexdigest().encode()
    return signed, hmac.compare_digest(right, said.strip().lower()), False


def _decoded(text: bytes) -> str:
    return unquote_plus(text.decode("utf-8", "replace"), errors="replace").strip()


def _message(reading: AmlReading, *, genuine: bool | None) -> AmlMessage:
    place = _place(reading)
    languages = reading.text("device_languages")[:200].split(",")
    call_at, crash_at = _millis(reading, "time"), _millis(reading, "adr_carcrash_time")
    return AmlMessage(
        source=LocationSource.AML_HTTPS,
        location=place,
        number=reading.text("device_number")[:32],
        dialled=reading.text("emergency_number")[:32],
        call_at=call_at,
        crash_at=crash_at,
        languages=tuple(tag.strip() for tag in languages if tag.strip())[:16],
        imsi_hash=reading.hashed("imsi", "device_imsi"),
        imei_hash=reading.hashed("imei", "device_imei"),
        iccid_hash=reading.hashed("iccid", "device_iccid"),
        network=_network(reading, "network"),
        home_network=_network(reading, "home"),
        model=reading.text("device_model")[:64],
        floor=reading.text("location_floor")[:32],
        genuine=genuine,
        troubles=tuple(reading.flaws),
    )


def _place(reading: AmlReading) -> FoundLocation:
    latitude = reading.amount("location_latitude", -90, 90)
    longitude = reading.amount("location_longitude", -180, 180)
    radius = reading.amount("location_accuracy", 0, _METRES_MAX) or None
    at = _millis(reading, "location_time")
    confidence = _confidence(reading)
    altitude = reading.amount("location_altitude", -12_000, 60_000)
    vertical = reading.amount("location_vertical_accuracy", 0, _METRES_MAX) or None
    known = latitude is not None and longitude is not None and (latitude, longitude) != (0, 0)
    if not known:
        reading.flaw(Wrong.AML_NO_FIX, "location")
    method = reading.text("location_source").lower()
    return FoundLocation(
        source=LocationSource.AML_HTTPS,
        latitude=latitude if known else None,
        longitude=longitude if known else None,
        radius_m=radius if known else None,
        confidence=confidence if known else None,
        altitude_m=altitude if known else None,
        vertical_m=vertical if known else None,
        shape="Circle" if radius is not None else "Point",
        method=_METHODS.get(method, "unknown" if method else ""),
        at=at,
        original=reading.original("&", _IDENTITIES),
        troubles=tuple(reading.flaws),
    )


def _confidence(reading: AmlReading) -> float | None:
    """Per cent: `certainty` says 83, the newer `confidence` says 0.83."""
    percent = reading.amount("location_certainty", 0, 100)
    if percent is None:
        share = reading.amount("location_confidence", 0, 1)
        percent = None if share is None else share * 100
    return percent or None


def _millis(reading: AmlReading, name: str) -> Instant | None:
    said = whole(reading.text(name))
    at = None if said is None else bounded(said)
    if at is None and reading.text(name):
        reading.flaw(Wrong.TIME, name)
    return at


def _network(reading: AmlReading, which: str) -> str:
    country, network = reading.text(f"cell_{which}_mcc"), reading.text(f"cell_{which}_mnc")
    digits = (country + network).isdecimal() and (country + network).isascii()
    return f"{country[:3]}-{network[:3]}" if digits and country and network else ""

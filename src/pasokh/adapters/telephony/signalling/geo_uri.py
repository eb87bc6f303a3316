"""geo: URIs (RFC 5870): geo:35.7,51.4,1200;crs=wgs84;u=40."""

from pasokh.adapters.telephony.signalling.amounts import number, numbers
from pasokh.adapters.telephony.signalling.found import FoundLocation, LocationSource
from pasokh.adapters.telephony.signalling.geodesy import on_earth
from pasokh.adapters.telephony.signalling.header_values import read_parameters
from pasokh.adapters.telephony.signalling.trouble import SignalTrouble, Wrong, trouble


def read_geo_uri(text: str) -> FoundLocation:
    """Read one; without a readable pair of degrees the location has none and says why."""
    place, _, rest = text.strip().partition(";")
    parameters = read_parameters(f";{rest}")
    flaws: list[SignalTrouble] = []
    values = numbers(place[4:], 3) if place[:4].lower() == "geo:" else None
    if parameters.get("crs", "wgs84").lower() != "wgs84":
        flaws.append(trouble(Wrong.DATUM, "geo"))
        values = None
    elif values is None or not values[1:] or not on_earth(*values[:2]):
        flaws.append(trouble(Wrong.COORDINATES, "geo"))
        values = None
    radius = number(parameters["u"]) if "u" in parameters else None
    if "u" in parameters and (radius is None or radius < 0):
        flaws.append(trouble(Wrong.MEASURE, "geo/u"))
        radius = None
    latitude, longitude, *altitude = values or (None, None)
    return FoundLocation(
        source=LocationSource.GEO_URI,
        latitude=latitude,
        longitude=longitude,
        radius_m=radius if values else None,
        altitude_m=altitude[0] if altitude else None,
        shape="Point" if radius is None else "Circle",
        original=text,
        troubles=tuple(flaws),
    )

"""The caller's own words as Asterisk passes them on: number, name, and places of a UserEvent."""

import re
from collections.abc import Iterator, Mapping
from math import ceil
from urllib.parse import unquote

from msgspec import UNSET

from pasokh.adapters.telephony.signalling.found import FoundLocation
from pasokh.adapters.telephony.signalling.geo_uri import read_geo_uri
from pasokh.adapters.telephony.signalling.shapes import SHAPES, outline
from pasokh.adapters.telephony.signalling.xml_tree import XmlNode
from pasokh.core.machine import Words
from pasokh.core.told_places import CivicPart, PlaceSource, ToldPlace
from pasokh.words.phone import e164

# The dialplan's UserEvent that brings what the caller's request carried (docs/guides/asterisk.md).
USER_EVENT = "pasokhcall"
_NAMELESS = frozenset({"", "anonymous", "unavailable", "restricted", "unknown", "private", "s"})
_SAID_MAX = 200
_NUMBER_MAX = 64
_URL_MAX = 2_000
_PROFILE_MAX = 16_384
_LINES_MAX = 64
_PAIR = re.compile(r'([A-Za-z0-9]{1,32})="([^"]{0,2000})"', re.ASCII)
_CID = "cid:"
_REFERENCE = re.compile(r"(?:https?|sips?|pres):\S{1,2000}", re.IGNORECASE)
# What a profile says beside an address.
_NO_CIVIC = frozenset({"shape", "crs", "pos", "radius", "id", "lang"})


def words_of(number: str, name: str, told: Mapping[str, str]) -> Words | None:
    """Give what is to be sealed with the call; None when nothing is known of the caller."""
    places = tuple(_places(told))
    first = next((place for place in places if place.latitude is not None), None)
    words = Words(
        number=_number(number),
        name=_name(name, number),
        latitude=None if first is None else first.latitude,
        longitude=None if first is None else first.longitude,
        place="" if not places else places[0].address[:_SAID_MAX],
        places=places or UNSET,
    )
    return None if words == Words() else words


def _number(said: str) -> str:
    plain = said.strip()[:_NUMBER_MAX]
    return "" if plain.lower() in _NAMELESS else e164(plain) or plain


def _name(said: str, number: str) -> str:
    plain = " ".join(said.split())[:_SAID_MAX]
    return "" if plain.lower() in _NAMELESS or plain == number.strip() else plain


def _places(told: Mapping[str, str]) -> Iterator[ToldPlace]:
    profile = unquote(told.get("loc", "")[:_PROFILE_MAX], errors="replace")
    pairs = [(key, " ".join(text.split())) for key, text in _PAIR.findall(profile)]
    if pairs:
        yield _of_profile(pairs)
    uri = unquote(told.get("geo", "")[:_URL_MAX], errors="replace").strip(" <>")
    if uri[:4].lower() == "geo:":
        yield _of_geo(read_geo_uri(uri))
    elif _REFERENCE.fullmatch(uri):
        yield ToldPlace(source=PlaceSource.REFERENCE, reference=uri)


def _of_profile(pairs: list[tuple[str, str]]) -> ToldPlace:
    """A place as GEOLOC_PROFILE(location_info) writes it: a shape, or lines of an address."""
    names = dict(pairs)
    if names.get("shape") in SHAPES:
        children = [XmlNode(key, "", {}, [], text) for key, text in pairs if key != "shape"]
        drawn = outline(XmlNode(names["shape"], "", {}, children))
        latitude, longitude = drawn.point or (None, None)
        return ToldPlace(
            source=PlaceSource.PIDF_LO,
            latitude=latitude,
            longitude=longitude,
            radius_m=None if drawn.radius_m is None else ceil(drawn.radius_m),
            shape=drawn.shape,
            troubles=tuple(flaw.what.value for flaw in drawn.troubles),
        )
    lines = [(key, text) for key, text in pairs if key not in _NO_CIVIC and text]
    civic = tuple(CivicPart(key, text[:_SAID_MAX]) for key, text in lines[:_LINES_MAX])
    return ToldPlace(source=PlaceSource.PIDF_LO, shape="civicAddress", civic=civic)


def _of_geo(found: FoundLocation) -> ToldPlace:
    return ToldPlace(
        source=PlaceSource.GEO_URI,
        latitude=found.latitude,
        longitude=found.longitude,
        radius_m=None if found.radius_m is None else ceil(found.radius_m),
        shape=found.shape,
        troubles=tuple(flaw.what.value for flaw in found.troubles),
    )

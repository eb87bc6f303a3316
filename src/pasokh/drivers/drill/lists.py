"""The lists of the drill's centre: a file of what is the same everywhere, and what is drawn.

Counties come with the map, stations and units from the province; everything else is read.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

from pasokh.core.areas import County
from pasokh.core.ids import Code
from pasokh.drivers.drill.province import Crew
from pasokh.reference.commands import SetEntry
from pasokh.reference.entries import (
    AdviceEntry,
    AreaEntry,
    CapabilityEntry,
    DispositionEntry,
    ListEntry,
    PlaceEntry,
    ProtocolEntry,
    ServiceEntry,
    StationEntry,
    TimerEntry,
    TypeEntry,
    UnitEntry,
)

SEAT = "county_seat"


class Lists(Struct, frozen=True, forbid_unknown_fields=True):
    """A file of lists, by code. `station_names` in both languages are given to drawn stations."""

    station_names: tuple[tuple[str, str], ...] = ()
    capability: dict[Code, CapabilityEntry] = {}
    incident_type: dict[Code, TypeEntry] = {}
    disposition: dict[Code, DispositionEntry] = {}
    service: dict[Code, ServiceEntry] = {}
    advice: dict[Code, AdviceEntry] = {}
    timer: dict[Code, TimerEntry] = {}
    protocol: dict[Code, ProtocolEntry] = {}


def read_lists(path: Path) -> Lists:
    """Read a file of lists; a msgspec.ValidationError says which line is wrong."""
    return msgspec.toml.decode(path.read_bytes(), type=Lists)


def entries_of(lists: Lists, counties: dict[Code, County], crews: list[Crew]) -> Iterator[SetEntry]:
    """Yield the whole province's lists, each entry after those that it names."""
    for code, county in counties.items():
        yield SetEntry(code, _area(county))
        yield SetEntry(f"seat-{code}", _seat(county))
    for entries in (
        lists.capability,
        lists.incident_type,
        lists.disposition,
        lists.service,
        lists.advice,
        lists.timer,
        lists.protocol,
    ):
        yield from _written(entries)
    yield from _stations(lists, counties, crews)
    for crew in crews:
        yield SetEntry(crew.unit_id, _unit(crew))


def _written(entries: Mapping[Code, ListEntry]) -> Iterator[SetEntry]:
    for code, entry in entries.items():
        yield SetEntry(code, entry)


def _area(county: County) -> AreaEntry:
    """A county that the census did not know was a part of where its people were counted."""
    split_from = county.counted_in if county.population is None else ""
    return AreaEntry(county.name_fa, county.name_en, split_from=split_from)


def _seat(county: County) -> PlaceEntry:
    return PlaceEntry(
        name_fa=f"مرکز {county.name_fa}",
        name_en=f"Seat of {county.name_en}",
        kind=SEAT,
        county=county.code,
        latitude=county.seat.latitude,
        longitude=county.seat.longitude,
    )


def _stations(lists: Lists, counties: dict[Code, County], crews: list[Crew]) -> Iterator[SetEntry]:
    """Name each county's stations from the invented names, in their order."""
    given: dict[Code, list[str]] = {}
    for crew in crews:
        stations = given.setdefault(crew.county, [])
        if crew.station not in stations:
            stations.append(crew.station)
    for code, stations in given.items():
        county = counties[code]
        for number, station in enumerate(stations):
            fa, en = _name(lists, number)
            name_fa, name_en = f"کلانتری {fa} {county.name_fa}", f"{en} station, {county.name_en}"
            yield SetEntry(station, StationEntry(name_fa, name_en, code))


def _name(lists: Lists, number: int) -> tuple[str, str]:
    if number < len(lists.station_names):
        return lists.station_names[number]
    return str(number + 1), str(number + 1)


def _unit(crew: Crew) -> UnitEntry:
    return UnitEntry(
        call_sign=crew.call_sign,
        name_fa=f"گشت {crew.call_sign}",
        name_en=f"Patrol {crew.call_sign}",
        station=crew.station,
        county=crew.county,
        capabilities=crew.capabilities,
    )

"""Named places, found by what somebody types in any spelling. Kept in memory until they change."""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from heapq import nsmallest
from typing import Annotated

from msgspec import Meta, Struct

from pasokh.adapters.api.place_index import WordIndex, forms_of
from pasokh.adapters.api.scopes import Grant
from pasokh.core.ids import AreaCode, Code
from pasokh.core.log import Entry
from pasokh.core.machine import Event, Fact
from pasokh.core.place import Point, distance_metres
from pasokh.drivers.ports_live import Control
from pasokh.reference.entries import LIST_OF, AreaEntry, ListName, PlaceEntry
from pasokh.reference.events import EntryEnded, EntrySet, EntryTookEffect
from pasokh.reference.views import listed
from pasokh.words.sounds import sound
from pasokh.words.spelling import keys

# As many as a person looks through; but all of one name, which is told apart by its county.
FOUND_MAX = 20
NAMESAKES_MAX = 100
# Farther than any two counties; also for a county of which no place has a point.
_FARTHEST = 20_100_000.0


class PlaceInput(Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody types of a place's name, and the county where the call is known to be."""

    q: Annotated[str, Meta(min_length=1, max_length=100)]
    county: AreaCode = ""


class FoundPlace(Struct, frozen=True):
    """A place of the gazetteer, with its point in degrees where it is known."""

    code: Code
    name_fa: str
    name_en: str
    kind: Code
    county: AreaCode
    latitude: float | None
    longitude: float | None
    district: str = ""
    people: int = 0


class PlaceBoard:
    """Places as they stand at a moment, indexed. `county_names`: by code, what people call it."""

    def __init__(
        self, places: Iterable[FoundPlace], county_names: Mapping[AreaCode, Sequence[str]]
    ) -> None:
        """Index the places by their names, and beside them by county and district."""
        # The order of all else being equal: the larger first. So a row's number is its rank.
        self._places = sorted(places, key=lambda each: (-each.people, each.name_fa, each.code))
        self._counties = {each.county for each in self._places}
        self._index = WordIndex(
            (
                _all_forms((each.name_fa, each.name_en)),
                _all_forms((each.district, *county_names.get(each.county, ()))),
            )
            for each in self._places
        )
        self._middles = _middles(self._places)

    def find(
        self, typed: str, county: AreaCode, sees: Callable[[AreaCode], bool]
    ) -> list[FoundPlace]:
        """Give the places that fit, the whole name first, then the nearer, then the larger.

        When nothing is spelt so, what sounds so.
        """
        seen = {other for other in self._counties if sees(other)}
        away = self._away(county)
        asked = [form for form in keys(typed) if form]
        for forms in (asked, [sound(form) for form in asked]):
            found = self._index.rows(forms)
            ranked = [
                (fits, away.get(self._places[row].county, _FARTHEST), row)
                for fits, rows in enumerate((found.whole, found.begun, found.elsewhere))
                for row in rows
                if self._places[row].county in seen
            ]
            if ranked:
                whole = sum(not fits for fits, *_ in ranked)
                most = max(FOUND_MAX, min(whole, NAMESAKES_MAX))
                return [self._places[row] for *_, row in nsmallest(most, ranked)]
        return []

    def _away(self, county: AreaCode) -> dict[AreaCode, float]:
        """How far each county is from the one of the call (metres); nothing when it is unknown."""
        here = self._middles.get(county)
        if here is None:
            return {county: 0.0} if county else {}
        return {other: distance_metres(here, there) for other, there in self._middles.items()}


class Gazetteer:
    """The places that the centre knows."""

    def __init__(self, control: Control) -> None:
        """Follow the centre's lists."""
        self._control = control
        self._board: PlaceBoard | None = None
        self._changed = 0
        control.follow(self._take)

    async def find(self, asked: PlaceInput, grant: Grant) -> list[FoundPlace]:
        """Give the places of the asker's counties that fit what is typed, the likeliest first."""
        board = self._board or await self._indexed()
        return board.find(asked.q, asked.county, grant.sees)

    async def _indexed(self) -> PlaceBoard:
        """Index the lists beside the loop: thousands of names take a good part of a second."""
        changed = self._changed
        board = await asyncio.to_thread(PlaceBoard, *self._listed())
        if changed == self._changed:  # what has changed meanwhile is indexed by the next who asks
            self._board = board
        return board

    def _listed(self) -> tuple[list[FoundPlace], dict[AreaCode, tuple[str, str]]]:
        reference, now = self._control.centre.reference, self._control.clock.now()
        areas = listed(reference, ListName.AREA, now)
        names = {
            code: (area.name_fa, area.name_en)
            for code, area in areas.items()
            if isinstance(area, AreaEntry)
        }
        entries = listed(reference, ListName.PLACE, now)
        return [_found(c, e) for c, e in entries.items() if isinstance(e, PlaceEntry)], names

    def _take(self, _entries: Sequence[Entry], facts: Sequence[Fact]) -> None:
        if any(_list_of(fact.event) in (ListName.PLACE, ListName.AREA) for fact in facts):
            self._board, self._changed = None, self._changed + 1


def _list_of(event: Event) -> ListName | None:
    if isinstance(event, EntrySet):
        return LIST_OF[type(event.entry)]
    return event.list if isinstance(event, EntryEnded | EntryTookEffect) else None


def _all_forms(names: Iterable[str]) -> frozenset[str]:
    return frozenset(form for name in names for form in forms_of(name))


def _middles(places: Sequence[FoundPlace]) -> dict[AreaCode, Point]:
    """Where a county is: in the middle of its places that have a point."""
    points: dict[AreaCode, list[Point]] = {}
    for each in places:
        if each.latitude is not None and each.longitude is not None:
            points.setdefault(each.county, []).append(Point(each.latitude, each.longitude))
    return {
        county: Point(
            sum(point.latitude for point in own) / len(own),
            sum(point.longitude for point in own) / len(own),
        )
        for county, own in points.items()
    }


def _found(code: Code, entry: PlaceEntry) -> FoundPlace:
    return FoundPlace(
        code,
        entry.name_fa,
        entry.name_en,
        entry.kind,
        entry.county,
        entry.latitude,
        entry.longitude,
        entry.district,
        entry.people,
    )

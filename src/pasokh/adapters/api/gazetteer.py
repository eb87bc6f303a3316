"""Named places, found by what somebody types in any spelling. Kept in memory until they change."""

from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta, Struct

from pasokh.adapters.api.scopes import Grant
from pasokh.core.ids import AreaCode, Code
from pasokh.core.log import Entry
from pasokh.core.machine import Fact
from pasokh.drivers.ports_live import Control
from pasokh.reference.entries import ListName, PlaceEntry
from pasokh.reference.events import EntryEnded, EntrySet, EntryTookEffect
from pasokh.reference.views import listed
from pasokh.words.spelling import keys

FOUND_MAX = 20


class PlaceInput(Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody types of a place's name."""

    q: Annotated[str, Meta(min_length=1, max_length=100)]


class FoundPlace(Struct, frozen=True):
    """A place of the gazetteer, with its point in degrees."""

    code: Code
    name_fa: str
    name_en: str
    kind: Code
    county: AreaCode
    latitude: float
    longitude: float


class Gazetteer:
    """The places that the centre knows."""

    def __init__(self, control: Control) -> None:
        """Follow the centre's lists."""
        self._control = control
        self._rows: list[tuple[str, FoundPlace]] | None = None
        control.follow(self._take)

    def find(self, typed: str, grant: Grant) -> list[FoundPlace]:
        """Give the places whose names have words that begin so; whole beginnings first."""
        asked = keys(typed)
        found = [
            (not any(f"|{form}" in row for form in asked), place.name_fa, place.code, place)
            for row, place in self._placed()
            if grant.sees(place.county) and any(_fits(row, form) for form in asked)
        ]
        return [place for *_, place in sorted(found, key=lambda each: each[:3])[:FOUND_MAX]]

    def _placed(self) -> list[tuple[str, FoundPlace]]:
        if self._rows is None:
            entries = listed(
                self._control.centre.reference, ListName.PLACE, self._control.clock.now()
            )
            self._rows = [
                (_row_of(entry), _found(code, entry))
                for code, entry in entries.items()
                if isinstance(entry, PlaceEntry)
            ]
        return self._rows

    def _take(self, _entries: Sequence[Entry], facts: Sequence[Fact]) -> None:
        if any(isinstance(f.event, EntrySet | EntryEnded | EntryTookEffect) for f in facts):
            self._rows = None


def _row_of(entry: PlaceEntry) -> str:
    """Join every form of both names, each led by a bar: `|darya kenar|daryakenar`."""
    return "".join(f"|{form}" for name in (entry.name_fa, entry.name_en) for form in keys(name))


def _fits(row: str, form: str) -> bool:
    words = form.split()
    return bool(words) and all(f" {word}" in row or f"|{word}" in row for word in words)


def _found(code: Code, entry: PlaceEntry) -> FoundPlace:
    return FoundPlace(
        code,
        entry.name_fa,
        entry.name_en,
        entry.kind,
        entry.county,
        entry.latitude,
        entry.longitude,
    )

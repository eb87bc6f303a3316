"""The lists as the account floor asks for them: lives of counties, and what a day's rows need."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from pasokh.account.areas import CountyLife, counties_on
from pasokh.account.disclosure.rows import PublicLists, TypeTree
from pasokh.account.open_data.names import Bilingual, PublicNames
from pasokh.core.ids import AreaCode, Code
from pasokh.core.time import Day, Instant, day_of, start_of
from pasokh.reference.entries import (
    AreaEntry,
    AreaKind,
    ListEntry,
    ListName,
    PublishedAs,
    TypeEntry,
)
from pasokh.reference.state import ReferenceState


class DatedEntry(Protocol):
    """How an entry of a list reads from an instant on; None: it has ended."""

    @property
    def effective_at(self) -> Instant:
        """From when."""

    @property
    def entry(self) -> ListEntry | None:
        """What it says."""


def county_lives(state: ReferenceState, utc_offset_minutes: int) -> tuple[CountyLife, ...]:
    """Read from the list of areas which counties there were when, decided ones included."""
    lines = state.lists.get(ListName.AREA, {}).items()
    return tuple(
        sorted(
            life
            for code, line in lines
            for life in lives_of(code, line.versions, utc_offset_minutes)
        )
    )


def lists_of_day(state: ReferenceState, day: Day, utc_offset_minutes: int) -> PublicLists:
    """Give the counties of a civil day by their codes, and its types.

    A type that was sensitive for a moment of the day is so for all of it.
    """
    counties = counties_on(county_lives(state, utc_offset_minutes), day)
    start, end = start_of(day, utc_offset_minutes), start_of(day + 1, utc_offset_minutes)
    groups: dict[Code, str] = {}
    sensitive: set[Code] = set()
    for code, line in state.lists.get(ListName.INCIDENT_TYPE, {}).items():
        for entry in line.during(start, end):
            if isinstance(entry, TypeEntry):
                groups[code] = entry.group
                if entry.published_as is PublishedAs.SENSITIVE:
                    sensitive.add(code)
    return PublicLists(counties, TypeTree(groups, frozenset(sensitive)))


def names_of_day(state: ReferenceState, day: Day, utc_offset_minutes: int) -> PublicNames:
    """Say what the areas and types of a civil day are called, by the last names of the day."""
    start, end = start_of(day, utc_offset_minutes), start_of(day + 1, utc_offset_minutes)

    def named(name: ListName) -> Iterator[tuple[Code, Bilingual]]:
        for code, line in state.lists.get(name, {}).items():
            for entry in line.during(start, end):
                if isinstance(entry, AreaEntry | TypeEntry):
                    yield code, Bilingual(entry.name_fa, entry.name_en)

    return PublicNames(dict(named(ListName.AREA)), dict(named(ListName.INCIDENT_TYPE)))


def lives_of(
    code: AreaCode, versions: Iterable[DatedEntry], utc_offset_minutes: int
) -> Iterator[CountyLife]:
    """A county lives from its first version until it ends or becomes something else."""
    begun: CountyLife | None = None
    for version in versions:
        day, entry = day_of(version.effective_at, utc_offset_minutes), version.entry
        if isinstance(entry, AreaEntry) and entry.kind is AreaKind.COUNTY:
            since = day if begun is None else begun.from_day
            begun = CountyLife(since, code, entry.split_from)
        elif begun is not None:
            yield CountyLife(begun.from_day, code, begun.split_from, day)
            begun = None
    if begun is not None:
        yield begun

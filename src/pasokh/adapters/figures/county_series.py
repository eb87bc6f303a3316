"""A county day by day, out of the open rows: as it was called that day, and over the same ground.

Rows that were rolled up to the province know no county: what is summed here is what the rows show.
"""

from collections.abc import Sequence

from msgspec import Struct

from pasokh.account.areas import COUNTIES_PATH, CountyLife, CountySeries, read_lives, series
from pasokh.adapters.figures.published import OutDay, PublicFolder, county_counts
from pasokh.core.ids import AreaCode


class CountyPage(Struct, frozen=True):
    """A county with its days, the oldest first; `newest` is its last known count."""

    series: CountySeries
    newest: int | None


def read_counties(public: PublicFolder, days: Sequence[OutDay]) -> tuple[CountyLife, ...]:
    """Read which counties there were when; without the file, those of the rows always were."""
    try:
        return read_lives(public.read(COUNTIES_PATH))
    except FileNotFoundError:
        codes = {row.county for day in days for row in day.rows if row.county}
        return tuple(CountyLife(min(day.day for day in days), code) for code in sorted(codes))


def county_pages(lives: Sequence[CountyLife], days: Sequence[OutDay]) -> dict[AreaCode, CountyPage]:
    """Give each county that the rows of these days know, with its series."""
    rising = sorted((day for day in days if day.rows), key=lambda day: day.day)
    if not rising:
        return {}
    counts = {day.day: county_counts(day.rows) for day in rising}
    named = {code for day in counts.values() for code in day}
    codes = sorted({life.code for life in lives} & named)
    at = [day.day for day in rising]
    return {code: _page(series(counts, lives, code, at)) for code in codes}


def _page(found: CountySeries) -> CountyPage:
    known = [point.county for point in found.points if point.county is not None]
    return CountyPage(found, known[-1] if known else None)

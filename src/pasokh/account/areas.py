"""Counties that came and went: a figure belongs to the county of its day, a series says its breaks.

A call's county is the one that was written on the call, so no figure of the past moves when a new
map is drawn. What changes is what a code means: after a split the old code is a smaller county.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec
from msgspec import Struct

from pasokh.core.ids import AreaCode
from pasokh.core.time import Day, day_from_iso, iso_day

# Where the lives lie in the published folder.
COUNTIES_PATH = "counties.json"


class CountyLife(Struct, frozen=True, order=True):
    """A county from its first civil day until before `until_day`; None: it still is.

    `split_from` is the county that it was a part of before.
    """

    from_day: Day
    code: AreaCode
    split_from: AreaCode = ""
    until_day: Day | None = None


class SeriesBreak(Struct, frozen=True, order=True):
    """From this day on the old county's code means less: the new ones were a part of it."""

    day: Day
    old: AreaCode
    new: tuple[AreaCode, ...]


class SeriesPoint(Struct, frozen=True):
    """A day's counts: of the county of that day, and of what the series' first day called so.

    None: the county was not there on that day, or nothing is known of it.
    """

    day: Day
    county: int | None
    comparable: int | None


class CountySeries(Struct, frozen=True):
    """A county's days with the breaks that lie between them, to be said wherever it is shown."""

    code: AreaCode
    points: tuple[SeriesPoint, ...]
    breaks: tuple[SeriesBreak, ...]


class _PublishedLife(Struct, frozen=True, omit_defaults=True):
    """A life as it is published, with its days as people write them."""

    code: AreaCode
    from_day: str
    until_day: str = ""
    split_from: AreaCode = ""


def write_lives(lives: Iterable[CountyLife]) -> bytes:
    """Write lives for everybody, as JSON."""
    written = [
        _PublishedLife(
            life.code,
            iso_day(life.from_day),
            "" if life.until_day is None else iso_day(life.until_day),
            life.split_from,
        )
        for life in lives
    ]
    return msgspec.json.encode(written)


def read_lives(raw: bytes) -> tuple[CountyLife, ...]:
    """Read lives as they were published; ValueError when these are none."""
    return tuple(
        CountyLife(
            day_from_iso(one.from_day),
            one.code,
            one.split_from,
            day_from_iso(one.until_day) if one.until_day else None,
        )
        for one in msgspec.json.decode(raw, type=list[_PublishedLife])
    )


def counties_on(lives: Iterable[CountyLife], day: Day) -> tuple[AreaCode, ...]:
    """Name the counties that there were on a day, by their codes."""
    return tuple(sorted({life.code for life in lives if _lives_on(life, day)}))


def breaks(lives: Collection[CountyLife], first: Day, last: Day) -> tuple[SeriesBreak, ...]:
    """Give every split after `first` and up to `last`, in their order."""
    parts: dict[tuple[Day, AreaCode], list[AreaCode]] = {}
    for life in sorted(lives):
        if life.split_from and first < life.from_day <= last and _was_before(life, lives):
            parts.setdefault((life.from_day, life.split_from), []).append(life.code)
    return tuple(SeriesBreak(day, old, tuple(new)) for (day, old), new in parts.items())


def parts_on(
    lives: Collection[CountyLife], code: AreaCode, first: Day, day: Day
) -> tuple[AreaCode, ...]:
    """Name the counties that on `day` lie where on `first` the county of this code was."""
    family = [code]
    for split in breaks(lives, first, day):
        family.extend(split.new if split.old in family else ())
    there = set(counties_on(lives, day))
    return tuple(part for part in family if part in there)


def series(
    counts: Mapping[Day, Mapping[AreaCode, int]],
    lives: Collection[CountyLife],
    code: AreaCode,
    days: Sequence[Day],
) -> CountySeries:
    """Follow a county over days that rise.

    In `counts` a county left out of a day had no calls; of a day left out nothing is known.

    The comparable numbers add up what was split off, so that they are about the same ground from
    the first day to the last.
    """
    first, last = days[0], days[-1]
    points = tuple(_point(counts.get(day), lives, code, first, day) for day in days)
    family = {part for day in days for part in parts_on(lives, code, first, day)} | {code}
    own = (split for split in breaks(lives, first, last) if split.old in family)
    return CountySeries(code, points, tuple(own))


def _point(
    counts: Mapping[AreaCode, int] | None,
    lives: Collection[CountyLife],
    code: AreaCode,
    first: Day,
    day: Day,
) -> SeriesPoint:
    parts = parts_on(lives, code, first, day)
    if counts is None or not parts:
        return SeriesPoint(day, None, None)
    county = counts.get(code, 0) if code in parts else None
    return SeriesPoint(day, county, sum(counts.get(part, 0) for part in parts))


def _was_before(life: CountyLife, lives: Iterable[CountyLife]) -> bool:
    """A county that begins together with its old one, as on a log's first day, splits nothing."""
    return any(old.code == life.split_from and old.from_day < life.from_day for old in lives)


def _lives_on(life: CountyLife, day: Day) -> bool:
    return life.from_day <= day and (life.until_day is None or day < life.until_day)

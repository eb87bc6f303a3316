"""Published figures as series: each definition over days and weeks, and where a series breaks.

The numbers on both sides of a break are not of the same thing, so the line behind one names it.
"""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from msgspec import Struct

from pasokh.account.areas import CountyLife, CountySeries, breaks, series
from pasokh.account.csv_text import csv_text
from pasokh.account.open_data.names import OpenWords
from pasokh.account.open_data.settings import SystemChange
from pasokh.account.open_data.tables import Datatype, OpenColumn, OpenTable
from pasokh.account.proofs.values import CountValue, QuantilesValue, ShareValue, Value
from pasokh.account.series import MarkKind, SeriesMark, marks_between
from pasokh.core.ids import AreaCode
from pasokh.core.time import Day, day_from_iso, iso_day

SERIES_FOLDER = "series/"


class SeriesKind(StrEnum):
    """How long a line of a series is."""

    DAY = "day"
    WEEK = "week"
    WHOLE = "whole"


class PeriodFigure(Struct, frozen=True):
    """A published figure of a period, of which `from_day` is the first that it counts."""

    definition_id: str
    version: str
    from_day: str
    value: Value
    path: str


class FiguredPeriod(Struct, frozen=True):
    """A day, a week or a whole log with its figures; of a day the calls that name a county too."""

    kind: SeriesKind
    to_day: str
    figures: tuple[PeriodFigure, ...]
    counties: dict[AreaCode, int] = {}


class SeriesLists(Struct, frozen=True):
    """What breaks series: counties that come and go, and another system in the centre."""

    lives: tuple[CountyLife, ...] = ()
    systems: tuple[SystemChange, ...] = ()


class BreakLine(Struct, frozen=True, order=True):
    """A line of the table of breaks: from its day on. `definition`: whose series alone it breaks.

    `before` and `after` are versions or counties' codes; counties after one with blanks between.
    """

    day: str
    kind: MarkKind
    code: str
    definition: str = ""
    before: str = ""
    after: str = ""
    says_fa: str = ""
    says_en: str = ""


BREAKS = OpenTable(
    "breaks",
    (
        OpenColumn("code"),
        OpenColumn("day", Datatype.DAY),
        OpenColumn("kind", among=tuple(MarkKind)),
        *(OpenColumn(name, required=False) for name in ("definition", "before", "after")),
        OpenColumn("says_fa"),
        OpenColumn("says_en"),
    ),
    ("code",),
    "breaks",
)
_BROKEN = OpenColumn("breaks", required=False)
_NUMBERS: dict[type[Value], tuple[OpenColumn, ...]] = {
    CountValue: (OpenColumn("count", Datatype.COUNT),),
    ShareValue: (
        OpenColumn("part", Datatype.COUNT),
        OpenColumn("whole", Datatype.COUNT),
        OpenColumn("percent", Datatype.NUMBER, required=False),
    ),
    QuantilesValue: (
        OpenColumn("n", Datatype.COUNT),
        *(OpenColumn(name, Datatype.COUNT, required=False) for name in ("p50", "p90", "p95")),
    ),
}
COUNTY_SERIES = OpenTable(
    "counties",
    (
        OpenColumn("day", Datatype.DAY),
        OpenColumn("county"),
        OpenColumn("count", Datatype.COUNT, required=False, words="county_series"),
        OpenColumn("same_ground", Datatype.COUNT, required=False),
        _BROKEN,
    ),
    ("day", "county"),
    "series",
    SERIES_FOLDER,
    "county_series.title",
    "county_series.says",
)


class SeriesFile(Struct, frozen=True):
    """A table with its bytes."""

    table: OpenTable
    raw: bytes


def series_files(
    periods: Iterable[FiguredPeriod], lists: SeriesLists, words: OpenWords
) -> tuple[SeriesFile, ...]:
    """Write a table for each definition, one for the counties, and the table of breaks."""
    known = sorted(periods, key=lambda one: (list(SeriesKind).index(one.kind), one.to_day))
    by_definition = _by_definition(known)
    days = [period for period in known if period.kind is SeriesKind.DAY]
    lines = tuple(sorted(_breaks(days, sorted(by_definition), lists, words)))
    files = [_definition(name, by_definition[name], lines) for name in sorted(by_definition)]
    if any(day.counties for day in days):
        files.append(SeriesFile(COUNTY_SERIES, _counties(days, lists.lives, lines)))
    table = csv_text(BREAKS.header, ([getattr(one, n) for n in BREAKS.header] for one in lines))
    return (*files, SeriesFile(BREAKS, table))


def _by_definition(
    periods: Iterable[FiguredPeriod],
) -> dict[str, list[tuple[FiguredPeriod, PeriodFigure]]]:
    found: dict[str, list[tuple[FiguredPeriod, PeriodFigure]]] = {}
    for period in periods:
        for figure in period.figures:
            found.setdefault(figure.definition_id, []).append((period, figure))
    return found


def _breaks(
    days: Sequence[FiguredPeriod],
    definitions: Iterable[str],
    lists: SeriesLists,
    words: OpenWords,
) -> Iterator[BreakLine]:
    if not days:
        return
    first, last = day_from_iso(days[0].to_day), day_from_iso(days[-1].to_day)
    for name in definitions:
        for mark in marks_between(name, first, last):
            yield _line(mark, name, words)
    for split in breaks(lists.lives, first, last):
        yield _line(SeriesMark(split.day, MarkKind.AREA, split.old, split.new), "", words)
    for change in lists.systems:
        if first < change.day <= last:
            code = _code(change.day, MarkKind.SYSTEM, "centre")
            day, kind = iso_day(change.day), MarkKind.SYSTEM
            yield BreakLine(day, kind, code, says_fa=change.fa, says_en=change.en)


def _line(mark: SeriesMark, definition: str, words: OpenWords) -> BreakLine:
    said = words.both(f"break.{mark.kind}")
    return BreakLine(
        day=iso_day(mark.day),
        kind=mark.kind,
        code=_code(mark.day, mark.kind, definition or mark.before),
        definition=definition,
        before=mark.before,
        after=" ".join(mark.after),
        says_fa=said.fa,
        says_en=said.en,
    )


def _code(day: Day, kind: MarkKind, of: str) -> str:
    return f"{iso_day(day)}-{kind}-{of}"


def _definition(
    name: str, listed: Sequence[tuple[FiguredPeriod, PeriodFigure]], lines: Sequence[BreakLine]
) -> SeriesFile:
    numbers = _NUMBERS[type(listed[0][1].value)]
    table = OpenTable(
        name,
        (
            OpenColumn("period", among=tuple(SeriesKind)),
            OpenColumn("from", Datatype.DAY),
            OpenColumn("to", Datatype.DAY),
            OpenColumn("version"),
            *numbers,
            _BROKEN,
            OpenColumn("path"),
        ),
        ("period", "to"),
        "series",
        SERIES_FOLDER,
        f"definition.{name}.name",
        f"definition.{name}.says",
    )
    own = [one for one in lines if one.definition in {"", name} and one.kind is not MarkKind.AREA]
    written = []
    before: dict[SeriesKind, str] = {}
    for period, figure in listed:
        told = (getattr(figure.value, column.name) for column in numbers)
        written.append(
            (
                period.kind,
                figure.from_day,
                period.to_day,
                figure.version,
                *("" if one is None else one for one in told),
                _between(own, before.get(period.kind), period.to_day),
                figure.path,
            )
        )
        before[period.kind] = period.to_day
    return SeriesFile(table, csv_text(table.header, written))


def _between(lines: Iterable[BreakLine], before: str | None, to_day: str) -> str:
    """Name the breaks after a line and up to the next; before the first there is nothing."""
    if before is None:
        return ""
    return " ".join(one.code for one in lines if before < one.day <= to_day)


def _counties(
    days: Sequence[FiguredPeriod], lives: Sequence[CountyLife], lines: Sequence[BreakLine]
) -> bytes:
    counts = {day_from_iso(day.to_day): day.counties for day in days}
    at = list(counts)
    listed = {life.code for life in lives}
    written: list[tuple[object, ...]] = []
    for code in {code for day in counts.values() for code in day}:
        # A county of no list has no life to follow.
        known = lives if code in listed else (CountyLife(at[0], code),)
        written += _county(series(counts, known, code, at), lines)
    return csv_text(COUNTY_SERIES.header, sorted(written))


def _county(found: CountySeries, lines: Sequence[BreakLine]) -> Iterator[tuple[object, ...]]:
    own = {_code(one.day, MarkKind.AREA, one.old) for one in found.breaks}
    marks = [one for one in lines if one.kind is MarkKind.SYSTEM or one.code in own]
    before = None
    for point in found.points:
        told = ("" if one is None else one for one in (point.county, point.comparable))
        day, (count, ground) = iso_day(point.day), told
        if (count, ground) != ("", ""):
            yield day, found.code, count, ground, _between(marks, before, day)
            before = day

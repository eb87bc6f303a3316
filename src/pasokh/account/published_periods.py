"""Figures over several published days: each week, and the whole of a log that has an end.

They are made of the open rows that are out already, and of nothing else, so they tell nobody
anything new; whoever has the days' files adds them up. A share without its range is half the
truth, so the lowest and the highest week stand beside the whole.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from hashlib import sha256

from msgspec import Struct

from pasokh.account.catalogue import DEFINITIONS
from pasokh.account.class_values import Words, value_of
from pasokh.account.disclosure.rows import SIDE_OF, PublicRow, Side, words_for
from pasokh.account.expressions import Only
from pasokh.account.proofs.leaf import FigureLeaf
from pasokh.account.proofs.values import ShareValue
from pasokh.core.time import Day, iso_day

WEEKS = "weeks/"
_WEEK = 7
# 1970-01-05 was the first Monday: weeks are those of ISO 8601.
_MONDAY = 4


class OpenDay(Struct, frozen=True):
    """A published day: where its open rows lie, their bytes' digest, and the rows."""

    day: Day
    path: str
    sha256: str
    rows: tuple[PublicRow, ...]


class DaySpan(Struct, frozen=True):
    """Days one after the other. `name` is its folder: `weeks/2021-12-06`, or `whole`."""

    name: str
    days: tuple[OpenDay, ...]


def weeks_of(days: Iterable[OpenDay], *, ended: bool) -> Iterator[DaySpan]:
    """Yield the weeks that are over, from Monday on; a log's first may begin later.

    `ended`: no day will follow, so that the last week may end sooner.
    """
    by_week: dict[Day, list[OpenDay]] = {}
    for day in sorted(days, key=lambda one: one.day):
        by_week.setdefault(_monday(day.day), []).append(day)
    for monday, within in by_week.items():
        if ended or within[-1].day == monday + _WEEK - 1:
            yield DaySpan(f"{WEEKS}{iso_day(monday)}", tuple(within))


def whole_of(days: Iterable[OpenDay]) -> DaySpan:
    """Give all days as one period."""
    return DaySpan("whole", tuple(sorted(days, key=lambda one: one.day)))


def figures_of_period(period: DaySpan, cutoff: str, responsible: str) -> Iterator[FigureLeaf]:
    """Yield what the days' rows tell of a period, each as a figure with all of them as inputs."""
    inputs = {day.path: day.sha256 for day in period.days}
    told = sha256("".join(f"{path} {inputs[path]}\n" for path in sorted(inputs)).encode())
    for definition in DEFINITIONS:
        value = value_of(definition.expression, partial(_words, period), partial(_sum, period))
        if value is not None:
            yield FigureLeaf(
                figure_id="/".join(
                    (definition.name, "public", _span(period), cutoff, told.hexdigest()[:32])
                ),
                value=value,
                definition_id=definition.definition_id,
                definition_version=definition.version,
                inputs=inputs,
                cutoff=cutoff,
                responsible=responsible,
            )


def period_path(period: DaySpan, figure: FigureLeaf) -> str:
    """Say where a figure of a period lies."""
    return f"{period.name}/{figure.definition_id}-{figure.definition_version}.json"


def extremes(shares: Mapping[str, ShareValue]) -> tuple[str, str] | None:
    """Name the week with the lowest share and that with the highest; None without any."""
    known = [(one.percent, name) for name, one in shares.items() if one.percent is not None]
    return (min(known)[1], max(known)[1]) if known else None


def _words(period: DaySpan, only: tuple[Only, ...]) -> Words | None:
    """Say by which words of the rows some classes can be added up over all days; None if not."""
    if [one.column for one in only] != ["call_class"]:
        return None
    names = only[0].among
    sides = {SIDE_OF[str(name)] for name in names}
    found = {words_for(names, day.rows) for day in period.days}
    tiled = all(_tiled(period, side) for side in sides)
    return found.pop() if tiled and len(found) == 1 else None


def _tiled(period: DaySpan, side: Side) -> bool:
    """Tell whether the rows of a side stand for exactly these days."""
    spans = sorted({(r.from_day, r.to_day) for d in period.days for r in d.rows if r.side is side})
    expected = period.days[0].day
    for first, last in spans:
        if first != expected:
            return False
        expected = last + 1
    return expected == period.days[-1].day + 1


def _sum(period: DaySpan, words: tuple[str, ...]) -> int:
    return sum(row.count for d in period.days for row in d.rows if row.call_class in words)


def _span(period: DaySpan) -> str:
    return f"{iso_day(period.days[0].day)}..{iso_day(period.days[-1].day)}"


def _monday(day: Day) -> Day:
    return day - (day - _MONDAY) % _WEEK

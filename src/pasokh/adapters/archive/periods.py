"""Weeks and the whole go out beside the days, with proofs; of a replayed log what it says too.

All of it is made of what is in the public folder, so each step may be done again: what has its
proof stays, and what was begun goes on with the bytes that are there.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from io import StringIO

import msgspec

from pasokh.account.disclosure.rows import Level, PublicRow
from pasokh.account.open_data.series import FiguredPeriod, PeriodFigure, SeriesKind
from pasokh.account.proofs.leaf import FigureLeaf, read_leaf, write_leaf
from pasokh.account.proofs.proof_file import SUFFIX
from pasokh.account.proofs.values import ShareValue
from pasokh.account.published_periods import (
    WEEKS,
    DaySpan,
    OpenDay,
    extremes,
    figures_of_period,
    period_path,
    weeks_of,
    whole_of,
)
from pasokh.adapters.archive.ended_log import SOURCE_PATH, said_of
from pasokh.adapters.archive.files import Files
from pasokh.adapters.archive.open_kept import OpenKept
from pasokh.adapters.archive.transparency import TransparencyLog
from pasokh.core.time import day_from_iso, iso_day

HEADLINE = "operational-share-1.0.json"


class PeriodPublisher:
    """Publishes what the days of one public folder add up to."""

    def __init__(
        self, public: Files, log: TransparencyLog, responsible: str, private: Files
    ) -> None:
        """`responsible`: who answers for the figures, in words; `private` is the publisher's."""
        self._kept = OpenKept(private)
        self._public = public
        self._log = log
        self._responsible = responsible

    def publish(self, days: Sequence[str], *, ended: bool) -> list[str]:
        """Publish the weeks of these days that are over, and the whole of a log that has ended.

        Give the paths of the figures that were not out yet.
        """
        opened = [one for one in map(self._day, sorted(days)) if one is not None]
        if not opened:
            return []
        periods = [*weeks_of(opened, ended=ended), *([whole_of(opened)] if ended else [])]
        return [path for period in periods for path in self._period(period)]

    def told(self, weeks: Sequence[str]) -> Iterator[str]:
        """Say the headline of an ended log, its range over these weeks, and what the source says.

        What stayed unknown and how others would read the same rows stand beside the headline.
        """
        whole = self._headline("whole")
        if whole is not None:
            yield f"the whole log: {whole.part} of {whole.whole} = {whole.percent} % operational"
        known = ((name, self._headline(f"weeks/{name}")) for name in weeks)
        shares = {name: share for name, share in known if share is not None}
        found = extremes(shares)
        if found is not None:
            low, high = (f"{shares[name].percent} % in that of {name}" for name in found)
            yield f"  {len(shares)} weeks, from {low} to {high}"
        if SOURCE_PATH in self._public.names(""):
            yield from said_of(msgspec.json.decode(self._public.read(SOURCE_PATH)))

    def _headline(self, folder: str) -> ShareValue | None:
        there = HEADLINE in self._public.names(folder)
        return _share(self._public.read(f"{folder}/{HEADLINE}")) if there else None

    def _day(self, iso: str) -> OpenDay | None:
        path = f"days/{iso}/calls.csv"
        try:
            raw = self._public.read(path)
        except FileNotFoundError:
            return None
        return OpenDay(day_from_iso(iso), path, sha256(raw).hexdigest(), tuple(_rows(raw)))

    def _period(self, period: DaySpan) -> Iterator[str]:
        cutoff = self._cutoff(period)
        there = set(self._public.names(period.name))
        figures = list(figures_of_period(period, cutoff, self._responsible)) if cutoff else []
        self._kept.keep_period(_figured(period, figures))
        for figure in figures:
            path = period_path(period, figure)
            name = path.rpartition("/")[2]
            if name + SUFFIX in there:
                continue
            # A figure that was begun with other words for who answers stays what it is.
            raw = self._public.read(path) if name in there else write_leaf(figure)
            self._public.write(path, raw)
            (place,) = self._log.append([raw])
            self._log.sign()
            self._public.write(path + SUFFIX, self._log.proof_of(place))
            yield path

    def _cutoff(self, period: DaySpan) -> str:
        """Give the cut-off of the last day's figures; empty when it has none."""
        folder = period.days[-1].path.rpartition("/")[0]
        for name in self._public.names(folder):
            if name.endswith(".json") and name + SUFFIX in self._public.names(folder):
                leaf = read_leaf(self._public.read(f"{folder}/{name}"))
                return leaf.cutoff if isinstance(leaf, FigureLeaf) else ""
        return ""


def _figured(period: DaySpan, figures: Iterable[FigureLeaf]) -> FiguredPeriod:
    first = iso_day(period.days[0].day)
    told = (
        PeriodFigure(
            one.definition_id, one.definition_version, first, one.value, period_path(period, one)
        )
        for one in figures
    )
    kind = SeriesKind.WEEK if period.name.startswith(WEEKS) else SeriesKind.WHOLE
    return FiguredPeriod(kind, iso_day(period.days[-1].day), tuple(told))


def _share(raw: bytes) -> ShareValue | None:
    leaf = read_leaf(raw)
    value = leaf.value if isinstance(leaf, FigureLeaf) else None
    return value if isinstance(value, ShareValue) else None


def _rows(raw: bytes) -> Iterator[PublicRow]:
    for row in csv.DictReader(StringIO(raw.decode())):
        yield PublicRow(
            day_from_iso(row["from"]),
            day_from_iso(row["to"]),
            Level(row["level"]),
            row["county"],
            row["kind"],
            row["class"],
            int(row["count"]),
        )

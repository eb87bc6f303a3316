"""The year's figures, added up from what is published day by day; and what news went out.

Nothing is counted here that anybody could not count again from the public folder.
"""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import msgspec
from msgspec import Struct

from pasokh.press.events import NewsMistake
from pasokh.press.texts import PublishedNews
from pasokh.words.digits import number, percent
from pasokh.words.jalali import jalali

# In the order of a call: the definitions whose days add up to a year.
SUMMED = (
    "calls-offered",
    "calls-answered",
    "calls-abandoned",
    "answered-in-time",
    "operational-share",
    "advice-share",
    "handed-off-share",
    "nuisance-share",
)
# A year below is of the Jalali calendar, above of the Gregorian.
_CALENDARS_PART = 1700
_JALALI_BEGAN = 621
_NEWS = msgspec.json.Decoder(PublishedNews)


class YearFigure(Struct, frozen=True):
    """A definition over a year: a count, or a part of a whole. `days`: so many are published."""

    name: str
    version: str
    days: int
    part: int
    whole: int | None

    def told(self, language: str) -> str:
        """Write the number; a share with its part and whole."""
        part = number(language, self.part)
        if self.whole is None:
            return part
        share = percent(language, self.part, self.whole)
        return f"{share} ({part} / {number(language, self.whole)})"


class YearNews(Struct, frozen=True):
    """What went out in a year: releases, and later versions by what was wrong before."""

    releases: int
    typo: int
    fact: int
    figure: int


def year_span(year: int) -> tuple[date, date]:
    """Give the first and the last day of a year of either calendar; ValueError for no year."""
    if is_gregorian(year):
        return date(year, 1, 1), date(year, 12, 31)
    return _new_year(year), _new_year(year + 1) - timedelta(days=1)


def is_gregorian(year: int) -> bool:
    """Tell of which calendar a year is: Gregorian, or Jalali."""
    return year >= _CALENDARS_PART


def year_now(language: str, today: date) -> int:
    """Give the year of a day in the reader's calendar."""
    return jalali(today)[0] if language == "fa" else today.year


def figures_of(published: Path | None, first: date, last: date) -> list[YearFigure]:
    """Add up the days of a year, each definition and version by itself."""
    if published is None:
        return []
    return [
        figure for name in SUMMED for figure in _summed(published / "series", name, first, last)
    ]


def news_of(published: Path | None, first: date, last: date) -> YearNews:
    """Count what went out from the first day to the last (UTC)."""
    wrong = dict.fromkeys(NewsMistake, 0)
    releases = 0
    for path in sorted((published / "news").glob("*/*.json")) if published else ():
        if not path.stem.isdigit():
            continue
        try:
            news = _NEWS.decode(path.read_bytes())
        except msgspec.ValidationError:
            continue
        if first.isoformat() <= news.out_at[:10] <= last.isoformat():
            releases += news.mistake is None
            if news.mistake is not None:
                wrong[news.mistake] += 1
    return YearNews(releases, *(wrong[one] for one in NewsMistake))


def _summed(folder: Path, name: str, first: date, last: date) -> Iterator[YearFigure]:
    found: dict[str, list[dict[str, str]]] = {}
    for row in _rows(folder / f"{name}.csv"):
        of_year = first.isoformat() <= row["from"] <= last.isoformat()
        if row["period"] == "day" and of_year:
            found.setdefault(row["version"], []).append(row)
    for version, rows in found.items():
        shares = "whole" in rows[0]
        part = sum(int(row["part" if shares else "count"]) for row in rows)
        whole = sum(int(row["whole"]) for row in rows) if shares else None
        yield YearFigure(name, version, len(rows), part, whole)


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _new_year(year: int) -> date:
    day = date(year + _JALALI_BEGAN, 3, 19)
    while jalali(day)[0] < year:
        day += timedelta(days=1)
    return day

"""Months by which news is kept: the Jalali calendar's, by the centre's clock, in every language."""

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from pasokh.core.time import Day, Instant, day_of, start_of
from pasokh.newsroom.clock import offset_minutes
from pasokh.sites.languages import spoken
from pasokh.words.digits import digits
from pasokh.words.jalali import gregorian, jalali
from pasokh.words.say import say

_WRITTEN = re.compile(r"(1[2-9]\d\d)-(0[1-9]|1[0-2])")
_MONTHS = 12
_EPOCH = date(1970, 1, 1).toordinal()


class NewsMonth(NamedTuple):
    """A Jalali month."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02}"

    @property
    def after(self) -> "NewsMonth":
        """The month that follows."""
        last = self.month == _MONTHS
        return NewsMonth(self.year + last, 1 if last else self.month + 1)

    @property
    def begins_at(self) -> Instant:
        """Its first instant, by the centre's clock."""
        day = gregorian(self.year, self.month, 1).toordinal() - _EPOCH
        return start_of(day, offset_minutes())

    @property
    def name(self) -> str:
        """What it is called in the language that is spoken."""
        language = spoken()
        month = say(language, f"newsroom_site.month.{self.month}")
        return f"{month} {digits(language, str(self.year))}"


def month_of(at: Instant) -> NewsMonth:
    """Say in which month an instant falls."""
    return _month(day_of(at, offset_minutes()))


def month_written(text: str) -> NewsMonth | None:
    """Read a month of an address, 1405-09; None when it is none."""
    found = _WRITTEN.fullmatch(text)
    return NewsMonth(int(found[1]), int(found[2])) if found else None


@lru_cache(10_000)
def _month(day: Day) -> NewsMonth:
    year, month, _ = jalali(date.fromordinal(day + _EPOCH))
    return NewsMonth(year, month)

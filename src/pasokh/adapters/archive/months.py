"""Months by which figures are published: of the calendar that the readers use."""

from datetime import date, timedelta

from pasokh.account.releases import Months
from pasokh.core.time import Day
from pasokh.words.jalali import jalali

CALENDARS = ("jalali", "gregorian")
_EPOCH = date(1970, 1, 1)
# Wide enough for the year that is published before and the one that is announced.
_BEFORE, _AFTER = 800, 500


def months_around(day: Day, calendar: str) -> Months:
    """Give the first days of the months from two years before a day to a year after it."""
    days = range(max(0, day - _BEFORE), day + _AFTER)
    return Months(tuple(one for one in days if _begins_month(one, calendar)))


def _begins_month(day: Day, calendar: str) -> bool:
    civil = _EPOCH + timedelta(days=day)
    return (jalali(civil)[2] if calendar == CALENDARS[0] else civil.day) == 1

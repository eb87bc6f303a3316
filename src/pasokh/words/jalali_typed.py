"""Days and times as people type them into a form: three kinds of digits, either calendar.

A day of 1304 to 1502 is Jalali, one of 1900 to 2123 Gregorian: no year is both.
"""

import re
from datetime import date, timedelta
from enum import StrEnum

from jalali_core import JalaliToGregorian

from pasokh.words.digits import digits, latin_digits
from pasokh.words.jalali import jalali
from pasokh.words.spelling import display

# Within these the rule of the calendar and a second library agree on every day.
JALALI_FIRST, JALALI_LAST = 1304, 1502
GREGORIAN_FIRST, GREGORIAN_LAST = 1900, 2123

_DAY = re.compile(r"(\d{4})\s*[/.\-\u2212]\s*(\d{1,2})\s*[/.\-\u2212]\s*(\d{1,2})", re.ASCII)
_TIME = re.compile(r"(\d{1,2})\s*[:٫.]\s*(\d{2})(?:\s*[:٫.]\s*(\d{2}))?", re.ASCII)
_MONTHS, _LONG_MONTHS = 12, 6
_ONE_DAY = timedelta(days=1)


class Untypable(StrEnum):
    """Why a typed day or time is none; `typed.<value>` is its sentence in the catalogues."""

    NO_DAY = "no_day"
    NO_SUCH_MONTH = "no_such_month"
    NO_SUCH_DAY = "no_such_day"
    COMMON_YEAR = "common_year"
    YEAR_TOO_FAR = "year_too_far"
    NO_TIME = "no_time"


class TypedWrong(ValueError):
    """What was typed is no day or no time. `details` are the places of its sentence."""

    def __init__(self, why: Untypable, **details: str) -> None:
        self.why, self.details = why, details
        super().__init__(f"{why}: {details}")

    @property
    def message_id(self) -> str:
        """The sentence for `say`."""
        return f"typed.{self.why}"


def typed_day(language: str, day_number: int) -> str:
    """Write a day as it is typed in a language: ۱۴۰۵/۰۹/۰۸, 2026-11-29."""
    day = date(1970, 1, 1) + timedelta(days=day_number)
    if language != "fa":
        return day.isoformat()
    year, month, of_month = jalali(day)
    return digits("fa", f"{year}/{month:02}/{of_month:02}")


def parse_day(text: str) -> date:
    """Read ۱۴۰۵/۹/۲, 1405-09-02 or 2026/11/23 as a day; TypedWrong says what is not right."""
    found = _DAY.fullmatch(latin_digits(display(text)))
    if found is None:
        raise TypedWrong(Untypable.NO_DAY, typed=text)
    year, month, day = (int(part) for part in found.groups())
    if not 1 <= month <= _MONTHS:
        raise TypedWrong(Untypable.NO_SUCH_MONTH, typed=text, month=str(month))
    if JALALI_FIRST <= year <= JALALI_LAST:
        return _jalali_day(text, year, month, day)
    if GREGORIAN_FIRST <= year <= GREGORIAN_LAST:
        return _gregorian_day(text, year, month, day)
    raise TypedWrong(Untypable.YEAR_TOO_FAR, typed=text, year=str(year))


def parse_time(text: str) -> int:
    """Read ۱۴:۰۵ or 14:05:09 as the second of the day; TypedWrong when it is no time."""
    found = _TIME.fullmatch(latin_digits(display(text)))
    if found is None:
        raise TypedWrong(Untypable.NO_TIME, typed=text)
    hour, minute, second = (int(part or 0) for part in found.groups())
    if hour > 23 or minute > 59 or second > 59:  # noqa: PLR2004 - the clock has 24 hours
        raise TypedWrong(Untypable.NO_TIME, typed=text)
    return (hour * 60 + minute) * 60 + second


def _jalali_day(text: str, year: int, month: int, day: int) -> date:
    longest = 31 if month <= _LONG_MONTHS else 30
    if not 1 <= day <= longest:
        raise TypedWrong(Untypable.NO_SUCH_DAY, typed=text, last=str(longest))
    found = date(*JalaliToGregorian(year, month, day).getGregorianList())
    # 30 Esfand of a common year comes out as the first day of the next.
    if jalali(found) != (year, month, day):
        raise TypedWrong(Untypable.COMMON_YEAR, typed=text, year=str(year))
    return found


def _gregorian_day(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        last = str((date(year + month // _MONTHS, month % _MONTHS + 1, 1) - _ONE_DAY).day)
        raise TypedWrong(Untypable.NO_SUCH_DAY, typed=text, last=last) from None

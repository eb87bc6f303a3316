"""Days of the Jalali and the Gregorian calendar, counted. No clock, no time of day."""

_HALF = 6  # the first six months have 31 days
_LONG, _SHORT = 31, 30
_MONTHS = 12
_GREGORIAN = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_FEBRUARY = 2
# Eight leap years in each 33: what Iran's calendar has done since 1277, and will until 1498.
_LEAPS = frozenset((1, 5, 9, 13, 17, 22, 26, 30))
_ROUND = 33
YEAR_FIRST, YEAR_LAST = 1277, 1498


def is_leap(year: int) -> bool:
    """Tell whether a Jalali year has 366 days."""
    return year % _ROUND in _LEAPS


def days_in_month(year: int, month: int) -> int:
    """How many days a Jalali month has."""
    if month < _MONTHS:
        return _LONG if month <= _HALF else _SHORT
    return _SHORT if is_leap(year) else _SHORT - 1


def days_in_year(year: int) -> int:
    """How many days a Jalali year has."""
    return 366 if is_leap(year) else 365


def day_of_year(month: int, day: int) -> int:
    """Count a Jalali day from 1 Farvardin = 1."""
    return (month - 1) * _SHORT + min(month - 1, _HALF) + day


def exists(year: int, month: int, day: int) -> bool:
    """Tell whether there is such a Jalali day."""
    known = YEAR_FIRST <= year <= YEAR_LAST and 1 <= month <= _MONTHS
    return known and 1 <= day <= days_in_month(year, month)


def day_number(year: int, month: int, day: int) -> int:
    """Number a Jalali day; only differences mean something."""
    leaps = sum(1 for earlier in range(YEAR_FIRST, year) if is_leap(earlier))
    return (year - 1) * 365 + leaps + day_of_year(month, day)


def gregorian_days_in_month(year: int, month: int) -> int:
    """How many days a Gregorian month has."""
    leap = month == _FEBRUARY and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return _GREGORIAN[month - 1] + leap


def gregorian_exists(year: int, month: int, day: int) -> bool:
    """Tell whether there is such a Gregorian day."""
    known = year >= 1 and 1 <= month <= _MONTHS
    return known and 1 <= day <= gregorian_days_in_month(year, month)


def gregorian_number(year: int, month: int, day: int) -> int:
    """Number a Gregorian day; only differences mean something."""
    before = year - 1
    whole = before * 365 + before // 4 - before // 100 + before // 400
    return whole + sum(gregorian_days_in_month(year, m) for m in range(1, month)) + day

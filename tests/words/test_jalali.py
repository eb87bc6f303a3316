"""The Jalali calendar against a second rule, day by day over two centuries."""

from datetime import date, timedelta

import pytest

from pasokh.words.jalali import clock, jalali, long_day, stopwatch
from tests.words.sun import persian

FIRST, LAST = date(1925, 3, 21), date(2124, 12, 31)
FIRST_YEAR = 1304
# Years of the 33-year cycle that are leap, by year modulo 33. The rule holds from 1244 to 1503;
# jalali-core knows the breaks beyond.
LEAP = frozenset({1, 5, 9, 13, 17, 22, 26, 30})

# The last year that the rule and the sun begin on the same day.
AGREED_TO = 1502


def months_of(year: int) -> list[int]:
    return [31] * 6 + [30] * 5 + [30 if year % 33 in LEAP else 29]


@pytest.mark.slow
def test_every_day_is_that_of_the_33_year_rule() -> None:
    day, year, seen = FIRST, FIRST_YEAR, 0
    while day <= LAST:
        for month, length in enumerate(months_of(year), 1):
            for of_month in range(1, length + 1):
                assert jalali(day) == (year, month, of_month), day
                day += timedelta(days=1)
                seen += 1
        year += 1
    assert seen > 72_000


@pytest.mark.slow
def test_every_new_year_is_that_of_the_sun() -> None:
    """A second library finds the equinox at Tehran; within a year the months are fixed."""
    for year in range(FIRST_YEAR, AGREED_TO + 1):
        assert jalali(date(*persian.to_gregorian(year, 1, 1))) == (year, 1, 1)


def test_where_the_rule_and_the_sun_part_is_known() -> None:
    """In 2124 the equinox falls minutes before noon at Tehran: nobody has ruled on it yet."""
    parted = date(*persian.to_gregorian(AGREED_TO + 1, 1, 1))
    assert parted == date(2124, 3, 20)
    assert jalali(parted) == (AGREED_TO, 12, 30)


def test_days_before_the_first_new_year() -> None:
    assert jalali(date(1925, 1, 1)) == (1303, 10, 11)
    assert jalali(date(1925, 3, 20)) == (1303, 12, 29)


@pytest.mark.parametrize(
    ("day", "persian", "english"),
    [
        (date(2026, 11, 23), "دوشنبه ۲ آذر ۱۴۰۵", "Monday 23 November 2026"),
        (date(2025, 3, 20), "پنجشنبه ۳۰ اسفند ۱۴۰۳", "Thursday 20 March 2025"),
        (date(2026, 3, 21), "شنبه ۱ فروردین ۱۴۰۵", "Saturday 21 March 2026"),
    ],
)
def test_a_day_is_named_with_its_weekday(day: date, persian: str, english: str) -> None:
    number = (day - date(1970, 1, 1)).days
    assert long_day("fa", number) == persian
    assert long_day("en", number) == english


def test_times_of_day_and_lengths() -> None:
    assert clock("fa", 8 * 3600 + 5 * 60 + 9) == "۰۸:۰۵:۰۹"
    assert clock("en", 24 * 3600 - 1, seconds=False) == "23:59"
    assert (stopwatch("en", 75), stopwatch("en", 3675), stopwatch("fa", 5)) == (
        "1:15",
        "1:01:15",
        "۰:۰۵",
    )

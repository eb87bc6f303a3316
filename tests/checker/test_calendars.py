"""Days counted by the checker's own small calendar, against one that follows the sun."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasokh.checker.calendars import (
    YEAR_FIRST,
    YEAR_LAST,
    day_number,
    days_in_month,
    gregorian_number,
    is_leap,
)
from pasokh.checker.folding import fold
from pasokh.checker.periods import periods_in
from tests.words.sun import persian


@pytest.mark.slow
def test_leap_years_are_those_of_the_sun() -> None:
    years = range(YEAR_FIRST, YEAR_LAST + 1)
    assert [year for year in years if is_leap(year)] == [y for y in years if persian.leap(y)]


@pytest.mark.slow
@given(st.integers(YEAR_FIRST, YEAR_LAST), st.integers(1, 12), st.data())
def test_days_are_as_far_apart_as_in_the_other_calendar(
    year: int, month: int, data: st.DataObject
) -> None:
    day = data.draw(st.integers(1, days_in_month(year, month)))
    first = gregorian_number(*persian.to_gregorian(YEAR_FIRST, 1, 1))
    other = gregorian_number(*persian.to_gregorian(year, month, day))
    assert day_number(year, month, day) - day_number(YEAR_FIRST, 1, 1) == other - first


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("از ۱ فروردین تا ۱۸ تیر ۱۴۰۱", 111),
        ("1 Farvardin to 18 Tir 1401", 111),
        ("در ۸ ماه نخست سال ۱۴۰۴", 246),
        ("first 8 months of 1404", 246),
        ("از ابتدای سال تا نیمه مرداد", 139),
        ("start of 1404 to 17 Shahrivar", 172),
        ("۲۶ مهر تا ۲ آبان ۱۴۰۴", 7),
        ("۱۰ تا ۱۶ شهریور ۱۴۰۳", 7),
        ("از بیست و ششم مهر تا دوم آبان", 7),
        ("۱۴۰۳/۱۲/۲۹ تا ۱۴۰۴/۰۱/۰۲", 4),
        ("۱۴۰۲/۱۲/۲۹ تا ۱۴۰۳/۰۱/۰۲", 3),
        ("28 Esfand to 3 Farvardin 1404", 6),
        ("خرداد ماه سال ۱۳۹۷", 31),
        ("اسفند ۱۴۰۳", 30),
        ("اسفند ۱۴۰۴", 29),
        ("نیمه نخست سال ۱۴۰۴", 186),
        ("second half of 1403", 180),
        ("first half of 2025", 181),
        ("بهار ۱۴۰۴", 93),
        ("سال ۱۴۰۳", 366),
        ("in 2015", 365),
        ("in 2024", 366),
        ("February 2024", 29),
        ("March 1 to March 31, 2025", 31),
        ("2025-03-01 to 2025-04-01", 32),
        ("طی یک هفته گذشته", 7),
        ("during the past 24 hours", 1),
    ],
)
def test_how_long_a_period_is(text: str, days: int) -> None:
    assert [one.hours for one in periods_in(fold(text).text)] == [days * 24]


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("from 8 to 24 o'clock", 16),
        ("از ساعت ۸ صبح روز گذشته تا ساعت ۸ صبح امروز", 24),
        ("between 08:00 and 16:30", 8.5),
        ("از ساعت ۱۰ شب تا ۶ صبح", 8),
    ],
)
def test_how_long_hours_of_the_clock_are(text: str, hours: float) -> None:
    assert [float(one.hours or 0) for one in periods_in(fold(text).text)] == [hours]


@pytest.mark.parametrize(
    "text", ["روزانه", "a day", "15 minutes", "the day", "in eight days' time?"]
)
def test_what_covers_no_exact_time(text: str) -> None:
    exact = [one for one in periods_in(fold(text).text) if one.hours not in (None, 192)]
    assert exact == []

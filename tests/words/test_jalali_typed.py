"""Typed days and times: what is read, and what is refused in which words."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasokh.words.digits import digits
from pasokh.words.jalali import jalali
from pasokh.words.jalali_typed import TypedWrong, Untypable, parse_day, parse_time
from pasokh.words.say import LANGUAGES, message, places, say


@pytest.mark.parametrize(
    "typed",
    [
        "۱۴۰۵/۹/۲",
        "1405/09/02",
        "١٤٠٥-٩-٢",
        " ۱۴۰۵ / ۰۹ / ۰۲ ",
        "\u200f۱۴۰۵.۹.۲",
        "2026/11/23",
        "2026-11-23",
    ],
)
def test_one_day_however_typed(typed: str) -> None:
    assert parse_day(typed) == date(2026, 11, 23)


@given(st.dates(date(1925, 3, 21), date(2123, 12, 31)))
def test_every_day_reads_back(day: date) -> None:
    year, month, of_month = jalali(day)
    if year <= 1502:
        assert parse_day(digits("fa", f"{year}/{month}/{of_month}")) == day
    assert parse_day(day.isoformat()) == day


def test_the_last_day_of_each_year() -> None:
    for year in range(1304, 1502):
        new_year = parse_day(f"{year + 1}/1/1")
        last = new_year - timedelta(days=1)
        leap = (new_year - parse_day(f"{year}/1/1")).days == 366
        assert parse_day(f"{year}/12/{30 if leap else 29}") == last
        if not leap:
            with pytest.raises(TypedWrong) as wrong:
                parse_day(f"{year}/12/30")
            assert wrong.value.why is Untypable.COMMON_YEAR


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", Untypable.NO_DAY),
        ("دیروز", Untypable.NO_DAY),
        ("۵/۹/۲", Untypable.NO_DAY),
        ("۱۴۰۵/۹", Untypable.NO_DAY),
        ("۱۴۰۵/۱۳/۱", Untypable.NO_SUCH_MONTH),
        ("۱۴۰۵/۰/۱", Untypable.NO_SUCH_MONTH),
        ("۱۴۰۵/۷/۳۱", Untypable.NO_SUCH_DAY),
        ("۱۴۰۵/۱/۳۲", Untypable.NO_SUCH_DAY),
        ("۱۴۰۵/۱/۰", Untypable.NO_SUCH_DAY),
        ("۱۴۰۴/۱۲/۳۰", Untypable.COMMON_YEAR),
        ("2027/2/29", Untypable.NO_SUCH_DAY),
        ("2027/12/32", Untypable.NO_SUCH_DAY),
        ("۱۵۰۳/۱/۱", Untypable.YEAR_TOO_FAR),
        ("9999/1/1", Untypable.YEAR_TOO_FAR),
    ],
)
def test_a_wrong_day_says_why(typed: str, why: Untypable) -> None:
    with pytest.raises(TypedWrong) as wrong:
        parse_day(typed)
    assert wrong.value.why is why
    for language in LANGUAGES:
        told = say(language, wrong.value.message_id, **wrong.value.details)
        assert "–" not in told or "–" in message(language, wrong.value.message_id)
        assert places(message(language, wrong.value.message_id)) <= wrong.value.details.keys()


@pytest.mark.parametrize(
    ("typed", "second"),
    [("۱۴:۰۵", 50700), ("14:05:09", 50709), ("٠:٠٠", 0), (" ۲۳:۵۹:۵۹ ", 86399), ("8.30", 30600)],
)
def test_a_time_is_read(typed: str, second: int) -> None:
    assert parse_time(typed) == second


@pytest.mark.parametrize("typed", ["", "24:00", "۱۲:۶۰", "12", "12:5", "1:00:60", "-1:00"])
def test_a_wrong_time_says_why(typed: str) -> None:
    with pytest.raises(TypedWrong) as wrong:
        parse_time(typed)
    assert wrong.value.why is Untypable.NO_TIME

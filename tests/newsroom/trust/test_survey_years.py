"""A year of the survey, in either calendar, is the sum of what stands beside it."""

import re
from datetime import date, timedelta
from importlib import import_module
from itertools import pairwise

import pytest
from django.apps import apps
from django.db import connections
from django.test import Client

from pasokh.newsroom.rows import ROWS
from pasokh.newsroom.trust.models import SurveyAnswer
from pasokh.newsroom.trust.satisfaction import QUESTIONS, TOLD_FROM
from pasokh.newsroom.trust.survey import month_of, note_asked
from pasokh.newsroom.trust.survey_years import YearAsked, year_asked
from pasokh.words.say import say

pytestmark = pytest.mark.usefixtures("rows")
_EPOCH = date(1970, 1, 1)
# Days of asking: within 1403 and 2024, within 1403 and 2025 in the same month (Dey), and around.
MEHR, DEY_24, DEY_25, BAHMAN = (
    date(2024, 10, 4),
    date(2024, 12, 31),
    date(2025, 1, 1),
    date(2025, 2, 1),
)
AZAR_25, DEY_END_25, DEY_26 = date(2025, 12, 1), date(2025, 12, 25), date(2026, 1, 10)


def asked(*days: date, count: int = 30) -> None:
    note_asked({(day - _EPOCH).days: count for day in days})


def answered(day: date, count: int, score: int = 5, *, old: bool = False) -> None:
    """`old`: as an answer was kept before it had a Gregorian year."""
    when = {"month": month_of(day), "year": None if old else day.year}
    for _ in range(count):
        SurveyAnswer.objects.create(**when, **dict.fromkeys(QUESTIONS, score))


def told(year: int) -> YearAsked:
    found = year_asked(year)
    assert found is not None
    shown = found.parts
    assert found.whole.asked == sum(one.asked for one in shown)
    assert found.whole.answered == sum(one.answered for one in shown)
    for own in found.whole.told:
        lines = [one for part in shown for one in part.told if one.question == own.question]
        assert own.content >= sum(one.content for one in lines)
    return found


def test_a_jalali_year_is_the_sum_of_its_months() -> None:
    asked(MEHR, DEY_24, DEY_25, date(2024, 7, 20), count=30)
    answered(MEHR, TOLD_FROM + 2)
    answered(DEY_24, TOLD_FROM + 2)
    whole = told(1403).whole
    assert (whole.asked, whole.answered, len(whole.told)) == (120, 24, 4)
    assert whole.told[0].content == 24
    assert year_asked(1404) is None


def test_a_year_gives_no_month_away_that_is_too_few_to_be_told() -> None:
    asked(MEHR, DEY_24)
    answered(MEHR, TOLD_FROM)
    answered(DEY_24, 1)
    whole = told(1403).whole
    assert (whole.answered, whole.told) == (11, ()), "the year less the month would be one answer"
    answered(DEY_24, TOLD_FROM - 1)
    assert len(told(1403).whole.told) == 4


@pytest.mark.slow
def test_a_gregorian_year_parts_the_month_in_which_it_begins() -> None:
    asked(MEHR, DEY_24, DEY_25, BAHMAN, AZAR_25, DEY_END_25, DEY_26)
    for day, count, score in (
        (MEHR, 12, 1),
        (DEY_24, 10, 5),
        (DEY_25, 11, 4),
        (BAHMAN, 13, 5),
        (AZAR_25, 14, 1),
        (DEY_END_25, 10, 5),
        (DEY_26, 20, 2),
    ):
        answered(day, count, score)
    found = told(2025)
    assert (found.whole.first, found.whole.last) == (date(2025, 1, 1), date(2025, 12, 31))
    assert (found.whole.asked, found.whole.answered) == (120, 48)
    assert {one.content for one in found.whole.told} == {11 + 13 + 10}
    spans = [(one.first, one.last) for one in found.parts]
    assert spans[0] == (date(2025, 12, 22), date(2025, 12, 31))
    assert spans[-1] == (date(2025, 1, 1), date(2025, 1, 19))
    both = told(2024).whole.answered + found.whole.answered + told(2026).whole.answered
    assert both == SurveyAnswer.objects.count(), "every answer is in one year"


@pytest.mark.slow
@pytest.mark.parametrize(("few", "where"), [(3, DEY_24), (3, DEY_25), (4, BAHMAN), (4, MEHR)])
def test_a_gregorian_year_gives_no_part_away(few: int, where: date) -> None:
    asked(MEHR, DEY_24, DEY_25, BAHMAN)
    for day in (MEHR, DEY_24, DEY_25, BAHMAN):
        answered(day, few if day == where else 12)
    for year in (2024, 2025):
        found = told(year)
        assert found.whole.told == ()
        parts = [one for one in found.parts if one.first.day == 1 or one.last.day == 31]
        assert [one.told for one in parts] == [()] * len(parts)
    answered(where, TOLD_FROM - few)
    assert len(told(2024).whole.told) == len(told(2025).whole.told) == 4


@pytest.mark.slow
def test_old_answers_of_a_parted_month_are_left_out_and_that_is_said(visitor: Client) -> None:
    asked(DEY_24, DEY_25, BAHMAN)
    answered(DEY_25, 20, old=True)
    answered(BAHMAN, 12)
    found = told(2025)
    assert (found.whole.first, found.whole.last) == (date(2025, 1, 20), date(2025, 12, 31))
    assert (found.whole.asked, found.whole.answered, len(found.whole.told)) == (30, 12, 4)
    assert year_asked(2024) is None, "nothing of it can be told apart"
    assert told(1403).whole.answered == 32
    page = visitor.get("/newsroom/en/book/2025/").content.decode()
    rate = say("en", "newsroom.survey.rate", answered=12, asked=30)
    year = say("en", "newsroom.book.survey.part")
    why = say("en", "newsroom.book.survey.part.why")
    assert re.search(rf"{year}</h3><p>[^<]*20 January 2025[^<]*</p><p>{why}</p><p>{rate}", page)


def test_the_migration_enters_what_the_month_says() -> None:
    days = (MEHR, DEY_25, BAHMAN, date(2025, 3, 19), date(2025, 3, 21))
    for day in days:
        answered(day, 1, old=True)
    made = import_module("pasokh.newsroom.trust.migrations.0003_answer_year")
    with connections[ROWS].schema_editor() as editor:
        made.enter_years(apps, editor)
    found = dict(SurveyAnswer.objects.values_list("month", "year"))
    assert found == {month_of(day): None if day == DEY_25 else day.year for day in days}
    assert len(found) == len(days)


def test_a_year_begins_where_the_last_one_ended() -> None:
    asked(*(date(2025, 1, 1) + timedelta(days=n) for n in range(0, 365, 7)), count=1)
    found = told(2025)
    days = sorted((one.first, one.last) for one in found.parts)
    for (_, before), (behind, _) in pairwise(days):
        assert behind - before == timedelta(days=1)
    assert (days[0][0], days[-1][1]) == (date(2025, 1, 1), date(2025, 12, 31))

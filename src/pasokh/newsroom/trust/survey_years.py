"""The survey by year of either calendar: the sum of its months, and of the parts of two.

A Gregorian year begins and ends within a Jalali month. An answer keeps its month and its Gregorian
year, so such a month has two parts, and whoever counts the shown lines of a year has the year.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct

from pasokh.newsroom.trust.book_figures import is_gregorian, year_span
from pasokh.newsroom.trust.models import SurveyAnswer
from pasokh.newsroom.trust.satisfaction import QUESTIONS, TOLD_FROM
from pasokh.newsroom.trust.survey import AskedSpan, asked_in, month_of, month_span, told_of
from pasokh.words.jalali import jalali

# The month in which Gregorian years begin, and those of a Jalali year on either side of it.
_PARTED = 10
_BEFORE, _BEHIND = range(1, _PARTED), range(_PARTED + 1, 13)


class YearAsked(Struct, frozen=True):
    """A year of the survey, and the months or parts of months that add up to it, newest first.

    `whole` begins late, or ends early, where old answers do not say in which part they belong.
    """

    whole: AskedSpan
    parts: tuple[AskedSpan, ...]


def year_asked(year: int) -> YearAsked | None:
    """Tell a year; None when nobody was asked.

    A question is told only where what the published months leave over is nothing, or enough: else
    whoever takes the told from the year would have the untold.
    """
    spans = [span for span in _spans(year) if _is_known(*span)]
    safe = _safe(year)
    answers: list[SurveyAnswer] = []
    parts: list[AskedSpan] = []
    for first, last in spans:
        asked, own = asked_in(first, last), _answers(first, last)
        if asked:
            answers += own
            told = told_of(own, asked)
            if not _is_month(first, last):
                told = tuple(one for one in told if one.question in safe)
            parts.append(AskedSpan(first, last, asked, len(own), told))
    if not parts:
        return None
    asked = sum(one.asked for one in parts)
    told = tuple(one for one in told_of(answers, asked) if one.question in safe)
    whole = AskedSpan(spans[0][0], spans[-1][1], asked, len(answers), told)
    return YearAsked(whole, tuple(reversed(parts)))


def _safe(year: int) -> frozenset[str]:
    """Give the questions of which a year gives nobody away, beside all months and other years."""
    rests = list(_rests(year))
    return frozenset(
        one for one in QUESTIONS if not any(0 < rest[one] < TOLD_FROM for rest in rests)
    )


def _rests(year: int) -> Iterator[Counter[str]]:
    """Count, piece by piece, who answered each question where no month tells it.

    A Jalali year is told as one. Gregorian years part it in two at a month that is told whole, so
    each side and each part of that month has to be enough by itself.
    """
    for own in {jalali(day)[0] for day in year_span(year)}:
        if not is_gregorian(year):
            yield _untold(own, range(1, 13))
            continue
        yield _untold(own, _BEFORE)
        yield _untold(own, _BEHIND)
        first, last = month_span(own, _PARTED)
        if _is_known(first, first):
            turn = date(last.year, 1, 1)
            yield _givers(_answers(first, turn - timedelta(days=1)))
            yield _givers(_answers(turn, last))


def _spans(year: int) -> Iterator[tuple[date, date]]:
    """Part a year at the beginnings of Jalali months."""
    first, end = year_span(year)
    while first <= end:
        last = min(month_span(*jalali(first)[:2])[1], end)
        yield first, last
        first = last + timedelta(days=1)


def _is_month(first: date, last: date) -> bool:
    return (first, last) == month_span(*jalali(first)[:2])


def _is_known(first: date, last: date) -> bool:
    """Tell whether every answer of a span says that it belongs there."""
    lost = SurveyAnswer.objects.filter(month=month_of(first), year=None)
    return _is_month(first, last) or not lost.exists()


def _answers(first: date, last: date) -> list[SurveyAnswer]:
    """Give the answers of a month, or of the part of one that lies in one Gregorian year."""
    own = SurveyAnswer.objects.filter(month=month_of(first))
    return list(own if _is_month(first, last) else own.filter(year=first.year))


def _untold(year: int, months: range) -> Counter[str]:
    count: Counter[str] = Counter()
    for month in months:
        first, last = month_span(year, month)
        answers = _answers(first, last)
        told = {one.question for one in told_of(answers, asked_in(first, last))}
        given = _givers(answers)
        count.update({one: given[one] for one in QUESTIONS if one not in told})
    return count


def _givers(answers: list[SurveyAnswer]) -> Counter[str]:
    return Counter(
        one for one in QUESTIONS for answer in answers if getattr(answer, one) is not None
    )

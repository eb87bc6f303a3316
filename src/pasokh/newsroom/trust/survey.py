"""The survey's answers: taken by a link of no call, once, and told with the rate of answers."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from secrets import randbits

from django.conf import settings
from django.db import IntegrityError
from msgspec import Struct

from pasokh.control_room.survey_tokens import GOOD_DAYS, SURVEY_KEY, day_of_token
from pasokh.core.time import DAY, Day, Instant
from pasokh.newsroom.digests import digest_of
from pasokh.newsroom.rows import together
from pasokh.newsroom.trust.models import AskedDay, SurveyAnswer, SurveyTokenUsed
from pasokh.newsroom.trust.satisfaction import (
    HIGHEST,
    LOWEST,
    QUESTIONS,
    Satisfaction,
    UntoldSatisfaction,
)
from pasokh.words.jalali import gregorian, jalali

TEXTS_SHOWN = 200
_EPOCH = date(1970, 1, 1)
_LOT_BITS = 62
_MONTH_DAYS_MOST = 31


class AskedSpan(Struct, frozen=True):
    """Days of asking (UTC), the first and the last, and what may be told of them."""

    first: date
    last: date
    asked: int
    answered: int
    told: tuple[Satisfaction, ...]


def is_open(token: str, now: Instant) -> bool:
    """Tell whether a link may still be answered."""
    day = _day(token, now)
    return day is not None and not SurveyTokenUsed.objects.filter(digest=digest_of(token)).exists()


def take_answer(token: str, scores: Mapping[str, int | None], text: str, now: Instant) -> bool:
    """Keep an answer apart from its link; False when the link was used or is good no more.

    `scores`: by question; what is not from 1 to 5 counts as not chosen.
    """
    day = _day(token, now)
    if day is None:
        return False
    chosen = {
        question: score if score is not None and LOWEST <= score <= HIGHEST else None
        for question in QUESTIONS
        for score in [scores.get(question)]
    }
    try:
        with together():
            SurveyTokenUsed.objects.create(pk=_lot(), digest=digest_of(token), day=day)
            asked = _EPOCH + timedelta(days=day)
            when = {"month": month_of(asked), "year": asked.year}
            SurveyAnswer.objects.create(pk=_lot(), **when, text=text, **chosen)
    except IntegrityError:
        return False
    return True


def note_asked(asked: Mapping[Day, int]) -> None:
    """Keep what the log says of how many were asked on which day."""
    for day, count in asked.items():
        AskedDay.objects.update_or_create(day=day, defaults={"count": count})


def months() -> list[AskedSpan]:
    """Tell the survey by Jalali month of the asking, the newest first."""
    asked: dict[tuple[int, int], int] = {}
    for day, count in AskedDay.objects.values_list("day", "count"):
        year, month, _ = jalali(_EPOCH + timedelta(days=day))
        asked[year, month] = asked.get((year, month), 0) + count
    return [_of_month(*month, asked[month]) for month in sorted(asked, reverse=True)]


def asked_in(first: date, last: date) -> int:
    """Count who was asked from the first day to the last (UTC)."""
    days = AskedDay.objects.filter(day__range=((first - _EPOCH).days, (last - _EPOCH).days))
    return sum(days.values_list("count", flat=True))


def month_span(year: int, month: int) -> tuple[date, date]:
    """Give the first and last day of a Jalali month."""
    first = gregorian(year, month, 1)
    days = (first + timedelta(days=n) for n in range(_MONTH_DAYS_MOST))
    return first, max(day for day in days if jalali(day)[1] == month)


def month_of(day: date) -> str:
    """Name the Jalali month of a day as answers do: 1405-09."""
    year, month, _ = jalali(day)
    return f"{year}-{month:02}"


def told_of(answers: Sequence[SurveyAnswer], asked: int) -> tuple[Satisfaction, ...]:
    """Tell the questions to which enough have answered."""
    return tuple(_told(answers, asked))


def texts() -> list[tuple[str, str]]:
    """List what callers wrote, by month and in an order that tells nothing."""
    found = SurveyAnswer.objects.exclude(text="").order_by("-month", "answer_id")
    return list(found.values_list("month", "text")[:TEXTS_SHOWN])


def erase_used(now: Instant) -> int:
    """Erase used links that would not be good any more; give how many."""
    gone, _ = SurveyTokenUsed.objects.filter(day__lt=now // DAY - GOOD_DAYS).delete()
    return int(gone)


def _of_month(year: int, month: int, asked: int) -> AskedSpan:
    first, last = month_span(year, month)
    answers = list(SurveyAnswer.objects.filter(month=month_of(first)))
    return AskedSpan(first, last, asked, len(answers), told_of(answers, asked))


def _told(answers: Sequence[SurveyAnswer], asked: int) -> Iterator[Satisfaction]:
    for question in QUESTIONS:
        given = [getattr(one, question) for one in answers]
        counts = tuple(given.count(score) for score in range(LOWEST, HIGHEST + 1))
        try:
            yield Satisfaction(question, asked, len(answers), counts)  # type: ignore[arg-type] # five
        except UntoldSatisfaction:
            continue


def _lot() -> int:
    """Draw a key: on SQLite it is where the row lies among others; else see `order.py`."""
    return randbits(_LOT_BITS)


def _day(token: str, now: Instant) -> Day | None:
    try:
        key = (settings.PASOKH_NEWSROOM.data / SURVEY_KEY).read_bytes()
    except FileNotFoundError:  # nobody was ever asked
        return None
    day = day_of_token(key, token)
    return day if day is not None and 0 <= now // DAY - day <= GOOD_DAYS else None

"""The survey's answers: taken by a link of no call, once, and told with the rate of answers."""

from collections.abc import Iterator, Mapping
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
    TOLD_FROM,
    Satisfaction,
    UntoldSatisfaction,
)
from pasokh.words.jalali import jalali

TEXTS_SHOWN = 200
_EPOCH = date(1970, 1, 1)
_LOT_BITS = 62


class MonthAsked(Struct, frozen=True):
    """A month of askings (Jalali: 1405-09) or a year (1405), and what may be told of it."""

    month: str
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
            SurveyAnswer.objects.create(pk=_lot(), month=_month(day), text=text, **chosen)
    except IntegrityError:
        return False
    return True


def note_asked(asked: Mapping[Day, int]) -> None:
    """Keep what the log says of how many were asked on which day."""
    for day, count in asked.items():
        AskedDay.objects.update_or_create(day=day, defaults={"count": count})


def months() -> list[MonthAsked]:
    """Tell the survey by month of the asking, the newest first."""
    asked: dict[str, int] = {}
    for day, count in AskedDay.objects.values_list("day", "count"):
        asked[_month(day)] = asked.get(_month(day), 0) + count
    return [_of_month(month, asked[month]) for month in sorted(asked, reverse=True)]


def year_asked(year: int) -> MonthAsked | None:
    """Tell a Jalali year as the sum of its months; None when nobody was asked.

    A question is told only where its months that are too few to be told are none, or enough
    together: else whoever takes the told months from the year would have the untold ones.
    """
    own = [one for one in months() if one.month.startswith(f"{year}-")]
    if not own:
        return None
    asked = sum(one.asked for one in own)
    answers = list(SurveyAnswer.objects.filter(month__startswith=f"{year}-"))
    told = [one for one in _told(answers, asked) if not 0 < _rest(one, own) < TOLD_FROM]
    return MonthAsked(str(year), asked, len(answers), tuple(told))


def texts() -> list[tuple[str, str]]:
    """List what callers wrote, by month and in an order that tells nothing."""
    found = SurveyAnswer.objects.exclude(text="").order_by("-month", "answer_id")
    return list(found.values_list("month", "text")[:TEXTS_SHOWN])


def erase_used(now: Instant) -> int:
    """Erase used links that would not be good any more; give how many."""
    gone, _ = SurveyTokenUsed.objects.filter(day__lt=now // DAY - GOOD_DAYS).delete()
    return int(gone)


def _of_month(month: str, asked: int) -> MonthAsked:
    answers = list(SurveyAnswer.objects.filter(month=month))
    return MonthAsked(month, asked, len(answers), tuple(_told(answers, asked)))


def _told(answers: list[SurveyAnswer], asked: int) -> Iterator[Satisfaction]:
    for question in QUESTIONS:
        given = [getattr(one, question) for one in answers]
        counts = tuple(given.count(score) for score in range(LOWEST, HIGHEST + 1))
        try:
            yield Satisfaction(question, asked, len(answers), counts)  # type: ignore[arg-type] # five
        except UntoldSatisfaction:
            continue


def _rest(whole: Satisfaction, parts: list[MonthAsked]) -> int:
    """Count who answered a question in those months that do not tell it."""
    told = (one for part in parts for one in part.told if one.question == whole.question)
    return sum(whole.scores) - sum(sum(one.scores) for one in told)


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


def _month(day: Day) -> str:
    year, month, _ = jalali(_EPOCH + timedelta(days=day))
    return f"{year}-{month:02}"

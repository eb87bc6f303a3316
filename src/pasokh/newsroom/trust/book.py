"""The transparency book of a year: made of what the system itself says, in both languages.

Tasks and steps are words; what is kept, and how long, is the table that the nights obey; figures
come from the public folder, and from the rows of comments, complaints and the survey.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.conf import settings

from pasokh.control_room.retention import RETENTION, Retention
from pasokh.control_room.survey_tokens import GOOD_DAYS
from pasokh.core.time import DAY, Instant
from pasokh.newsroom.comments.judging import figures as comment_figures
from pasokh.newsroom.comments.rules import ADDRESS_KEPT, REFUSED_KEPT, UNCONFIRMED_KEPT
from pasokh.newsroom.trust.book_figures import figures_of, news_of, year_now, year_span
from pasokh.newsroom.trust.complaints import KEPT_AFTER_ANSWER
from pasokh.newsroom.trust.complaints import figures as complaint_figures
from pasokh.newsroom.trust.survey import months
from pasokh.words.digits import digits
from pasokh.words.jalali import long_day
from pasokh.words.say import say

_EPOCH = date(1970, 1, 1)
_TASKS = ("answer", "dispatch", "account", "inform")
# The newsroom's own times, which each room keeps to.
_KEPT_HERE = (
    ("unconfirmed", UNCONFIRMED_KEPT),
    ("address", ADDRESS_KEPT),
    ("refused", REFUSED_KEPT),
    ("complaint", KEPT_AFTER_ANSWER),
    ("link", GOOD_DAYS * DAY),
)
_STEPS = ("ring", "answered", "incident", "mission", "on_scene", "closed", "told")
_WAYS = ("comment", "survey", "complain", "appeal", "check", "witness", "data")


def current_year(language: str, now: Instant) -> int:
    """Give the year in which it is now, in the reader's calendar."""
    return year_now(language, datetime.fromtimestamp(now / 1000, UTC).date())


def book_of(language: str, year: int, now: Instant) -> dict[str, Any]:
    """Give what the book's page shows; ValueError for a year that is none."""
    first, last = year_span(year)
    published = settings.PASOKH_NEWSROOM.published
    return {
        "year": digits(language, str(year)),
        "first": _told(language, first),
        "last": _told(language, last),
        "days": (last - first).days + 1,
        "ended": last < datetime.fromtimestamp(now / 1000, UTC).date(),
        "made_at": now,
        "tasks": [f"newsroom.book.task.{one}" for one in _TASKS],
        "steps": [f"newsroom.book.step.{one}" for one in _STEPS],
        "ways": [f"newsroom.book.way.{one}" for one in _WAYS],
        "kept": [_kept(language, row) for row in RETENTION.values()],
        "kept_here": [(f"newsroom.book.kept.{what}", span // DAY) for what, span in _KEPT_HERE],
        "figures": [
            (f"definition.{one.name}.name", one.version, one.days, one.told(language))
            for one in figures_of(published, first, last)
        ],
        "news": news_of(published, first, last),
        "comments": comment_figures(),
        "complaints": complaint_figures(now),
        "survey": survey_told(language, first.isoformat()[:7], last.isoformat()[:7]),
    }


def survey_told(language: str, first: str = "", last: str = "9999") -> list[tuple[str, Any, Any]]:
    """Tell the survey by month: its days, the month, and the sentence of each question."""
    return [
        (
            _days_of(language, one.month),
            one,
            [(f"newsroom.survey.{each.question}", each.told(language)) for each in one.told],
        )
        for one in months()
        if first <= one.month <= last
    ]


def _kept(language: str, row: Retention) -> tuple[str, str, str, str]:
    kind = row.kind.value
    days = None if row.keep is None else row.keep // DAY
    return (
        say(language, f"retention.{kind}.what"),
        say(language, "retention.no_end")
        if days is None
        else say(language, "retention.days", days=days),
        say(language, f"retention.{kind}.since"),
        say(language, f"retention.{kind}.basis"),
    )


def _days_of(language: str, month: str) -> str:
    first = date.fromisoformat(f"{month}-01")
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return say(
        language, "newsroom.trust.days", first=_told(language, first), last=_told(language, last)
    )


def _told(language: str, day: date) -> str:
    return long_day(language, (day - _EPOCH).days)

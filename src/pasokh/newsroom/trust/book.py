"""The transparency book of a year: made of what the system itself says, in both languages.

Tasks and steps are words; what is kept, and how long, is the table that the nights obey; figures
come from the public folder, from the survey's answers, and from what was counted of comments and
complaints when it happened.
"""

from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings

from pasokh.control_room.retention import RETENTION, Retention
from pasokh.control_room.survey_tokens import GOOD_DAYS
from pasokh.core.time import DAY, Instant
from pasokh.newsroom.comments.rules import ADDRESS_KEPT, REFUSED_KEPT, RULES, UNCONFIRMED_KEPT
from pasokh.newsroom.trust.book_figures import figures_of, news_of, year_now, year_span
from pasokh.newsroom.trust.complaints import KEPT_AFTER_ANSWER
from pasokh.newsroom.trust.survey import AskedSpan, months
from pasokh.newsroom.trust.survey_years import year_asked
from pasokh.newsroom.trust.years import counted_in
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
# Counted by year, in the order of a comment's and of a complaint's way; refusals by rule come last
# but two.
_COMMENTS = ("received", "confirmed", "published", "appeals", "upheld")
_COMPLAINTS = ("received", "passed", "answered")
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
        "comments": _comments_of(year),
        "complaints": _complaints_of(year),
        **_survey_of(language, year),
    }


def survey_told(language: str) -> list[tuple[str, Any, Any]]:
    """Tell the months of the survey, the newest first, as `_span_told`."""
    return [_span_told(language, one) for one in months()]


def _survey_of(language: str, year: int) -> dict[str, Any]:
    found = year_asked(year)
    if found is None:
        return {"survey": [], "survey_year": None, "survey_whole": True}
    return {
        "survey": [_span_told(language, one) for one in found.parts],
        "survey_year": _span_told(language, found.whole),
        "survey_whole": (found.whole.first, found.whole.last) == year_span(year),
    }


def _span_told(language: str, one: AskedSpan) -> tuple[str, Any, Any]:
    """Tell a span of the survey: its days, the figures, and the sentence of each question."""
    first, last = _told(language, one.first), _told(language, one.last)
    days = say(language, "newsroom.trust.days", first=first, last=last)
    sentences = [(f"newsroom.survey.{each.question}", each.told(language)) for each in one.told]
    return days, one, sentences


def _comments_of(year: int) -> list[tuple[str, int, int]]:
    """Give message, rule (0: none) and count of each line about comments."""
    counts = counted_in(year, "comments")
    plain = [(f"newsroom.book.comments.{one}", 0, counts.get(one, 0)) for one in _COMMENTS]
    refused = [
        ("newsroom.book.comments.refused", rule, counts.get(f"refused.{rule}", 0)) for rule in RULES
    ]
    return [*plain[:3], *refused, *plain[3:]]


def _complaints_of(year: int) -> list[tuple[str, int]]:
    counts = counted_in(year, "complaints")
    return [(f"newsroom.complaint.{one}", counts.get(one, 0)) for one in _COMPLAINTS]


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


def _told(language: str, day: date) -> str:
    return long_day(language, (day - _EPOCH).days)

"""A meeting that the demonstration invents, so that there is something to see. Made once."""

from django.conf import settings

from pasokh.core.time import DAY, HOUR, day_of, start_of
from pasokh.newsroom.clock import offset_minutes
from pasokh.newsroom.meetings.models import Meeting
from pasokh.newsroom.rows import together
from pasokh.sites.clock import instant_now
from pasokh.words.say import say

MADE_BY = "demo"
_GONABAD = "0915"
_IN_DAYS, _BEGINS, _SEATS = 3, 10, 12


def invent_meeting() -> None:
    """Invent it in a demonstration, and nowhere else; what was invented once is left alone."""
    if not settings.PASOKH_NEWSROOM.demo:
        return
    with together():
        if not Meeting.objects.filter(demo=True).exists():
            _make()


def _make() -> None:
    now = instant_now()
    offset = offset_minutes()
    begins = start_of(day_of(now, offset) + _IN_DAYS, offset) + _BEGINS * HOUR
    words = {
        f"{field}_{language}": say(language, f"agenda.demo.{field}")
        for field in ("title", "about", "place", "speakers")
        for language in ("fa", "en")
    }
    Meeting.objects.create(
        **words,
        county=_GONABAD,
        begins_at=begins,
        ends_at=begins + 2 * HOUR,
        register_until=begins - DAY,
        seats=_SEATS,
        made_by=MADE_BY,
        announced_at=now,
        changed_at=now,
        demo=True,
    )

"""A meeting that the demonstration invents, so that there is something to see. Made once."""

from pasokh.core.time import DAY, HOUR, Instant, day_of, start_of
from pasokh.newsroom.clock import offset_minutes
from pasokh.newsroom.inventing import INVENTED_STAFF
from pasokh.newsroom.meetings.models import Meeting
from pasokh.words.say import say

_GONABAD = "0915"
_IN_DAYS, _BEGINS, _SEATS = 3, 10, 12


def invent(language: str, now: Instant) -> None:  # noqa: ARG001 - it is told in both
    """Invent it once."""
    if Meeting.objects.filter(demo=True).exists():
        return
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
        made_by=INVENTED_STAFF,
        announced_at=now,
        changed_at=now,
        demo=True,
    )

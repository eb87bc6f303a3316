"""When something was, as people at the centre say it: their calendar, their clock, their digits.

`PASOKH_OFFSET` of the settings names the function that gives the centre's distance from universal
time in minutes, or None as long as nobody knows it.
"""

from django.conf import settings
from django.utils.module_loading import import_string

from pasokh.core.time import MINUTE, SECOND, Instant, day_of, start_of
from pasokh.words.jalali import clock, long_day
from pasokh.words.say import say


def said_at(language: str, at: Instant) -> str:
    """Say an instant; by the universal clock, and saying so, until the centre's own is known."""
    offset = import_string(settings.PASOKH_OFFSET)()
    day = day_of(at, offset or 0)
    second = (at - start_of(day, offset or 0)) // SECOND
    whole_minute = second - second % (MINUTE // SECOND)
    said = say(
        language,
        "office.at",
        day=long_day(language, day),
        time=clock(language, whole_minute, seconds=False),
    )
    return said if offset is not None else say(language, "office.at.universal", when=said)

"""An hour that nobody can misread: in both calendars, with its distance from universal time."""

from pasokh.core.time import MINUTE, SECOND, Instant, day_of, start_of
from pasokh.words.jalali import clock, long_day
from pasokh.words.say import say

_HOUR_MINUTES = 60


def hour_told(language: str, at: Instant, offset: int) -> str:
    """Say an instant in the Jalali and the Gregorian calendar. `offset`: minutes from UTC."""
    day = day_of(at, offset)
    second = (at - start_of(day, offset)) // SECOND
    second -= second % (MINUTE // SECOND)
    return say(
        language,
        "outlets.hour.told",
        jalali=long_day("fa", day),
        gregorian=long_day("en", day),
        time=clock(language, second, seconds=False),
        offset=_offset(offset),
    )


def _offset(minutes: int) -> str:
    sign = "+" if minutes >= 0 else "−"
    hours, rest = divmod(abs(minutes), _HOUR_MINUTES)
    return f"UTC{sign}{hours:02}:{rest:02}"

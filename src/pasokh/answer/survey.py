"""Whom the survey has asked: enough to ask nobody twice, and to say of how many answers came."""

from msgspec import Struct

from pasokh.core.time import DAY, Day, Instant, Span

# Nobody is asked again before, whatever they call about (design notes, public, section 7).
ASKED_AGAIN: Span = 90 * DAY
# So long it is known how many were asked on a day: the year of a report, and the one before.
COUNTED_DAYS = 800


class Surveys(Struct, gc=False):
    """`since`: when each caller, by pseudonym, was asked last; `days`: how many on a day (UTC)."""

    since: dict[str, Instant] = {}
    days: dict[Day, int] = {}


def asked_of_late(surveys: Surveys, caller: str, now: Instant) -> bool:
    """Tell whether a caller was asked so lately that they are not to be asked again."""
    at = surveys.since.get(caller)
    return at is not None and now - at < ASKED_AGAIN


def note_asked(surveys: Surveys, caller: str, now: Instant) -> None:
    """Note that a caller was asked, and forget what counts no more. Both keep the order of time."""
    surveys.since.pop(caller, None)
    surveys.since[caller] = now
    while now - surveys.since[first := next(iter(surveys.since))] >= ASKED_AGAIN:
        del surveys.since[first]
    day = Day(now // DAY)
    surveys.days[day] = surveys.days.get(day, 0) + 1
    while (oldest := next(iter(surveys.days))) <= day - COUNTED_DAYS:
        del surveys.days[oldest]

"""Time as whole milliseconds, so that two machines never disagree about the last digit."""

from datetime import UTC, date, datetime, timedelta
from typing import Annotated, TypeAlias

from msgspec import Meta

# Milliseconds since 1970-01-01T00:00:00Z, up to the year 9999. Never a float. The bounds hold
# where input is decoded: a larger number could be neither written nor said.
Instant: TypeAlias = Annotated[int, Meta(ge=0, le=253_402_300_799_999)]
# A length of time in milliseconds.
Span: TypeAlias = int
# Civil days since 1970-01-01 at the centre's own offset, up to the year 9999.
Day: TypeAlias = Annotated[int, Meta(ge=0, le=2_932_896)]

SECOND: Span = 1_000
MINUTE: Span = 60 * SECOND
HOUR: Span = 60 * MINUTE
DAY: Span = 24 * HOUR

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def day_of(at: Instant, utc_offset_minutes: int) -> Day:
    """Say on which civil day an instant falls."""
    return (at + utc_offset_minutes * MINUTE) // DAY


def start_of(day: Day, utc_offset_minutes: int) -> Instant:
    """Give the instant at which a civil day begins (00:00)."""
    return day * DAY - utc_offset_minutes * MINUTE


def hour_of(at: Instant, utc_offset_minutes: int) -> int:
    """Give the civil hour, 0 to 23."""
    return (at + utc_offset_minutes * MINUTE) % DAY // HOUR


def iso_day(day: Day) -> str:
    """Write a civil day as ISO 8601, for example 2026-11-03."""
    return (date(1970, 1, 1) + timedelta(days=day)).isoformat()


def day_from_iso(text: str) -> Day:
    """Read an ISO 8601 date; anything else is a ValueError."""
    return (date.fromisoformat(text) - date(1970, 1, 1)).days


def iso_instant(at: Instant) -> str:
    """Write an instant as ISO 8601 in UTC with milliseconds."""
    moment = _EPOCH + timedelta(milliseconds=at)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def instant_from_iso(text: str) -> Instant:
    """Read ISO 8601 with an offset; a ValueError says what is missing."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        message = f"{text!r} has no offset; write it as 2026-11-03T00:00:00+03:30"
        raise ValueError(message)
    return (moment - _EPOCH) // timedelta(milliseconds=1)

"""iCalendar (RFC 5545), as any calendar program subscribes to it. Knows no row and no room.

Times are written in universal time, so no rule of a time zone has to travel with them.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event
from msgspec import Struct

from pasokh.core.time import SECOND, Instant

MEDIA = "text/calendar; charset=utf-8"
_EVERY = timedelta(hours=1)


class CalendarEntry(Struct, frozen=True):
    """One thing in a calendar. `uid` never changes; `revision` grows with each change.

    `ends_at` is empty for what is a moment. `stamped_at`: when it was last changed.
    """

    uid: str
    begins_at: Instant
    stamped_at: Instant
    title: str
    url: str = ""
    ends_at: Instant | None = None
    place: str = ""
    about: str = ""
    revision: int = 0
    cancelled: bool = False


def write_calendar(name: str, language: str, entries: Iterable[CalendarEntry]) -> bytes:
    """Write a calendar with its name, in a language, with the entries in their order."""
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", f"-//Pasokh//Newsroom//{language.upper()}")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("NAME", _plain(name))  # RFC 7986, 5.1; what programs called it before comes next
    calendar.add("X-WR-CALNAME", _plain(name))
    calendar.add("REFRESH-INTERVAL", _EVERY, parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry, language))
    written: bytes = calendar.to_ical(sorted=False)
    return written


def _event(entry: CalendarEntry, language: str) -> Event:
    event, spoken = Event(), {"LANGUAGE": language}
    event.add("UID", entry.uid)
    event.add("DTSTAMP", _moment(entry.stamped_at))
    event.add("LAST-MODIFIED", _moment(entry.stamped_at))
    event.add("SEQUENCE", entry.revision)
    event.add("DTSTART", _moment(entry.begins_at))
    if entry.ends_at is not None:
        event.add("DTEND", _moment(entry.ends_at))
    event.add("SUMMARY", _plain(entry.title), parameters=spoken)
    if entry.place:
        event.add("LOCATION", _plain(entry.place), parameters=spoken)
    if entry.about:
        event.add("DESCRIPTION", _plain(entry.about), parameters=spoken)
    if entry.url:
        event.add("URL", entry.url)
    event.add("STATUS", "CANCELLED" if entry.cancelled else "CONFIRMED")
    return event


def _moment(at: Instant) -> datetime:
    return datetime.fromtimestamp(at // SECOND, UTC)


def _plain(text: str) -> str:
    """Leave out signs of control, which have no place in a value (RFC 5545, 3.1)."""
    return "".join(letter for letter in text if letter >= " " or letter in "\n\t")

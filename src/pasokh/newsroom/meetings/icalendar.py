"""iCalendar (RFC 5545), as any calendar program subscribes to it. Knows no row and no room.

Times are written in universal time, so no rule of a time zone has to travel with them.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from msgspec import Struct

from pasokh.core.time import SECOND, Instant

MEDIA = "text/calendar; charset=utf-8"
# RFC 5545, 3.1: octets of a line without its end; a folded one begins with a blank.
_OCTETS = 75


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
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Pasokh//Newsroom//" + language.upper(),
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{_text(name)}",  # RFC 7986, 5.1; the next line is how programs called it before
        f"X-WR-CALNAME:{_text(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        *(line for entry in entries for line in _entry(entry, language)),
        "END:VCALENDAR",
    ]
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line)).encode()


def _entry(entry: CalendarEntry, language: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.uid}"
    yield f"DTSTAMP:{_moment(entry.stamped_at)}"
    yield f"LAST-MODIFIED:{_moment(entry.stamped_at)}"
    yield f"SEQUENCE:{entry.revision}"
    yield f"DTSTART:{_moment(entry.begins_at)}"
    if entry.ends_at is not None:
        yield f"DTEND:{_moment(entry.ends_at)}"
    yield f"SUMMARY;LANGUAGE={language}:{_text(entry.title)}"
    if entry.place:
        yield f"LOCATION;LANGUAGE={language}:{_text(entry.place)}"
    if entry.about:
        yield f"DESCRIPTION;LANGUAGE={language}:{_text(entry.about)}"
    if entry.url:
        yield f"URL:{entry.url}"
    yield f"STATUS:{'CANCELLED' if entry.cancelled else 'CONFIRMED'}"
    yield "END:VEVENT"


def _moment(at: Instant) -> str:
    return datetime.fromtimestamp(at // SECOND, UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(text: str) -> str:
    """Escape what would part values or lines (3.3.11); other signs of control have no place."""
    plain = "".join(letter for letter in text if letter >= " " or letter in "\n\t")
    marked = plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return marked.replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Part a line into pieces of 75 octets at most, never within a letter."""
    piece, octets = "", 0
    for letter in line:
        size = len(letter.encode())
        if octets + size > _OCTETS:
            yield piece
            piece, octets = " ", 1
        piece += letter
        octets += size
    yield piece

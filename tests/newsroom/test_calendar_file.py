"""What a calendar program gets, read by the rules of RFC 5545 that such programs keep."""

import re
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from pasokh.newsroom.calendar_file import CalendarEntry, write_calendar

AT = 1_790_000_000_000


def unfolded(written: bytes) -> list[str]:
    """The lines as a reader sees them; each ends with CR LF and has 75 octets at most."""
    text = written.decode()
    assert text.endswith("\r\n")
    lines = text.split("\r\n")[:-1]
    assert all(len(line.encode()) <= 75 for line in lines)
    assert not any("\n" in line or "\r" in line for line in lines)
    return "\r\n".join(lines).replace("\r\n ", "").split("\r\n")


def meant(value: str) -> str:
    """A text as its reader understands it (3.3.11)."""
    return re.sub(r"\\(.)", lambda one: "\n" if one[1] in "nN" else one[1], value)


def field(lines: list[str], name: str) -> str:
    (line,) = (one for one in lines if re.match(rf"{name}[;:]", one))
    return line.partition(":")[2]


@given(title=st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=200))
def test_a_title_of_any_script_comes_back_whole(title: str) -> None:
    entry = CalendarEntry("m-1@x", AT, AT, title)
    lines = unfolded(write_calendar("x", "fa", [entry]))
    assert meant(field(lines, "SUMMARY")) == title


def test_a_moved_and_a_cancelled_one_say_so() -> None:
    moved = CalendarEntry("m-1@x", AT, AT, "a, b; c\\d\ne", revision=2, ends_at=AT + 3_600_000)
    gone = CalendarEntry("m-2@x", AT, AT, "b", cancelled=True)
    lines = unfolded(write_calendar("agenda", "en", [moved, gone]))
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert lines[-1] == "END:VCALENDAR"
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 2
    assert "SEQUENCE:2" in lines
    assert [one for one in lines if one.startswith("STATUS")] == [
        "STATUS:CONFIRMED",
        "STATUS:CANCELLED",
    ]
    begins = next(one for one in lines if one.startswith("DTSTART"))
    at = datetime.strptime(begins, "DTSTART:%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    assert at.timestamp() * 1000 == AT
    summary = next(one for one in lines if one.startswith("SUMMARY"))
    assert summary == r"SUMMARY;LANGUAGE=en:a\, b\; c\\d\ne"

"""The release calendar as a calendar program subscribes to it: what is announced, with its hour."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import msgspec
from django.conf import settings
from msgspec import Struct

from pasokh.core.time import MINUTE, day_from_iso, instant_from_iso
from pasokh.newsroom.calendar_file import CalendarEntry
from pasokh.newsroom.public_folder import folder_address, public_file
from pasokh.words.jalali import long_day
from pasokh.words.say import knows, say

_CALENDAR = "calendar.json"
_LASTS = 15 * MINUTE


class _Announced(Struct, frozen=True):
    release_id: str
    kind: str
    from_day: str
    to_day: str
    due_at: str
    reason: str = ""


class _PublicCalendar(Struct, frozen=True):
    releases: tuple[_Announced, ...]


def announced(language: str) -> Iterator[CalendarEntry]:
    """Give what the public calendar announces; nothing before there is one."""
    file = public_file(_CALENDAR)
    if file is None:
        return
    host = urlsplit(settings.PASOKH_NEWSROOM.public_url).hostname
    stamped = file.stat().st_mtime_ns // 1_000_000
    for one in msgspec.json.decode(file.read_bytes(), type=_PublicCalendar).releases:
        due = instant_from_iso(one.due_at)
        yield CalendarEntry(
            uid=f"release-{one.release_id}@{host}",
            begins_at=due,
            ends_at=due + _LASTS,
            stamped_at=stamped,
            title=_title(one, language),
            about=one.reason,
            url=f"{folder_address()}{language}/releases.html" if folder_address() else "",
        )


def _title(one: _Announced, language: str) -> str:
    kind = f"syndication.release.{one.kind}"
    named = say(language, kind if knows(language, kind) else "syndication.release.other")
    days = [long_day(language, day_from_iso(day)) for day in {one.from_day: 0, one.to_day: 0}]
    return f"{named}: {' – '.join(days)}"

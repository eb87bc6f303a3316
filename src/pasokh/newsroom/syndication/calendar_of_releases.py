"""The release calendar: what is announced, with its hour; also as a calendar program reads it."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import msgspec
from django.conf import settings
from msgspec import Struct

from pasokh.account.release_notes import CALENDAR_PATH
from pasokh.core.time import MINUTE, Instant, day_from_iso, instant_from_iso
from pasokh.newsroom.calendar_file import CalendarEntry
from pasokh.newsroom.public_folder import figures_file, folder_address
from pasokh.words.jalali import long_day
from pasokh.words.say import knows, say

_LASTS = 15 * MINUTE


class AnnouncedRelease(Struct, frozen=True):
    """One release of statistics. `reason`: why its hour is another than was said first."""

    release_id: str
    kind: str
    from_day: str
    to_day: str
    due_at: str
    reason: str = ""

    @property
    def due(self) -> Instant:
        """When it goes out."""
        return instant_from_iso(self.due_at)

    def named(self, language: str) -> str:
        """Say what goes out."""
        kind = f"syndication.release.{self.kind}"
        return say(language, kind if knows(language, kind) else "syndication.release.other")

    def days(self, language: str) -> str:
        """Say about which days."""
        days = {self.from_day: 0, self.to_day: 0}
        return " – ".join(long_day(language, day_from_iso(day)) for day in days)


class _PublicCalendar(Struct, frozen=True):
    releases: tuple[AnnouncedRelease, ...]


def announced_releases() -> tuple[AnnouncedRelease, ...]:
    """Read what the public calendar announces; nothing before there is one."""
    file = figures_file(CALENDAR_PATH)
    if file is None:
        return ()
    return msgspec.json.decode(file.read_bytes(), type=_PublicCalendar).releases


def announced(language: str) -> Iterator[CalendarEntry]:
    """Give what is announced as entries of a calendar file."""
    file = figures_file(CALENDAR_PATH)
    if file is None:
        return
    host = urlsplit(settings.PASOKH_NEWSROOM.public_url).hostname
    stamped = file.stat().st_mtime_ns // 1_000_000
    for one in announced_releases():
        yield CalendarEntry(
            uid=f"release-{one.release_id}@{host}",
            begins_at=one.due,
            ends_at=one.due + _LASTS,
            stamped_at=stamped,
            title=f"{one.named(language)}: {one.days(language)}",
            about=one.reason,
            url=f"{folder_address()}{language}/calendar.html" if folder_address() else "",
        )

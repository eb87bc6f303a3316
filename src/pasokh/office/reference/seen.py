"""The lists as the control room shows them, read anew for each page: the office keeps none."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import wraps
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from msgspec import Struct

from pasokh.core.time import Instant
from pasokh.office.trouble import trouble
from pasokh.reference.entries import ListEntry, ListName
from pasokh.sites.control_room import ControlRoomAway, control_room


class Standing(StrEnum):
    """Whether an entry counts now, will count, or has ended."""

    CURRENT = "current"
    COMING = "coming"
    ENDED = "ended"


class VersionSeen(Struct, frozen=True):
    """How an entry reads from an instant on (milliseconds); None says that it has ended."""

    effective_at: Instant
    entry: ListEntry | None


class LineSeen(Struct, frozen=True):
    """An entry with its versions by their instants; `seq` is where the log changed it last."""

    code: str
    versions: list[VersionSeen]
    seq: int = 0

    def at(self, instant: Instant) -> ListEntry | None:
        """Give what the line says at an instant."""
        begun = [one for one in self.versions if one.effective_at <= instant]
        return begun[-1].entry if begun else None

    def standing(self, now: Instant) -> Standing:
        """Say whether it counts; one that ends tomorrow still counts."""
        if self.at(now) is not None:
            return Standing.CURRENT
        coming = any(one.entry for one in self.versions if one.effective_at > now)
        return Standing.COMING if coming else Standing.ENDED

    def next_after(self, instant: Instant) -> VersionSeen | None:
        """Give the next change; None when none is planned."""
        return next((one for one in self.versions if one.effective_at > instant), None)

    def shown(self, now: Instant) -> ListEntry | None:
        """Give what to call it by: how it reads now, or will, or read last."""
        later = [one.entry for one in self.versions if one.entry and one.effective_at > now]
        before = [one.entry for one in self.versions if one.entry]
        return self.at(now) or next(iter(later), None) or (before[-1] if before else None)


class ListSeen(Struct, frozen=True):
    """A whole list, up to an entry of the log."""

    seq: int
    lines: list[LineSeen]

    def line(self, code: str) -> LineSeen | None:
        """Find a line by its code."""
        return next((line for line in self.lines if line.code == code), None)

    def at(self, instant: Instant) -> dict[str, ListEntry]:
        """Give the list as it reads at an instant."""
        found = ((line.code, line.at(instant)) for line in self.lines)
        return {code: entry for code, entry in found if entry is not None}


class CentreClock(Struct, frozen=True):
    """The centre's time (a drill has its own) and its distance from universal time."""

    now: Instant
    utc_offset_minutes: int


_LIST = msgspec.json.Decoder(ListSeen)
_CLOCK = msgspec.json.Decoder(CentreClock)


def list_seen(name: ListName) -> ListSeen:
    """Read a list; ControlRoomAway when it cannot be read."""
    return _LIST.decode(control_room().look(f"/views/reference/{name.value}"))


def lists_seen(names: Iterable[ListName]) -> dict[ListName, ListSeen]:
    """Read several lists."""
    return {name: list_seen(name) for name in names}


def centre_clock() -> CentreClock:
    """Ask what time it is at the centre."""
    return _CLOCK.decode(control_room().look("/desk/me"))


def line_open(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a page say that the control room is away: nothing was sent, or it may be sent again."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except ControlRoomAway:
            return trouble(request, "away", 503)

    return asked

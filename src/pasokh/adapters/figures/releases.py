"""Releases as they came out and as they are announced: their hours, what was first said."""

from collections.abc import Iterable

import msgspec
from msgspec import Struct

from pasokh.account.definitions import FigureVersion
from pasokh.adapters.figures.published import PublicFolder
from pasokh.core.time import Day, day_from_iso

CALENDAR_PATH = "calendar.json"
LATE_PATH = "late.json"
_FOLDER = "releases"
_REVISED = FigureVersion.REVISED.value


class Rounded(Struct, frozen=True):
    """The headline of a day that has not settled: so coarse that it tells of nobody."""

    operational: int
    answered: int
    percent: int
    rounded_to: int


class SawBefore(Struct, frozen=True):
    """Which office or role saw a release before everybody, when, and why."""

    at: str
    to: str
    why: str
    withdrawn_at: str = ""
    withdrawn_why: str = ""


class ReleaseOut(Struct, frozen=True):
    """One release. `reason`: why its hour is another than was announced, or why a day was revised.

    `late_because`: of which kind the reason is that it was not out at its hour. A revision is in
    the calendar under another id, by the day on which it was made; `moved_because`: as `reason`.
    """

    release_id: str
    kind: str
    from_day: str
    to_day: str
    due_at: str
    reason: str = ""
    announced_as: str = ""
    moved_because: str = ""
    late_because: str = ""
    seen_before: tuple[SawBefore, ...] = ()
    provisional: Rounded | None = None
    withheld: bool = False

    @property
    def day(self) -> Day:
        """The day that it is about, or the last of its days."""
        return day_from_iso(self.to_day)

    @property
    def first_day(self) -> Day:
        """The first day that it is about."""
        return day_from_iso(self.from_day)


class LateRelease(Struct, frozen=True):
    """What could not go out at its hour, and of which kind the reason is."""

    release_id: str
    due_at: str
    because: str

    @property
    def kind(self) -> str:
        """Of which kind the release is."""
        return self.release_id[len("2026-11-21-") :]

    @property
    def day(self) -> Day:
        """The day that it is about, or the last of its days."""
        return day_from_iso(self.release_id[: len("2026-11-21")])


class Releases(Struct, frozen=True):
    """What came out, by its id, what is announced, the next first, and what is late.

    `utc_offset_minutes`: of the centre's clock, None in calendars that did not say it.
    """

    out: dict[str, ReleaseOut] = {}
    to_come: tuple[ReleaseOut, ...] = ()
    late: tuple[LateRelease, ...] = ()
    utc_offset_minutes: int | None = None

    def of(self, kind: str, iso: str) -> ReleaseOut | None:
        """Find what came out of a kind for a day."""
        return self.out.get(f"{iso}-{kind}")

    def unsettled(self, after: str) -> list[ReleaseOut]:
        """Give what was said at first of days behind `after`, the newest first."""
        said = (one for one in self.out.values() if one.provisional and one.to_day > after)
        return sorted(said, key=lambda one: one.to_day, reverse=True)


class _Late(Struct, frozen=True):
    late: tuple[LateRelease, ...]


class _Calendar(Struct, frozen=True):
    releases: list[ReleaseOut]
    utc_offset_minutes: int | None = None


def read_releases(public: PublicFolder) -> Releases:
    """Read the notes of releases and the calendar; a folder without them has none."""
    names = (name for name in public.names(_FOLDER) if name.endswith(".json"))
    out = [msgspec.json.decode(public.read(f"{_FOLDER}/{name}"), type=ReleaseOut) for name in names]
    try:
        calendar = msgspec.json.decode(public.read(CALENDAR_PATH), type=_Calendar)
    except FileNotFoundError:
        calendar = _Calendar([])
    try:
        late = msgspec.json.decode(public.read(LATE_PATH), type=_Late).late
    except FileNotFoundError:
        late = ()
    known = {one.release_id: one for one in out}
    waited = {one.release_id for one in late}
    coming = _to_come((one for one in calendar.releases if one.release_id not in waited), known)
    return Releases(known, tuple(coming), late, calendar.utc_offset_minutes)


def _to_come(calendar: Iterable[ReleaseOut], known: dict[str, ReleaseOut]) -> Iterable[ReleaseOut]:
    last = max((one.due_at for one in known.values()), default="")
    # Mostly nothing is revised: what was not out with the others is not to come either.
    waiting = (
        one
        for one in calendar
        if one.release_id not in known and (one.kind != _REVISED or one.due_at > last)
    )
    return sorted(waiting, key=lambda one: (one.due_at, one.release_id))

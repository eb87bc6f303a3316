"""The release calendar: what is published when, which follows from one rule that everybody knows.

A day is published twice: provisional, and final. A month is published once. What was judged anew on
a day goes out the day after, if that is enough to be said. The hour is the same for everybody; what
is moved is announced with a reason, and who saw it before is told with it.
"""

from collections.abc import Iterable, Iterator
from enum import StrEnum

from msgspec import Struct, field

from pasokh.account.definitions import CUTOFF, FigureVersion
from pasokh.core.people import Actor
from pasokh.core.time import DAY, HOUR, MINUTE, Day, Instant, Span, day_of, iso_day, start_of

# 09:30, for a centre that set no hour of its own.
USUAL_MINUTE = 570
# A date is announced so long before; another hour counts from then on.
ANNOUNCED_DAYS = 28
_MONTHS_BEHIND = 2
_MONTHS_AHEAD = 13


class ReleaseKind(StrEnum):
    """What a release is about."""

    PROVISIONAL = "provisional"
    FINAL = "final"
    MONTH = "month"
    REVISED = "revised"


class BlockedBy(StrEnum):
    """Why a release cannot go out at its hour: what does not add up, or is not there."""

    TALLY = "tally"  # offered is not what became of the calls
    ROWS = "rows"  # the day's rows are not what its figure counts
    PUBLISHED = "published"  # published rows do not hold every call once
    MISSING = "missing"  # the log has no figures of the day


# A centre that was off makes its figures within minutes; what is not there then needs a person.
MISSING_AFTER: Span = HOUR
# How long after the end of its last day the figures of a release can be made. A month comes a day
# after its last day's rows, because it is published beside them.
MADE_AFTER: dict[ReleaseKind, Span] = {
    ReleaseKind.PROVISIONAL: CUTOFF[FigureVersion.PROVISIONAL],
    ReleaseKind.FINAL: CUTOFF[FigureVersion.FINAL],
    ReleaseKind.MONTH: CUTOFF[FigureVersion.FINAL] + DAY,
    ReleaseKind.REVISED: 0,
}


class MovedRelease(Struct, frozen=True):
    """A release at another time than the rule says."""

    due_at: Instant
    reason: str


class PreAccess(Struct, frozen=True):
    """An office or role that saw a release before everybody, and why.

    `withdrawn_at`: from when on it did not any more.
    """

    at: Instant
    to: str
    why: str
    withdrawn_at: Instant | None = None
    withdrawn_why: str = ""


class AskedEarly(Struct, frozen=True):
    """A release that somebody wants out before its hour, until another person confirms it."""

    due_at: Instant
    reason: str
    by: Actor
    at: Instant


class BlockedRelease(Struct, frozen=True):
    """A release that could not go out at its hour, since when it is known, and which number."""

    at: Instant
    due_at: Instant
    by: BlockedBy
    number: str = ""
    said: int = 0
    held: int = 0


class ReleaseDesk(Struct):
    """What was decided about releases. Keys are release ids."""

    # From which civil day on releases go out at which minute of the day.
    minutes: dict[Day, int] = {}
    moved: dict[str, MovedRelease] = {}
    pre_access: dict[str, list[PreAccess]] = field(default_factory=dict)
    asked_early: dict[str, AskedEarly] = field(default_factory=dict)
    blocked: dict[str, BlockedRelease] = field(default_factory=dict)

    def minute_on(self, day: Day) -> int:
        """Give the minute at which releases go out on a civil day."""
        begun = [first for first in self.minutes if first <= day]
        return self.minutes[max(begun)] if begun else USUAL_MINUTE


class Release(Struct, frozen=True):
    """One line of the calendar. Days are civil days, both counted."""

    kind: ReleaseKind
    from_day: Day
    to_day: Day
    due_at: Instant
    announced_at: Instant
    reason: str = ""

    @property
    def release_id(self) -> str:
        """The last day with the kind."""
        return release_id(self.kind, self.to_day)


class Months(Struct, frozen=True):
    """The first days of the months by which a centre publishes, in order; the last one ends them.

    Its calendar is chosen outside: it may be the Jalali one.
    """

    begins: tuple[Day, ...] = ()

    def ended_between(self, first: Day, last: Day) -> Iterator[tuple[Day, Day]]:
        """Yield first and last day of each month whose last day lies within these days."""
        for begun, after in zip(self.begins, self.begins[1:], strict=False):
            if first <= after - 1 <= last:
                yield begun, after - 1


class Plan(Struct, frozen=True):
    """What the calendar of a centre follows from. `opened_day`: nothing is before it."""

    desk: ReleaseDesk
    utc_offset_minutes: int
    opened_day: Day | None
    months: Months = Months()

    def release(self, kind: ReleaseKind, days: tuple[Day, Day]) -> Release:
        """Give the line of the calendar for a release."""
        return planned(self.desk, kind, days, self.utc_offset_minutes)

    def seen_before(self, release: Release) -> list[PreAccess]:
        """Say who sees or saw a release before everybody."""
        return self.desk.pre_access.get(release.release_id, [])

    def revised_with(self, at: Instant) -> Release:
        """Give the release with which a revision of this instant goes out.

        It is that of its day; when that was let out before, that of the next day.
        """
        day = day_of(at, self.utc_offset_minutes)
        while (found := self.release(ReleaseKind.REVISED, (day, day))).due_at < at:
            day += 1
        return found

    def seen_before_revision(self, release: Release, last_out: Day | None) -> list[PreAccess]:
        """Say who saw what was judged anew, since anything of that kind came out before.

        A change may have waited for this release; whoever saw it while it waited is listed too.
        """
        days = range(self.opened_day or 0 if last_out is None else last_out + 1, release.to_day + 1)
        names = (release_id(ReleaseKind.REVISED, day) for day in days)
        return [one for name in names for one in self.desk.pre_access.get(name, [])]

    def months_over(self) -> Iterator[Release]:
        """Yield the release of each month since the centre opened, due or not."""
        if self.opened_day is None or not self.months.begins:
            return
        for begun, last in self.months.ended_between(self.opened_day, self.months.begins[-1]):
            yield self.release(ReleaseKind.MONTH, (max(begun, self.opened_day), last))

    def year_from(self, now: Instant) -> tuple[Release, ...]:
        """List the releases from the month that lies behind us to a year ahead.

        It begins and ends with whole months, so that it is the same for a month.
        """
        today = day_of(now, self.utc_offset_minutes)
        over = [begins for begins in self.months.begins if begins <= today]
        ahead = self.months.begins[len(over) :][:_MONTHS_AHEAD]
        if self.opened_day is None or not ahead:
            return ()
        days = max([self.opened_day, *over[-_MONTHS_BEHIND:-1]]), ahead[-1] - 1
        return calendar(self.desk, self.utc_offset_minutes, days, self.months)


def release_id(kind: ReleaseKind, day: Day) -> str:
    """Name a release by its last day and its kind: `2026-11-21-final`."""
    return f"{iso_day(day)}-{kind.value}"


def made_from(kind: ReleaseKind, day: Day, offset: int) -> Instant:
    """Say from when on the figures of a release can be made."""
    if kind is ReleaseKind.REVISED:  # a grave mistake can go out on the day on which it was found
        return start_of(day, offset)
    return start_of(day + 1, offset) + MADE_AFTER[kind]


def announced_at(desk: ReleaseDesk, kind: ReleaseKind, day: Day, offset: int) -> Instant:
    """Say when a release goes out by the rule: at the hour of the day on which it can be made."""
    out_on = day + 1 + MADE_AFTER[kind] // DAY
    return start_of(out_on, offset) + desk.minute_on(out_on) * MINUTE


def planned(desk: ReleaseDesk, kind: ReleaseKind, days: tuple[Day, Day], offset: int) -> Release:
    """Give the line of the calendar for a release, moved or not."""
    announced = announced_at(desk, kind, days[1], offset)
    moved = desk.moved.get(release_id(kind, days[1]))
    if moved is None:
        return Release(kind, *days, announced, announced)
    return Release(kind, *days, moved.due_at, announced, moved.reason)


def calendar(
    desk: ReleaseDesk, offset: int, days: tuple[Day, Day], months: Months
) -> tuple[Release, ...]:
    """List what is published of these days, by the time at which it goes out."""
    first, last = days
    spans: list[tuple[ReleaseKind, Iterable[tuple[Day, Day]]]] = [
        (ReleaseKind.PROVISIONAL, ((day, day) for day in range(first, last + 1))),
        (ReleaseKind.FINAL, ((day, day) for day in range(first, last + 1))),
        (ReleaseKind.MONTH, ((max(a, first), b) for a, b in months.ended_between(first, last))),
        (ReleaseKind.REVISED, ((day, day) for day in range(first, last + 1))),
    ]
    found = [planned(desk, kind, span, offset) for kind, those in spans for span in those]
    return tuple(sorted(found, key=lambda one: (one.due_at, one.to_day, one.kind)))

"""What the account floor records: a centre opened, each day's figures, and releases."""

from msgspec import Struct, field

from pasokh.account.definitions import FigureVersion
from pasokh.account.releases import BlockedBy, ReleaseKind
from pasokh.core.machine import Event
from pasokh.core.time import Day, Instant


class Tally(Struct, frozen=True, omit_defaults=True):
    """Counts of a period. `classes` holds the classes that occur, by their code."""

    classes: dict[str, int] = field(default_factory=dict)
    # Public calls that are no test, counted as they were offered: the identity's left side.
    offered: int = 0
    still_ringing: int = 0
    abandoned: int = 0
    called_back: int = 0
    answered_in_time: int = 0
    incidents_opened: int = 0
    incidents_with_mission: int = 0
    missions_dispatched: int = 0
    missions_confirmed: int = 0


class CentreOpened(Event, frozen=True):
    """The log of a centre begins. Days are civil days at its offset."""

    name: str
    utc_offset_minutes: int = 0
    keep_days: int = 1


class DayFigured(Event, frozen=True):
    """A day's figures as they stood at a cut-off, and the id that recomputes them."""

    day: Day
    figure_version: FigureVersion
    cutoff: Instant
    figure_id: str
    tally: Tally
    counties: dict[str, dict[str, int]] = field(default_factory=dict)
    reason: str = ""


class ReleaseHourSet(Event, frozen=True):
    """Figures are published at this minute of the day, on days from `from_day` on."""

    minute: int
    from_day: Day
    reason: str = ""


class ReleaseMoved(Event, frozen=True):
    """A release goes out at another time than the one that stood."""

    kind: ReleaseKind
    day: Day
    due_at: Instant
    instead_of: Instant
    reason: str


class PreAccessGiven(Event, frozen=True):
    """An office or role sees a release before everybody."""

    kind: ReleaseKind
    day: Day
    to: str
    why: str


class EarlyReleaseAsked(Event, frozen=True):
    """Somebody wants a release to go out before its hour; another person has to confirm it."""

    kind: ReleaseKind
    day: Day
    due_at: Instant
    instead_of: Instant
    reason: str


class PreAccessWithdrawn(Event, frozen=True):
    """An office or role sees a release no more before everybody."""

    kind: ReleaseKind
    day: Day
    to: str
    why: str


class ReleaseBlocked(Event, frozen=True):
    """A release cannot go out at its hour: two numbers differ that must not, or one is missing."""

    release: str
    due_at: Instant
    by: BlockedBy
    number: str = ""
    said: int = 0
    held: int = 0


class ReleaseUnblocked(Event, frozen=True):
    """A blocked release is no longer so."""

    release: str

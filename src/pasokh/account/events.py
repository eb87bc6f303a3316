"""What the account floor records: that a centre opened, and each day's figures."""

from msgspec import Struct, field

from pasokh.account.definitions import FigureVersion
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

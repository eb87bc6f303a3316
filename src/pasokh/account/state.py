"""What the account floor remembers of each call, incident and mission until its day is final.

Records are kept from the garbage collector (gc=False): they hold no cycles, and walking a
hundred thousand of them stops every desk for a moment.
"""

from msgspec import Struct, field

from pasokh.account.definitions import FigureVersion
from pasokh.account.events import Tally
from pasokh.account.releases import ReleaseDesk
from pasokh.account.seats import SeatRecord
from pasokh.answer.events import CallCode, Channel
from pasokh.core.ids import AreaCode, CallId, IncidentId, MissionId, PositionId, UnitId
from pasokh.core.merges import survivor_of
from pasokh.core.time import Day, Instant, day_of
from pasokh.dispatch.events import Outcome


class CallRecord(Struct, gc=False):
    """The facts of a call from which its class follows."""

    call_id: CallId
    offered_at: Instant
    public: bool
    test: bool
    county: AreaCode
    answered_at: Instant | None = None
    ended_at: Instant | None = None
    reached: bool = False
    handed_off: bool = False
    code: CallCode | None = None
    incident_id: IncidentId | None = None
    channel: Channel = Channel.VOICE
    call_type: str = ""
    # A person replaced a code that stood.
    recoded: bool = False

    @property
    def answered(self) -> bool:
        """Tell whether anybody spoke to the caller, by answering or by calling back."""
        return self.answered_at is not None or self.reached


class IncidentRecord(Struct, gc=False):
    """One incident. After a merge the survivor holds the calls and missions of both."""

    incident_id: IncidentId
    opened_at: Instant
    public: bool
    test: bool
    merged_into: IncidentId | None = None
    closed_at: Instant | None = None
    calls: dict[CallId, None] = {}
    missions: dict[MissionId, None] = {}
    incident_type: str = ""
    county: AreaCode = ""
    priority: int | None = None
    # When the grade that stands was set, and how often another one stood before.
    graded_at: Instant | None = None
    regraded: int = 0
    # The earliest public answered call that has been forgotten since, so that a late caller
    # about an old incident is still a repeat.
    first_forgotten: bool = False
    # The same of calls about this very incident, so that an unmerge can tell whose it was.
    own_forgotten: bool = False


class MissionRecord(Struct, gc=False):
    """One mission; `incident_id` is the incident that it was made for."""

    mission_id: MissionId
    incident_id: IncidentId
    dispatched_at: Instant | None = None
    outcome: Outcome | None = None
    over: bool = False
    unit_id: UnitId | None = None
    # None when nobody knows the time: a log that was brought in may know only that it happened.
    ordered_at: Instant | None = None
    acknowledged_at: Instant | None = None
    en_route_at: Instant | None = None
    on_scene_at: Instant | None = None
    cleared_at: Instant | None = None


class FigureRecord(Struct, gc=False):
    """A day's figure as it was last made."""

    figure_version: FigureVersion
    figure_id: str
    cutoff: Instant
    tally: Tally


class AccountState(Struct):
    """The account floor."""

    name: str = ""
    utc_offset_minutes: int = 0
    keep_days: int = 1
    opened_day: Day | None = None
    # Days up to and including this one are forgotten: their figures stand.
    forgotten_day: Day | None = None
    calls: dict[CallId, CallRecord] = field(default_factory=dict)
    calls_of_day: dict[Day, dict[CallId, None]] = field(default_factory=dict)
    incidents: dict[IncidentId, IncidentRecord] = field(default_factory=dict)
    # By the day on which they opened, and were dispatched: a day is counted once a few seconds.
    incidents_of_day: dict[Day, dict[IncidentId, None]] = field(default_factory=dict)
    missions: dict[MissionId, MissionRecord] = field(default_factory=dict)
    missions_of_day: dict[Day, dict[MissionId, None]] = field(default_factory=dict)
    figures: dict[Day, FigureRecord] = field(default_factory=dict)
    seats: dict[PositionId, SeatRecord] = field(default_factory=dict)
    # What units are for, as they were last registered or changed.
    capabilities: dict[UnitId, tuple[str, ...]] = field(default_factory=dict)
    releases: ReleaseDesk = field(default_factory=ReleaseDesk)

    def day_of(self, at: Instant) -> Day:
        """Say on which of the centre's civil days an instant falls."""
        return day_of(at, self.utc_offset_minutes)

    def survivor_of(self, incident_id: IncidentId) -> IncidentId:
        """Name the incident that stands for this one after all merges."""
        return survivor_of(self._merged_into, incident_id)

    def _merged_into(self, incident_id: IncidentId) -> IncidentId | None:
        incident = self.incidents.get(incident_id)
        return None if incident is None else incident.merged_into

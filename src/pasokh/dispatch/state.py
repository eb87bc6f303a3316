"""What is true on the dispatch floor: incidents, units, missions that are not yet forgotten.

Records are kept from the garbage collector (gc=False): they hold no cycles, and walking a
hundred thousand of them stops every desk for a moment.
"""

from msgspec import Struct, field

from pasokh.answer.events import Origin
from pasokh.core.ids import AreaCode, IncidentId, MissionId, PersonId, UnitId
from pasokh.core.machine import Kept
from pasokh.core.merges import survivor_of
from pasokh.core.people import Actor
from pasokh.core.time import Instant
from pasokh.dispatch.events import Availability, Outcome, Stage


class Incident(Struct, gc=False):
    """One thing happening at one place."""

    incident_id: IncidentId
    incident_type: str
    county: AreaCode
    beat: AreaCode
    origin: Origin
    test: bool
    opened_at: Instant
    priority: int | None = None
    merged_into: IncidentId | None = None
    disposition: str = ""
    closed_at: Instant | None = None
    linked: tuple[IncidentId, ...] = ()
    missions: list[MissionId] = []
    # Short enough to be said over the air; no two open incidents have the same.
    number: int = 0
    # The dispatcher who looks after it.
    owner: PersonId | None = None
    # Since when it waits for its first unit: opened, reopened, or taken apart from another.
    waits_since: Instant = 0
    # No unit had been told by the time at which one should have been.
    overdue: bool = False
    words: tuple[Kept, ...] = ()
    # The entries about the incident, its missions, and calls being linked to it.
    trail: list[int] = []
    # Whether a person set the priority: what a type says never overrules that.
    judged: bool = False


class Unit(Struct, gc=False):
    """A crew that moves as one. `missions` are those it has been told of and not finished."""

    unit_id: UnitId
    station: str
    county: AreaCode
    capabilities: tuple[str, ...]
    availability: Availability = Availability.AVAILABLE
    secondary: tuple[str, ...] = ()
    retired: bool = False
    missions: list[MissionId] = []
    call_sign: str = ""


class Mission(Struct, gc=False):
    """One unit sent to one incident, from order to clear."""

    mission_id: MissionId
    incident_id: IncidentId
    unit_id: UnitId
    stage: Stage
    created_at: Instant
    stage_at: Instant
    dispatched_at: Instant | None = None
    on_scene_at: Instant | None = None
    over_at: Instant | None = None
    outcome: Outcome | None = None
    # It has been in its stage for longer than is meant.
    overdue: bool = False
    # Who told the unit.
    sent_by: Actor = ""


class DispatchState(Struct):
    """The dispatch floor."""

    incidents: dict[IncidentId, Incident] = field(default_factory=dict)
    units: dict[UnitId, Unit] = field(default_factory=dict)
    missions: dict[MissionId, Mission] = field(default_factory=dict)
    # The open incidents, so that whoever looks every second need not walk all days.
    open: dict[IncidentId, None] = field(default_factory=dict)
    # Which incident a number was given to last, and the number given last.
    numbers: dict[int, IncidentId] = field(default_factory=dict)
    last_number: int = 0
    # Missions that a merge moved, and the incident that each was made for.
    homes: dict[MissionId, IncidentId] = field(default_factory=dict)

    def survivor_of(self, incident_id: IncidentId) -> IncidentId:
        """Name the incident that stands for this one after all merges."""
        return survivor_of(self._merged_into, incident_id)

    def _merged_into(self, incident_id: IncidentId) -> IncidentId | None:
        incident = self.incidents.get(incident_id)
        return None if incident is None else incident.merged_into

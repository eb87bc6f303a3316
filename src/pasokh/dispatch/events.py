"""What happened on the dispatch floor. A shape is for ever: changing one needs an upcaster."""

from enum import StrEnum
from typing import Annotated, TypeAlias

from msgspec import Meta

from pasokh.answer.events import Origin
from pasokh.core.ids import AreaCode, CallId, Code, IncidentId, MissionId, PersonId, UnitId
from pasokh.core.machine import Event, Sealed

# 1 is the most urgent; 5 can wait for tomorrow.
Priority: TypeAlias = Annotated[int, Meta(ge=1, le=5)]


class Availability(StrEnum):
    """A unit's primary state (NENA-STA-021: emergencyResourceComponent)."""

    AVAILABLE = "available"
    CONDITIONALLY_AVAILABLE = "conditionally_available"
    NOT_AVAILABLE = "not_available"


class Outcome(StrEnum):
    """What the unit found on scene."""

    FOUNDED = "founded"
    UNFOUNDED = "unfounded"
    HOAX = "hoax"
    GONE = "gone"


class Stage(StrEnum):
    """How far a mission has come."""

    CREATED = "created"
    DISPATCHED = "dispatched"
    ACKNOWLEDGED = "acknowledged"
    EN_ROUTE = "en_route"
    ON_SCENE = "on_scene"
    CLEARED = "cleared"
    CANCELLED = "cancelled"


class IncidentOpened(Event, frozen=True):
    """Something is happening at one place."""

    incident_id: IncidentId
    incident_type: Code = ""
    county: AreaCode = ""
    beat: AreaCode = ""
    origin: Origin = Origin.PUBLIC
    test: bool = False
    words: Sealed | None = None


class IncidentTyped(Event, frozen=True):
    """What is happening became known, or better known."""

    incident_id: IncidentId
    incident_type: Code


class IncidentPrioritised(Event, frozen=True):
    """The urgency was set, with its reasons."""

    incident_id: IncidentId
    priority: Priority
    reasons: tuple[str, ...]


class IncidentMoved(Event, frozen=True):
    """The incident is somewhere else than was thought."""

    incident_id: IncidentId
    county: AreaCode
    beat: AreaCode = ""
    words: Sealed | None = None


class IncidentNoted(Event, frozen=True):
    """Words about the incident went into the vault."""

    incident_id: IncidentId
    words: Sealed


class IncidentMerged(Event, frozen=True):
    """The incident is the same thing as another one; calls and missions follow the survivor."""

    incident_id: IncidentId
    into: IncidentId


class IncidentSplit(Event, frozen=True):
    """One incident turned out to be two; the named calls and missions move to the new one."""

    incident_id: IncidentId
    new_incident_id: IncidentId
    call_ids: tuple[CallId, ...] = ()
    mission_ids: tuple[MissionId, ...] = ()


class IncidentsLinked(Event, frozen=True):
    """Two incidents have to do with each other and stay two."""

    incident_id: IncidentId
    other_id: IncidentId
    reason: str


class IncidentsUnlinked(Event, frozen=True):
    """Two incidents have nothing to do with each other after all."""

    incident_id: IncidentId
    other_id: IncidentId
    reason: str


class IncidentUnmerged(Event, frozen=True):
    """The incident was not the same thing as `into`: its own calls and missions are its again."""

    incident_id: IncidentId
    into: IncidentId
    reason: str


class IncidentAssigned(Event, frozen=True):
    """A dispatcher looks after the incident from now on."""

    incident_id: IncidentId
    person_id: PersonId


class IncidentReleased(Event, frozen=True):
    """The dispatcher looks after the incident no longer."""

    incident_id: IncidentId
    person_id: PersonId


class IncidentOverdue(Event, frozen=True):
    """No unit has been told, and by now one should have been."""

    incident_id: IncidentId


class IncidentClosed(Event, frozen=True):
    """Nothing more is done about the incident."""

    incident_id: IncidentId
    disposition: Code
    time_known: bool = True


class IncidentReopened(Event, frozen=True):
    """A closed incident needs work again."""

    incident_id: IncidentId
    reason: str


class IncidentFlaggedTest(Event, frozen=True):
    """The incident was declared an exercise, or declared real."""

    incident_id: IncidentId
    test: bool
    reason: str


class UnitRegistered(Event, frozen=True):
    """A unit exists from now on."""

    unit_id: UnitId
    station: Code = ""
    county: AreaCode = ""
    capabilities: tuple[str, ...] = ()
    call_sign: str = ""


class UnitChanged(Event, frozen=True):
    """The unit belongs elsewhere, can do other things or is called otherwise from now on."""

    unit_id: UnitId
    call_sign: str = ""
    station: Code = ""
    county: AreaCode = ""
    capabilities: tuple[str, ...] = ()


class UnitStateSet(Event, frozen=True):
    """The unit's shift state: one primary state and a set of secondary ones."""

    unit_id: UnitId
    availability: Availability
    secondary: tuple[str, ...] = ()


class UnitRetired(Event, frozen=True):
    """The unit exists no longer. Nothing is deleted: it ends."""

    unit_id: UnitId
    reason: str


class MissionCreated(Event, frozen=True):
    """One unit was chosen to go to one incident. Nobody was told yet."""

    mission_id: MissionId
    incident_id: IncidentId
    unit_id: UnitId


class MissionDispatched(Event, frozen=True):
    """The unit was told. From here on the call is operational."""

    mission_id: MissionId
    time_known: bool = True
    override_reason: str = ""


class MissionAcknowledged(Event, frozen=True):
    """The unit said that it heard."""

    mission_id: MissionId
    time_known: bool = True


class MissionEnRoute(Event, frozen=True):
    """The unit moves."""

    mission_id: MissionId
    time_known: bool = True


class MissionOnScene(Event, frozen=True):
    """The unit is there."""

    mission_id: MissionId
    time_known: bool = True


class MissionOutcomeRecorded(Event, frozen=True):
    """What the unit found."""

    mission_id: MissionId
    outcome: Outcome


class MissionCleared(Event, frozen=True):
    """The unit is done with the mission."""

    mission_id: MissionId
    time_known: bool = True


class MissionCancelled(Event, frozen=True):
    """The mission ended before its unit was done; `stage` says how far it had come."""

    mission_id: MissionId
    stage: Stage
    reason: str


class MissionOverdue(Event, frozen=True):
    """The mission has been in a stage for longer than is meant."""

    mission_id: MissionId
    stage: Stage

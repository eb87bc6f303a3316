"""What can be asked of the dispatch floor."""

from typing import Annotated, ClassVar, TypeAlias

from msgspec import Meta

from pasokh.answer.events import Origin
from pasokh.core.ids import (
    AreaCode,
    CallId,
    Code,
    IncidentId,
    MissionId,
    PersonId,
    ReasonText,
    UnitId,
)
from pasokh.core.machine import Command
from pasokh.dispatch.events import Availability, Outcome, Priority, Stage

CallSign: TypeAlias = Annotated[str, Meta(max_length=16)]


class OpenIncident(Command, frozen=True):
    """Say that something is happening at one place."""

    may_carry_words: ClassVar[bool] = True

    incident_id: IncidentId
    incident_type: str = ""
    county: AreaCode = ""
    beat: AreaCode = ""
    origin: Origin = Origin.PUBLIC
    test: bool = False


class TypeIncident(Command, frozen=True):
    """Say what is happening, by the centre's list of types."""

    incident_id: IncidentId
    incident_type: Code


class PrioritiseIncident(Command, frozen=True):
    """Set the urgency, with at least one reason."""

    incident_id: IncidentId
    priority: Priority
    reasons: Annotated[tuple[ReasonText, ...], Meta(min_length=1)]


class MoveIncident(Command, frozen=True):
    """Say that the incident is somewhere else."""

    may_carry_words: ClassVar[bool] = True

    incident_id: IncidentId
    county: AreaCode
    beat: AreaCode = ""


class NoteIncident(Command, frozen=True):
    """Write words about the incident."""

    may_carry_words: ClassVar[bool] = True

    incident_id: IncidentId


class MergeIncident(Command, frozen=True):
    """Say that two incidents are one; `into` is meant to survive."""

    incident_id: IncidentId
    into: IncidentId


class SplitIncident(Command, frozen=True):
    """Say that one incident is two, and which calls and missions belong to the new one."""

    incident_id: IncidentId
    new_incident_id: IncidentId
    call_ids: tuple[CallId, ...] = ()
    mission_ids: tuple[MissionId, ...] = ()


class LinkIncidents(Command, frozen=True):
    """Say that two incidents have to do with each other."""

    incident_id: IncidentId
    other_id: IncidentId
    reason: ReasonText


class UnlinkIncidents(Command, frozen=True):
    """Say that two linked incidents have nothing to do with each other after all."""

    incident_id: IncidentId
    other_id: IncidentId
    reason: ReasonText


class UnmergeIncident(Command, frozen=True):
    """Say that a merged incident was another thing after all: it gets back what it brought."""

    incident_id: IncidentId
    reason: ReasonText


class AssignIncident(Command, frozen=True):
    """Say which dispatcher looks after an open incident; another one may take it over."""

    incident_id: IncidentId
    person_id: PersonId


class ReleaseIncident(Command, frozen=True):
    """Nobody in particular looks after the incident from now on."""

    incident_id: IncidentId


class MarkIncidentOverdue(Command, frozen=True):
    """No unit has been told of an open incident by the time at which one should have been."""

    incident_id: IncidentId


class CloseIncident(Command, frozen=True):
    """End the work on an incident. Every mission of it must be over.

    `time_known` is False when a log brought from elsewhere does not say when it ended.
    """

    incident_id: IncidentId
    disposition: Code
    time_known: bool = True


class ReopenIncident(Command, frozen=True):
    """Take a closed incident up again."""

    incident_id: IncidentId
    reason: ReasonText


class FlagIncidentTest(Command, frozen=True):
    """Say that the incident is an exercise, or is not after all."""

    incident_id: IncidentId
    test: bool
    reason: ReasonText


class RegisterUnit(Command, frozen=True):
    """A unit exists from now on. It is available until its state says otherwise."""

    unit_id: UnitId
    station: str = ""
    county: AreaCode = ""
    capabilities: tuple[Code, ...] = ()
    call_sign: CallSign = ""


class ChangeUnit(Command, frozen=True):
    """Say anew where a unit belongs, what it can do and what it is called on the air."""

    unit_id: UnitId
    call_sign: CallSign = ""
    station: str = ""
    county: AreaCode = ""
    capabilities: tuple[Code, ...] = ()


class SetUnitState(Command, frozen=True):
    """Say how the unit's shift stands."""

    unit_id: UnitId
    availability: Availability
    secondary: tuple[Code, ...] = ()


class RetireUnit(Command, frozen=True):
    """The unit exists no longer."""

    unit_id: UnitId
    reason: ReasonText


class CreateMission(Command, frozen=True):
    """Choose a unit for an incident, without telling it yet."""

    mission_id: MissionId
    incident_id: IncidentId
    unit_id: UnitId


class DispatchMission(Command, frozen=True):
    """The unit has been told. A busy unit is taken only with a reason that is logged.

    `time_known` is False when a log brought from elsewhere says that the step happened but not
    when; such a step counts, and its time is in no interval.
    """

    mission_id: MissionId
    time_known: bool = True
    override_reason: Annotated[str, Meta(max_length=500)] = ""


class AcknowledgeMission(Command, frozen=True):
    """The unit heard the order."""

    mission_id: MissionId
    time_known: bool = True


class StartMission(Command, frozen=True):
    """The unit moves."""

    mission_id: MissionId
    time_known: bool = True


class ArriveMission(Command, frozen=True):
    """The unit is on scene."""

    mission_id: MissionId
    time_known: bool = True


class RecordOutcome(Command, frozen=True):
    """Say what the unit found. Asked again, it corrects."""

    mission_id: MissionId
    outcome: Outcome


class ClearMission(Command, frozen=True):
    """The unit is done."""

    mission_id: MissionId
    time_known: bool = True


class CancelMission(Command, frozen=True):
    """End the mission before the unit is done."""

    mission_id: MissionId
    reason: ReasonText


class MarkOverdue(Command, frozen=True):
    """A mission has been in this stage for longer than is meant; asked when that time has come."""

    mission_id: MissionId
    stage: Stage

"""What just happened, ready to be said: the kind of a fact and the names that its line needs.

Names of persons and their reasons stay out: the board is a page that anybody may look at.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

import msgspec
from msgspec import Struct

from pasokh.answer.events import CallOffered, CallRejected
from pasokh.answer.probes import PROBE
from pasokh.control_room.state import Centre
from pasokh.core.ids import AreaCode
from pasokh.core.machine import CommandRefused, Event, Fact
from pasokh.core.refusal import Reason
from pasokh.core.time import Instant
from pasokh.staff.decide import DECIDE as STAFF

# Steps that a watcher need not see: desk work, and what is said again by the next step.
QUIET = frozenset(
    "CallQueued PositionRung PositionRangOut CallHeld CallResumed CallLocated CallTyped "
    "CallNoted CallMarkedSilent QuestionAnswered ProtocolLeft DeliveryReported MessagesRead "
    "PlaceTold PlaceExpired "
    # Whoever appeals by the public page must not see in any list whether the number is marked.
    "AppealReceived AppealSettled AppealTold AppealExpired NuisanceAppealed AppealDecided "
    "RecordingStarted RecordingPaused RecordingResumed RecordingKept RecordingLost RecordingMarked "
    "ComparisonAsked CountsCompared DifferenceAcknowledged CallsFellSilent CallsHeardAgain "
    "ProbeReported ProbesMissed ProbesHeard CallerAsked "
    "RecordingChecked RecordingErased "
    "SpeechHeard ToneHeard SilentProcedureBegun SilentProcedureEnded "
    "CallTakerReady CallTakerAway CallTakerSignedIn CallTakerSignedOut PositionOpened "
    "IncidentTyped IncidentNoted UnitRegistered UnitStateSet CentreOpened MissionCreated "
    "IncidentAssigned IncidentReleased IncidentsUnlinked IncidentOverdue MissionOverdue "
    "MissionAcknowledged UnitChanged EntrySet EntryEnded EntryTookEffect "
    # Who signs in, reads and is told what is for those who work here, and for no watcher.
    "PersonPlaced PersonDismissed PersonSignedIn SignInFailed SessionLocked SessionUnlocked "
    "SessionEnded DeskOpened WordsRead ReadReviewed ShiftNoteWritten BroadcastMade "
    "BroadcastAcknowledged BroadcastExpired "
    "HoldAsked HoldConfirmed HoldReleaseAsked HoldReleased ErasuresReported "
    # Told in the release calendar, where they belong to what they are about.
    "ReleaseHourSet ReleaseMoved PreAccessGiven EarlyReleaseAsked PreAccessWithdrawn "
    "ReleaseBlocked ReleaseUnblocked "
    # Told in the newsroom, at their time.
    "NewsApproved NewsRescheduled NewsWithdrawn".split()
)
_STAFF_COMMANDS = frozenset(kind.__name__ for kind in STAFF)
# Details of refusals that name a person: the desk is told, the page is not.
_PERSONS = frozenset({"person", "by"})
# Fields of events that name things and closed lists. What is not here is never shown.
_SHOWN = {
    "availability": "availability",
    "call_id": "call",
    "code": "code",
    "day": "day",
    "figure_version": "figure_version",
    "incident_id": "incident",
    "into": "into",
    "mission_id": "mission",
    "new_incident_id": "new_incident",
    "other_id": "other",
    "outcome": "outcome",
    "position_id": "position",
    "previous": "previous",
    "priority": "priority",
    "queue": "queue",
    "service": "service",
    "stage": "stage",
    "unit_id": "unit",
}


class Happening(Struct, frozen=True):
    """A fact for the feed. `details` has what its sentence names; `reason` only a refusal's."""

    seq: int
    at: Instant
    kind: str
    county: AreaCode
    details: dict[str, str | int]
    reason: Reason | None = None


def happenings_of(centre: Centre, facts: Sequence[Fact], longest: int) -> tuple[Happening, ...]:
    """The newest facts that a watcher wants to see, newest first, at most `longest`."""
    told = [fact for fact in facts if not _quiet(centre, fact.event)]
    return tuple(happening(centre, fact) for fact in reversed(told[-longest:]))


def _quiet(centre: Centre, event: Event) -> bool:
    if isinstance(event, CommandRefused):
        return event.command in _STAFF_COMMANDS
    return type(event).__name__ in QUIET or _is_probe(centre, event)


def _is_probe(centre: Centre, event: Event) -> bool:
    """Tell whether it is about one of the probe calls, which come each minute."""
    if not isinstance(event, CallOffered | CallRejected):
        return False
    call = centre.answer.calls.get(event.call_id)
    return call is not None and call.test and call.queue == PROBE


def happening(centre: Centre, fact: Fact) -> Happening:
    """Name what a fact is about, from its event and from what the state knows beside it."""
    event = fact.event
    if isinstance(event, CommandRefused):
        # Who sits where is nobody's business outside.
        named = {name: v for name, v in event.details.items() if name not in _PERSONS}
        return Happening(fact.seq, fact.at, "CommandRefused", "", named, event.reason)
    details = _details(event)
    _add_mission(centre, details)
    return Happening(fact.seq, fact.at, type(event).__name__, _county(centre, details), details)


def shown_fields(kind: type[Event]) -> set[str]:
    """Name the details that a line about this kind of event may use."""
    found = {_SHOWN[name] for name in kind.__struct_fields__ if name in _SHOWN}
    return found | {"unit", "incident"} if "mission" in found else found


def _details(event: Event) -> dict[str, str | int]:
    fields: dict[str, Any] = msgspec.structs.asdict(event)
    return {
        _SHOWN[name]: value.value if isinstance(value, StrEnum) else value
        for name, value in fields.items()
        if name in _SHOWN and value is not None
    }


def _add_mission(centre: Centre, details: dict[str, str | int]) -> None:
    mission = centre.dispatch.missions.get(str(details.get("mission", "")))
    if mission is not None:
        details.setdefault("unit", mission.unit_id)
        details.setdefault("incident", mission.incident_id)


def _county(centre: Centre, details: dict[str, str | int]) -> AreaCode:
    call = centre.answer.calls.get(str(details.get("call", "")))
    if call is not None and call.county:
        return call.county
    incident = centre.dispatch.incidents.get(str(details.get("incident", "")))
    return "" if incident is None else incident.county

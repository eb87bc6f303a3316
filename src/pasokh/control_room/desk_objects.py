"""The objects that desks show, as they are sent: one Struct a kind, and an envelope around each.

An omitted field has its default: nothing, none, false, no. Times are milliseconds since 1970
(UTC). Names and numbers of persons are in none of them; where something is comes from `Place`.
"""

from enum import StrEnum
from typing import Annotated, TypeAlias

from msgspec import Meta, Struct

from pasokh.answer.events import CallBackResult, CallCode, Channel, Delivery, Origin
from pasokh.answer.events_voice import LostWhy, SilentOutcome, VoiceFound
from pasokh.answer.events_watch import CallsFellSilent
from pasokh.answer.state import HandoffState, Phase, PositionState, RecordingPhase
from pasokh.answer.views import Conservation, LineNow, ProbesNow
from pasokh.core.ids import (
    AreaCode,
    CallId,
    Code,
    Id,
    IncidentId,
    MissionId,
    PersonId,
    PositionId,
    UnitId,
)
from pasokh.core.people import Actor
from pasokh.core.time import Instant, Span
from pasokh.dispatch.events import Availability, Outcome, Stage
from pasokh.reference.entries import ListEntry, ListName


class ThingKind(StrEnum):
    """What kinds of things a desk shows."""

    CALL = "call"
    INCIDENT = "incident"
    MISSION = "mission"
    UNIT = "unit"
    POSITION = "position"
    BROADCAST = "broadcast"
    ENTRY = "entry"
    FIGURE = "figure"


# Names one object of all desks.
DeskKey: TypeAlias = tuple[ThingKind, str]


class Place(Struct, frozen=True, gc=False):
    """Opened words: where a call or an incident is (degrees, WGS 84), or a broadcast's text."""

    text: str = ""
    latitude: float | None = None
    longitude: float | None = None


NOWHERE = Place()


class DeskCallBack(Struct, frozen=True, omit_defaults=True, gc=False):
    """A line of the call-back list. `calls`: how often the number called since it was spoken to.

    `dialled_at` and `picked_up_at` while a telephone of ours calls; `reply`: what the network said
    to the last one that came to nothing (a SIP code).
    """

    due_at: Instant
    calls: int
    attempts: int = 0
    last: CallBackResult | None = None
    needs_help: bool = False
    begun_by: Actor = ""
    begun_at: Instant = 0
    dialled_at: Instant = 0
    picked_up_at: Instant = 0
    reply: str = ""


class DeskSending(Struct, frozen=True, omit_defaults=True, gc=False):
    """How far a message of ours has come, and why no further."""

    delivery: Delivery
    why: str = ""


class DeskReadMark(Struct, frozen=True, gc=False):
    """Somebody has read a thread up to a message of the caller's; `at`: when that was said."""

    message: Id
    at: Instant


class DeskThread(Struct, frozen=True, omit_defaults=True, gc=False):
    """A call in writing: when somebody wrote last, what came since we wrote, what of ours went.

    `ends_at`: when it is over if nobody writes. `sent`: our newest messages by their id. `read`:
    how far each person of the desks has read.
    """

    last_at: Instant
    ends_at: Instant
    messages: int
    unanswered: int = 0
    sent: dict[str, DeskSending] = {}
    read: dict[Actor, DeskReadMark] = {}


class DeskMark(Struct, frozen=True, omit_defaults=True, gc=False):
    """A nuisance mark on a number: of which call, what, who, why, until when."""

    call: CallId
    code: CallCode
    by: Actor
    reason: str
    until: Instant
    proposed_until: Instant | None = None
    appealed: bool = False


class DeskRecording(Struct, frozen=True, omit_defaults=True, gc=False):
    """A call's recording; `evidence` is why it was marked, and then nothing erases it by time.

    `lost`: why there is none. `found`: how the kept one was when somebody last looked.
    """

    phase: RecordingPhase
    duration: Span = 0
    erase_at: Instant = 0
    evidence: str = ""
    lost: LostWhy | None = None
    found: VoiceFound = VoiceFound.WHOLE


class DeskSpokenBack(Struct, frozen=True, omit_defaults=True, gc=False):
    """A call of ours to who gave up, with its recording; `at`: when it was dialled."""

    id: Id
    at: Instant
    recording: DeskRecording
    ended_at: Instant | None = None


class DeskCall(Struct, frozen=True, omit_defaults=True, gc=False):
    """A call. `earlier` counts the calls of the same caller before this one.

    `answers`: by protocol and step what was answered last; `left`: the protocols that were left.
    `tones`: the keys that the caller pressed, `toned_at`: when each.
    `asked_for_sign` and `sign`: the silent procedure.
    `mark`: the newest on the number, whichever of its calls it was about.
    `call_back`: on the newest call of each number that somebody has to call back.
    `spoken_back`: the recorded calls of ours to this call's caller.
    """

    id: CallId
    channel: Channel
    origin: Origin
    phase: Phase
    offered_at: Instant
    county: AreaCode = ""
    test: bool = False
    queue: str = ""
    answered_at: Instant | None = None
    ended_at: Instant | None = None
    position: PositionId | None = None
    type: str = ""
    incident: IncidentId | None = None
    code: CallCode | None = None
    silent: bool = False
    tones: str = ""
    toned_at: tuple[Instant, ...] = ()
    asked_for_sign: bool = False
    sign: SilentOutcome | None = None
    recording: DeskRecording | None = None
    spoken_back: tuple[DeskSpokenBack, ...] = ()
    reached: bool = False
    handoffs: dict[Code, HandoffState] = {}
    answers: dict[Code, dict[Code, Code]] = {}
    left: tuple[Code, ...] = ()
    nuisance: bool = False
    line: str = ""
    rung: PositionId | None = None
    earlier: int = 0
    call_back: DeskCallBack | None = None
    mark: DeskMark | None = None
    thread: DeskThread | None = None
    has_words: int = 0
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None


class DeskIncident(Struct, frozen=True, omit_defaults=True, gc=False):
    """An incident. `due_at`: by when its first unit should be told."""

    id: IncidentId
    origin: Origin
    opened_at: Instant
    number: int = 0
    type: str = ""
    priority: int | None = None
    county: AreaCode = ""
    beat: AreaCode = ""
    test: bool = False
    closed_at: Instant | None = None
    disposition: str = ""
    merged_into: IncidentId | None = None
    linked: tuple[IncidentId, ...] = ()
    owner: PersonId | None = None
    missions: tuple[MissionId, ...] = ()
    calls: tuple[CallId, ...] = ()
    more_calls: int = 0
    overdue: bool = False
    due_at: Instant | None = None
    has_words: int = 0
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None


class DeskMission(Struct, frozen=True, omit_defaults=True, gc=False):
    """A mission. `due_at`: by when its next step should have come."""

    id: MissionId
    incident: IncidentId
    unit: UnitId
    stage: Stage
    created_at: Instant
    stage_at: Instant = 0
    dispatched_at: Instant | None = None
    on_scene_at: Instant | None = None
    over_at: Instant | None = None
    outcome: Outcome | None = None
    overdue: bool = False
    due_at: Instant | None = None


class DeskUnit(Struct, frozen=True, omit_defaults=True, gc=False):
    """A unit. `missions` are those it has been told of and not finished."""

    id: UnitId
    availability: Availability
    call_sign: str = ""
    station: str = ""
    county: AreaCode = ""
    capabilities: tuple[str, ...] = ()
    secondary: tuple[str, ...] = ()
    missions: tuple[MissionId, ...] = ()
    retired: bool = False


class DeskPosition(Struct, frozen=True, omit_defaults=True, gc=False):
    """A position, who sits there, and since when its state is so."""

    id: PositionId
    state: PositionState
    since: Instant
    name: str = ""
    person: PersonId | None = None
    call: CallId | None = None


class DeskBroadcast(Struct, frozen=True, omit_defaults=True, gc=False):
    """Words to every desk, or to the desks of one county, until they expire."""

    id: str
    at: Instant
    actor: Actor
    expires_at: Instant
    county: AreaCode = ""
    acknowledged: tuple[PersonId, ...] = ()
    text: str = ""


class DeskEntry(Struct, frozen=True, omit_defaults=True, gc=False):
    """A line of a reference list as it reads now; a protocol's with the version's beginning."""

    id: str
    list: ListName
    code: Code
    entry: ListEntry
    begun_at: Instant = 0


class DoorConservation(Struct, frozen=True, forbid_unknown_fields=True):
    """What became of everything that came to the public doors, by their own count.

    received = calls + joined + parked + waiting. `joined`: more words about a call that there was,
    and what is no call. `waited`: for so long the oldest has waited to be handed over, by the
    doors' own clock (milliseconds).
    """

    received: Annotated[int, Meta(ge=0)]
    calls: Annotated[int, Meta(ge=0)]
    joined: Annotated[int, Meta(ge=0)]
    parked: Annotated[int, Meta(ge=0)]
    waiting: Annotated[int, Meta(ge=0)]
    waited: Annotated[Span, Meta(ge=0)] = 0

    @property
    def residual(self) -> int:
        """What is missing: always 0, or something is wrong."""
        return self.received - self.calls - self.joined - self.parked - self.waiting


class DeskDoors(Struct, frozen=True):
    """The public doors' conservation, as they told it at `at`, with what is missing."""

    told: DoorConservation
    residual: int
    at: Instant


class DeskFigure(Struct, frozen=True, omit_defaults=True):
    """Today in numbers. `one_copy` warns that the log lies on one machine only.

    `no_telephone`: the positions at which no call would ring now, where the centre has a line.
    `late_releases`: how many could not go out at their hour.
    """

    id: str
    answered_in_time: int = 0
    offered: int = 0
    operational: int = 0
    answered: int = 0
    ringing: int = 0
    longest_wait_since: Instant | None = None
    one_copy: bool = False
    alarms: dict[PositionId, int] = {}
    conservation: Conservation | None = None
    doors: DeskDoors | None = None
    no_telephone: tuple[PositionId, ...] = ()
    line: LineNow | None = None
    silence: CallsFellSilent | None = None
    probes: ProbesNow | None = None
    late_releases: int = 0


DeskObject: TypeAlias = (
    DeskCall
    | DeskIncident
    | DeskMission
    | DeskUnit
    | DeskPosition
    | DeskBroadcast
    | DeskEntry
    | DeskFigure
)

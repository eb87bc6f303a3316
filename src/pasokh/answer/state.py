"""What is true on the answer floor: calls that are not yet forgotten, and positions.

Records are kept from the garbage collector (gc=False): they hold no cycles, and walking a
hundred thousand of them stops every desk for a moment. What most of them lack is an empty tuple
or None, which all share.
"""

from enum import StrEnum

from msgspec import Struct, field

from pasokh.answer.appeals import Appeal
from pasokh.answer.call_backs import CallBackLine, Dial
from pasokh.answer.events import CallCode, Channel, Delivery, Origin
from pasokh.answer.events_voice import LostWhy, SilentOutcome, VoiceFound
from pasokh.answer.events_watch import CallsFellSilent, CountsCompared, ProbeEnd, ProbeReported
from pasokh.answer.survey import Surveys
from pasokh.core.ids import (
    AreaCode,
    CallId,
    Code,
    Id,
    IncidentId,
    LineName,
    PersonId,
    PositionId,
)
from pasokh.core.machine import Kept, Sealed
from pasokh.core.people import Actor
from pasokh.core.time import Instant, Span

# Enough to see a caller's habit; one who calls all day must not fill the memory.
CALLS_OF_A_CALLER = 50
# Of a thread so many ids are kept, so that one who writes all day must not fill the memory.
MESSAGES_KEPT = 500


class Phase(StrEnum):
    """Where a call is on its way."""

    RINGING = "ringing"
    CONNECTED = "connected"
    HELD = "held"
    ABANDONED = "abandoned"
    ENDED = "ended"


class HandoffState(StrEnum):
    """How another service answered."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class PositionState(StrEnum):
    """What the call taker at a position is doing."""

    EMPTY = "empty"
    READY = "ready"
    BUSY = "busy"
    WRAP_UP = "wrap_up"
    AWAY = "away"


class Sending(Struct, gc=False):
    """How far a message of ours has come."""

    delivery: Delivery = Delivery.WAITING
    why: str = ""


class ReadMark(Struct, gc=False):
    """Up to which of a caller's messages somebody has read, and when that was said."""

    message_id: Id
    at: Instant


class Thread(Struct, gc=False):
    """The messages of a call in writing. `unanswered`: what came since we last wrote.

    `read`: who of the desks has read how far.
    """

    key: str
    last_at: Instant
    unanswered: int = 0
    count: int = 0
    received: dict[str, None] = {}
    sent: dict[str, Sending] = {}
    read: dict[Actor, ReadMark] = {}


class RecordingPhase(StrEnum):
    """How far the recording of a call has come."""

    RUNNING = "running"
    PAUSED = "paused"
    KEPT = "kept"
    LOST = "lost"
    ERASED = "erased"


class Recording(Struct, gc=False):
    """A call's recorded voice. `trace` finds the plain one, `key` seals half of the kept one's.

    `evidence` is why a person marked it so; "" for one that is erased when its time is over.
    `lost`: why there is none. `found`: how the kept one was when somebody last looked.
    """

    phase: RecordingPhase
    began_at: Instant
    trace: str = ""
    duration: Span = 0
    erase_at: Instant = 0
    evidence: str = ""
    sha256: str = ""
    key: Sealed | None = None
    lost: LostWhy | None = None
    found: VoiceFound = VoiceFound.WHOLE


class SpokenBack(Struct, gc=False):
    """A call of ours to a caller whom nobody had answered, whose voice was to be recorded.

    `at`: when it was dialled.
    """

    call_id: CallId
    position_id: PositionId
    at: Instant
    recording: Recording
    ended_at: Instant | None = None

    @property
    def over(self) -> bool:
        """Tell whether somebody hung up."""
        return self.ended_at is not None


class Call(Struct, gc=False):
    """One contact on one channel."""

    call_id: CallId
    channel: Channel
    origin: Origin
    county: AreaCode
    test: bool
    offered_at: Instant
    phase: Phase = Phase.RINGING
    queue: str = ""
    position_id: PositionId | None = None
    answered_at: Instant | None = None
    ended_at: Instant | None = None
    reached: bool = False
    silent: bool = False
    # The keys that the caller pressed, and when each.
    tones: str = ""
    toned_at: tuple[Instant, ...] = ()
    # Whether another sign was asked for, and what came of it.
    asked_for_sign: bool = False
    sign: SilentOutcome | None = None
    recording: Recording | None = None
    call_type: str = ""
    incident_id: IncidentId | None = None
    code: CallCode | None = None
    handoffs: dict[Code, HandoffState] = {}
    # By protocol and step what was answered last; and the protocols that were left.
    answers: dict[Code, dict[Code, Code]] | None = None
    left: tuple[Code, ...] = ()
    # A pseudonym of the caller's number; "" when the number was not given.
    caller: str = ""
    # The line that carries it, and the position at which it rings.
    line: str = ""
    rung: PositionId | None = None
    rung_at: Instant = 0
    # From when it counts as waiting, where that is before it was offered: a redial.
    waits_since: Instant = 0
    words: tuple[Kept, ...] = ()
    # The dials that called this caller back and were recorded, or were to be.
    spoken_back: tuple[Id, ...] = ()
    thread: Thread | None = None
    # The entries about this call, by their place in the log.
    trail: list[int] = []

    @property
    def over(self) -> bool:
        """Tell whether the contact has ended, answered or not."""
        return self.ended_at is not None

    @property
    def queued_since(self) -> Instant:
        """Give the instant that decides its place in the queue."""
        return self.waits_since or self.offered_at


class Nuisance(Struct, gc=False):
    """A person's judgement on a call, with its end."""

    call_id: CallId
    code: CallCode
    marked_by: Actor
    expires_at: Instant
    appealed: bool = False
    reason: str = ""
    # Until when it shall last, once another person has confirmed that.
    proposed_until: Instant | None = None
    # The appeal of the public page that the objection is, and that is settled with it.
    appeal_id: Id | None = None


class Position(Struct, gc=False):
    """A desk and who sits at it; `since` is when its state last changed."""

    position_id: PositionId
    state: PositionState = PositionState.EMPTY
    since: Instant = 0
    person_id: PersonId | None = None
    call_id: CallId | None = None
    name: str = ""


class CallCounts(Struct, gc=False):
    """Every call since the log began, once by its arrival and once by its outcome."""

    offered: int = 0
    answered: int = 0
    abandoned: int = 0
    fallback: int = 0
    rejected: int = 0


class LineWatch(Struct, gc=False):
    """What is known of a line: our count of its calls by the ten seconds in which they came.

    `slices` go back to the end of the last comparison; `asked_at`: since when a person waits for
    one up to then, which an hour's that ended before is not.
    """

    slices: dict[int, CallCounts] = {}
    compared: CountsCompared | None = None
    asked_at: Instant | None = None


class HeardHours(Struct, gc=False):
    """How many calls of the lines were answered in each hour (numbered since 1970), and the last.

    Exercises left out. `silence`: nobody has been spoken to for too long.
    """

    hours: dict[int, int] = {}
    first_hour: int | None = None
    last_at: Instant | None = None
    silence: CallsFellSilent | None = None


class Probes(Struct, gc=False):
    """The probe call that was told of last, when, and how many before it missed in a row."""

    last: ProbeReported | None = None
    last_at: Instant = 0
    missed: int = 0
    alarm: ProbeEnd | None = None


class EarlyPlace(Struct, gc=False):
    """A told place that came before its call; `kept_until` is the end that its sender set."""

    place_id: Id
    kept: Kept
    kept_until: Instant | None


class AnswerState(Struct):
    """The answer floor. `ringing` keeps the order in which the calls came."""

    counts: CallCounts = field(default_factory=CallCounts)
    calls: dict[CallId, Call] = field(default_factory=dict)
    ringing: dict[CallId, None] = field(default_factory=dict)
    # Told places that end: the call (None when it has not come), and when.
    expiring: dict[Id, tuple[CallId | None, Instant]] = field(default_factory=dict)
    # Told places whose call has not come, by the caller's pseudonym.
    early: dict[str, list[EarlyPlace]] = field(default_factory=dict)
    positions: dict[PositionId, Position] = field(default_factory=dict)
    seats: dict[PersonId, PositionId] = field(default_factory=dict)
    nuisances: dict[CallId, Nuisance] = field(default_factory=dict)
    # Of the public page: those that are open, and those of the last six months.
    appeals: dict[Id, Appeal] = field(default_factory=dict)
    # The calls of each caller that are not forgotten, newest last, at most CALLS_OF_A_CALLER.
    callers: dict[str, list[CallId]] = field(default_factory=dict)
    # Who is to be called back, by caller; the longest on the list first.
    call_backs: dict[str, CallBackLine] = field(default_factory=dict)
    # Telephones of ours that call back now.
    dials: dict[Id, Dial] = field(default_factory=dict)
    # What was recorded of them, as long as the call is known that they were about.
    spoken_back: dict[Id, SpokenBack] = field(default_factory=dict)
    # The open text threads, by what they are known by on their line.
    threads: dict[str, CallId] = field(default_factory=dict)
    # Whose voice is being recorded, or was and is neither kept nor known to be lost: of calls, and
    # of dials that call back.
    recording: dict[Id, None] = field(default_factory=dict)
    # What is known of each line, and where its count is not ours and nobody has said so.
    lines: dict[LineName, LineWatch] = field(default_factory=dict)
    differences: dict[Id, CountsCompared] = field(default_factory=dict)
    heard: HeardHours = field(default_factory=HeardHours)
    probes: Probes = field(default_factory=Probes)
    surveys: Surveys = field(default_factory=Surveys)

"""What happened to a call's voice: recorded, kept, erased; silent, spoken on, tones pressed.

The voice of a call back is named by its dial: what is recorded stands under that id.
"""

from enum import StrEnum

from pasokh.core.ids import CallId, Code
from pasokh.core.machine import Event, Sealed
from pasokh.core.time import Instant, Span


class LostWhy(StrEnum):
    """Why a call that was to be recorded has no recording."""

    # The carrier of voices was gone: the call came first, its voice passed directly.
    NOT_CARRIED = "not_carried"
    # What the carrier wrote is not there any more: the machine lost its power, or somebody took it.
    SPOOL_GONE = "spool_gone"
    # Nothing in what the carrier wrote is a voice that we can read.
    UNREADABLE = "unreadable"


class VoiceFound(StrEnum):
    """How a kept recording was found when somebody wanted to hear it."""

    WHOLE = "whole"
    # Its file, or the half of its key that lies in the log, is not there.
    MISSING = "missing"
    # The file, or its half key, is not as it was written.
    CHANGED = "changed"
    # It opens, and is another voice than the one whose digest the log has.
    ANOTHER = "another"


class Tone(StrEnum):
    """The keys of a telephone (RFC 4733, events 0 to 15)."""

    ZERO = "0"
    ONE = "1"
    TWO = "2"
    THREE = "3"
    FOUR = "4"
    FIVE = "5"
    SIX = "6"
    SEVEN = "7"
    EIGHT = "8"
    NINE = "9"
    STAR = "*"
    HASH = "#"
    A = "A"
    B = "B"
    C = "C"
    D = "D"


class SilentOutcome(StrEnum):
    """What came of asking a caller who does not speak for another sign."""

    NEEDS_HELP = "needs_help"
    SPOKE = "spoke"
    BY_ACCIDENT = "by_accident"
    NO_SIGN = "no_sign"


class RecordingStarted(Event, frozen=True):
    """The call's voice is being recorded; `trace` finds what the carrier writes of it."""

    call_id: CallId
    why: Code
    trace: str = ""


class RecordingPaused(Event, frozen=True):
    """A person had the recording pause: nothing of this is written anywhere."""

    call_id: CallId
    reason: str


class RecordingResumed(Event, frozen=True):
    """The recording goes on."""

    call_id: CallId


class RecordingKept(Event, frozen=True):
    """The recording is on the disk, encrypted. `sha256` is of the audio as it is played.

    `words` seals half of its key; `began_at` and `duration` (milliseconds) are of the voice.
    """

    call_id: CallId
    sha256: str
    byte_count: int
    began_at: Instant
    duration: Span
    erase_at: Instant
    words: Sealed


class RecordingLost(Event, frozen=True):
    """There is no recording of the call, and here is why."""

    call_id: CallId
    why: LostWhy


class RecordingMarked(Event, frozen=True):
    """A person marked the recording as evidence: it is not erased by the timetable."""

    call_id: CallId
    reason: str


class RecordingChecked(Event, frozen=True):
    """Somebody wanted to hear the recording, and it was found otherwise than the last time."""

    call_id: CallId
    found: VoiceFound


class RecordingErased(Event, frozen=True):
    """Nobody can hear the recording any more; its digest and its duration stay in the log."""

    call_id: CallId
    reason: str


class SpeechHeard(Event, frozen=True):
    """Somebody speaks on a call that was marked as silent."""

    call_id: CallId


class ToneHeard(Event, frozen=True):
    """The caller pressed a key of the telephone."""

    call_id: CallId
    tone: Tone


class SilentProcedureBegun(Event, frozen=True):
    """A call taker asks a caller who does not speak for another sign."""

    call_id: CallId


class SilentProcedureEnded(Event, frozen=True):
    """The call taker said what came of it."""

    call_id: CallId
    outcome: SilentOutcome

"""What can be asked about a call's voice: to record, keep and erase it; to hear what is in it.

The voice of a call back is named by its dial: that id stands where a call's does.
"""

from typing import Annotated, ClassVar

from msgspec import Meta

from pasokh.answer.events_voice import LostWhy, SilentOutcome, Tone, VoiceFound
from pasokh.core.ids import CallId, Code, ReasonText
from pasokh.core.machine import Command
from pasokh.core.time import Instant, Span

_Digest = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]


class StartRecording(Command, frozen=True):
    """Say that the carrier records the call's voice; `why`: by which rule."""

    call_id: CallId
    why: Code
    trace: Annotated[str, Meta(max_length=64)] = ""


class PauseRecording(Command, frozen=True):
    """Let nothing be written for a while, for example when a card's number is told."""

    call_id: CallId
    reason: ReasonText


class ResumeRecording(Command, frozen=True):
    """Record on."""

    call_id: CallId


class KeepRecording(Command, frozen=True):
    """Say that the recording is on the disk, encrypted; half of its key comes as words."""

    may_carry_words: ClassVar[bool] = True

    call_id: CallId
    sha256: _Digest
    byte_count: Annotated[int, Meta(ge=0)]
    began_at: Instant
    duration: Span
    erase_at: Instant


class LoseRecording(Command, frozen=True):
    """Say that there is no recording of the call, and why."""

    call_id: CallId
    why: LostWhy


class MarkRecording(Command, frozen=True):
    """Mark a recording as evidence, with a reason: the timetable leaves it alone."""

    call_id: CallId
    reason: ReasonText


class CheckRecording(Command, frozen=True):
    """Say how a kept recording was found: whole, or damaged and how."""

    call_id: CallId
    found: VoiceFound


class EraseRecording(Command, frozen=True):
    """Erase a recording for ever. The timetable erases what is due and no evidence."""

    call_id: CallId
    reason: ReasonText


class HearSpeech(Command, frozen=True):
    """Somebody speaks on a call that was marked as silent: the mark goes."""

    call_id: CallId


class HearTone(Command, frozen=True):
    """The caller pressed a key of the telephone."""

    call_id: CallId
    tone: Tone


class BeginSilentProcedure(Command, frozen=True):
    """Ask a caller who does not speak for another sign: a cough, a tap, a key."""

    call_id: CallId


class EndSilentProcedure(Command, frozen=True):
    """Say what came of it. The call goes on until a person closes it."""

    call_id: CallId
    outcome: SilentOutcome

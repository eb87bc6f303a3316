"""What follows when a call's voice is recorded, and from what is heard in it."""

from pasokh.answer import commands_voice as c
from pasokh.answer import events_voice as e
from pasokh.answer.finding import spoken_of
from pasokh.answer.state import AnswerState, Call, Recording, RecordingPhase
from pasokh.core.machine import DecideTable, Decision, Moment
from pasokh.core.people import is_person
from pasokh.core.refusal import Reason, Refusal, refuse

# Nobody presses more to say something; a broken telephone may.
TONES_MAX = 200
_OPEN = frozenset({RecordingPhase.RUNNING, RecordingPhase.PAUSED})
_GONE = frozenset({RecordingPhase.LOST, RecordingPhase.ERASED})


def _start(state: AnswerState, ask: c.StartRecording, _moment: Moment) -> Decision:
    found = _voice(state, ask.call_id)
    if isinstance(found, Refusal):
        return found
    if found is not None:
        return refuse(Reason.RECORDING_EXISTS, call=ask.call_id)
    return [e.RecordingStarted(ask.call_id, ask.why, ask.trace)]


def _pause(state: AnswerState, ask: c.PauseRecording, _moment: Moment) -> Decision:
    refusal = _not_in(state, ask.call_id, RecordingPhase.RUNNING)
    return refusal or [e.RecordingPaused(ask.call_id, ask.reason)]


def _resume(state: AnswerState, ask: c.ResumeRecording, _moment: Moment) -> Decision:
    refusal = _not_in(state, ask.call_id, RecordingPhase.PAUSED)
    return refusal or [e.RecordingResumed(ask.call_id)]


def _keep(state: AnswerState, ask: c.KeepRecording, moment: Moment) -> Decision:
    found = _recorded(state, ask.call_id)
    if isinstance(found, Refusal):
        return found
    if found.phase not in _OPEN:
        return refuse(Reason.RECORDING_SETTLED, call=ask.call_id, phase=found.phase.value)
    if moment.sealed is None:
        return refuse(Reason.NEEDS_WORDS, call=ask.call_id)
    return [
        e.RecordingKept(
            ask.call_id,
            ask.sha256,
            ask.byte_count,
            ask.began_at,
            ask.duration,
            ask.erase_at,
            moment.sealed,
        )
    ]


def _lose(state: AnswerState, ask: c.LoseRecording, _moment: Moment) -> Decision:
    found = _voice(state, ask.call_id)
    if isinstance(found, Refusal):
        return found
    if found is not None and found.phase not in _OPEN:
        return refuse(Reason.RECORDING_SETTLED, call=ask.call_id, phase=found.phase.value)
    return [e.RecordingLost(ask.call_id, ask.why)]


def _mark(state: AnswerState, ask: c.MarkRecording, _moment: Moment) -> Decision:
    found = _recorded(state, ask.call_id)
    if isinstance(found, Refusal):
        return found
    if found.phase in _GONE:
        return refuse(Reason.RECORDING_SETTLED, call=ask.call_id, phase=found.phase.value)
    if found.evidence:
        return refuse(Reason.SAME_FLAG, call=ask.call_id)
    return [e.RecordingMarked(ask.call_id, ask.reason)]


def _check(state: AnswerState, ask: c.CheckRecording, _moment: Moment) -> Decision:
    found = _recorded(state, ask.call_id)
    if isinstance(found, Refusal):
        return found
    if found.phase is not RecordingPhase.KEPT:
        return refuse(Reason.RECORDING_NOT_KEPT, call=ask.call_id, phase=found.phase.value)
    if found.found is ask.found:
        return refuse(Reason.SAME_FLAG, call=ask.call_id)
    return [e.RecordingChecked(ask.call_id, ask.found)]


def _erase(state: AnswerState, ask: c.EraseRecording, moment: Moment) -> Decision:
    erased = [e.RecordingErased(ask.call_id, ask.reason)]
    if spoken_of(state, ask.call_id) is None and not is_person(moment.actor):
        return erased  # a forgotten call; evidence is not forgotten
    found = _recorded(state, ask.call_id)
    if isinstance(found, Refusal):
        return found
    if found.phase is not RecordingPhase.KEPT:
        return refuse(Reason.RECORDING_NOT_KEPT, call=ask.call_id, phase=found.phase.value)
    return (None if is_person(moment.actor) else _not_by_time(ask, found, moment)) or erased


def _not_by_time(ask: c.EraseRecording, found: Recording, moment: Moment) -> Refusal | None:
    if found.evidence:
        return refuse(Reason.RECORDING_IS_EVIDENCE, call=ask.call_id)
    if moment.known_at < found.erase_at:
        return refuse(Reason.RECORDING_NOT_DUE, call=ask.call_id)
    return None


def _speech(state: AnswerState, ask: c.HearSpeech, _moment: Moment) -> Decision:
    call = _known(state, ask.call_id)
    if isinstance(call, Refusal):
        return call
    if not call.silent:
        return refuse(Reason.SAME_FLAG, call=ask.call_id)
    return [e.SpeechHeard(ask.call_id)]


def _tone(state: AnswerState, ask: c.HearTone, _moment: Moment) -> Decision:
    call = _known(state, ask.call_id)
    if isinstance(call, Refusal):
        return call
    if len(call.tones) >= TONES_MAX:
        return refuse(Reason.TONES_TOO_MANY, call=ask.call_id, most=TONES_MAX)
    return [e.ToneHeard(ask.call_id, ask.tone)]


def _begin(state: AnswerState, ask: c.BeginSilentProcedure, _moment: Moment) -> Decision:
    call = _known(state, ask.call_id)
    if isinstance(call, Refusal):
        return call
    if call.answered_at is None or call.over:
        return refuse(Reason.CALL_NOT_CONNECTED, call=ask.call_id, phase=call.phase.value)
    if call.asked_for_sign and call.sign is None:
        return refuse(Reason.SAME_FLAG, call=ask.call_id)
    return [e.SilentProcedureBegun(ask.call_id)]


def _end(state: AnswerState, ask: c.EndSilentProcedure, _moment: Moment) -> Decision:
    call = _known(state, ask.call_id)
    if isinstance(call, Refusal):
        return call
    if not call.asked_for_sign or call.sign is not None:
        return refuse(Reason.PROCEDURE_NOT_BEGUN, call=ask.call_id)
    return [e.SilentProcedureEnded(ask.call_id, ask.outcome)]


def _known(state: AnswerState, call_id: str) -> Call | Refusal:
    return state.calls.get(call_id) or refuse(Reason.CALL_UNKNOWN, call=call_id)


def _voice(state: AnswerState, voice_id: str) -> Recording | Refusal | None:
    """Find the recording of a call, or of a dial that calls somebody back; None: it has none."""
    spoken = spoken_of(state, voice_id)
    if spoken is not None:
        return spoken.recording
    return None if voice_id in state.dials else refuse(Reason.CALL_UNKNOWN, call=voice_id)


def _recorded(state: AnswerState, voice_id: str) -> Recording | Refusal:
    return _voice(state, voice_id) or refuse(Reason.RECORDING_UNKNOWN, call=voice_id)


def _not_in(state: AnswerState, call_id: str, phase: RecordingPhase) -> Refusal | None:
    found = _recorded(state, call_id)
    if isinstance(found, Refusal):
        return found
    spoken = spoken_of(state, call_id)
    if spoken is not None and spoken.over:
        return refuse(Reason.CALL_ENDED, call=call_id)
    if found.phase is not phase:
        return refuse(Reason.RECORDING_SETTLED, call=call_id, phase=found.phase.value)
    return None


DECIDE: DecideTable = {
    c.StartRecording: _start,
    c.PauseRecording: _pause,
    c.ResumeRecording: _resume,
    c.KeepRecording: _keep,
    c.LoseRecording: _lose,
    c.MarkRecording: _mark,
    c.CheckRecording: _check,
    c.EraseRecording: _erase,
    c.HearSpeech: _speech,
    c.HearTone: _tone,
    c.BeginSilentProcedure: _begin,
    c.EndSilentProcedure: _end,
}

"""How what happens to a call's voice changes the call."""

from pasokh.answer import events_voice as e
from pasokh.answer.state import AnswerState, Call, Recording, RecordingPhase
from pasokh.core.ids import CallId
from pasokh.core.machine import Fact, FoldTable


def _started(state: AnswerState, event: e.RecordingStarted, fact: Fact) -> None:
    call = _call(state, event.call_id, fact)
    call.recording = Recording(RecordingPhase.RUNNING, fact.at, event.trace)
    state.recording[event.call_id] = None


def _paused(state: AnswerState, event: e.RecordingPaused, fact: Fact) -> None:
    _move(state, event.call_id, fact, RecordingPhase.PAUSED)


def _resumed(state: AnswerState, event: e.RecordingResumed, fact: Fact) -> None:
    _move(state, event.call_id, fact, RecordingPhase.RUNNING)


def _kept(state: AnswerState, event: e.RecordingKept, fact: Fact) -> None:
    found = _move(state, event.call_id, fact, RecordingPhase.KEPT)
    found.duration, found.erase_at = event.duration, event.erase_at
    found.sha256, found.key = event.sha256, event.words
    state.recording.pop(event.call_id, None)


def _lost(state: AnswerState, event: e.RecordingLost, fact: Fact) -> None:
    call = state.calls[event.call_id]
    if call.recording is None:
        call.recording = Recording(RecordingPhase.LOST, fact.at)
    _move(state, event.call_id, fact, RecordingPhase.LOST).lost = event.why
    state.recording.pop(event.call_id, None)


def _marked(state: AnswerState, event: e.RecordingMarked, fact: Fact) -> None:
    call = _call(state, event.call_id, fact)
    if call.recording is not None:
        call.recording.evidence = event.reason


def _checked(state: AnswerState, event: e.RecordingChecked, fact: Fact) -> None:
    call = _call(state, event.call_id, fact)
    if call.recording is not None:
        call.recording.found = event.found


def _erased(state: AnswerState, event: e.RecordingErased, fact: Fact) -> None:
    if event.call_id in state.calls:
        found = _move(state, event.call_id, fact, RecordingPhase.ERASED)
        found.key = None


def _speech(state: AnswerState, event: e.SpeechHeard, fact: Fact) -> None:
    _call(state, event.call_id, fact).silent = False


def _tone(state: AnswerState, event: e.ToneHeard, fact: Fact) -> None:
    call = _call(state, event.call_id, fact)
    call.tones += event.tone.value
    call.toned_at += (fact.at,)


def _begun(state: AnswerState, event: e.SilentProcedureBegun, fact: Fact) -> None:
    call = _call(state, event.call_id, fact)
    call.asked_for_sign, call.sign = True, None


def _ended(state: AnswerState, event: e.SilentProcedureEnded, fact: Fact) -> None:
    _call(state, event.call_id, fact).sign = event.outcome


def _move(state: AnswerState, call_id: CallId, fact: Fact, phase: RecordingPhase) -> Recording:
    call = _call(state, call_id, fact)
    found = call.recording = call.recording or Recording(phase, fact.at)
    found.phase = phase
    return found


def _call(state: AnswerState, call_id: CallId, fact: Fact) -> Call:
    call = state.calls[call_id]
    call.trail.append(fact.seq)
    return call


FOLD: FoldTable = {
    e.RecordingStarted: _started,
    e.RecordingPaused: _paused,
    e.RecordingResumed: _resumed,
    e.RecordingKept: _kept,
    e.RecordingLost: _lost,
    e.RecordingMarked: _marked,
    e.RecordingChecked: _checked,
    e.RecordingErased: _erased,
    e.SpeechHeard: _speech,
    e.ToneHeard: _tone,
    e.SilentProcedureBegun: _begun,
    e.SilentProcedureEnded: _ended,
}

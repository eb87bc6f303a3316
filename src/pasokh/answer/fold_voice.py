"""How what happens to a call's voice changes the call."""

from pasokh.answer import events_voice as e
from pasokh.answer.finding import spoken_of
from pasokh.answer.state import AnswerState, Call, Recording, RecordingPhase, SpokenBack
from pasokh.core.ids import CallId, Id
from pasokh.core.machine import Fact, FoldTable


def _started(state: AnswerState, event: e.RecordingStarted, fact: Fact) -> None:
    _begun(state, event.call_id, Recording(RecordingPhase.RUNNING, fact.at, event.trace), fact)
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
    spoken = spoken_of(state, event.call_id)
    if spoken is None or spoken.recording is None:
        lost = Recording(RecordingPhase.LOST, fact.at, lost=event.why)
        _begun(state, event.call_id, lost, fact)
    else:
        _move(state, event.call_id, fact, RecordingPhase.LOST).lost = event.why
    state.recording.pop(event.call_id, None)


def _marked(state: AnswerState, event: e.RecordingMarked, fact: Fact) -> None:
    spoken = _spoken(state, event.call_id, fact)
    if spoken.recording is not None:
        spoken.recording.evidence = event.reason


def _checked(state: AnswerState, event: e.RecordingChecked, fact: Fact) -> None:
    spoken = _spoken(state, event.call_id, fact)
    if spoken.recording is not None:
        spoken.recording.found = event.found


def _erased(state: AnswerState, event: e.RecordingErased, fact: Fact) -> None:
    if spoken_of(state, event.call_id) is not None:
        found = _move(state, event.call_id, fact, RecordingPhase.ERASED)
        found.key = None


def _speech(state: AnswerState, event: e.SpeechHeard, fact: Fact) -> None:
    _call(state, event.call_id, fact).silent = False


def _tone(state: AnswerState, event: e.ToneHeard, fact: Fact) -> None:
    call = _call(state, event.call_id, fact)
    call.tones += event.tone.value
    call.toned_at += (fact.at,)


def _asked(state: AnswerState, event: e.SilentProcedureBegun, fact: Fact) -> None:
    call = _call(state, event.call_id, fact)
    call.asked_for_sign, call.sign = True, None


def _ended(state: AnswerState, event: e.SilentProcedureEnded, fact: Fact) -> None:
    _call(state, event.call_id, fact).sign = event.outcome


def _begun(state: AnswerState, voice_id: Id, recording: Recording, fact: Fact) -> None:
    """Give a recording to its call, or to the dial that calls somebody back."""
    dial = state.dials.get(voice_id)
    if dial is None:
        _call(state, voice_id, fact).recording = recording
        return
    _call(state, dial.call_id, fact).spoken_back += (voice_id,)
    state.spoken_back[voice_id] = SpokenBack(dial.call_id, dial.position_id, dial.at, recording)


def _move(state: AnswerState, voice_id: Id, fact: Fact, phase: RecordingPhase) -> Recording:
    spoken = _spoken(state, voice_id, fact)
    found = spoken.recording = spoken.recording or Recording(phase, fact.at)
    found.phase = phase
    return found


def _spoken(state: AnswerState, voice_id: Id, fact: Fact) -> Call | SpokenBack:
    """Find whose voice it is; the entry is one about its call."""
    back = state.spoken_back.get(voice_id)
    call = _call(state, voice_id if back is None else back.call_id, fact)
    return call if back is None else back


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
    e.SilentProcedureBegun: _asked,
    e.SilentProcedureEnded: _ended,
}

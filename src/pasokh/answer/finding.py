"""What both deciding and folding have to know of a call beside its own fields."""

from collections.abc import Iterator

from pasokh.answer.call_backs import CallBackLine
from pasokh.answer.state import AnswerState, Call, Nuisance, SpokenBack
from pasokh.core.ids import CallId, Id, PositionId


def line_of(state: AnswerState, call: Call) -> CallBackLine | None:
    """Find the line that this call is in; None when nobody is to be called back for it."""
    line = state.call_backs.get(call.caller) if call.caller else None
    return line if line is not None and call.call_id in line.calls else None


def spoken_of(state: AnswerState, voice_id: Id) -> Call | SpokenBack | None:
    """Find whose voice it is: a call's, or that of a dial that called somebody back."""
    return state.calls.get(voice_id) or state.spoken_back.get(voice_id)


def call_of(state: AnswerState, voice_id: Id) -> Call | None:
    """Find the call that a voice is about: itself, or the one that was called back for."""
    back = state.spoken_back.get(voice_id)
    return state.calls.get(voice_id if back is None else back.call_id)


def listed(state: AnswerState) -> Iterator[CallId]:
    """Name every call for which somebody is to be called back."""
    for line in state.call_backs.values():
        yield from line.calls


def marks_of(state: AnswerState, caller: str) -> Iterator[Nuisance]:
    """Yield every mark on a number, also those on calls of long ago; none without a number."""
    for mark in state.nuisances.values():
        if caller and state.calls[mark.call_id].caller == caller:
            yield mark


def seat_of(call: Call) -> PositionId | None:
    """Name the position that the end of a call sets free: a thread filled none."""
    return None if call.thread is not None else call.position_id

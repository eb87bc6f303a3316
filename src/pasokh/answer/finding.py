"""Which line of the call-back list a call is in."""

from collections.abc import Iterator

from pasokh.answer.call_backs import CallBackLine
from pasokh.answer.state import AnswerState, Call
from pasokh.core.ids import CallId


def line_of(state: AnswerState, call: Call) -> CallBackLine | None:
    """Find the line that this call is in; None when nobody is to be called back for it."""
    line = state.call_backs.get(call.caller) if call.caller else None
    return line if line is not None and call.call_id in line.calls else None


def listed(state: AnswerState) -> Iterator[CallId]:
    """Name every call for which somebody is to be called back."""
    for line in state.call_backs.values():
        yield from line.calls

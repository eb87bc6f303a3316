"""How calls and what is said of them change the call-back list."""

from collections.abc import Sequence

from pasokh.answer.call_backs import (
    ENDS,
    PLACE_KEPT,
    Attempt,
    CallBackLine,
    Dial,
    can_be_called,
    result_of,
)
from pasokh.answer.events import (
    CallBackDialled,
    CallBackHungUp,
    CallBackMade,
    CallBackPickedUp,
    CallBackResult,
)
from pasokh.answer.finding import line_of
from pasokh.answer.state import AnswerState, Call, HandoffState, Phase
from pasokh.core.ids import CallId
from pasokh.core.machine import Fact
from pasokh.core.people import is_person


def keep_place(state: AnswerState, call: Call, earlier: Sequence[CallId]) -> None:
    """Let a redial wait from when its caller first waited."""
    last = state.calls.get(earlier[-1]) if earlier else None
    if last is None or last.phase is not Phase.ABANDONED or last.ended_at is None:
        return
    if not last.reached and call.offered_at - last.ended_at <= PLACE_KEPT:
        call.waits_since = last.queued_since


def unanswered(state: AnswerState, call: Call) -> None:
    """Put a caller whom nobody answered on the list, or the call into the caller's line."""
    if call.ended_at is None or not can_be_called(call.origin, call.caller, test=call.test):
        return
    line = state.call_backs.setdefault(call.caller, CallBackLine({}, call.ended_at))
    line.calls[call.call_id] = None


def spoken_to(state: AnswerState, call: Call) -> None:
    """The number called again and somebody answered: nothing is left to call back."""
    if call.caller:
        state.call_backs.pop(call.caller, None)


def begun(state: AnswerState, call: Call, fact: Fact) -> None:
    """Somebody is calling back."""
    line = line_of(state, call)
    if line is not None:
        line.begun_by, line.begun_at = fact.actor, fact.at


def dialled(state: AnswerState, call: Call, event: CallBackDialled, fact: Fact) -> None:
    """A telephone of ours calls: until it ends it is somebody's."""
    state.dials[event.dial_id] = Dial(call.call_id, event.position_id, fact.at)
    line = line_of(state, call)
    if line is not None:
        line.reply = ""


def picked_up(state: AnswerState, event: CallBackPickedUp, fact: Fact) -> None:
    """Both speak."""
    state.dials[event.dial_id].picked_up_at = fact.at


def hung_up(state: AnswerState, call: Call, event: CallBackHungUp, fact: Fact) -> None:
    """It is over. What came of it a person says."""
    del state.dials[event.dial_id]
    spoken = state.spoken_back.get(event.dial_id)
    if spoken is not None:
        spoken.ended_at = fact.at
    line = line_of(state, call)
    if line is not None:
        line.reply = event.reply


def tried(state: AnswerState, call: Call, event: CallBackMade, fact: Fact) -> None:
    """Note what came of it. A machine's attempt is noted and ends nothing."""
    line = line_of(state, call)
    if line is None:
        return
    result = result_of(event.result, reached=event.reached)
    line.attempts.append(Attempt(fact.at, fact.actor, result))
    line.begun_by, line.begun_at = "", 0
    if not is_person(fact.actor):
        return
    if result is CallBackResult.NEEDS_HELP:
        line.needs_help = True
        helped(state, call)
    elif result in ENDS:
        settled(state, call)
    else:
        line.since = fact.at


def helped(state: AnswerState, call: Call) -> None:
    """Who said to need help has it: the call has its incident, or another service took it."""
    line = line_of(state, call)
    accepted = HandoffState.ACCEPTED in call.handoffs.values()
    if line is not None and line.needs_help and (call.incident_id is not None or accepted):
        settled(state, call)


def settled(state: AnswerState, call: Call) -> None:
    """A person said enough of this call and the ones before it. What came after it stays."""
    line = line_of(state, call)
    if line is None:
        return
    for call_id in tuple(line.calls):
        del line.calls[call_id]
        if call_id == call.call_id:
            break
    line.needs_help = False
    _tidied(state, call.caller, line)


def flagged(state: AnswerState, call: Call) -> None:
    """A test is nobody to call back; a call that is none after all may be one."""
    line = line_of(state, call)
    if line is None:
        if call.phase is Phase.ABANDONED and not call.reached and call.code is None:
            unanswered(state, call)
        return
    if call.test:
        del line.calls[call.call_id]
        _tidied(state, call.caller, line)


def _tidied(state: AnswerState, caller: str, line: CallBackLine) -> None:
    """Strike an empty line; else its time runs from the oldest call that is left."""
    if not line.calls:
        del state.call_backs[caller]
        return
    oldest = state.calls[next(iter(line.calls))]
    line.since = oldest.ended_at or oldest.offered_at

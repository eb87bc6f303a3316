"""What a line does with a call beyond what a desk does: ring somewhere, fall back, fail.

Of a call on a line only the line knows how it goes: a click does not take up a telephone, so
while it rings no person's word answers or ends it.
"""

from pasokh.answer import commands as c
from pasokh.answer import events as e
from pasokh.answer.events import NotPickedUp
from pasokh.answer.state import AnswerState, Call, Phase, PositionState
from pasokh.core.machine import DecideTable, Decision, Moment
from pasokh.core.refusal import Reason, Refusal, refuse


def _ring(state: AnswerState, ask: c.RingPosition, _moment: Moment) -> Decision:
    call = _ringing(state, ask.call_id)
    if isinstance(call, Refusal):
        return call
    if (refusal := _not_to_ring(call)) is not None:
        return refusal
    position = state.positions.get(ask.position_id)
    if position is None:
        return refuse(Reason.POSITION_UNKNOWN, position=ask.position_id)
    if position.state is not PositionState.READY:
        where = position.state.value
        return refuse(Reason.POSITION_NOT_READY, position=ask.position_id, state=where)
    other = ringing_at(state, ask.position_id)
    if other is not None:
        return refuse(Reason.POSITION_RINGS, position=ask.position_id, call=other.call_id)
    return [e.PositionRung(ask.call_id, ask.position_id)]


def _ring_out(state: AnswerState, ask: c.RingOut, _moment: Moment) -> Decision:
    call = _ringing(state, ask.call_id)
    if isinstance(call, Refusal):
        return call
    if call.rung is None:
        return refuse(Reason.CALL_RINGS_NOWHERE, call=ask.call_id)
    rang_out = e.PositionRangOut(ask.call_id, call.rung, ask.why)
    ready = state.positions[call.rung].state is PositionState.READY
    if not ready or ask.why is NotPickedUp.WITHDRAWN:
        return [rang_out]
    # Whoever did not take this call would not take the next one: the caller must not pay for it.
    return [rang_out, e.CallTakerAway(call.rung, ask.why.value)]


def _fall_back(state: AnswerState, ask: c.FallBackCall, _moment: Moment) -> Decision:
    call = _ringing(state, ask.call_id)
    return call if isinstance(call, Refusal) else [e.CallFellBack(ask.call_id)]


def _reject(state: AnswerState, ask: c.RejectCall, _moment: Moment) -> Decision:
    call = _ringing(state, ask.call_id)
    return call if isinstance(call, Refusal) else [e.CallRejected(ask.call_id, ask.cause)]


def _not_to_ring(call: Call) -> Refusal | None:
    if call.thread is not None:
        return refuse(Reason.CALL_IS_THREAD, call=call.call_id)
    if call.rung is not None:
        return refuse(Reason.CALL_RINGS_ELSEWHERE, call=call.call_id, position=call.rung)
    return None


def ringing_at(state: AnswerState, position_id: str) -> Call | None:
    """Find the call that rings at a position."""
    calls = (state.calls[call_id] for call_id in state.ringing)
    return next((call for call in calls if call.rung == position_id), None)


def _ringing(state: AnswerState, call_id: str) -> Call | Refusal:
    call = state.calls.get(call_id)
    if call is None:
        return refuse(Reason.CALL_UNKNOWN, call=call_id)
    if call.phase is not Phase.RINGING:
        return refuse(Reason.CALL_NOT_RINGING, call=call_id, phase=call.phase.value)
    return call


DECIDE: DecideTable = {
    c.RingPosition: _ring,
    c.RingOut: _ring_out,
    c.FallBackCall: _fall_back,
    c.RejectCall: _reject,
}

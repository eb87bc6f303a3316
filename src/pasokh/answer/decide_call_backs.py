"""What follows when somebody is called back. Which lines of the list that ends, the fold says."""

from pasokh.answer import commands as c
from pasokh.answer import events as e
from pasokh.answer.call_backs import BEGUN_FOR
from pasokh.answer.events import CallBackResult
from pasokh.answer.finding import line_of
from pasokh.answer.state import AnswerState, Call, Phase
from pasokh.core.machine import DecideTable, Decision, Moment
from pasokh.core.people import name_of
from pasokh.core.refusal import Reason, Refusal, refuse

_REACHES = frozenset({CallBackResult.REACHED, CallBackResult.NEEDS_HELP})


def _begin(state: AnswerState, ask: c.BeginCallBack, moment: Moment) -> Decision:
    call = _abandoned(state, ask.call_id)
    if isinstance(call, Refusal):
        return call
    line = line_of(state, call)
    if line is None:
        return refuse(Reason.CALL_BACK_NOT_LISTED, call=ask.call_id)
    by = name_of(line.begun_by) if line.begun_by else ""
    if by not in ("", name_of(moment.actor)) and moment.at - line.begun_at < BEGUN_FOR:
        return refuse(Reason.CALL_BACK_BEGUN, call=ask.call_id, by=by)
    return [e.CallBackBegun(ask.call_id)]


def _call_back(state: AnswerState, ask: c.CallBack, _moment: Moment) -> Decision:
    call = _abandoned(state, ask.call_id)
    if isinstance(call, Refusal):
        return call
    if call.reached:
        return refuse(Reason.CALL_ALREADY_REACHED, call=ask.call_id)
    reached = ask.reached if ask.result is None else ask.result in _REACHES
    return [e.CallBackMade(ask.call_id, reached, ask.result)]


def _dial(state: AnswerState, ask: c.DialCallBack, _moment: Moment) -> Decision:
    position = state.positions.get(ask.position_id)
    if position is None:
        return refuse(Reason.POSITION_UNKNOWN, position=ask.position_id)
    begun = (line for line in state.call_backs.values() if line.begun_by)
    line = next((one for one in begun if name_of(one.begun_by) == position.person_id), None)
    if line is None:
        return refuse(Reason.CALL_BACK_NOT_BEGUN, position=ask.position_id)
    return [e.CallBackDialled(line.newest, ask.dial_id, ask.position_id)]


def _pick_up(state: AnswerState, ask: c.PickUpCallBack, _moment: Moment) -> Decision:
    dial = state.dials.get(ask.dial_id)
    if dial is None or dial.picked_up_at:
        return refuse(Reason.DIAL_NOT_RINGING, dial=ask.dial_id)
    return [e.CallBackPickedUp(dial.call_id, ask.dial_id)]


def _hang_up(state: AnswerState, ask: c.HangUpCallBack, _moment: Moment) -> Decision:
    dial = state.dials.get(ask.dial_id)
    if dial is None:
        return refuse(Reason.DIAL_UNKNOWN, dial=ask.dial_id)
    return [e.CallBackHungUp(dial.call_id, ask.dial_id, ask.reply)]


def _abandoned(state: AnswerState, call_id: str) -> Call | Refusal:
    call = state.calls.get(call_id)
    if call is None:
        return refuse(Reason.CALL_UNKNOWN, call=call_id)
    if call.phase is not Phase.ABANDONED:
        return refuse(Reason.CALL_NOT_ABANDONED, call=call_id, phase=call.phase.value)
    return call


DECIDE: DecideTable = {
    c.BeginCallBack: _begin,
    c.DialCallBack: _dial,
    c.PickUpCallBack: _pick_up,
    c.HangUpCallBack: _hang_up,
    c.CallBack: _call_back,
}

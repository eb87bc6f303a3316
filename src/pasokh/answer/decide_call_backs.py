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


def _abandoned(state: AnswerState, call_id: str) -> Call | Refusal:
    call = state.calls.get(call_id)
    if call is None:
        return refuse(Reason.CALL_UNKNOWN, call=call_id)
    if call.phase is not Phase.ABANDONED:
        return refuse(Reason.CALL_NOT_ABANDONED, call=call_id, phase=call.phase.value)
    return call


DECIDE: DecideTable = {
    c.BeginCallBack: _begin,
    c.CallBack: _call_back,
}

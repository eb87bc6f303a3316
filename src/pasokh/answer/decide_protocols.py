"""What follows from an answer to a protocol's question, or from leaving its path.

Whether the protocol has such a question is for who knows the lists to judge (control_room.listed).
"""

from pasokh.answer import commands as c
from pasokh.answer import events as e
from pasokh.answer.state import AnswerState, Call, Phase
from pasokh.core.machine import DecideTable, Decision, Moment
from pasokh.core.refusal import Reason, Refusal, refuse


def _answer(state: AnswerState, ask: c.AnswerQuestion, _moment: Moment) -> Decision:
    call = _spoken_with(state, ask.call_id)
    if isinstance(call, Refusal):
        return call
    same = (call.answers or {}).get(ask.protocol, {}).get(ask.step) == ask.answer
    if same and ask.protocol not in call.left:
        return refuse(Reason.SAME_CHOICE, call=ask.call_id, step=ask.step, answer=ask.answer)
    return [e.QuestionAnswered(ask.call_id, ask.protocol, ask.begun_at, ask.step, ask.answer)]


def _leave(state: AnswerState, ask: c.LeaveProtocol, _moment: Moment) -> Decision:
    call = _spoken_with(state, ask.call_id)
    if isinstance(call, Refusal):
        return call
    if ask.protocol in call.left:
        return refuse(Reason.PROTOCOL_LEFT, call=ask.call_id, protocol=ask.protocol)
    return [e.ProtocolLeft(ask.call_id, ask.protocol, ask.reason)]


def _spoken_with(state: AnswerState, call_id: str) -> Call | Refusal:
    """Find the call; who asks questions has taken it. They may be written down after its end."""
    call = state.calls.get(call_id)
    if call is None:
        return refuse(Reason.CALL_UNKNOWN, call=call_id)
    if call.phase is Phase.RINGING:
        return refuse(Reason.CALL_STILL_RINGS, call=call_id)
    return call


DECIDE: DecideTable = {
    c.AnswerQuestion: _answer,
    c.LeaveProtocol: _leave,
}

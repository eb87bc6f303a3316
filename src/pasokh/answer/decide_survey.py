"""When a caller may be asked how a call went. Which calls it is right to ask about, a view says."""

from pasokh.answer import commands_survey as c
from pasokh.answer import events_survey as e
from pasokh.answer.state import AnswerState
from pasokh.answer.survey import asked_of_late
from pasokh.core.machine import DecideTable, Decision, Moment
from pasokh.core.refusal import Reason, refuse


def _ask(state: AnswerState, ask: c.AskCaller, moment: Moment) -> Decision:
    call = state.calls.get(ask.call_id)
    if call is None:
        return refuse(Reason.CALL_UNKNOWN, call=ask.call_id)
    if not call.over:
        return refuse(Reason.CALL_NOT_OVER, call=ask.call_id)
    if not call.caller:
        return refuse(Reason.CALLER_UNKNOWN, call=ask.call_id)
    if asked_of_late(state.surveys, call.caller, moment.known_at):
        return refuse(Reason.CALLER_ASKED, call=ask.call_id)
    return [e.CallerAsked(ask.call_id)]


DECIDE: DecideTable = {c.AskCaller: _ask}

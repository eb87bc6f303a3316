"""What follows from each command about a call: one function a command, one table at the end."""

from pasokh.answer import commands as c
from pasokh.answer import events as e
from pasokh.answer.decide_appeals import DECIDE as APPEALS
from pasokh.answer.decide_call_backs import DECIDE as CALL_BACKS
from pasokh.answer.decide_line import DECIDE as LINE
from pasokh.answer.decide_nuisance import DECIDE as NUISANCE
from pasokh.answer.decide_places import DECIDE as PLACES
from pasokh.answer.decide_positions import DECIDE as POSITIONS
from pasokh.answer.decide_protocols import DECIDE as PROTOCOLS
from pasokh.answer.decide_survey import DECIDE as SURVEY
from pasokh.answer.decide_threads import DECIDE as THREADS
from pasokh.answer.decide_voice import DECIDE as VOICE
from pasokh.answer.decide_watch import DECIDE as WATCH
from pasokh.answer.events import Channel
from pasokh.answer.finding import seat_of
from pasokh.answer.state import AnswerState, Call, HandoffState, Phase, PositionState
from pasokh.core.machine import DecideTable, Decision, Moment
from pasokh.core.people import Role, is_person
from pasokh.core.refusal import Reason, Refusal, refuse

JUDGES = (Role.CALL_TAKER, Role.DISPATCHER, Role.SUPERVISOR)


def _offer(state: AnswerState, ask: c.OfferCall, moment: Moment) -> Decision:
    if ask.call_id in state.calls:
        return refuse(Reason.CALL_EXISTS, call=ask.call_id)
    return [
        e.CallOffered(
            ask.call_id,
            ask.channel,
            ask.origin,
            ask.county,
            ask.test,
            moment.sealed,
            moment.caller,
            ask.line,
        )
    ]


def _queue(state: AnswerState, ask: c.QueueCall, _moment: Moment) -> Decision:
    call = _in_phase(state, ask.call_id, Phase.RINGING, Reason.CALL_NOT_RINGING)
    if isinstance(call, Refusal):
        return call
    return [e.CallQueued(ask.call_id, ask.queue)]


def _answer(state: AnswerState, ask: c.AnswerCall, moment: Moment) -> Decision:
    call = _known(state, ask.call_id)
    if isinstance(call, Refusal):
        return call
    if (refusal := _lines_alone(call, moment)) is not None:
        return refusal
    if call.position_id is not None:
        return refuse(Reason.CALL_AT_POSITION, call=ask.call_id, position=call.position_id)
    if call.answered_at is not None:
        return refuse(Reason.CALL_ALREADY_ANSWERED, call=ask.call_id)
    if call.over:
        return refuse(Reason.CALL_ENDED, call=ask.call_id)
    answered = e.CallAnswered(ask.call_id, ask.position_id, beside=call.thread is not None)
    return _not_able(state, call, ask.position_id) or [answered]


def _hold(state: AnswerState, ask: c.HoldCall, _moment: Moment) -> Decision:
    call = _in_phase(state, ask.call_id, Phase.CONNECTED, Reason.CALL_NOT_CONNECTED)
    return call if isinstance(call, Refusal) else [e.CallHeld(ask.call_id)]


def _resume(state: AnswerState, ask: c.ResumeCall, _moment: Moment) -> Decision:
    call = _in_phase(state, ask.call_id, Phase.HELD, Reason.CALL_NOT_HELD)
    return call if isinstance(call, Refusal) else [e.CallResumed(ask.call_id)]


def _end(state: AnswerState, ask: c.EndCall, moment: Moment) -> Decision:
    call = _known(state, ask.call_id)
    if isinstance(call, Refusal):
        return call
    if (refusal := _lines_alone(call, moment)) is not None:
        return refusal
    if call.over:
        return refuse(Reason.CALL_ENDED, call=ask.call_id)
    if call.answered_at is None:
        return [e.CallAbandoned(ask.call_id)]
    return [e.CallEnded(ask.call_id, seat_of(call), ask.cause)]


def _mark_silent(state: AnswerState, ask: c.MarkSilent, _moment: Moment) -> Decision:
    call = _known(state, ask.call_id)
    if isinstance(call, Refusal):
        return call
    if call.silent:
        return refuse(Reason.SAME_FLAG, call=ask.call_id)
    return [e.CallMarkedSilent(ask.call_id)]


def _locate(state: AnswerState, ask: c.LocateCall, moment: Moment) -> Decision:
    call = _known(state, ask.call_id)
    if isinstance(call, Refusal):
        return call
    return [e.CallLocated(ask.call_id, ask.county, moment.sealed)]


def _type(state: AnswerState, ask: c.TypeCall, _moment: Moment) -> Decision:
    call = _known(state, ask.call_id)
    return call if isinstance(call, Refusal) else [e.CallTyped(ask.call_id, ask.call_type)]


def _note(state: AnswerState, ask: c.NoteCall, moment: Moment) -> Decision:
    call = _known(state, ask.call_id)
    if isinstance(call, Refusal):
        return call
    if moment.sealed is None:
        return refuse(Reason.NEEDS_WORDS, call=ask.call_id)
    return [e.CallNoted(ask.call_id, moment.sealed)]


def _link(state: AnswerState, ask: c.LinkCall, _moment: Moment) -> Decision:
    call = _known(state, ask.call_id)
    if isinstance(call, Refusal):
        return call
    if call.incident_id is not None:
        return refuse(Reason.CALL_LINKED_ELSEWHERE, call=ask.call_id, incident=call.incident_id)
    return [e.CallLinked(ask.call_id, ask.incident_id)]


def _unlink(state: AnswerState, ask: c.UnlinkCall, _moment: Moment) -> Decision:
    call = _known(state, ask.call_id)
    if isinstance(call, Refusal):
        return call
    if call.incident_id is None:
        return refuse(Reason.CALL_NOT_LINKED, call=ask.call_id)
    return [e.CallUnlinked(ask.call_id, call.incident_id, ask.reason)]


def _class(state: AnswerState, ask: c.ClassCall, moment: Moment) -> Decision:
    call = _known(state, ask.call_id)
    if isinstance(call, Refusal):
        return call
    if not is_person(moment.actor):
        return refuse(Reason.NEEDS_PERSON, who_can=JUDGES, call=ask.call_id)
    if call.code is ask.code:
        return refuse(Reason.SAME_CODE, call=ask.call_id, code=ask.code.value)
    if call.code is not None:
        return [e.CallReclassed(ask.call_id, ask.code, call.code, ask.reason)]
    return [e.CallClassed(ask.call_id, ask.code, ask.reason)]


def _close(state: AnswerState, ask: c.CloseCall, moment: Moment) -> Decision:
    call = _known(state, ask.call_id)
    if isinstance(call, Refusal):
        return call
    if call.phase is Phase.RINGING:
        return refuse(Reason.CALL_STILL_RINGS, call=ask.call_id)
    classed = _class(state, c.ClassCall(ask.call_id, ask.code, ask.reason), moment)
    if call.over:
        return classed
    if isinstance(classed, Refusal):
        # A call that was classed so while it went on has only to be ended.
        if classed.reason is not Reason.SAME_CODE:
            return classed
        classed = []
    return [*classed, e.CallEnded(ask.call_id, seat_of(call))]


def _advise(state: AnswerState, ask: c.GiveAdvice, _moment: Moment) -> Decision:
    call = _known(state, ask.call_id)
    return call if isinstance(call, Refusal) else [e.AdviceGiven(ask.call_id, ask.advice)]


def _offer_handoff(state: AnswerState, ask: c.OfferHandoff, _moment: Moment) -> Decision:
    call = _known(state, ask.call_id)
    if isinstance(call, Refusal):
        return call
    if call.handoffs.get(ask.service) is HandoffState.OFFERED:
        return refuse(Reason.HANDOFF_OPEN, call=ask.call_id, service=ask.service)
    return [e.HandoffOffered(ask.call_id, ask.service)]


def _accept_handoff(state: AnswerState, ask: c.AcceptHandoff, _moment: Moment) -> Decision:
    refusal = _not_open_handoff(state, ask.call_id, ask.service)
    return refusal or [e.HandoffAccepted(ask.call_id, ask.service)]


def _refuse_handoff(state: AnswerState, ask: c.RefuseHandoff, _moment: Moment) -> Decision:
    refusal = _not_open_handoff(state, ask.call_id, ask.service)
    return refusal or [e.HandoffRefused(ask.call_id, ask.service, ask.reason)]


def _flag_test(state: AnswerState, ask: c.FlagTest, _moment: Moment) -> Decision:
    call = _known(state, ask.call_id)
    if isinstance(call, Refusal):
        return call
    if call.test is ask.test:
        return refuse(Reason.SAME_FLAG, call=ask.call_id)
    return [e.CallFlaggedTest(ask.call_id, ask.test, ask.reason)]


def _known(state: AnswerState, call_id: str) -> Call | Refusal:
    return state.calls.get(call_id) or refuse(Reason.CALL_UNKNOWN, call=call_id)


def _not_able(state: AnswerState, call: Call, position_id: str | None) -> Refusal | None:
    """Refuse a position that cannot take this call now; whoever has none is not asked."""
    if call.thread is not None:
        return _not_staffed(state, position_id)
    return (_not_free if call.line else _not_ready)(state, position_id)


def _not_staffed(state: AnswerState, position_id: str | None) -> Refusal | None:
    """Refuse a position at which nobody sits. A thread is written beside whatever else goes on."""
    if position_id is None:
        return None
    position = state.positions.get(position_id)
    if position is None:
        return refuse(Reason.POSITION_UNKNOWN, position=position_id)
    if position.person_id is None:
        return refuse(Reason.POSITION_EMPTY, position=position_id)
    return None


def _not_ready(state: AnswerState, position_id: str | None) -> Refusal | None:
    if position_id is None:  # a line that has no positions
        return None
    position = state.positions.get(position_id)
    if position is None:
        return refuse(Reason.POSITION_UNKNOWN, position=position_id)
    if position.state is not PositionState.READY:
        return refuse(Reason.POSITION_NOT_READY, position=position_id, state=position.state.value)
    return None


def _lines_alone(call: Call, moment: Moment) -> Refusal | None:
    """Refuse to a person what only the line can know of a call that rings on it."""
    alone = bool(call.line) and call.channel is Channel.VOICE
    if alone and call.phase is Phase.RINGING and is_person(moment.actor):
        return refuse(Reason.CALL_ON_LINE, call=call.call_id, line=call.line)
    return None


def _not_free(state: AnswerState, position_id: str | None) -> Refusal | None:
    """Refuse a position that talks already. The line tells what happened, ready or not."""
    if position_id is None:
        return None
    position = state.positions.get(position_id)
    if position is None:
        return refuse(Reason.POSITION_UNKNOWN, position=position_id)
    if position.call_id is not None:
        return refuse(Reason.POSITION_ON_CALL, position=position_id, call=position.call_id)
    return None


def _in_phase(state: AnswerState, call_id: str, phase: Phase, otherwise: Reason) -> Call | Refusal:
    call = _known(state, call_id)
    if isinstance(call, Refusal) or call.phase is phase:
        return call
    return refuse(otherwise, call=call_id, phase=call.phase.value)


def _not_open_handoff(state: AnswerState, call_id: str, service: str) -> Refusal | None:
    call = _known(state, call_id)
    if isinstance(call, Refusal):
        return call
    handoff = call.handoffs.get(service)
    if handoff is None:
        return refuse(Reason.HANDOFF_UNKNOWN, call=call_id, service=service)
    if handoff is not HandoffState.OFFERED:
        return refuse(Reason.HANDOFF_SETTLED, call=call_id, service=service, state=handoff.value)
    return None


DECIDE: DecideTable = {
    c.OfferCall: _offer,
    c.QueueCall: _queue,
    c.AnswerCall: _answer,
    c.HoldCall: _hold,
    c.ResumeCall: _resume,
    c.EndCall: _end,
    c.MarkSilent: _mark_silent,
    c.LocateCall: _locate,
    c.TypeCall: _type,
    c.NoteCall: _note,
    c.LinkCall: _link,
    c.UnlinkCall: _unlink,
    c.ClassCall: _class,
    c.CloseCall: _close,
    c.GiveAdvice: _advise,
    c.OfferHandoff: _offer_handoff,
    c.AcceptHandoff: _accept_handoff,
    c.RefuseHandoff: _refuse_handoff,
    c.FlagTest: _flag_test,
    **APPEALS,
    **CALL_BACKS,
    **LINE,
    **PLACES,
    **NUISANCE,
    **POSITIONS,
    **PROTOCOLS,
    **THREADS,
    **VOICE,
    **WATCH,
    **SURVEY,
}

"""What follows from messages: who writes, what has come of what we wrote, when a thread is over."""

from pasokh.answer import commands as c
from pasokh.answer import events as e
from pasokh.answer.events import Delivery
from pasokh.answer.state import AnswerState, Call, Phase
from pasokh.answer.threads import open_thread, silent_at
from pasokh.core.machine import DecideTable, Decision, Moment
from pasokh.core.people import is_person, name_of
from pasokh.core.refusal import Reason, Refusal, refuse

# What may still be said of a message after what was said of it: a late report tells no less.
_FURTHER: dict[Delivery, frozenset[Delivery]] = {
    Delivery.WAITING: frozenset({Delivery.SENT, Delivery.DELIVERED, Delivery.FAILED}),
    Delivery.SENT: frozenset({Delivery.DELIVERED, Delivery.FAILED}),
    Delivery.FAILED: frozenset({Delivery.DELIVERED}),
    Delivery.DELIVERED: frozenset(),
}


def _receive(state: AnswerState, ask: c.ReceiveMessage, moment: Moment) -> Decision:
    if moment.sealed is None:
        return refuse(Reason.NEEDS_WORDS, call=ask.call_id)
    known = open_thread(state, ask.line, ask.thread, moment.caller)
    if known is None:
        if ask.call_id in state.calls:
            return refuse(Reason.CALL_EXISTS, call=ask.call_id)
        return _opened(ask, moment)
    thread = state.calls[known].thread
    if thread is not None and ask.message_id in thread.received:
        return refuse(Reason.MESSAGE_EXISTS, call=known, message=ask.message_id)
    return [e.MessageReceived(known, ask.message_id, moment.sealed)]


def _opened(ask: c.ReceiveMessage, moment: Moment) -> Decision:
    if moment.sealed is None:
        return refuse(Reason.NEEDS_WORDS, call=ask.call_id)
    return [
        e.CallOffered(
            ask.call_id,
            ask.channel,
            county=ask.county,
            test=ask.test,
            caller=moment.caller,
            line=ask.line,
        ),
        e.MessageReceived(ask.call_id, ask.message_id, moment.sealed, ask.thread),
    ]


def _send(state: AnswerState, ask: c.SendMessage, moment: Moment) -> Decision:
    call = _thread(state, ask.call_id)
    if isinstance(call, Refusal):
        return call
    if not is_person(moment.actor):
        return refuse(Reason.NEEDS_PERSON, call=ask.call_id)
    if moment.sealed is None:
        return refuse(Reason.NEEDS_WORDS, call=ask.call_id)
    if call.thread is not None and ask.message_id in call.thread.sent:
        return refuse(Reason.MESSAGE_EXISTS, call=ask.call_id, message=ask.message_id)
    sent = e.MessageSent(ask.call_id, ask.message_id, moment.sealed)
    if call.phase is not Phase.RINGING:
        return [sent]
    # Whoever writes first has taken the call, at the position where that person sits.
    seat = state.seats.get(name_of(moment.actor))
    return [e.CallAnswered(ask.call_id, seat, beside=True), sent]


def _report(state: AnswerState, ask: c.ReportDelivery, _moment: Moment) -> Decision:
    call = _thread(state, ask.call_id)
    if isinstance(call, Refusal):
        return call
    sending = None if call.thread is None else call.thread.sent.get(ask.message_id)
    if sending is None:
        return refuse(Reason.MESSAGE_UNKNOWN, call=ask.call_id, message=ask.message_id)
    if ask.delivery not in _FURTHER[sending.delivery]:
        known = sending.delivery.value
        return refuse(Reason.DELIVERY_KNOWN, message=ask.message_id, delivery=known)
    return [e.DeliveryReported(ask.call_id, ask.message_id, ask.delivery, ask.why)]


def _read(state: AnswerState, ask: c.ReadMessages, moment: Moment) -> Decision:
    call = _thread(state, ask.call_id)
    if isinstance(call, Refusal):
        return call
    if not is_person(moment.actor):
        return refuse(Reason.NEEDS_PERSON, call=ask.call_id)
    thread = call.thread
    if thread is None or ask.message_id not in thread.received:
        return refuse(Reason.MESSAGE_UNKNOWN, call=ask.call_id, message=ask.message_id)
    mark = thread.read.get(moment.actor)
    # One that is kept no more came before all that are.
    if mark is not None and mark.message_id in thread.received:
        order = list(thread.received)
        if order.index(ask.message_id) <= order.index(mark.message_id):
            return refuse(Reason.SAME_FLAG, call=ask.call_id)
    return [e.MessagesRead(ask.call_id, ask.message_id)]


def _close(state: AnswerState, ask: c.CloseThread, moment: Moment) -> Decision:
    call = _thread(state, ask.call_id)
    if isinstance(call, Refusal):
        return call
    if call.over:
        return refuse(Reason.CALL_ENDED, call=ask.call_id)
    if moment.at < silent_at(call):
        return refuse(Reason.THREAD_NOT_SILENT, call=ask.call_id)
    if call.answered_at is None:
        return [e.CallAbandoned(ask.call_id)]
    return [e.CallEnded(ask.call_id)]


def _thread(state: AnswerState, call_id: str) -> Call | Refusal:
    call = state.calls.get(call_id)
    if call is None:
        return refuse(Reason.CALL_UNKNOWN, call=call_id)
    if call.thread is None:
        return refuse(Reason.CALL_NOT_THREAD, call=call_id)
    return call


DECIDE: DecideTable = {
    c.ReceiveMessage: _receive,
    c.SendMessage: _send,
    c.ReportDelivery: _report,
    c.ReadMessages: _read,
    c.CloseThread: _close,
}

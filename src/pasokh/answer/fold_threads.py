"""How messages change their call."""

from pasokh.answer import events as e
from pasokh.answer.state import MESSAGES_KEPT, AnswerState, Call, ReadMark, Sending, Thread
from pasokh.answer.threads import key_of
from pasokh.core.machine import Fact, FoldTable, Kept, KeptWhat


def _received(state: AnswerState, event: e.MessageReceived, fact: Fact) -> None:
    call = state.calls[event.call_id]
    call.trail.append(fact.seq)
    thread = call.thread or _opened(state, call, event.thread)
    thread.unanswered += 1
    thread.received[event.message_id] = None
    _trim(thread.received)
    _noted(thread, fact)
    call.words += (Kept(KeptWhat.RECEIVED, event.words, fact.at, fact.actor, event.message_id),)


def _sent(state: AnswerState, event: e.MessageSent, fact: Fact) -> None:
    call = state.calls[event.call_id]
    call.trail.append(fact.seq)
    call.words += (Kept(KeptWhat.SENT, event.words, fact.at, fact.actor, event.message_id),)
    if call.thread is not None:
        call.thread.unanswered = 0
        call.thread.sent[event.message_id] = Sending()
        _trim(call.thread.sent)
        _noted(call.thread, fact)


def _reported(state: AnswerState, event: e.DeliveryReported, fact: Fact) -> None:
    call = state.calls[event.call_id]
    call.trail.append(fact.seq)
    sending = None if call.thread is None else call.thread.sent.get(event.message_id)
    if sending is not None:
        sending.delivery, sending.why = event.delivery, event.why


def _read(state: AnswerState, event: e.MessagesRead, fact: Fact) -> None:
    call = state.calls[event.call_id]
    call.trail.append(fact.seq)
    if call.thread is not None:
        call.thread.read[fact.actor] = ReadMark(event.message_id, fact.at)


def _opened(state: AnswerState, call: Call, thread: str) -> Thread:
    # A thread whose caller nobody knows has the call's own name: no other message joins it.
    key = key_of(call.line, thread, call.caller) or f"{call.line}\ncall {call.call_id}"
    call.thread = Thread(key, 0)
    state.threads[key] = call.call_id
    return call.thread


def _noted(thread: Thread, fact: Fact) -> None:
    """Silence runs from when we knew: what lay in a journal for an hour is not silent since."""
    thread.count += 1
    thread.last_at = max(thread.last_at, fact.known_at)


def _trim(ids: dict[str, None] | dict[str, Sending]) -> None:
    if len(ids) > MESSAGES_KEPT:
        del ids[next(iter(ids))]


def closed(state: AnswerState, call: Call) -> None:
    """Let go of a thread that is over: its caller's next message opens another."""
    if call.thread is not None and state.threads.get(call.thread.key) == call.call_id:
        del state.threads[call.thread.key]


FOLD: FoldTable = {
    e.MessageReceived: _received,
    e.MessageSent: _sent,
    e.DeliveryReported: _reported,
    e.MessagesRead: _read,
}

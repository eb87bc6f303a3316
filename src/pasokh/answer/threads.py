"""Text threads: which call a message belongs to, and when a thread is over.

A thread is a call in writing. One is open at a time with a caller on a line; it is over when
nobody has written for half an hour, and what comes later is a new call.
"""

from collections.abc import Iterator

from pasokh.answer.state import AnswerState, Call
from pasokh.core.ids import CallId
from pasokh.core.time import MINUTE, Instant, Span

# Definitions, section 1: a contact is "a text thread closed after 30 min silence".
SILENCE: Span = 30 * MINUTE


def open_thread(state: AnswerState, line: str, thread: str, caller: str) -> CallId | None:
    """Find the call that is open with a caller on a line; None when the next one is new."""
    return state.threads.get(key_of(line, thread, caller))


def key_of(line: str, thread: str, caller: str) -> str:
    """Say by what a thread is known: the line's own name for it before the caller's pseudonym."""
    known_by = f"thread {thread}" if thread else f"caller {caller}"
    return f"{line}\n{known_by}" if thread or caller else ""


def silent_at(call: Call) -> Instant:
    """Say when a thread is over if nobody writes, or takes it up, before."""
    last_at = 0 if call.thread is None else call.thread.last_at
    return max(last_at, call.answered_at or 0) + SILENCE


def silent_threads(state: AnswerState, now: Instant) -> Iterator[Call]:
    """Yield the open threads that are over at `now`."""
    for call_id in state.threads.values():
        call = state.calls[call_id]
        if silent_at(call) <= now:
            yield call

"""What follows from lines of queue_log: everything that a queue did, to the second.

What a packet has told already means nothing more. A line never goes before what is known.
"""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from pasokh.adapters.telephony.asterisk.book import Book
from pasokh.adapters.telephony.asterisk.calls import LineDeed, When, call_id_of
from pasokh.adapters.telephony.asterisk.queue_log import LogLine, Verb
from pasokh.answer.distribute import FALLBACK
from pasokh.answer.events import NotPickedUp
from pasokh.core.time import SECOND, Instant


def deeds_of_line(book: Book, line: LogLine, at: Instant) -> Iterator[LineDeed]:
    """Yield what follows from a line; `at` is the beginning of its second by our clock."""
    meaning = _MEANINGS.get(line.verb)
    if meaning is None or not line.uniqueid or line.queue not in book.queues:
        return
    call_id = call_id_of(line.uniqueid)
    yield from meaning(book, line, When(at, str(line.at), exact=False))
    if not (book.steps.rings(call_id) or book.steps.talks(call_id)):
        book.channels.forget(call_id)
        book.undecided.pop(call_id, None)


def _entered(book: Book, line: LogLine, when: When) -> Iterator[LineDeed]:
    channel = book.channel(line.uniqueid)
    channel.number = channel.number or _said(line, 1)
    yield from book.steps.offered(channel, when)
    call = book.steps.call(call_id_of(line.uniqueid))
    # A line that is read again does not bring back who left the queue since.
    if call is not None and call.queue != FALLBACK:
        yield from book.steps.queued(call_id_of(line.uniqueid), line.queue, when)


def _connected(book: Book, line: LogLine, when: When) -> Iterator[LineDeed]:
    yield from book.steps.offered(book.channel(line.uniqueid), when)
    position = book.members.position_of(line.member)
    yield from book.steps.answered(call_id_of(line.uniqueid), position, when)


def _given_up(book: Book, line: LogLine, when: When) -> Iterator[LineDeed]:
    yield from book.steps.offered(book.channel(line.uniqueid), when)
    if book.steps.rings(call_id_of(line.uniqueid)):
        yield from book.steps.ended(call_id_of(line.uniqueid), when)


def _completed(book: Book, line: LogLine, when: When) -> Iterator[LineDeed]:
    """The queue has done with the call. Its channel may go on elsewhere, if anybody can see."""
    call_id, channel = call_id_of(line.uniqueid), book.channel(line.uniqueid)
    talked = _said(line, 1)
    span = int(talked) * SECOND if talked.isdecimal() and talked.isascii() else 0
    began = When(max(0, when.at - span), when.stamp, exact=False)
    yield from book.steps.offered(channel, began)
    yield from book.steps.answered(call_id, book.members.position_of(line.member), began)
    channel.completed = when.at
    if not book.present.has(line.uniqueid):
        yield from book.steps.ended(call_id, when)


def _left(book: Book, line: LogLine, when: When) -> Iterator[LineDeed]:
    """The queue sent the call on: whoever takes it now is no member."""
    call_id, channel = call_id_of(line.uniqueid), book.channel(line.uniqueid)
    yield from book.steps.offered(channel, when)
    yield from book.steps.queued(call_id, FALLBACK, when)
    if channel.elsewhere is not None:
        yield from book.steps.fell_back(call_id, When(channel.elsewhere, "elsewhere"))


def _silence(book: Book, line: LogLine, when: When) -> Iterator[LineDeed]:
    """A telephone rang in vain while nobody listened. One that is known to ring does not."""
    call = book.steps.call(call_id_of(line.uniqueid))
    channel, position = book.channel(line.uniqueid), book.members.position_of(line.member)
    if call is None or position is None or position in channel.ringing.values():
        return
    if call.rung == position and call.rung_at < when.at + SECOND:
        unanswered = line.verb is Verb.NO_ANSWER
        why = NotPickedUp.NO_ANSWER if unanswered else NotPickedUp.WITHDRAWN
        yield from book.steps.rang_out(channel, position, f"{position} {when.stamp}", why, when)


def _said(line: LogLine, index: int) -> str:
    return line.said[index] if index < len(line.said) else ""


_Meaning: TypeAlias = Callable[[Book, LogLine, When], Iterator[LineDeed]]
_MEANINGS: dict[Verb, _Meaning] = {
    Verb.ENTERED: _entered,
    Verb.CONNECTED: _connected,
    Verb.GIVEN_UP: _given_up,
    Verb.COMPLETED_BY_CALLER: _completed,
    Verb.COMPLETED_BY_POSITION: _completed,
    Verb.NO_ANSWER: _silence,
    Verb.RING_CANCELLED: _silence,
    Verb.TIMED_OUT: _left,
    Verb.KEY_PRESSED: _left,
    Verb.NOBODY_THERE: _left,
}

"""What follows from Asterisk's packets.

A call is the channel that waits in a queue, by its Uniqueid. AgentConnect answers it, and it is
over with its channel's Hangup, never with AgentComplete, which sometimes carries no Uniqueid.
"""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from pasokh.adapters.telephony.asterisk.book import Book, EndAwaited
from pasokh.adapters.telephony.asterisk.caller import USER_EVENT
from pasokh.adapters.telephony.asterisk.calls import LineDeed, When, call_id_of
from pasokh.adapters.telephony.asterisk.channels import CallerChannel
from pasokh.adapters.telephony.asterisk.packet import Packet
from pasokh.answer.distribute import FALLBACK
from pasokh.answer.events import NotPickedUp
from pasokh.core.ids import PositionId
from pasokh.core.time import SECOND, Instant

_WHY = {
    "NOANSWER": NotPickedUp.NO_ANSWER,
    "BUSY": NotPickedUp.BUSY,
    "CHANUNAVAIL": NotPickedUp.UNREACHABLE,
    "CONGESTION": NotPickedUp.UNREACHABLE,
}
_TAKEN_UP = "ANSWER"


def deeds_of_packet(book: Book, packet: Packet, at: Instant) -> Iterator[LineDeed]:
    """Yield what follows from a packet that tells of `at`."""
    meaning = _MEANINGS.get(packet.event)
    if meaning is not None and packet.said("uniqueid"):
        yield from meaning(book, packet, When(at, packet.said("timestamp") or str(at)))


def matters(event: str) -> bool:
    """Tell whether anything may follow from packets of a kind."""
    return event in _MEANINGS


def _caller(book: Book, packet: Packet) -> CallerChannel:
    """The caller's channel of a packet, with what the packet says of the caller."""
    channel = book.channel(packet.said("uniqueid"))
    channel.number = channel.number or packet.said("calleridnum")
    channel.name = channel.name or packet.said("calleridname")
    return channel


def _position(book: Book, packet: Packet) -> PositionId | None:
    return book.members.position_of(packet.said("interface"), packet.said("membername"))


def _telephone(packet: Packet) -> str:
    """What tells one ringing of a telephone from another."""
    return packet.said("destuniqueid") or packet.said("interface")


def _began(book: Book, packet: Packet, when: When) -> Iterator[LineDeed]:
    """Newchannel. Telephones that are called for another channel are no callers."""
    if packet.said("uniqueid") == packet.said("linkedid"):
        channel = _caller(book, packet)
        channel.at, channel.context = when.at, packet.said("context")
        book.present.began(channel.uniqueid)
    yield from ()


def _told(book: Book, packet: Packet, when: When) -> Iterator[LineDeed]:
    """UserEvent: what the dialplan passes on of the caller's request."""
    if packet.said("userevent").lower() != USER_EVENT:
        return
    channel = _caller(book, packet)
    channel.told = {name: packet.said(name) for name in ("geo", "loc")}
    if channel.context in book.contexts:
        yield from book.steps.offered(channel, when)


def _waits(book: Book, packet: Packet, when: When) -> Iterator[LineDeed]:
    """QueueCallerJoin; and whatever else names one of our queues for a call unheard of."""
    if packet.said("queue") in book.queues:
        channel = _caller(book, packet)
        yield from book.steps.offered(channel, when)
        yield from book.steps.queued(call_id_of(channel.uniqueid), packet.said("queue"), when)


def _unheard(book: Book, packet: Packet, at: Instant) -> Iterator[LineDeed]:
    if book.steps.call(call_id_of(packet.said("uniqueid"))) is None:
        yield from _waits(book, packet, When(at, f"unheard {at}", exact=False))


def _listed(book: Book, packet: Packet, when: When) -> Iterator[LineDeed]:
    """QueueEntry of a list: a call that waits, and for how many seconds it has."""
    wait = packet.said("wait")
    waited = int(wait) * SECOND if wait.isdecimal() and wait.isascii() else 0
    yield from _unheard(book, packet, max(0, when.at - waited))


def _rings(book: Book, packet: Packet, when: When) -> Iterator[LineDeed]:
    """AgentCalled: a member's telephone rings."""
    yield from _unheard(book, packet, when.at)
    position = _position(book, packet)
    if position is not None and packet.said("queue") in book.queues:
        channel = _caller(book, packet)
        channel.ringing[_telephone(packet)] = position
        yield from book.steps.rung(channel, position, _telephone(packet), when)


def _no_answer(book: Book, packet: Packet, when: When) -> Iterator[LineDeed]:
    """AgentRingNoAnswer."""
    yield from _silenced(book, packet, NotPickedUp.NO_ANSWER, when)


def _dialled(book: Book, packet: Packet, when: When) -> Iterator[LineDeed]:
    """DialEnd: a telephone was taken up, or rings no more."""
    call_id, said = call_id_of(packet.said("uniqueid")), packet.said("dialstatus")
    channel = book.channels.find(call_id)
    if said in _WHY:
        yield from _silenced(book, packet, _WHY[said], when)
    elif said == _TAKEN_UP and channel is not None and _telephone(packet) not in channel.ringing:
        channel.elsewhere = when.at
        call = book.steps.call(call_id)
        if call is not None and call.queue == FALLBACK:
            yield from book.steps.fell_back(call_id, when)


def _silenced(book: Book, packet: Packet, why: NotPickedUp, when: When) -> Iterator[LineDeed]:
    channel = book.channels.find(call_id_of(packet.said("uniqueid")))
    if channel is None:
        return
    position = channel.ringing.pop(_telephone(packet), None)
    if position is not None:
        yield from book.steps.rang_out(channel, position, _telephone(packet), why, when)


def _connected(book: Book, packet: Packet, when: When) -> Iterator[LineDeed]:
    """AgentConnect."""
    yield from _unheard(book, packet, when.at)
    if packet.said("queue") in book.queues:
        call_id = call_id_of(packet.said("uniqueid"))
        book.channel(packet.said("uniqueid")).ringing.clear()
        yield from book.steps.answered(call_id, _position(book, packet), when)


def _gave_up(book: Book, packet: Packet, when: When) -> Iterator[LineDeed]:
    """QueueCallerAbandon: the Hangup that follows is the caller's own."""
    yield from _unheard(book, packet, when.at)
    book.channel(packet.said("uniqueid")).gave_up = True


def _hung_up(book: Book, packet: Packet, when: When) -> Iterator[LineDeed]:
    """Hangup of whatever channel."""
    call_id = call_id_of(packet.said("uniqueid"))
    channel = book.channels.find(call_id)
    book.present.ended(packet.said("uniqueid"))
    if channel is not None and channel.context in book.contexts:
        yield from book.steps.offered(channel, when)
    if book.steps.rings(call_id) and not (channel is not None and channel.gave_up):
        book.undecided[call_id] = EndAwaited(when)
        return
    yield from book.steps.ended(call_id, when)
    book.channels.forget(call_id)


_Meaning: TypeAlias = Callable[[Book, Packet, When], Iterator[LineDeed]]
_MEANINGS: dict[str, _Meaning] = {
    "newchannel": _began,
    "userevent": _told,
    "queuecallerjoin": _waits,
    "queueentry": _listed,
    "agentcalled": _rings,
    "agentringnoanswer": _no_answer,
    "dialend": _dialled,
    "agentconnect": _connected,
    "queuecallerabandon": _gave_up,
    "hangup": _hung_up,
}

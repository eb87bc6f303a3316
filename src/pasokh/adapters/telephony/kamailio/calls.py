"""What each step of a telephone call means for the centre: one outcome a call, whatever comes.

The centre's own state says how far a call has come, so there is no second truth to agree with. A
step that has been heard before, late or twice means nothing more. The outcome is what the caller
was told last (a yes, 487, another no), never the wish of a CANCEL. Commands have ids that follow
from the call, so that hearing a whole journal again changes nothing.
"""

from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Protocol

from msgspec import Struct

from pasokh.adapters.telephony.command_ids import born_command_id, command_id_of
from pasokh.adapters.telephony.kamailio.caller import as_it_came, dialled_of, expiring_of, words_of
from pasokh.adapters.telephony.kamailio.wire import StepKind, SwitchWord
from pasokh.adapters.telephony.rtpengine.spool import trace_of
from pasokh.answer.commands import (
    AnswerCall,
    EndCall,
    FallBackCall,
    HoldCall,
    OfferCall,
    QueueCall,
    RejectCall,
    ResumeCall,
    RingOut,
    TellPlace,
)
from pasokh.answer.commands_voice import LoseRecording, StartRecording
from pasokh.answer.distribute import FALLBACK
from pasokh.answer.events import NotPickedUp
from pasokh.answer.events_voice import LostWhy
from pasokh.answer.probes import PROBE
from pasokh.core.ids import CallId, CommandId, PositionId
from pasokh.core.machine import Command, Words
from pasokh.core.time import Instant
from pasokh.core.told_places import ToldPlace

LINE = "kamailio"
# What somebody begins who wants to reach us.
OPENING = (b"INVITE", b"MESSAGE")
SPEAKS, _HELD = "connected", "held"
_RINGING, _CONNECTED = frozenset({"ringing"}), frozenset({SPEAKS, _HELD})
_BUSY_CODES = frozenset({"486", "600", "603"})
_NO_ANSWER = "408"
# What no call that has had it can have again.
_ONCE_IN_A_CALL = frozenset({"answer", "record", "gone", "failed", "bye"})
_ONCE = "once"
# What the switch says of a voice that is written, or was to be; and by which rule it was.
RECORDED, LISTENED, MISSED, POLICY = "recorded", "listened", "missed", "policy"


class HeardCall(Protocol):
    """What of the centre's call matters here."""

    @property
    def phase(self) -> str:
        """Where it is on its way."""
        ...

    @property
    def queue(self) -> str:
        """The queue it waits in."""
        ...

    @property
    def offered_at(self) -> Instant:
        """When it was offered."""
        ...

    @property
    def rung(self) -> PositionId | None:
        """The position at which it rings."""
        ...


class Deed(Struct, frozen=True):
    """A command that follows from a step; `otherwise` when the centre refuses it."""

    command_id: CommandId
    command: Command
    words: Words | None = None
    otherwise: Command | None = None


def call_id_of(step: SwitchWord) -> CallId:
    """Name the call of a step: by Call-ID and the caller's tag, so that no stranger chooses it."""
    if step.kind is StepKind.BAD and not step.sip_call_id:
        # A switch that tells a refused request once says so: then each that it tells is a call.
        told = f"{step.boot}.{step.number}".encode() if step.said[1:2] == (_ONCE,) else b""
        return f"bad-{sha256(told + step.raw).hexdigest()[:24]}"
    return call_id_named(step.sip_call_id, step.from_tag)


def other_call_id_of(step: SwitchWord) -> CallId:
    """Name the call of a step that the answering side began: there the caller's tag is in To."""
    return call_id_named(step.sip_call_id, step.to_tag)


def voice_of(step: SwitchWord) -> str:
    """Give what the switch says of the voice of a call that was answered."""
    return step.said[2] if step.kind is StepKind.ANSWER and len(step.said) > 2 else ""  # noqa: PLR2004 - the third


def deeds_of(
    step: SwitchWord,
    call_id: CallId,
    call: HeardCall | None,
    queue_of: Callable[[str], str],
    kept: Callable[[ToldPlace], ToldPlace] = as_it_came,
) -> Iterator[Deed]:
    """Yield what follows from a step of a call that stands in the centre as `call`.

    `kept` gives what of a place may be kept.
    """
    for name, command, otherwise in _MEANINGS[step.kind](step, call_id, call, queue_of):
        if call is not None and name in _ONCE_IN_A_CALL:
            command_id = born_command_id(call_id, name, call.offered_at)
        else:
            command_id = command_id_of(LINE, call_id, name)
        offered = isinstance(command, OfferCall) and not command.test
        words = words_of(step.raw, kept) if offered else None
        yield Deed(command_id, command, words, otherwise)
        if offered:
            yield from _expiring(step, call_id, command_id)


def _expiring(step: SwitchWord, call_id: CallId, offer_id: CommandId) -> Iterator[Deed]:
    """Tell each place that may be kept for a time only under a key of its own."""
    for number, place in enumerate(expiring_of(step.raw)):
        if not place.over(step.at):
            place_id = f"{call_id}-{number}"
            tell = TellPlace(place_id, place.source, call_id, place.expires_at)
            yield Deed(f"{offer_id}-{number}", tell, Words(places=(place,)))


# What only the position's side means: the caller's network may hold and speak as it likes.
OF_POSITION = frozenset({StepKind.HELD, StepKind.RESUMED})

_Meant = Iterator[tuple[str, Command, Command | None]]
_QueueOf = Callable[[str], str]


def _invite(
    step: SwitchWord, call_id: CallId, call: HeardCall | None, queue_of: _QueueOf
) -> _Meant:
    if call is None:
        yield "offer", OfferCall(call_id, line=LINE), None
        if queue := queue_of(dialled_of(step.raw)):
            yield "queue", QueueCall(call_id, queue), None


def _probe(
    _step: SwitchWord, call_id: CallId, call: HeardCall | None, _queue_of: _QueueOf
) -> _Meant:
    if call is None:
        yield "offer", OfferCall(call_id, test=True, line=LINE), None
        yield "queue", QueueCall(call_id, PROBE), None


def _fallback(
    _step: SwitchWord, call_id: CallId, call: HeardCall | None, _queue_of: _QueueOf
) -> _Meant:
    if call is None:
        yield "offer", OfferCall(call_id, line=LINE), None
        yield FALLBACK, QueueCall(call_id, FALLBACK), None


def _rescued(
    _step: SwitchWord, call_id: CallId, call: HeardCall | None, _queue_of: _QueueOf
) -> _Meant:
    if not _is(call, _RINGING):
        return
    if call is not None and call.rung is not None:
        yield "withdrawn", RingOut(call_id, NotPickedUp.WITHDRAWN), None
    if call is not None and call.queue not in (FALLBACK, PROBE):
        yield FALLBACK, QueueCall(call_id, FALLBACK), None


def _missed(
    step: SwitchWord, call_id: CallId, call: HeardCall | None, _queue_of: _QueueOf
) -> _Meant:
    _, _, code, position = (*step.said, "", "", "", "")[:4]
    if _is(call, _RINGING) and call is not None and call.rung == position:
        why = NotPickedUp.NO_ANSWER if code == _NO_ANSWER else NotPickedUp.UNREACHABLE
        why = NotPickedUp.BUSY if code in _BUSY_CODES else why
        yield f"missed {step.boot}.{step.number}", RingOut(call_id, why), None


def _answer(
    step: SwitchWord, call_id: CallId, call: HeardCall | None, _queue_of: _QueueOf
) -> _Meant:
    _, target = (*step.said, "", "")[:2]
    voice = voice_of(step)
    if not _is(call, _RINGING):
        return
    if target in ("", FALLBACK):
        yield "answer", FallBackCall(call_id), None
    else:
        yield "answer", AnswerCall(call_id, target), AnswerCall(call_id)
    if voice == RECORDED:
        yield "record", StartRecording(call_id, POLICY, trace_of(step.sip_call_id)), None
    elif voice == MISSED:
        yield "record", LoseRecording(call_id, LostWhy.NOT_CARRIED), None


def _gone(
    _step: SwitchWord, call_id: CallId, call: HeardCall | None, _queue_of: _QueueOf
) -> _Meant:
    if _is(call, _RINGING):
        yield "gone", EndCall(call_id), None


def _failed(
    step: SwitchWord, call_id: CallId, call: HeardCall | None, _queue_of: _QueueOf
) -> _Meant:
    if _is(call, _RINGING):
        yield "failed", RejectCall(call_id, (*step.said, "no reply")[0]), None


def _bye(_step: SwitchWord, call_id: CallId, call: HeardCall | None, _queue_of: _QueueOf) -> _Meant:
    if _is(call, _CONNECTED):
        yield "bye", EndCall(call_id), None


def _held(step: SwitchWord, call_id: CallId, call: HeardCall | None, _queue_of: _QueueOf) -> _Meant:
    if call is not None and call.phase == SPEAKS:
        yield f"held {step.boot}.{step.number}", HoldCall(call_id), None


def _resumed(
    step: SwitchWord, call_id: CallId, call: HeardCall | None, _queue_of: _QueueOf
) -> _Meant:
    if call is not None and call.phase == _HELD:
        yield f"resumed {step.boot}.{step.number}", ResumeCall(call_id), None


def _bad(step: SwitchWord, call_id: CallId, call: HeardCall | None, _queue_of: _QueueOf) -> _Meant:
    """A call that could not be read was still somebody's call. Other noise is only counted."""
    if call is None and step.raw[:7].upper().startswith(OPENING):
        yield "offer", OfferCall(call_id, line=LINE), None
        yield "failed", RejectCall(call_id, (*step.said, "0")[0]), None


def _nothing(
    _step: SwitchWord, _id: CallId, _call: HeardCall | None, _queue_of: _QueueOf
) -> _Meant:
    yield from ()


_MEANINGS: dict[StepKind, Callable[[SwitchWord, CallId, HeardCall | None, _QueueOf], _Meant]] = {
    StepKind.HELLO: _nothing,
    StepKind.PHONES: _nothing,
    StepKind.INVITE: _invite,
    StepKind.PROBE: _probe,
    StepKind.FALLBACK: _fallback,
    StepKind.RESCUED: _rescued,
    StepKind.MISSED: _missed,
    StepKind.ANSWER: _answer,
    StepKind.HELD: _held,
    StepKind.RESUMED: _resumed,
    StepKind.GONE: _gone,
    StepKind.FAILED: _failed,
    StepKind.CANCEL: _nothing,
    StepKind.BYE: _bye,
    StepKind.BAD: _bad,
    StepKind.DIAL: _nothing,
    StepKind.PICKED: _nothing,
    StepKind.OVER: _nothing,
    StepKind.MESSAGE: _nothing,
    StepKind.WROTE: _nothing,
    StepKind.COUNTED: _nothing,
    StepKind.CALLS: _nothing,
    StepKind.OTHER: _nothing,
}


# What begins a call, and what of an unknown call means nothing.
_OPENS = frozenset(
    {
        *(StepKind.INVITE, StepKind.PROBE, StepKind.FALLBACK, StepKind.BAD, StepKind.OTHER),
        *OF_POSITION,
    }
)


def waits_for_its_call(step: SwitchWord, call: HeardCall | None) -> bool:
    """Tell whether a step came before what it follows: its call, or for a BYE the answer."""
    if step.kind is StepKind.BYE:
        return call is None or _is(call, _RINGING)
    return call is None and step.kind not in _OPENS


def _is(call: HeardCall | None, phases: frozenset[str]) -> bool:
    return call is not None and call.phase in phases


def call_id_named(sip_call_id: str, tag: str) -> CallId:
    """Name the call of which this is the caller's tag."""
    # No line feed is in either: they came on lines of their own.
    both = f"{sip_call_id}\n{tag}"
    return f"k-{sha256(both.encode()).hexdigest()[:24]}"

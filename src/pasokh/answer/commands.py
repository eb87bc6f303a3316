"""What can be asked of the answer floor. Names of persons and numbers travel as sealed words."""

from typing import Annotated, ClassVar

from msgspec import Meta

from pasokh.answer.events import (
    CallBackResult,
    CallCode,
    Channel,
    Delivery,
    NotPickedUp,
    Origin,
)
from pasokh.core.ids import (
    AreaCode,
    CallId,
    Code,
    Id,
    IncidentId,
    LineName,
    PersonId,
    PositionId,
    ReasonText,
)
from pasokh.core.machine import Command
from pasokh.core.time import Instant
from pasokh.core.told_places import PlaceSource


class OfferCall(Command, frozen=True):
    """A call reaches the centre and rings."""

    may_carry_words: ClassVar[bool] = True

    call_id: CallId
    channel: Channel = Channel.VOICE
    origin: Origin = Origin.PUBLIC
    county: AreaCode = ""
    test: bool = False
    line: LineName = ""


class QueueCall(Command, frozen=True):
    """Put a ringing call into a queue."""

    call_id: CallId
    queue: Code


class AnswerCall(Command, frozen=True):
    """A call taker takes a ringing call. Without a position: a line that has none."""

    call_id: CallId
    position_id: PositionId | None = None


class RingPosition(Command, frozen=True):
    """Let a waiting call ring at one position."""

    call_id: CallId
    position_id: PositionId


class RingOut(Command, frozen=True):
    """The position at which a call rang did not take it; the call waits on."""

    call_id: CallId
    why: NotPickedUp


class FallBackCall(Command, frozen=True):
    """The fallback group answered: a person, but at no position of the centre."""

    call_id: CallId


class RejectCall(Command, frozen=True):
    """The line had to refuse the call; `cause` is its final reply, for example 400."""

    call_id: CallId
    cause: Code


class HoldCall(Command, frozen=True):
    """Put a connected call on hold."""

    call_id: CallId


class ResumeCall(Command, frozen=True):
    """Take a call off hold."""

    call_id: CallId


class EndCall(Command, frozen=True):
    """The contact ends, whoever hung up. A call that was never answered becomes abandoned.

    `cause`: why the machine knows it; without one somebody hung up.
    """

    call_id: CallId
    cause: Code | None = None


class ReceiveMessage(Command, frozen=True):
    """A caller wrote. It joins the thread that is open with this caller on this line.

    Without an open one it opens a call, which has then this `call_id`. `thread` is by what the
    line itself knows a conversation (a chat's id); without it the caller's number is.
    """

    may_carry_words: ClassVar[bool] = True

    call_id: CallId
    message_id: Id
    line: LineName
    channel: Channel = Channel.TEXT
    thread: LineName = ""
    county: AreaCode = ""
    test: bool = False


class SendMessage(Command, frozen=True):
    """Write to the caller of a thread. The first reply answers the call.

    A thread that is over stays over: the caller's next message opens a new call.
    """

    may_carry_words: ClassVar[bool] = True

    call_id: CallId
    message_id: Id


class ReportDelivery(Command, frozen=True):
    """The line says how far a message of ours has come; `why` is its code when it failed."""

    call_id: CallId
    message_id: Id
    delivery: Delivery
    why: LineName = ""


class ReadMessages(Command, frozen=True):
    """Say that one has read what the caller wrote, up to this message."""

    call_id: CallId
    message_id: Id


class CloseThread(Command, frozen=True):
    """Nobody has written for so long that the thread is over."""

    call_id: CallId


class BeginCallBack(Command, frozen=True):
    """Say that one calls an abandoned caller back now, so that nobody else does."""

    call_id: CallId


class DialCallBack(Command, frozen=True):
    """A position's telephone dials whom its call taker has begun to call back."""

    position_id: PositionId
    dial_id: Id


class PickUpCallBack(Command, frozen=True):
    """Somebody picked up who was dialled."""

    dial_id: Id


class HangUpCallBack(Command, frozen=True):
    """A dialled call is over, or came to nothing: then `reply` is the network's (a SIP code)."""

    dial_id: Id
    reply: str = ""


class CallBack(Command, frozen=True):
    """Somebody called an abandoned caller back, and reached a person or did not.

    With a `result` that says whether somebody was reached, and `reached` need not be given.
    """

    call_id: CallId
    reached: bool = False
    result: CallBackResult | None = None


class MarkSilent(Command, frozen=True):
    """Nobody speaks on the call. A mark for the call taker, never a class by itself."""

    call_id: CallId


class LocateCall(Command, frozen=True):
    """Say in which county the caller is."""

    may_carry_words: ClassVar[bool] = True

    call_id: CallId
    county: AreaCode


class TellPlace(Command, frozen=True):
    """A source tells one more place of the caller; all others stay.

    Without a call the number among its words says whose place it is: its open call gets it, or
    the next one soon. Its words lie under a key of their own, which goes when `expires_at` comes.
    """

    may_carry_words: ClassVar[bool] = True

    place_id: Id
    source: PlaceSource
    call_id: CallId | None = None
    expires_at: Instant | None = None


class ExpirePlace(Command, frozen=True):
    """The time for which a sender let us keep a place is over: its key has been destroyed."""

    place_id: Id


class TypeCall(Command, frozen=True):
    """Say what the call is about, by the centre's list of types."""

    call_id: CallId
    call_type: Code


class NoteCall(Command, frozen=True):
    """Write words about the call: who, where exactly, what was said."""

    may_carry_words: ClassVar[bool] = True

    call_id: CallId


class LinkCall(Command, frozen=True):
    """The call is about this incident."""

    call_id: CallId
    incident_id: IncidentId


class UnlinkCall(Command, frozen=True):
    """The call is not about its incident after all."""

    call_id: CallId
    reason: ReasonText


class ClassCall(Command, frozen=True):
    """A person says what the call was. Asked again with another code, it re-classes."""

    call_id: CallId
    code: CallCode
    reason: ReasonText


class CloseCall(Command, frozen=True):
    """A person says what the call was and ends it, in one deed. A call that ended is only classed.

    A call that still rings is not closed by anybody: somebody has to speak to the caller.
    """

    call_id: CallId
    code: CallCode
    reason: ReasonText


class GiveAdvice(Command, frozen=True):
    """The caller was told what to do; `advice` is a card of the centre's list."""

    call_id: CallId
    advice: Code


class AnswerQuestion(Command, frozen=True):
    """The caller answered a question of a protocol; "skip" says that it was not asked.

    `begun_at` is when the version that was read aloud began (milliseconds). Answering again
    corrects: both answers stay in the log, the later counts. Free words are a note, sealed.
    """

    call_id: CallId
    protocol: Id
    begun_at: Instant
    step: Code
    answer: Code


class LeaveProtocol(Command, frozen=True):
    """The call taker goes on without a protocol's questions. Any answer comes back to them."""

    call_id: CallId
    protocol: Id
    reason: Annotated[str, Meta(max_length=500)] = ""


class OfferHandoff(Command, frozen=True):
    """Offer the call to another service of the hand-off directory, for example 115."""

    call_id: CallId
    service: Code


class AcceptHandoff(Command, frozen=True):
    """The other service took the call."""

    call_id: CallId
    service: Code


class RefuseHandoff(Command, frozen=True):
    """The other service did not take the call."""

    call_id: CallId
    service: Code
    reason: ReasonText


class MarkNuisance(Command, frozen=True):
    """A person judges the call a nuisance, with a reason and a day on which that ends.

    Alone for a day at most: what is to last longer is proposed, and another person confirms it.
    """

    call_id: CallId
    code: CallCode
    reason: ReasonText
    expires_at: Instant


class ConfirmNuisance(Command, frozen=True):
    """Another person than the one who marked confirms that the mark lasts longer than a day."""

    call_id: CallId
    reason: ReasonText


class AppealNuisance(Command, frozen=True):
    """The caller, or somebody for the caller, objects to the mark."""

    may_carry_words: ClassVar[bool] = True

    call_id: CallId
    reason: ReasonText


class DecideAppeal(Command, frozen=True):
    """Another person than the one who marked decides the appeal."""

    call_id: CallId
    lifted: bool
    reason: ReasonText


class ExpireNuisance(Command, frozen=True):
    """The mark's time is over."""

    call_id: CallId


class FlagTest(Command, frozen=True):
    """The call is a test or an exercise, or is not after all."""

    call_id: CallId
    test: bool
    reason: ReasonText


class OpenPosition(Command, frozen=True):
    """A desk exists from now on."""

    position_id: PositionId
    name: str = ""


class SignIn(Command, frozen=True):
    """A call taker sits down at a position. Not ready yet."""

    position_id: PositionId
    person_id: PersonId


class BeReady(Command, frozen=True):
    """The call taker can take the next call; also ends the wrap-up."""

    position_id: PositionId


class GoAway(Command, frozen=True):
    """The call taker leaves the desk for a while."""

    position_id: PositionId
    reason: ReasonText


class SignOut(Command, frozen=True):
    """The call taker's shift at this position ends."""

    position_id: PositionId

"""What happened on the answer floor. A shape is for ever: changing one needs an upcaster."""

from enum import StrEnum

from pasokh.core.ids import AreaCode, CallId, Code, Id, IncidentId, LineName, PersonId, PositionId
from pasokh.core.machine import Event, Sealed
from pasokh.core.time import Instant
from pasokh.core.told_places import PlaceSource


class Channel(StrEnum):
    """On which channel the contact came."""

    VOICE = "voice"
    TEXT = "text"
    WEB = "web"
    ALARM = "alarm"


class Origin(StrEnum):
    """Who made the contact or found the incident. Only PUBLIC is in the public figures."""

    PUBLIC = "public"
    ALARM = "alarm"
    AGENCY = "agency"
    UNIT = "unit"


class CallCode(StrEnum):
    """Codes that a person sets (design definitions, section 1, rule 7)."""

    SILENT = "N1"
    NUISANCE = "N2"
    HOAX = "N3"
    IRRELEVANT = "X"
    ADVICE = "V"
    RECORDED = "R"


class NotPickedUp(StrEnum):
    """Why the call that rang at a position was not taken there."""

    NO_ANSWER = "no_answer"
    BUSY = "busy"
    UNREACHABLE = "unreachable"
    # The line took the call elsewhere: the position is not to blame.
    WITHDRAWN = "withdrawn"


class CallBackResult(StrEnum):
    """What came of calling somebody back."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    WRONG_PERSON = "wrong_person"
    NEEDS_HELP = "needs_help"


class Delivery(StrEnum):
    """How far a message of ours has come, as far as its line can tell."""

    WAITING = "waiting"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"


# A silent or accidental call is nobody's ill will, so it can not be marked.
NUISANCE_CODES = frozenset({CallCode.NUISANCE, CallCode.HOAX})


class CallOffered(Event, frozen=True):
    """A call reached the centre."""

    call_id: CallId
    channel: Channel = Channel.VOICE
    origin: Origin = Origin.PUBLIC
    county: AreaCode = ""
    test: bool = False
    words: Sealed | None = None
    # A pseudonym of the number that called: nobody can dial it, but two calls can meet by it.
    caller: str = ""
    line: LineName = ""


class CallQueued(Event, frozen=True):
    """A ringing call was put into a queue."""

    call_id: CallId
    queue: Code


class CallAnswered(Event, frozen=True):
    """A call taker took the call. `beside`: the position's telephone stays as free as it was."""

    call_id: CallId
    position_id: PositionId | None = None
    beside: bool = False


class PositionRung(Event, frozen=True):
    """A waiting call began to ring at a position."""

    call_id: CallId
    position_id: PositionId


class PositionRangOut(Event, frozen=True):
    """Nobody took the call at the position where it rang."""

    call_id: CallId
    position_id: PositionId
    why: NotPickedUp


class CallFellBack(Event, frozen=True):
    """The fallback group took the call."""

    call_id: CallId


class CallRejected(Event, frozen=True):
    """The line refused the call: nobody answered, and the caller did not hang up."""

    call_id: CallId
    cause: Code


class CallHeld(Event, frozen=True):
    """The call was put on hold."""

    call_id: CallId


class CallResumed(Event, frozen=True):
    """The call was taken off hold."""

    call_id: CallId


class CallAbandoned(Event, frozen=True):
    """The contact ended before anybody answered."""

    call_id: CallId


class CallEnded(Event, frozen=True):
    """An answered contact ended. `cause`: why the line knows it; without one somebody hung up."""

    call_id: CallId
    position_id: PositionId | None = None
    cause: Code | None = None


class MessageReceived(Event, frozen=True):
    """The caller wrote. The first message of a thread says by what its line knows the thread."""

    call_id: CallId
    message_id: Id
    words: Sealed
    thread: LineName = ""


class MessageSent(Event, frozen=True):
    """A person wrote to the caller; the line has still to send it."""

    call_id: CallId
    message_id: Id
    words: Sealed


class DeliveryReported(Event, frozen=True):
    """The line said how far a message of ours has come, and why no further."""

    call_id: CallId
    message_id: Id
    delivery: Delivery
    why: LineName = ""


class MessagesRead(Event, frozen=True):
    """A person at a desk has read what a caller wrote, up to this message."""

    call_id: CallId
    message_id: Id


class CallBackBegun(Event, frozen=True):
    """Somebody began to call an abandoned caller back."""

    call_id: CallId


class CallBackDialled(Event, frozen=True):
    """A position's telephone dials an abandoned caller."""

    call_id: CallId
    dial_id: Id
    position_id: PositionId


class CallBackPickedUp(Event, frozen=True):
    """Somebody picked up who was dialled."""

    call_id: CallId
    dial_id: Id


class CallBackHungUp(Event, frozen=True):
    """A dialled call is over, or came to nothing: then `reply` is the network's (a SIP code)."""

    call_id: CallId
    dial_id: Id
    reply: str = ""


class CallBackMade(Event, frozen=True):
    """An abandoned caller was called back."""

    call_id: CallId
    reached: bool
    result: CallBackResult | None = None


class CallMarkedSilent(Event, frozen=True):
    """Nobody spoke on the call."""

    call_id: CallId


class CallLocated(Event, frozen=True):
    """The caller's county became known."""

    call_id: CallId
    county: AreaCode
    words: Sealed | None = None


class PlaceTold(Event, frozen=True):
    """A source told one more place of the caller. `expires_at`: then it is destroyed.

    It came before its call when it names none: whoever calls as `caller` until then gets it.
    `kept_until` is then the end that the sender set for it, if any.
    """

    place_id: Id
    source: PlaceSource
    call_id: CallId | None = None
    caller: str = ""
    words: Sealed | None = None
    expires_at: Instant | None = None
    kept_until: Instant | None = None


class PlaceExpired(Event, frozen=True):
    """A told place was over, or its call never came; it was destroyed."""

    place_id: Id
    call_id: CallId | None = None


class CallTyped(Event, frozen=True):
    """What the call is about became known."""

    call_id: CallId
    call_type: Code


class CallNoted(Event, frozen=True):
    """Words about the call went into the vault."""

    call_id: CallId
    words: Sealed


class CallLinked(Event, frozen=True):
    """The call is about this incident."""

    call_id: CallId
    incident_id: IncidentId


class CallUnlinked(Event, frozen=True):
    """The call is no longer taken to be about this incident."""

    call_id: CallId
    incident_id: IncidentId
    reason: str


class CallClassed(Event, frozen=True):
    """A person said what the call was."""

    call_id: CallId
    code: CallCode
    reason: str


class CallReclassed(Event, frozen=True):
    """A person replaced a code; the first stays in the log."""

    call_id: CallId
    code: CallCode
    previous: CallCode
    reason: str


class AdviceGiven(Event, frozen=True):
    """The caller was told what to do."""

    call_id: CallId
    advice: Code


class QuestionAnswered(Event, frozen=True):
    """A question of a protocol, in the version that began then, got this choice, or a new one."""

    call_id: CallId
    protocol: Code
    begun_at: Instant
    step: Code
    answer: Code


class ProtocolLeft(Event, frozen=True):
    """The call taker went on without a protocol's questions."""

    call_id: CallId
    protocol: Code
    reason: str = ""


class HandoffOffered(Event, frozen=True):
    """The call was offered to another service."""

    call_id: CallId
    service: Code


class HandoffAccepted(Event, frozen=True):
    """The other service took the call."""

    call_id: CallId
    service: Code


class HandoffRefused(Event, frozen=True):
    """The other service did not take the call."""

    call_id: CallId
    service: Code
    reason: str


class NuisanceMarked(Event, frozen=True):
    """A person judged the call a nuisance, until a day."""

    call_id: CallId
    code: CallCode
    reason: str
    expires_at: Instant


class NuisanceProposed(Event, frozen=True):
    """The person who marked wants it to last longer: another one has to confirm that."""

    call_id: CallId
    expires_at: Instant


class NuisanceConfirmed(Event, frozen=True):
    """A second person confirmed that the mark lasts longer than a day."""

    call_id: CallId
    expires_at: Instant
    reason: str


class NuisanceAppealed(Event, frozen=True):
    """Somebody objected to the mark; `appeal_id` by the public page, and then without a reason."""

    call_id: CallId
    reason: str
    words: Sealed | None = None
    appeal_id: Id | None = None


class AppealDecided(Event, frozen=True):
    """A second person kept or lifted the mark."""

    call_id: CallId
    lifted: bool
    reason: str


class NuisanceExpired(Event, frozen=True):
    """The mark's time was over."""

    call_id: CallId


class CallFlaggedTest(Event, frozen=True):
    """The call was declared a test, or declared real."""

    call_id: CallId
    test: bool
    reason: str


class PositionOpened(Event, frozen=True):
    """A desk exists from now on."""

    position_id: PositionId
    name: str = ""


class CallTakerSignedIn(Event, frozen=True):
    """A call taker sat down at a position."""

    position_id: PositionId
    person_id: PersonId


class CallTakerReady(Event, frozen=True):
    """The call taker can take the next call."""

    position_id: PositionId


class CallTakerAway(Event, frozen=True):
    """The call taker left the desk for a while."""

    position_id: PositionId
    reason: str


class CallTakerSignedOut(Event, frozen=True):
    """The call taker's shift at this position ended."""

    position_id: PositionId

"""What happened among the staff. A shape is for ever: changing one needs an upcaster."""

from enum import StrEnum

from pasokh.core.ids import AreaCode, Id, PersonId
from pasokh.core.machine import Event, Sealed
from pasokh.core.people import Role
from pasokh.core.time import Instant


class SignInMeans(StrEnum):
    """How a person proved who they are."""

    PASSWORD_TOTP = "password_totp"  # noqa: S105 - the name of a means, no password
    PASSKEY = "passkey"
    RECOVERY_CODE = "recovery_code"
    OIDC = "oidc"
    DEMO = "demo"


class LockWhy(StrEnum):
    """Why a desk was locked: nobody touched it, or its person asked."""

    IDLE = "idle"
    ASKED = "asked"


class DeskKind(StrEnum):
    """The screens that a session may open."""

    ANSWER = "answer"
    DISPATCH = "dispatch"
    SUPERVISE = "supervise"
    WALLBOARD = "wallboard"


class ReadThing(StrEnum):
    """What a person may ask to read, of a recording to hear, of the archive to count."""

    CALL = "call"
    INCIDENT = "incident"
    APPEAL = "appeal"
    RECORDING = "recording"  # a call's: `thing_id` is that of the call
    ARCHIVE = "archive"  # single rows of settled days: `thing_id` is the definition's


class PersonPlaced(Event, frozen=True):
    """A person has these roles from now on. An empty county means the whole province."""

    person_id: PersonId
    roles: tuple[Role, ...]
    county: AreaCode = ""
    station: str = ""


class PersonDismissed(Event, frozen=True):
    """A person works here no longer. Every session of theirs ended before this."""

    person_id: PersonId
    reason: str


class PersonSignedIn(Event, frozen=True):
    """A session began. `expires_at` is civil time, in a drill too."""

    session_id: Id
    person_id: PersonId
    means: SignInMeans
    expires_at: Instant


class SignInFailed(Event, frozen=True):
    """Somebody tried to sign in and could not; the person is named when one was meant."""

    means: SignInMeans
    person_id: str = ""


class SessionLocked(Event, frozen=True):
    """A session's desk shows, and takes no orders until it is unlocked."""

    session_id: Id
    why: LockWhy


class SessionUnlocked(Event, frozen=True):
    """The person proved again who they are."""

    session_id: Id
    means: SignInMeans


class SessionEnded(Event, frozen=True):
    """A session is over and never comes back."""

    session_id: Id
    person_id: PersonId
    reason: str


class DeskOpened(Event, frozen=True):
    """A session sees a desk from now on: the places of open incidents and ringing calls too."""

    session_id: Id
    desk: DeskKind


class WordsRead(Event, frozen=True):
    """A person read sealed words, or heard a voice.

    Breaking the glass says why, and waits for another's review.
    """

    thing: ReadThing
    thing_id: Id
    broke_glass: bool = False
    reason: str = ""


class ReadReviewed(Event, frozen=True):
    """Another person looked at a read behind broken glass; `read_seq` is its place in the log."""

    read_seq: int
    reason: str


class ShiftNoteWritten(Event, frozen=True):
    """Somebody left words for the next shift."""

    note_id: Id
    words: Sealed


class BroadcastMade(Event, frozen=True):
    """Words went to every desk, or to the desks of one county, until they expire."""

    broadcast_id: Id
    words: Sealed
    county: AreaCode = ""
    expires_at: Instant = 0


class BroadcastAcknowledged(Event, frozen=True):
    """The acting person has read a broadcast."""

    broadcast_id: Id


class BroadcastExpired(Event, frozen=True):
    """A broadcast's time is over."""

    broadcast_id: Id

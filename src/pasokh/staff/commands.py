"""What can be asked about the staff. The words of notes and broadcasts travel sealed."""

from typing import Annotated, ClassVar

from msgspec import Meta

from pasokh.core.ids import AreaCode, Id, PersonId, ReasonText
from pasokh.core.machine import Command
from pasokh.core.people import Role
from pasokh.core.time import Instant
from pasokh.staff.events import DeskKind, LockWhy, ReadThing, SignInMeans


class PlacePerson(Command, frozen=True):
    """Give a person roles, and perhaps a county and a station. Asked again, it changes them."""

    person_id: PersonId
    roles: Annotated[tuple[Role, ...], Meta(min_length=1)]
    county: AreaCode = ""
    station: Annotated[str, Meta(max_length=64)] = ""


class DismissPerson(Command, frozen=True):
    """A person works here no longer: every session of theirs ends at once."""

    person_id: PersonId
    reason: ReasonText


class OpenSession(Command, frozen=True):
    """A person has proved who they are. `session_id` is the SHA-256 of the session's cookie.

    `expires_at` is civil time, whatever a drill's clock shows.
    """

    session_id: Id
    person_id: PersonId
    means: SignInMeans
    expires_at: Instant


class RecordFailedSignIn(Command, frozen=True):
    """Somebody tried to sign in and could not."""

    means: SignInMeans
    person_id: Annotated[str, Meta(max_length=64)] = ""


class LockSession(Command, frozen=True):
    """Let a desk show but take no orders."""

    session_id: Id
    why: LockWhy = LockWhy.ASKED


class UnlockSession(Command, frozen=True):
    """The person has proved again who they are."""

    session_id: Id
    means: SignInMeans


class EndSession(Command, frozen=True):
    """End a session, one's own or, by those who may, another's."""

    session_id: Id
    reason: ReasonText


class OpenDesk(Command, frozen=True):
    """Show a desk in a session, with the places of open incidents and ringing calls."""

    session_id: Id
    desk: DeskKind


class ReadWords(Command, frozen=True):
    """Read sealed words, or hear a recording. What is long over needs a reason."""

    thing: ReadThing
    thing_id: Id
    reason: Annotated[str, Meta(max_length=500)] = ""


class ReviewRead(Command, frozen=True):
    """Look at a read behind broken glass that another person made, and say what came of it."""

    read_seq: Annotated[int, Meta(ge=1)]
    reason: ReasonText


class WriteShiftNote(Command, frozen=True):
    """Leave words for the next shift."""

    may_carry_words: ClassVar[bool] = True

    note_id: Id


class Broadcast(Command, frozen=True):
    """Tell every desk something, or the desks of one county, until it expires."""

    may_carry_words: ClassVar[bool] = True

    broadcast_id: Id
    expires_at: Instant
    county: AreaCode = ""


class AcknowledgeBroadcast(Command, frozen=True):
    """Say that one has read a broadcast."""

    broadcast_id: Id


class ExpireBroadcast(Command, frozen=True):
    """A broadcast's time is over."""

    broadcast_id: Id

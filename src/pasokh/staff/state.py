"""What is true of the staff: people, open sessions, reads to be reviewed, notices, holds."""

from msgspec import Struct, field

from pasokh.core.ids import AreaCode, Id, PersonId
from pasokh.core.machine import Sealed
from pasokh.core.people import Actor, Role
from pasokh.core.time import Instant
from pasokh.staff.events import DeskKind, ReadThing, SignInMeans
from pasokh.staff.events_holds import ErasedClass
from pasokh.staff.holds import Hold


class Person(Struct, gc=False):
    """Somebody who works here, or did. `roles` stand in the order of Role."""

    person_id: PersonId
    roles: tuple[Role, ...]
    county: AreaCode = ""
    station: str = ""
    dismissed: bool = False


class Session(Struct, gc=False):
    """An open session. `since` is the centre's time, `expires_at` civil time."""

    session_id: Id
    person_id: PersonId
    since: Instant
    expires_at: Instant
    means: SignInMeans
    locked: bool = False
    desk: DeskKind | None = None


class Read(Struct, gc=False):
    """A read behind broken glass that nobody has reviewed yet; `seq` is its place in the log."""

    seq: int
    at: Instant
    actor: Actor
    thing: ReadThing
    thing_id: Id
    reason: str


class Note(Struct, gc=False):
    """Words left for the next shift."""

    note_id: Id
    at: Instant
    actor: Actor
    words: Sealed


class Notice(Struct, gc=False):
    """A broadcast that has not expired, and who has acknowledged it, in their order."""

    broadcast_id: Id
    at: Instant
    actor: Actor
    county: AreaCode
    expires_at: Instant
    words: Sealed
    acknowledged: list[PersonId] = []


class Erasures(Struct, frozen=True, gc=False):
    """The last report of what was erased: which one, its entry, until when things were due."""

    run: int = 0
    until: Instant = 0
    seq: int = 0
    classes: tuple[ErasedClass, ...] = ()


class StaffState(Struct):
    """The staff floor. `ended` keeps the ids of the sessions that ended last, oldest first."""

    people: dict[PersonId, Person] = field(default_factory=dict)
    sessions: dict[Id, Session] = field(default_factory=dict)
    ended: dict[Id, None] = field(default_factory=dict)
    unreviewed: dict[int, Read] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    broadcasts: dict[Id, Notice] = field(default_factory=dict)
    holds: dict[Id, Hold] = field(default_factory=dict)
    erasures: Erasures = Erasures()

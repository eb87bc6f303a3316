"""What happened to the keeping of words: legal holds by two people, and each night's erasures."""

from enum import StrEnum

from msgspec import Struct

from pasokh.core.ids import Code, Id
from pasokh.core.machine import Event
from pasokh.core.time import Instant


class HeldThing(StrEnum):
    """What a legal hold is on. That of a call or an incident holds all that was linked to it too.

    RAW is everything that nobody could read: nobody knows of whom it is.
    """

    CALL = "call"
    INCIDENT = "incident"
    NOTE = "note"
    BROADCAST = "broadcast"
    APPEAL = "appeal"
    PERSON = "person"
    RAW = "raw"


class ErasedClass(Struct, frozen=True, omit_defaults=True, gc=False):
    """One retention class in a report: pieces erased, kept by a hold, left; the oldest of those.

    `kind` is the class's name in the table (control_room.retention).
    """

    kind: Code
    erased: int = 0
    held: int = 0
    left: int = 0
    oldest: Instant | None = None


class HoldAsked(Event, frozen=True):
    """Somebody wants nothing of this to be erased; it counts at once, until another confirms."""

    hold_id: Id
    thing: HeldThing
    thing_id: Id
    reason: str


class HoldConfirmed(Event, frozen=True):
    """A second person confirmed a hold: it counts until two people release it."""

    hold_id: Id
    reason: str


class HoldReleaseAsked(Event, frozen=True):
    """Somebody wants a hold to end; it goes on until another person confirms that."""

    hold_id: Id
    reason: str


class HoldReleased(Event, frozen=True):
    """A hold is over: what it kept is erased when its time has come."""

    hold_id: Id
    reason: str


class ErasuresReported(Event, frozen=True):
    """What was due by `until` is erased, and what of each class was held or is left.

    `run` counts the reports; the file of keys carries it too, so that an older copy is found out.
    """

    run: int
    until: Instant
    classes: tuple[ErasedClass, ...] = ()

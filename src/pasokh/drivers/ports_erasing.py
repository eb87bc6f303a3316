"""What erasing needs of the street side: a book of what is kept until when, and the keys' end."""

from collections.abc import Sequence
from typing import Protocol, TypeAlias

from msgspec import Struct

from pasokh.control_room.retention import RetentionKind
from pasokh.core.ids import Id
from pasokh.core.log import Head
from pasokh.core.time import Instant
from pasokh.staff.events_holds import ErasedClass


class BookFault(Exception):
    """The book cannot be read or written; the text says why. It is made anew from the log."""


class Given(Struct, frozen=True, gc=False):
    """Words were sealed. `thing`: what a hold on them would name, as far as is known."""

    subject: str
    kind: RetentionKind
    thing: str
    at: Instant
    due_at: Instant | None


class CallerJoined(Struct, frozen=True, gc=False):
    """What was told of a caller before the call is now the call's."""

    caller: str
    call_id: Id


class CallAbout(Struct, frozen=True, gc=False):
    """A call was linked to an incident, once and perhaps no longer."""

    call_id: Id
    incident_id: Id


class CalledBack(Struct, frozen=True, gc=False):
    """A caller was called back: what is recorded of the dial belongs to the call."""

    dial_id: Id
    call_id: Id


class Merged(Struct, frozen=True, gc=False):
    """Two incidents were one thing, or came of one."""

    one: Id
    other: Id


class Marked(Struct, frozen=True, gc=False):
    """A call's recording is evidence: its key is not ended by time."""

    call_id: Id


class Ended(Struct, frozen=True, gc=False):
    """The log says that words are over: all of a subject, or only those of a kind."""

    subject: str
    kind: RetentionKind | None = None


class Reported(Struct, frozen=True, gc=False):
    """The erasures counted so far stand in the log."""


Deed: TypeAlias = Given | CallerJoined | CallAbout | CalledBack | Merged | Marked | Ended | Reported


class Due(Struct, frozen=True, gc=False):
    """Words whose time is over. `evidence`: a person has to end the recording first."""

    due_at: Instant
    subject: str
    thing: str
    evidence: bool


class RetentionBook(Protocol):
    """What is kept until when, by subject; no word is in it. Any method may raise BookFault."""

    def upto(self) -> Head:
        """Give the place in the log up to which it was read."""
        ...

    def reset(self) -> None:
        """Forget everything, to be read anew from the log's beginning."""
        ...

    def take(self, deeds: Sequence[Deed], upto: Head) -> None:
        """Note what the log says, with the new place, in one step."""
        ...

    def due(self, now: Instant, after: tuple[Instant, str]) -> list[Due]:
        """Give the next subjects that are due by now, in order; an empty list at the end."""
        ...

    def going(self, subjects: Sequence[str]) -> None:
        """Count subjects as erased, each once, however often their erasure is begun."""
        ...

    def gone(self, subjects: Sequence[str]) -> None:
        """Strike out subjects whose keys are destroyed."""
        ...

    def pieces(self, subjects: Sequence[str]) -> dict[RetentionKind, int]:
        """Count what is kept under subjects, by kind."""
        ...

    def counted(self) -> dict[RetentionKind, ErasedClass]:
        """Give for each kind what was erased since the last report, what is left, its oldest."""
        ...

    def linked(self, things: frozenset[Id]) -> frozenset[Id]:
        """Give things with everything that was ever linked to them."""
        ...


class KeyEnder(Protocol):
    """The vault, as erasing needs it."""

    def living(self, subjects: Sequence[str]) -> set[str]:
        """Give those of the subjects that have a key that opens."""
        ...

    def destroy_all(self, subjects: Sequence[str]) -> set[str]:
        """Destroy the keys of subjects for ever; give those that had one that still opened."""
        ...

    def run(self) -> int:
        """Say which run of erasures the file of keys saw last."""
        ...

    def note_run(self, run: int) -> None:
        """Note a run of erasures in the file of keys, durably."""
        ...


class VoiceEnder(Protocol):
    """The kept voices, as erasing needs them."""

    def due(self, now: Instant) -> list[str]:
        """Name the calls whose voices' day has come."""
        ...

    def hold(self, call_id: str) -> None:
        """Put a voice among the evidence, where no day comes."""
        ...

    def erase(self, call_id: str) -> None:
        """Destroy a voice's key for ever, then its file; nothing when there is none."""
        ...

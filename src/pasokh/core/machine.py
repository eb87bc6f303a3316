"""The shape of the machine: commands asked, events decided, the moment both are told at.

`decide(state, command, moment) -> events or refusal` and `fold(state, fact) -> None` are written
by the floors. They see no clock, no disk and no screen; whatever they must know is a fact of the
state or stands in the moment.
"""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Annotated, Any, ClassVar, TypeAlias

from msgspec import UNSET, Meta, Struct, UnsetType

from pasokh.core.ids import CommandId
from pasokh.core.people import Actor, Role
from pasokh.core.refusal import Detail, Reason, Refusal
from pasokh.core.time import Instant
from pasokh.core.told_places import DATA_MAX, PLACES_MAX, ToldData, ToldPlace


class Command(Struct, frozen=True, forbid_unknown_fields=True):
    """What someone asks. Imperative names; holds no sealed word."""

    # Words that the asker may send beside the command: sealed before `decide` sees them.
    may_carry_words: ClassVar[bool] = False


class Event(Struct, frozen=True, omit_defaults=True, gc=False):
    """What happened. Past tense names; its shape is for ever, so it has a version."""

    version: ClassVar[int] = 1


class Sealed(Struct, frozen=True, gc=False):
    """The place of words in the vault, and a salted digest that proves them later.

    `subject` names the key (an incident, or a call that has none); destroying that key
    erases the words and leaves this record valid.
    """

    envelope: str
    subject: str
    digest: str


class KeptWhat(StrEnum):
    """On which occasion words were sealed, so that a desk can say what it is about to open."""

    OFFERED = "offered"
    LOCATED = "located"
    TOLD = "told"
    NOTED = "noted"
    OPENED = "opened"
    MOVED = "moved"
    RECEIVED = "received"
    SENT = "sent"
    APPEALED = "appealed"


class Kept(Struct, frozen=True, gc=False):
    """Where the words about a call or an incident lie, and who gave them when.

    `message`: which message of a text thread they are.
    """

    what: KeptWhat
    sealed: Sealed
    at: Instant
    actor: Actor
    message: str = ""


class Moment(Struct, frozen=True, gc=False):
    """What `decide` may know beside the state: times in milliseconds, the actor, sealed words.

    `caller` stands for the number of the words, so that calls of one caller meet; see `Vault`.
    """

    at: Instant
    known_at: Instant
    actor: Actor
    sealed: Sealed | None = None
    caller: str = ""


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """Plain words of persons on their way into the vault. Never logged, never in the state.

    `places` are all that a network told; `place` and its point are the first of them that has one.
    Unset is left out of the sealed text, so that words without places are sealed as ever.
    """

    name: str = ""
    number: str = ""
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    text: str = ""
    places: Annotated[tuple[ToldPlace, ...], Meta(max_length=PLACES_MAX)] | UnsetType = UNSET
    data: Annotated[tuple[ToldData, ...], Meta(max_length=DATA_MAX)] | UnsetType = UNSET


class Submission(Struct, frozen=True):
    """A command as it reaches the machine. `at` is None when it happens now."""

    command_id: CommandId
    actor: Actor
    command: Command
    at: Instant | None = None
    words: Words | None = None


class Fact(Struct, frozen=True, gc=False):
    """An event with its place in the log: what a fold gets."""

    seq: int
    at: Instant
    known_at: Instant
    actor: Actor
    cause: int | None
    command_id: CommandId
    event: Event


class CommandRefused(Event, frozen=True):
    """Someone asked and the answer was no. Recorded so that a refusal can be audited (N8)."""

    command: str
    reason: Reason
    details: dict[str, Detail] = {}
    who_can: tuple[Role, ...] = ()


class Receipt(Struct, frozen=True, gc=False):
    """What the asker gets once the disk has it: the same id always gets the same receipt."""

    command_id: CommandId
    first_seq: int
    last_seq: int
    refusal: Refusal | None = None


Decision: TypeAlias = Sequence[Event] | Refusal
# Tables are keyed by exact type: twice as fast as `match`, and the whole floor on one page.
DecideStep: TypeAlias = Callable[[Any, Any, Moment], Decision]
DecideTable: TypeAlias = dict[type[Command], DecideStep]
FoldStep: TypeAlias = Callable[[Any, Any, Fact], None]
FoldTable: TypeAlias = dict[type[Event], FoldStep]

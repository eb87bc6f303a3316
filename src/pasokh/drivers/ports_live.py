"""What the street side may ask of a living centre, and how it is told that an answer is missing."""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeAlias

from msgspec import Struct

from pasokh.answer.events_watch import LineCounts
from pasokh.control_room.state import Centre
from pasokh.core.ids import Id, PositionId
from pasokh.core.log import Entry, Head
from pasokh.core.machine import Fact, Receipt, Submission
from pasokh.core.time import Instant
from pasokh.drivers.ports import Clock

# Gets entries, and the facts that they hold, right after their commit and in the loop's thread.
# Must be quick and must not raise.
Follower: TypeAlias = Callable[[Sequence[Entry], Sequence[Fact]], None]


class OutcomeUnknown(Exception):
    """The disk did not confirm: the command may or may not count. Ask again with the same id."""


class NotTaking(Exception):
    """The centre is stopping and took nothing of this. Ask again with the same id."""


class CommandParked(Exception):
    """This command broke the machine once. It is kept for a person and not taken again."""


class Control(Protocol):
    """A living centre, seen from the street side. Everything happens in one loop's thread."""

    clock: Clock

    @property
    def centre(self) -> Centre:
        """The state in memory, perhaps ahead of the disk: await `durable` before showing it."""
        ...

    @property
    def durable_head(self) -> Head:
        """The end of what the disk has."""
        ...

    def take(self, submission: Submission) -> Receipt:
        """Decide now, or raise like `submit`; the receipt counts after `durable(last_seq)`."""
        ...

    async def submit(self, submission: Submission) -> Receipt:
        """Give the receipt after the commit that covers it, or raise one of the three above."""
        ...

    async def durable(self, seq: int) -> None:
        """Wait until the disk has everything up to `seq`; OutcomeUnknown if it never will."""
        ...

    def follow(self, follower: Follower) -> None:
        """Hand every committed entry to `follower` from now on."""
        ...

    def read(self, after: int, until: int) -> Iterator[Entry]:
        """Yield durable entries with after < seq <= until."""
        ...


class WindowKey(Struct, frozen=True):
    """With what a browser's window becomes a position's telephone, until `expires_at`.

    `url` is where it reaches the switch; account, secret and realm are for its digest.
    `calls_back`: it may call whom its call taker is to call back.
    """

    position: PositionId
    account: str
    secret: str
    realm: str
    url: str
    expires_at: Instant
    calls_back: bool = False


class Telephones(Protocol):
    """The telephones of a line's positions, as they are at this moment and in no log."""

    def opens_windows(self, position: PositionId) -> bool:
        """Tell whether a browser's window may be this position's telephone."""
        ...

    def key(self, position: PositionId, window: Id, *, take: bool) -> WindowKey | None:
        """Give a window its position's key; None when another one has it, unless it takes it."""
        ...

    @property
    def reachable(self) -> frozenset[PositionId]:
        """The positions at which a call would ring."""
        ...


class SwitchCount(Struct, frozen=True):
    """What a switch counted of a period; it has counted since `boot_at`. Slices as in `answer`."""

    boot_at: Instant
    slices: dict[int, LineCounts]


class SwitchCounts(Protocol):
    """The switch's own count of its calls, which outlives our process."""

    async def counted(self, began_at: Instant, ended_at: Instant) -> SwitchCount | None:
        """Ask it; None when there is no switch to be heard, or steps of it are still to come."""
        ...


class Pace(Protocol):
    """How fast a drill's clock runs beside the wall's: 0 stands still, 1 is real time."""

    @property
    def pace(self) -> int:
        """The factor now."""
        ...

    def set_pace(self, pace: int) -> None:
        """Run at this factor from now on."""
        ...

    def now(self) -> Instant:
        """Give the drill's time in milliseconds."""
        ...

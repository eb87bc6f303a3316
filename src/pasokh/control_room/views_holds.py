"""Legal holds that were asked for and not released, for who may set and end them."""

from collections.abc import Sequence

from msgspec import Struct

from pasokh.control_room.state import Centre
from pasokh.core.ids import Id
from pasokh.core.people import Actor
from pasokh.core.time import Instant
from pasokh.staff.events_holds import ErasedClass, HeldThing


class HoldSheet(Struct, frozen=True, gc=False):
    """A hold: on what, who asked when (milliseconds) and why, who confirmed, who wants its end.

    `stands`: nothing that it keeps is erased now. One that was never confirmed lapses.
    """

    hold_id: Id
    thing: HeldThing
    thing_id: Id
    asked_at: Instant
    asked_by: Actor
    reason: str
    confirmed_by: Actor
    release_by: Actor
    release_reason: str
    stands: bool


class HoldPage(Struct, frozen=True):
    """All of them, the newest first; true up to the entry `seq` of the log.

    `erased_run`, `erased_until` and `erased` are of the last report; 0 before the first.
    """

    seq: int
    holds: Sequence[HoldSheet]
    erased_run: int
    erased_until: Instant
    erased: Sequence[ErasedClass] = ()


def holds_now(centre: Centre) -> HoldPage:
    """List them."""
    holds = sorted(centre.staff.holds.values(), key=lambda hold: -hold.asked_at)
    return HoldPage(
        centre.seq,
        [
            HoldSheet(
                hold.hold_id,
                hold.thing,
                hold.thing_id,
                hold.asked_at,
                hold.asked_by,
                hold.reason,
                hold.confirmed_by,
                hold.release_by,
                hold.release_reason,
                hold.stands(centre.known_at),
            )
            for hold in holds
        ],
        centre.staff.erasures.run,
        centre.staff.erasures.until,
        centre.staff.erasures.classes,
    )

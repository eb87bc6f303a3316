"""Legal holds as they stand: whose erasure waits, and until when one person's word is enough."""

from msgspec import Struct

from pasokh.core.ids import Id
from pasokh.core.people import Actor
from pasokh.core.time import DAY, Instant, Span
from pasokh.staff.events_holds import HeldThing

# A second person is at work within three days, over a weekend too; until then one is enough,
# because what was erased meanwhile nobody could give back.
ASKED_FOR: Span = 3 * DAY


# Calls and incidents are held by their ids; what is in a space of names of its own by its subject.
_BY_ID = (HeldThing.CALL, HeldThing.INCIDENT)
RAW_HELD = f"{HeldThing.RAW}/"


class Hold(Struct, gc=False):
    """A hold. `confirmed_by` and `release_by` are empty until somebody did that."""

    hold_id: Id
    thing: HeldThing
    thing_id: Id
    asked_at: Instant
    asked_by: Actor
    reason: str
    confirmed_by: Actor = ""
    release_by: Actor = ""
    release_reason: str = ""

    def stands(self, now: Instant) -> bool:
        """Tell whether it stops erasure at this moment."""
        return bool(self.confirmed_by) or now < self.asked_at + ASKED_FOR

    def keeps(self) -> str:
        """Name what it keeps, as a book of what is kept names it."""
        if self.thing is HeldThing.RAW:
            return RAW_HELD
        return self.thing_id if self.thing in _BY_ID else f"{self.thing}/{self.thing_id}"


def standing(holds: dict[Id, Hold], now: Instant) -> frozenset[Id]:
    """Name what is held: calls and incidents by their ids, others as `note/ID`, raw as RAW_HELD."""
    # A copy first: who erases looks from another thread.
    return frozenset(hold.keeps() for hold in tuple(holds.values()) if hold.stands(now))

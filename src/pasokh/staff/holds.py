"""Legal holds as they stand: whose erasure waits, and until when one person's word is enough."""

from msgspec import Struct

from pasokh.core.ids import Id
from pasokh.core.people import Actor
from pasokh.core.time import DAY, Instant, Span
from pasokh.staff.events_holds import HeldThing

# A second person is at work within three days, over a weekend too; until then one is enough,
# because what was erased meanwhile nobody could give back.
ASKED_FOR: Span = 3 * DAY


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


def standing(holds: dict[Id, Hold], now: Instant) -> frozenset[Id]:
    """Name the calls and incidents on which a hold stands."""
    # A copy first: who erases looks from another thread.
    return frozenset(hold.thing_id for hold in tuple(holds.values()) if hold.stands(now))

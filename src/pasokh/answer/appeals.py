"""Appeals that came by the public page: whose number they are about, which marks that has."""

from collections.abc import Iterator

from msgspec import Struct

from pasokh.answer.events_appeals import AppealOutcome, TellResult
from pasokh.core.ids import Id
from pasokh.core.machine import Kept
from pasokh.core.people import Actor
from pasokh.core.time import DAY, Instant, Span

# Where the list of timers has the time for a decision: its stage, and a priority in the middle.
LIMIT_KEY = ("appeal", 3)
# Chosen: about a tenth of the longest mark, and a small centre's second person is back from leave.
USUAL_LIMIT: Span = 15 * DAY
# Definitions, section 3, class F: what was decided is kept as long as a mark can last.
KEPT_FOR: Span = 184 * DAY
# After these results the holder of the number knows the decision.
TELLS = frozenset({TellResult.CALLED, TellResult.TEXTED})


class Attempted(Struct, gc=False):
    """Somebody tried to tell the decision, and what came of it."""

    at: Instant
    actor: Actor
    result: TellResult


class Appeal(Struct, gc=False):
    """An appeal. `caller` stands for its number: "" for what was written there and is none."""

    appeal_id: Id
    caller: str
    at: Instant
    kept: Kept
    outcome: AppealOutcome | None = None
    reason: str = ""
    settled_at: Instant = 0
    settled_by: Actor = ""
    attempts: tuple[Attempted, ...] = ()

    @property
    def told(self) -> bool:
        """Tell whether the holder of the number knows the decision."""
        return any(attempt.result in TELLS for attempt in self.attempts)


def subject_of_appeal(appeal_id: str) -> str:
    """Name whose key seals an appeal's words: its own, so that it can end before a mark does."""
    return f"appeal/{appeal_id}"


def open_about(appeals: dict[Id, Appeal], caller: str) -> Appeal | None:
    """Find the oldest open appeal of a number; None without one, and without a number."""
    about = (one for one in appeals.values() if one.caller == caller and one.outcome is None)
    return next(about, None) if caller else None


def open_beside(appeals: dict[Id, Appeal], appeal: Appeal) -> Iterator[Appeal]:
    """Yield the open appeals of this one's number, itself too, in the order in which they came."""
    for other in appeals.values():
        same = other is appeal or (other.caller == appeal.caller and appeal.caller != "")
        if same and other.outcome is None:
            yield other

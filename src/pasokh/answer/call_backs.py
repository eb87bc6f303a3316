"""The call-back list: who called, was answered by nobody, and has not been spoken to since.

One line a number, however often it called. Nothing leaves the list by itself but the line of a
number that called again and was answered: everything else waits for what a person says of it.
Calls without a number are on no such list; nobody can call them back.
"""

from msgspec import Struct

from pasokh.answer.events import CallBackResult, Origin
from pasokh.core.ids import CallId, PositionId
from pasokh.core.people import Actor
from pasokh.core.time import MINUTE, Instant, Span

# Where the list of timers has the time for a call-back: its stage, and a priority in the middle,
# for nobody knows yet how urgent it is.
LIMIT_KEY = ("call_back", 3)
# Chosen: a caller who was not answered is still where the trouble is.
USUAL_LIMIT: Span = 5 * MINUTE
# Whoever hung up keeps the place in the queue for so long.
PLACE_KEPT: Span = 2 * MINUTE
# For so long nobody else begins a call-back that somebody has begun.
BEGUN_FOR: Span = 2 * MINUTE

# After these results nobody needs to be called: the person who called said so, or nobody of that
# number did. Who needs help is done with when an incident, a service or a class says how.
ENDS = frozenset({CallBackResult.REACHED, CallBackResult.WRONG_PERSON})


class Attempt(Struct, gc=False):
    """Somebody called back, and what came of it."""

    at: Instant
    actor: Actor
    result: CallBackResult


class Dial(Struct, gc=False):
    """A telephone of ours that calls, or has called; 0 is not yet."""

    call_id: CallId
    position_id: PositionId
    at: Instant
    picked_up_at: Instant = 0


class CallBackLine(Struct, gc=False):
    """A number to call back: its calls since somebody last spoke to it, the oldest first.

    `since`: from when the time for the next attempt runs (milliseconds). `reply`: the network's to
    the last dial that came to nothing. Calls are keys, so that
    whether one is in the line costs the same for a number that calls all day.
    """

    calls: dict[CallId, None]
    since: Instant
    attempts: list[Attempt] = []
    needs_help: bool = False
    begun_by: Actor = ""
    begun_at: Instant = 0
    reply: str = ""

    @property
    def newest(self) -> CallId:
        """Name the last call of the line: there the line is shown."""
        return next(reversed(self.calls))


def can_be_called(origin: Origin, caller: str, *, test: bool) -> bool:
    """Tell whether it can be called back: of the public, no test, with a number."""
    return origin is Origin.PUBLIC and bool(caller) and not test


def result_of(result: CallBackResult | None, *, reached: bool) -> CallBackResult:
    """Give the result; logs of before results had names say only whether somebody was reached."""
    if result is not None:
        return result
    return CallBackResult.REACHED if reached else CallBackResult.NO_ANSWER

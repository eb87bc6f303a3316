"""What has taken longer than is meant: the dispatch floor's steps against the centre's limits."""

from collections.abc import Iterator

from pasokh.answer import appeals, call_backs
from pasokh.control_room.state import Centre
from pasokh.core.machine import Command
from pasokh.core.time import Instant
from pasokh.dispatch.timers import LIMITS, Limits, overdue_commands
from pasokh.reference.state import ReferenceState
from pasokh.reference.views import timer_limits

# What holds where a centre has set nothing.
USUAL: Limits = {
    **LIMITS,
    call_backs.LIMIT_KEY: call_backs.USUAL_LIMIT,
    appeals.LIMIT_KEY: appeals.USUAL_LIMIT,
}


def limits_of(reference: ReferenceState, now: Instant) -> Limits:
    """Give the centre's own limits as they hold at `now`, and the usual ones where it has none."""
    own = timer_limits(reference, now)
    return {**USUAL, **own} if own else USUAL


def overdue(centre: Centre, now: Instant) -> Iterator[tuple[Instant, Command]]:
    """Yield what is to be marked overdue at `now` (milliseconds), with the time it was due."""
    return overdue_commands(centre.dispatch, now, limits_of(centre.reference, now))

"""Places that sources tell of a caller: each beside the others, and gone when its time is over."""

from pasokh.answer import commands as c
from pasokh.answer import events as e
from pasokh.answer.state import AnswerState, Call
from pasokh.core.machine import DecideTable, Decision, Moment
from pasokh.core.refusal import Reason, refuse
from pasokh.core.time import MINUTE, Instant, Span

# A telephone tells its place some seconds before or after it is heard.
TOGETHER: Span = 10 * MINUTE
EARLY_MAX = 2_000


def _tell(state: AnswerState, ask: c.TellPlace, moment: Moment) -> Decision:
    if ask.call_id:
        if ask.call_id not in state.calls:
            return refuse(Reason.CALL_UNKNOWN, call=ask.call_id)
        return [_told(ask, moment, ask.call_id)]
    call = _call_of(state, moment.caller, moment.known_at)
    if call is not None:
        return [_told(ask, moment, call.call_id)]
    if not moment.caller or sum(map(len, state.early.values())) >= EARLY_MAX:
        return refuse(Reason.CALL_UNKNOWN, call=ask.place_id)
    waits_until = moment.known_at + TOGETHER
    until = waits_until if ask.expires_at is None else min(waits_until, ask.expires_at)
    early = e.PlaceTold(
        ask.place_id,
        ask.source,
        caller=moment.caller,
        words=moment.sealed,
        expires_at=until,
        kept_until=ask.expires_at,
    )
    return [early]


def _told(ask: c.TellPlace, moment: Moment, call_id: str) -> e.PlaceTold:
    return e.PlaceTold(
        ask.place_id, ask.source, call_id, words=moment.sealed, expires_at=ask.expires_at
    )


def _call_of(state: AnswerState, caller: str, now: Instant) -> Call | None:
    """Find the call of a caller that is open, or ended just now: the last one."""
    calls = (state.calls.get(call_id) for call_id in reversed(state.callers.get(caller, [])))
    return next(
        (
            call
            for call in calls
            if call is not None and (call.ended_at is None or now - call.ended_at <= TOGETHER)
        ),
        None,
    )


def _expire(state: AnswerState, ask: c.ExpirePlace, moment: Moment) -> Decision:
    call_id, expires_at = state.expiring.get(ask.place_id, (None, None))
    if expires_at is None or moment.known_at < expires_at:
        return refuse(Reason.PLACE_NOT_OVER, place=ask.place_id)
    return [e.PlaceExpired(ask.place_id, call_id)]


DECIDE: DecideTable = {c.TellPlace: _tell, c.ExpirePlace: _expire}

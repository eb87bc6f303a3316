"""Who gets the next call: a look at the floor, and the commands that follow from it.

Pure: the same floor at the same time gives the same commands. Only calls on a line are given out
here; whatever else rings is taken by whoever takes it. The rules, in their order:

- the queue of a higher priority first, then who waits longest; who hung up and soon called
  again has waited since the first time;
- the position that is ready longest, if its call taker has what the queue asks for;
- after `overflow_after` anybody who is ready, and after `fallback_after` the fallback group;
- one call a position, and none for a position that did not take the last one.
"""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from pasokh.answer.commands import BeReady, QueueCall, RejectCall, RingOut, RingPosition
from pasokh.answer.events import Channel, NotPickedUp
from pasokh.answer.probes import PROBE
from pasokh.answer.state import AnswerState, Call, Position, PositionState
from pasokh.core.ids import Code, LineName, PersonId, PositionId
from pasokh.core.machine import Command
from pasokh.core.time import SECOND, Instant, Span

# The queue of calls that ring at the fallback group: no position gets them.
FALLBACK = "fallback"


class QueueRule(Struct, frozen=True, forbid_unknown_fields=True):
    """What a queue asks for: `needs` of skills and languages; 1 is the most urgent priority.

    `record`: whether its calls are recorded; None: as the line's are.
    """

    priority: int = 3
    needs: tuple[str, ...] = ()
    record: bool | None = None


class Rules(Struct, frozen=True):
    """How calls are given out. Spans in milliseconds; a `wrap_up` of 0 ends by a person only.

    Calls on the lines of `elsewhere` are given out by their own switch.
    `ring_lost_after` is longer than any telephone rings: by then its answer got lost.
    """

    queues: Mapping[Code, QueueRule] = {}
    skills: Mapping[PersonId, frozenset[str]] = {}
    phones: frozenset[PositionId] = frozenset()
    elsewhere: frozenset[LineName] = frozenset()
    overflow_after: Span = 20 * SECOND
    fallback_after: Span = 75 * SECOND
    ring_lost_after: Span = 40 * SECOND
    wrap_up: Span = 0


def distribute(state: AnswerState, now: Instant, rules: Rules) -> Iterator[Command]:
    """Yield what is to be done with the calls and positions as they stand at `now`."""
    ringing = [state.calls[call_id] for call_id in state.ringing]
    yield from _probes_over(ringing)
    calls = [call for call in ringing if _rings_here(call) and call.line not in rules.elsewhere]
    yield from _wrapped_up(state, now, rules)
    yield from _ring_lost(calls, now, rules)
    waiting = [call for call in calls if call.rung is None and call.queue != FALLBACK]
    too_long = [call for call in waiting if now - call.offered_at >= rules.fallback_after]
    yield from (QueueCall(call.call_id, FALLBACK) for call in too_long)
    idle = _idle(state, rules)
    for call in sorted(waiting, key=lambda call: _urgency(call, rules)):
        if call not in too_long and (found := _first_fit(idle, call, now, rules)) is not None:
            idle.remove(found)
            yield RingPosition(call.call_id, found.position_id)


def _idle(state: AnswerState, rules: Rules) -> list[Position]:
    """The positions that could take a call, the longest idle first."""
    rung = {state.calls[call_id].rung for call_id in state.ringing}
    ready = [
        position
        for position in state.positions.values()
        if position.state is PositionState.READY
        and position.position_id in rules.phones
        and position.position_id not in rung
    ]
    return sorted(ready, key=lambda position: (position.since, position.position_id))


def _rings_here(call: Call) -> bool:
    """A telephone rings for a voice on a line; what is written waits on the desks."""
    return bool(call.line) and call.channel is Channel.VOICE and not _is_probe(call)


def _probes_over(ringing: list[Call]) -> Iterator[Command]:
    """A probe that is seen here has reached what it is to reach: it rings nowhere."""
    return (RejectCall(call.call_id, PROBE) for call in ringing if _is_probe(call))


def _is_probe(call: Call) -> bool:
    return call.test and call.queue == PROBE


def _first_fit(idle: list[Position], call: Call, now: Instant, rules: Rules) -> Position | None:
    needs = rules.queues.get(call.queue, _ANY).needs
    if now - call.offered_at >= rules.overflow_after:
        needs = ()
    for position in idle:
        has = rules.skills.get(position.person_id or "", frozenset())
        if has.issuperset(needs):
            return position
    return None


def _urgency(call: Call, rules: Rules) -> tuple[int, Instant, str]:
    return rules.queues.get(call.queue, _ANY).priority, call.queued_since, call.call_id


def _ring_lost(calls: list[Call], now: Instant, rules: Rules) -> Iterator[Command]:
    for call in calls:
        if call.rung is not None and now - call.rung_at >= rules.ring_lost_after:
            yield RingOut(call.call_id, NotPickedUp.UNREACHABLE)


def _wrapped_up(state: AnswerState, now: Instant, rules: Rules) -> Iterator[Command]:
    if not rules.wrap_up:
        return
    for position in state.positions.values():
        over = position.state is PositionState.WRAP_UP and now - position.since >= rules.wrap_up
        if over and position.person_id is not None and position.position_id in rules.phones:
            yield BeReady(position.position_id)


_ANY = QueueRule()

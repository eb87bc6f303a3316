"""How each event of the answer floor changes its state. In place, and never a refusal."""

from pasokh.answer import events as e
from pasokh.answer.state import (
    AnswerState,
    Call,
    HandoffState,
    Nuisance,
    Phase,
    Position,
    PositionState,
)
from pasokh.core.machine import Fact, FoldTable
from pasokh.core.time import Instant


def _offered(state: AnswerState, event: e.CallOffered, fact: Fact) -> None:
    state.calls[event.call_id] = Call(
        event.call_id, event.channel, event.origin, event.county, event.test, fact.at
    )
    state.ringing[event.call_id] = None


def _queued(state: AnswerState, event: e.CallQueued, _fact: Fact) -> None:
    state.calls[event.call_id].queue = event.queue


def _answered(state: AnswerState, event: e.CallAnswered, fact: Fact) -> None:
    call = state.calls[event.call_id]
    call.phase = Phase.CONNECTED
    call.answered_at = fact.at
    call.position_id = event.position_id
    state.ringing.pop(event.call_id, None)
    if event.position_id is not None:
        position = state.positions[event.position_id]
        position.call_id = event.call_id
        _move(position, PositionState.BUSY, fact.at)


def _held(state: AnswerState, event: e.CallHeld, _fact: Fact) -> None:
    state.calls[event.call_id].phase = Phase.HELD


def _resumed(state: AnswerState, event: e.CallResumed, _fact: Fact) -> None:
    state.calls[event.call_id].phase = Phase.CONNECTED


def _abandoned(state: AnswerState, event: e.CallAbandoned, fact: Fact) -> None:
    call = state.calls[event.call_id]
    call.phase = Phase.ABANDONED
    call.ended_at = fact.at
    state.ringing.pop(event.call_id, None)


def _ended(state: AnswerState, event: e.CallEnded, fact: Fact) -> None:
    call = state.calls[event.call_id]
    call.phase = Phase.ENDED
    call.ended_at = fact.at
    if event.position_id is not None:
        position = state.positions[event.position_id]
        position.call_id = None
        _move(position, PositionState.WRAP_UP, fact.at)


def _called_back(state: AnswerState, event: e.CallBackMade, _fact: Fact) -> None:
    call = state.calls[event.call_id]
    call.reached = call.reached or event.reached


def _silent(state: AnswerState, event: e.CallMarkedSilent, _fact: Fact) -> None:
    state.calls[event.call_id].silent = True


def _located(state: AnswerState, event: e.CallLocated, _fact: Fact) -> None:
    state.calls[event.call_id].county = event.county


def _typed(state: AnswerState, event: e.CallTyped, _fact: Fact) -> None:
    state.calls[event.call_id].call_type = event.call_type


def _linked(state: AnswerState, event: e.CallLinked, _fact: Fact) -> None:
    state.calls[event.call_id].incident_id = event.incident_id


def _unlinked(state: AnswerState, event: e.CallUnlinked, _fact: Fact) -> None:
    state.calls[event.call_id].incident_id = None


def _classed(state: AnswerState, event: e.CallClassed | e.CallReclassed, _fact: Fact) -> None:
    state.calls[event.call_id].code = event.code


def _handoff_offered(state: AnswerState, event: e.HandoffOffered, _fact: Fact) -> None:
    state.calls[event.call_id].handoffs[event.service] = HandoffState.OFFERED


def _handoff_accepted(state: AnswerState, event: e.HandoffAccepted, _fact: Fact) -> None:
    state.calls[event.call_id].handoffs[event.service] = HandoffState.ACCEPTED


def _handoff_refused(state: AnswerState, event: e.HandoffRefused, _fact: Fact) -> None:
    state.calls[event.call_id].handoffs[event.service] = HandoffState.REFUSED


def _nuisance_marked(state: AnswerState, event: e.NuisanceMarked, fact: Fact) -> None:
    state.nuisances[event.call_id] = Nuisance(
        event.call_id, event.code, fact.actor, event.expires_at
    )


def _nuisance_appealed(state: AnswerState, event: e.NuisanceAppealed, _fact: Fact) -> None:
    state.nuisances[event.call_id].appealed = True


def _appeal_decided(state: AnswerState, event: e.AppealDecided, _fact: Fact) -> None:
    if event.lifted:
        del state.nuisances[event.call_id]
    else:
        state.nuisances[event.call_id].appealed = False


def _nuisance_expired(state: AnswerState, event: e.NuisanceExpired, _fact: Fact) -> None:
    del state.nuisances[event.call_id]


def _flagged_test(state: AnswerState, event: e.CallFlaggedTest, _fact: Fact) -> None:
    state.calls[event.call_id].test = event.test


def _position_opened(state: AnswerState, event: e.PositionOpened, fact: Fact) -> None:
    state.positions[event.position_id] = Position(event.position_id, since=fact.at)


def _signed_in(state: AnswerState, event: e.CallTakerSignedIn, fact: Fact) -> None:
    position = state.positions[event.position_id]
    position.person_id = event.person_id
    state.seats[event.person_id] = event.position_id
    _move(position, PositionState.AWAY, fact.at)


def _ready(state: AnswerState, event: e.CallTakerReady, fact: Fact) -> None:
    _move(state.positions[event.position_id], PositionState.READY, fact.at)


def _away(state: AnswerState, event: e.CallTakerAway, fact: Fact) -> None:
    _move(state.positions[event.position_id], PositionState.AWAY, fact.at)


def _signed_out(state: AnswerState, event: e.CallTakerSignedOut, fact: Fact) -> None:
    position = state.positions[event.position_id]
    state.seats.pop(position.person_id or "", None)
    position.person_id = None
    _move(position, PositionState.EMPTY, fact.at)


def _move(position: Position, state: PositionState, at: Instant) -> None:
    position.state = state
    position.since = at


FOLD: FoldTable = {
    e.CallOffered: _offered,
    e.CallQueued: _queued,
    e.CallAnswered: _answered,
    e.CallHeld: _held,
    e.CallResumed: _resumed,
    e.CallAbandoned: _abandoned,
    e.CallEnded: _ended,
    e.CallBackMade: _called_back,
    e.CallMarkedSilent: _silent,
    e.CallLocated: _located,
    e.CallTyped: _typed,
    e.CallLinked: _linked,
    e.CallUnlinked: _unlinked,
    e.CallClassed: _classed,
    e.CallReclassed: _classed,
    e.HandoffOffered: _handoff_offered,
    e.HandoffAccepted: _handoff_accepted,
    e.HandoffRefused: _handoff_refused,
    e.NuisanceMarked: _nuisance_marked,
    e.NuisanceAppealed: _nuisance_appealed,
    e.AppealDecided: _appeal_decided,
    e.NuisanceExpired: _nuisance_expired,
    e.CallFlaggedTest: _flagged_test,
    e.PositionOpened: _position_opened,
    e.CallTakerSignedIn: _signed_in,
    e.CallTakerReady: _ready,
    e.CallTakerAway: _away,
    e.CallTakerSignedOut: _signed_out,
}


def forget(state: AnswerState, before: Instant) -> None:
    """Let go of calls that ended before an instant, whose day has been finally figured."""
    gone = [
        call.call_id
        for call in state.calls.values()
        if call.ended_at is not None and call.ended_at < before
    ]
    for call_id in gone:
        if call_id not in state.nuisances:
            del state.calls[call_id]

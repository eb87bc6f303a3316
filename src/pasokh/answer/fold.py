"""How each event of the answer floor changes its state. In place, and never a refusal."""

from pasokh.answer import events as e
from pasokh.answer import fold_call_backs as call_backs
from pasokh.answer.finding import call_of, listed
from pasokh.answer.fold_appeals import FOLD as APPEALS
from pasokh.answer.fold_places import FOLD as PLACES
from pasokh.answer.fold_places import join_early
from pasokh.answer.fold_survey import FOLD as SURVEY
from pasokh.answer.fold_threads import FOLD as THREADS
from pasokh.answer.fold_threads import closed
from pasokh.answer.fold_voice import FOLD as VOICE
from pasokh.answer.fold_watch import FOLD as WATCH
from pasokh.answer.fold_watch import came, counted, spoken_to
from pasokh.answer.probes import PROBE
from pasokh.answer.state import (
    CALLS_OF_A_CALLER,
    AnswerState,
    Call,
    HandoffState,
    Nuisance,
    Phase,
    Position,
    PositionState,
)
from pasokh.core.ids import CallId
from pasokh.core.machine import Fact, FoldTable, Kept, KeptWhat, Sealed
from pasokh.core.time import Instant


def _offered(state: AnswerState, event: e.CallOffered, fact: Fact) -> None:
    call = state.calls[event.call_id] = Call(
        event.call_id, event.channel, event.origin, event.county, event.test, fact.at
    )
    call.line = event.line
    state.counts.offered += 1
    came(state, call)
    call.trail.append(fact.seq)
    state.ringing[event.call_id] = None
    if event.words is not None:
        _keep(call, KeptWhat.OFFERED, event.words, fact)
    if event.caller:
        call.caller = event.caller
        calls = state.callers.setdefault(event.caller, [])
        call_backs.keep_place(state, call, calls)
        calls.append(event.call_id)
        join_early(state, call)
        del calls[:-CALLS_OF_A_CALLER]


def _queued(state: AnswerState, event: e.CallQueued, fact: Fact) -> None:
    _call(state, event.call_id, fact).queue = event.queue


def _answered(state: AnswerState, event: e.CallAnswered, fact: Fact) -> None:
    call = _call(state, event.call_id, fact)
    call.phase = Phase.CONNECTED
    call.answered_at = fact.at
    call.position_id = event.position_id
    call.rung = None
    state.ringing.pop(event.call_id, None)
    state.counts.answered += 1
    counted(state, call).answered += 1
    spoken_to(state, call, fact.at)
    call_backs.spoken_to(state, call)
    if event.position_id is not None and not event.beside:
        position = state.positions[event.position_id]
        position.call_id = event.call_id
        _move(position, PositionState.BUSY, fact.at)


def _held(state: AnswerState, event: e.CallHeld, fact: Fact) -> None:
    _call(state, event.call_id, fact).phase = Phase.HELD


def _resumed(state: AnswerState, event: e.CallResumed, fact: Fact) -> None:
    _call(state, event.call_id, fact).phase = Phase.CONNECTED


def _rung(state: AnswerState, event: e.PositionRung, fact: Fact) -> None:
    call = _call(state, event.call_id, fact)
    call.rung = event.position_id
    call.rung_at = fact.at


def _rang_out(state: AnswerState, event: e.PositionRangOut, fact: Fact) -> None:
    _call(state, event.call_id, fact).rung = None


def _fell_back(state: AnswerState, event: e.CallFellBack, fact: Fact) -> None:
    call = _call(state, event.call_id, fact)
    call.phase = Phase.CONNECTED
    call.answered_at = fact.at
    call.rung = None
    state.ringing.pop(event.call_id, None)
    state.counts.fallback += 1
    counted(state, call).fallback += 1
    spoken_to(state, call, fact.at)
    call_backs.spoken_to(state, call)


def _abandoned(state: AnswerState, event: e.CallAbandoned, fact: Fact) -> None:
    call = _unanswered(state, event.call_id, fact)
    state.counts.abandoned += 1
    counted(state, call).abandoned += 1


def _rejected(state: AnswerState, event: e.CallRejected, fact: Fact) -> None:
    """Nobody spoke to this caller either, so that it waits to be called back like the others."""
    call = _unanswered(state, event.call_id, fact)
    if call.test and event.cause == PROBE:  # no caller: it leaves the sum as it came
        state.counts.offered -= 1
        counted(state, call).offered -= 1
        return
    state.counts.rejected += 1
    counted(state, call).rejected += 1


def _unanswered(state: AnswerState, call_id: CallId, fact: Fact) -> Call:
    call = _call(state, call_id, fact)
    call.phase = Phase.ABANDONED
    call.ended_at = fact.at
    call.rung = None
    state.ringing.pop(call_id, None)
    closed(state, call)
    call_backs.unanswered(state, call)
    return call


def _ended(state: AnswerState, event: e.CallEnded, fact: Fact) -> None:
    call = _call(state, event.call_id, fact)
    call.phase = Phase.ENDED
    call.ended_at = fact.at
    closed(state, call)
    if event.position_id is not None:
        position = state.positions[event.position_id]
        position.call_id = None
        _move(position, PositionState.WRAP_UP, fact.at)


def _call_back_begun(state: AnswerState, event: e.CallBackBegun, fact: Fact) -> None:
    call_backs.begun(state, _call(state, event.call_id, fact), fact)


def _dialled(state: AnswerState, event: e.CallBackDialled, fact: Fact) -> None:
    call_backs.dialled(state, _call(state, event.call_id, fact), event, fact)


def _picked_up(state: AnswerState, event: e.CallBackPickedUp, fact: Fact) -> None:
    _call(state, event.call_id, fact)
    call_backs.picked_up(state, event, fact)


def _hung_up(state: AnswerState, event: e.CallBackHungUp, fact: Fact) -> None:
    call_backs.hung_up(state, _call(state, event.call_id, fact), event, fact)


def _called_back(state: AnswerState, event: e.CallBackMade, fact: Fact) -> None:
    call = _call(state, event.call_id, fact)
    call.reached = call.reached or event.reached
    call_backs.tried(state, call, event, fact)


def _silent(state: AnswerState, event: e.CallMarkedSilent, fact: Fact) -> None:
    _call(state, event.call_id, fact).silent = True


def _located(state: AnswerState, event: e.CallLocated, fact: Fact) -> None:
    call = _call(state, event.call_id, fact)
    call.county = event.county
    if event.words is not None:
        _keep(call, KeptWhat.LOCATED, event.words, fact)


def _typed(state: AnswerState, event: e.CallTyped, fact: Fact) -> None:
    _call(state, event.call_id, fact).call_type = event.call_type


def _noted(state: AnswerState, event: e.CallNoted, fact: Fact) -> None:
    _keep(_call(state, event.call_id, fact), KeptWhat.NOTED, event.words, fact)


def _mentioned(state: AnswerState, event: e.AdviceGiven, fact: Fact) -> None:
    _call(state, event.call_id, fact)


def _question(state: AnswerState, event: e.QuestionAnswered, fact: Fact) -> None:
    call = _call(state, event.call_id, fact)
    call.answers = call.answers or {}
    call.answers.setdefault(event.protocol, {})[event.step] = event.answer
    call.left = tuple(code for code in call.left if code != event.protocol)


def _protocol_left(state: AnswerState, event: e.ProtocolLeft, fact: Fact) -> None:
    call = _call(state, event.call_id, fact)
    call.left = (*call.left, event.protocol)


def _linked(state: AnswerState, event: e.CallLinked, fact: Fact) -> None:
    call = _call(state, event.call_id, fact)
    call.incident_id = event.incident_id
    call_backs.helped(state, call)


def _unlinked(state: AnswerState, event: e.CallUnlinked, fact: Fact) -> None:
    _call(state, event.call_id, fact).incident_id = None


def _classed(state: AnswerState, event: e.CallClassed | e.CallReclassed, fact: Fact) -> None:
    call = _call(state, event.call_id, fact)
    call.code = event.code
    call_backs.settled(state, call)


def _handoff_offered(state: AnswerState, event: e.HandoffOffered, fact: Fact) -> None:
    _call(state, event.call_id, fact).handoffs[event.service] = HandoffState.OFFERED


def _handoff_accepted(state: AnswerState, event: e.HandoffAccepted, fact: Fact) -> None:
    call = _call(state, event.call_id, fact)
    call.handoffs[event.service] = HandoffState.ACCEPTED
    call_backs.helped(state, call)


def _handoff_refused(state: AnswerState, event: e.HandoffRefused, fact: Fact) -> None:
    _call(state, event.call_id, fact).handoffs[event.service] = HandoffState.REFUSED


def _nuisance_marked(state: AnswerState, event: e.NuisanceMarked, fact: Fact) -> None:
    _call(state, event.call_id, fact)
    state.nuisances[event.call_id] = Nuisance(
        event.call_id, event.code, fact.actor, event.expires_at, reason=event.reason
    )


def _nuisance_proposed(state: AnswerState, event: e.NuisanceProposed, fact: Fact) -> None:
    _call(state, event.call_id, fact)
    state.nuisances[event.call_id].proposed_until = event.expires_at


def _nuisance_confirmed(state: AnswerState, event: e.NuisanceConfirmed, fact: Fact) -> None:
    _call(state, event.call_id, fact)
    mark = state.nuisances[event.call_id]
    mark.expires_at, mark.proposed_until = event.expires_at, None


def _nuisance_appealed(state: AnswerState, event: e.NuisanceAppealed, fact: Fact) -> None:
    call = _call(state, event.call_id, fact)
    if event.words is not None:
        _keep(call, KeptWhat.NOTED, event.words, fact)
    mark = state.nuisances[event.call_id]
    mark.appealed, mark.appeal_id = True, event.appeal_id


def _appeal_decided(state: AnswerState, event: e.AppealDecided, fact: Fact) -> None:
    _call(state, event.call_id, fact)
    if event.lifted:
        del state.nuisances[event.call_id]
    else:
        mark = state.nuisances[event.call_id]
        mark.appealed, mark.appeal_id = False, None


def _nuisance_expired(state: AnswerState, event: e.NuisanceExpired, fact: Fact) -> None:
    _call(state, event.call_id, fact)
    del state.nuisances[event.call_id]


def _flagged_test(state: AnswerState, event: e.CallFlaggedTest, fact: Fact) -> None:
    call = _call(state, event.call_id, fact)
    call.test = event.test
    call_backs.flagged(state, call)


def _position_opened(state: AnswerState, event: e.PositionOpened, fact: Fact) -> None:
    state.positions[event.position_id] = Position(event.position_id, since=fact.at, name=event.name)


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


def _call(state: AnswerState, call_id: CallId, fact: Fact) -> Call:
    """Find the call that a fact is about, and note the fact on its trail."""
    call = state.calls[call_id]
    call.trail.append(fact.seq)
    return call


def _keep(call: Call, what: KeptWhat, sealed: Sealed, fact: Fact) -> None:
    call.words += (Kept(what, sealed, fact.at, fact.actor),)


def _move(position: Position, state: PositionState, at: Instant) -> None:
    position.state = state
    position.since = at


FOLD: FoldTable = {
    e.CallOffered: _offered,
    e.CallQueued: _queued,
    e.CallAnswered: _answered,
    e.PositionRung: _rung,
    e.PositionRangOut: _rang_out,
    e.CallFellBack: _fell_back,
    e.CallRejected: _rejected,
    e.CallHeld: _held,
    e.CallResumed: _resumed,
    e.CallAbandoned: _abandoned,
    e.CallEnded: _ended,
    e.CallBackBegun: _call_back_begun,
    e.CallBackDialled: _dialled,
    e.CallBackPickedUp: _picked_up,
    e.CallBackHungUp: _hung_up,
    e.CallBackMade: _called_back,
    e.CallMarkedSilent: _silent,
    e.CallLocated: _located,
    e.CallTyped: _typed,
    e.CallNoted: _noted,
    e.AdviceGiven: _mentioned,
    e.QuestionAnswered: _question,
    e.ProtocolLeft: _protocol_left,
    e.CallLinked: _linked,
    e.CallUnlinked: _unlinked,
    e.CallClassed: _classed,
    e.CallReclassed: _classed,
    e.HandoffOffered: _handoff_offered,
    e.HandoffAccepted: _handoff_accepted,
    e.HandoffRefused: _handoff_refused,
    e.NuisanceMarked: _nuisance_marked,
    e.NuisanceProposed: _nuisance_proposed,
    e.NuisanceConfirmed: _nuisance_confirmed,
    e.NuisanceAppealed: _nuisance_appealed,
    e.AppealDecided: _appeal_decided,
    e.NuisanceExpired: _nuisance_expired,
    e.CallFlaggedTest: _flagged_test,
    e.PositionOpened: _position_opened,
    e.CallTakerSignedIn: _signed_in,
    e.CallTakerReady: _ready,
    e.CallTakerAway: _away,
    e.CallTakerSignedOut: _signed_out,
    **APPEALS,
    **PLACES,
    **THREADS,
    **VOICE,
    **WATCH,
    **SURVEY,
}


def forget(state: AnswerState, before: Instant) -> None:
    """Let go of calls that ended before an instant, whose day has been finally figured.

    What somebody has still to decide on, to call back or to prove is kept.
    """
    speaking = (call_of(state, voice_id) for voice_id in state.recording)
    kept = {*state.nuisances, *listed(state)}
    kept |= {call.call_id for call in speaking if call is not None}
    kept |= {dial.call_id for dial in state.dials.values()}
    gone = [
        call.call_id
        for call in state.calls.values()
        if call.ended_at is not None and call.ended_at < before and not _has_evidence(state, call)
    ]
    for call_id in gone:
        if call_id not in kept:
            _forget_call(state, state.calls.pop(call_id))


def _has_evidence(state: AnswerState, call: Call) -> bool:
    found = (call.recording, *(state.spoken_back[dial].recording for dial in call.spoken_back))
    return any(one is not None and one.key is not None and one.evidence != "" for one in found)


def _forget_call(state: AnswerState, call: Call) -> None:
    for dial_id in call.spoken_back:
        del state.spoken_back[dial_id]
    _forget_caller(state, call)


def _forget_caller(state: AnswerState, call: Call) -> None:
    calls = state.callers.get(call.caller, [])
    if call.call_id in calls:
        calls.remove(call.call_id)
        if not calls:
            del state.callers[call.caller]

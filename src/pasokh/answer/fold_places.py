"""How told places change what is known of a call."""

from pasokh.answer import events as e
from pasokh.answer.state import AnswerState, Call, EarlyPlace
from pasokh.core.machine import Fact, FoldTable, Kept, KeptWhat
from pasokh.core.told_places import subject_of_place


def join_early(state: AnswerState, call: Call) -> None:
    """Give a call the places that came before it; from now on they last as their senders said."""
    for early in state.early.pop(call.caller, ()):
        call.words += (early.kept,)
        del state.expiring[early.place_id]
        if early.kept_until is not None:
            state.expiring[early.place_id] = (call.call_id, early.kept_until)


def _told(state: AnswerState, event: e.PlaceTold, fact: Fact) -> None:
    if event.expires_at is not None:
        state.expiring[event.place_id] = (event.call_id, event.expires_at)
    kept = None
    if event.words is not None:
        kept = Kept(KeptWhat.TOLD, event.words, fact.at, fact.actor)
    call = state.calls.get(event.call_id or "")
    if call is not None:
        call.trail.append(fact.seq)
        call.words += () if kept is None else (kept,)
    elif event.caller and kept is not None:
        early = EarlyPlace(event.place_id, kept, event.kept_until)
        state.early.setdefault(event.caller, []).append(early)


def _expired(state: AnswerState, event: e.PlaceExpired, fact: Fact) -> None:
    """Let go of the words; a call of a day that is settled may be forgotten already."""
    state.expiring.pop(event.place_id, None)
    call = state.calls.get(event.call_id or "")
    if call is None:
        _never_joined(state, event.place_id)
        return
    call.trail.append(fact.seq)
    subject = subject_of_place(event.place_id)
    call.words = tuple(kept for kept in call.words if kept.sealed.subject != subject)


def _never_joined(state: AnswerState, place_id: str) -> None:
    for caller, waiting in list(state.early.items()):
        left = [early for early in waiting if early.place_id != place_id]
        if not left:
            del state.early[caller]
        elif len(left) < len(waiting):
            state.early[caller] = left


FOLD: FoldTable = {e.PlaceTold: _told, e.PlaceExpired: _expired}

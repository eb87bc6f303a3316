"""How appeals of the public page come, are settled, told and forgotten."""

from pasokh.answer import events_appeals as e
from pasokh.answer.appeals import Appeal, Attempted
from pasokh.answer.state import AnswerState
from pasokh.core.machine import Fact, FoldTable, Kept, KeptWhat


def _received(state: AnswerState, event: e.AppealReceived, fact: Fact) -> None:
    kept = Kept(KeptWhat.APPEALED, event.words, fact.at, fact.actor)
    state.appeals[event.appeal_id] = Appeal(event.appeal_id, event.caller, fact.at, kept)


def _settled(state: AnswerState, event: e.AppealSettled, fact: Fact) -> None:
    appeal = state.appeals[event.appeal_id]
    appeal.outcome, appeal.reason = event.outcome, event.reason
    appeal.settled_at, appeal.settled_by = fact.at, fact.actor


def _told(state: AnswerState, event: e.AppealTold, fact: Fact) -> None:
    state.appeals[event.appeal_id].attempts += (Attempted(fact.at, fact.actor, event.result),)


def _expired(state: AnswerState, event: e.AppealExpired, _fact: Fact) -> None:
    del state.appeals[event.appeal_id]


FOLD: FoldTable = {
    e.AppealReceived: _received,
    e.AppealSettled: _settled,
    e.AppealTold: _told,
    e.AppealExpired: _expired,
}

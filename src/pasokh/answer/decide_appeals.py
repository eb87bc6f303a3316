"""What follows from an appeal of the public page. A person decides, and never who set the mark."""

from collections.abc import Sequence

from pasokh.answer import commands_appeals as c
from pasokh.answer import events_appeals as e
from pasokh.answer.appeals import KEPT_FOR, Appeal, open_beside
from pasokh.answer.events import AppealDecided, NuisanceAppealed
from pasokh.answer.events_appeals import AppealOutcome
from pasokh.answer.finding import marks_of
from pasokh.answer.state import AnswerState, Nuisance
from pasokh.core.machine import DecideTable, Decision, Event, Moment
from pasokh.core.people import Role, is_person, name_of
from pasokh.core.refusal import Reason, Refusal, refuse
from pasokh.core.time import iso_instant

JUDGES = (Role.SUPERVISOR, Role.ADMINISTRATOR)


def _receive(state: AnswerState, ask: c.ReceiveAppeal, moment: Moment) -> Decision:
    if moment.sealed is None:
        return refuse(Reason.NEEDS_WORDS, appeal=ask.appeal_id)
    if ask.appeal_id in state.appeals:
        return refuse(Reason.APPEAL_EXISTS, appeal=ask.appeal_id)
    received: list[Event] = [e.AppealReceived(ask.appeal_id, moment.sealed, moment.caller)]
    received += [
        NuisanceAppealed(mark.call_id, "", appeal_id=ask.appeal_id)
        for mark in marks_of(state, moment.caller)
        if not mark.appeal_id
    ]
    return received


def _settle(state: AnswerState, ask: c.SettleAppeal, moment: Moment) -> Decision:
    appeal = _known(state, ask.appeal_id)
    if isinstance(appeal, Refusal):
        return appeal
    if appeal.outcome is not None:
        return refuse(Reason.APPEAL_SETTLED, appeal=ask.appeal_id)
    marks = list(marks_of(state, appeal.caller))
    refusal = _not_theirs(ask, marks, moment)
    if refusal is not None:
        return refusal
    lifted = ask.outcome is AppealOutcome.LIFTED
    decided: list[Event] = [AppealDecided(mark.call_id, lifted, ask.reason) for mark in marks]
    decided += [
        e.AppealSettled(one.appeal_id, ask.outcome, ask.reason)
        for one in open_beside(state.appeals, appeal)
    ]
    return decided


def _not_theirs(ask: c.SettleAppeal, marks: Sequence[Nuisance], moment: Moment) -> Refusal | None:
    """Refuse a machine, an outcome that does not fit the marks, and who set one of them."""
    if not is_person(moment.actor):
        return refuse(Reason.NEEDS_PERSON, who_can=JUDGES, appeal=ask.appeal_id)
    if marks and ask.outcome is AppealOutcome.NO_MARK:
        return refuse(Reason.APPEAL_HAS_MARK, appeal=ask.appeal_id)
    if not marks and ask.outcome is not AppealOutcome.NO_MARK:
        return refuse(Reason.APPEAL_HAS_NO_MARK, appeal=ask.appeal_id)
    for mark in marks:
        if name_of(mark.marked_by) == name_of(moment.actor):
            return refuse(Reason.APPEAL_SAME_PERSON, who_can=JUDGES, call=mark.call_id)
    return None


def _tell(state: AnswerState, ask: c.TellAppeal, moment: Moment) -> Decision:
    appeal = _known(state, ask.appeal_id)
    if isinstance(appeal, Refusal):
        return appeal
    if appeal.outcome is None:
        return refuse(Reason.APPEAL_NOT_SETTLED, appeal=ask.appeal_id)
    if appeal.told:
        return refuse(Reason.APPEAL_TOLD, appeal=ask.appeal_id)
    if not is_person(moment.actor):
        return refuse(Reason.NEEDS_PERSON, who_can=JUDGES, appeal=ask.appeal_id)
    return [e.AppealTold(ask.appeal_id, ask.result)]


def _expire(state: AnswerState, ask: c.ExpireAppeal, moment: Moment) -> Decision:
    appeal = _known(state, ask.appeal_id)
    if isinstance(appeal, Refusal):
        return appeal
    if appeal.outcome is None:
        return refuse(Reason.APPEAL_NOT_SETTLED, appeal=ask.appeal_id)
    ends = appeal.settled_at + KEPT_FOR
    if moment.at < ends:
        return refuse(Reason.APPEAL_NOT_OVER, appeal=ask.appeal_id, expires=iso_instant(ends))
    return [e.AppealExpired(ask.appeal_id)]


def _known(state: AnswerState, appeal_id: str) -> Appeal | Refusal:
    return state.appeals.get(appeal_id) or refuse(Reason.APPEAL_UNKNOWN, appeal=appeal_id)


DECIDE: DecideTable = {
    c.ReceiveAppeal: _receive,
    c.SettleAppeal: _settle,
    c.TellAppeal: _tell,
    c.ExpireAppeal: _expire,
}

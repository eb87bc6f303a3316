"""Nuisance: a person's judgement on a call, with a reason, an appeal and an end. Blocks nobody."""

from collections.abc import Iterator

from pasokh.answer import commands as c
from pasokh.answer import events as e
from pasokh.answer.appeals import open_about
from pasokh.answer.state import AnswerState, Call, Nuisance
from pasokh.core.machine import DecideTable, Decision, Event, Moment
from pasokh.core.people import Role, is_person, name_of
from pasokh.core.refusal import Reason, Refusal, refuse
from pasokh.core.time import DAY, Span, iso_instant

# Definitions, section 3, class F: six months, renewed only by a new event.
LONGEST: Span = 184 * DAY
# So long a mark lasts on one person's word.
ALONE: Span = DAY
JUDGES = (Role.CALL_TAKER, Role.SUPERVISOR)
APPEAL_JUDGES = (Role.SUPERVISOR, Role.ADMINISTRATOR)


def _mark(state: AnswerState, ask: c.MarkNuisance, moment: Moment) -> Decision:
    call = state.calls.get(ask.call_id)
    if call is None:
        return refuse(Reason.CALL_UNKNOWN, call=ask.call_id)
    if not is_person(moment.actor):
        return refuse(Reason.NEEDS_PERSON, who_can=JUDGES, call=ask.call_id)
    if ask.call_id in state.nuisances:
        return refuse(Reason.NUISANCE_MARKED, call=ask.call_id)
    if ask.code not in e.NUISANCE_CODES:
        return refuse(Reason.NUISANCE_CODE_WRONG, call=ask.call_id, code=ask.code.value)
    if not 0 < ask.expires_at - moment.at <= LONGEST:
        latest = iso_instant(moment.at + LONGEST)
        return refuse(Reason.NUISANCE_EXPIRY_WRONG, call=ask.call_id, latest=latest)
    ends = min(ask.expires_at, moment.at + ALONE)
    marked: list[Event] = [e.NuisanceMarked(ask.call_id, ask.code, ask.reason, ends)]
    marked += _classed(call, ask)
    if ask.expires_at > ends:
        marked.append(e.NuisanceProposed(ask.call_id, ask.expires_at))
    appeal = open_about(state.appeals, call.caller)
    if appeal is not None:
        marked.append(e.NuisanceAppealed(ask.call_id, "", appeal_id=appeal.appeal_id))
    return marked


def _classed(call: Call, ask: c.MarkNuisance) -> Iterator[Event]:
    if call.code is None:
        yield e.CallClassed(ask.call_id, ask.code, ask.reason)
    elif call.code is not ask.code:
        yield e.CallReclassed(ask.call_id, ask.code, call.code, ask.reason)


def _confirm(state: AnswerState, ask: c.ConfirmNuisance, moment: Moment) -> Decision:
    mark = _marked(state, ask.call_id)
    if isinstance(mark, Refusal):
        return mark
    if mark.proposed_until is None:
        return refuse(Reason.NUISANCE_NOT_PROPOSED, call=ask.call_id)
    if mark.appealed:
        return refuse(Reason.APPEAL_OPEN, call=ask.call_id)
    if not is_person(moment.actor):
        return refuse(Reason.NEEDS_PERSON, who_can=APPEAL_JUDGES, call=ask.call_id)
    if name_of(mark.marked_by) == name_of(moment.actor):
        return refuse(Reason.NUISANCE_SAME_PERSON, who_can=APPEAL_JUDGES, call=ask.call_id)
    return [e.NuisanceConfirmed(ask.call_id, mark.proposed_until, ask.reason)]


def _appeal(state: AnswerState, ask: c.AppealNuisance, moment: Moment) -> Decision:
    mark = _marked(state, ask.call_id)
    if isinstance(mark, Refusal):
        return mark
    if mark.appealed:
        return refuse(Reason.APPEAL_OPEN, call=ask.call_id)
    return [e.NuisanceAppealed(ask.call_id, ask.reason, moment.sealed)]


def _decide_appeal(state: AnswerState, ask: c.DecideAppeal, moment: Moment) -> Decision:
    mark = _marked(state, ask.call_id)
    if isinstance(mark, Refusal):
        return mark
    if not mark.appealed:
        return refuse(Reason.APPEAL_NOT_OPEN, call=ask.call_id)
    if mark.appeal_id:
        return refuse(Reason.APPEAL_OF_PAGE, call=ask.call_id)
    if not is_person(moment.actor):
        return refuse(Reason.NEEDS_PERSON, who_can=APPEAL_JUDGES, call=ask.call_id)
    if name_of(mark.marked_by) == name_of(moment.actor):
        return refuse(Reason.APPEAL_SAME_PERSON, who_can=APPEAL_JUDGES, call=ask.call_id)
    return [e.AppealDecided(ask.call_id, ask.lifted, ask.reason)]


def _expire(state: AnswerState, ask: c.ExpireNuisance, moment: Moment) -> Decision:
    mark = _marked(state, ask.call_id)
    if isinstance(mark, Refusal):
        return mark
    if moment.at < mark.expires_at:
        ends = iso_instant(mark.expires_at)
        return refuse(Reason.NUISANCE_NOT_EXPIRED, call=ask.call_id, expires=ends)
    return [e.NuisanceExpired(ask.call_id)]


def _marked(state: AnswerState, call_id: str) -> Nuisance | Refusal:
    return state.nuisances.get(call_id) or refuse(Reason.NUISANCE_NOT_MARKED, call=call_id)


DECIDE: DecideTable = {
    c.MarkNuisance: _mark,
    c.ConfirmNuisance: _confirm,
    c.AppealNuisance: _appeal,
    c.DecideAppeal: _decide_appeal,
    c.ExpireNuisance: _expire,
}

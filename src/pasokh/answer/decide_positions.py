"""Positions: who sits where, and who can take the next call."""

from pasokh.answer import commands as c
from pasokh.answer import events as e
from pasokh.answer.decide_line import ringing_at
from pasokh.answer.state import AnswerState, Position, PositionState
from pasokh.core.machine import DecideTable, Decision, Moment
from pasokh.core.refusal import Reason, Refusal, refuse


def _open(state: AnswerState, ask: c.OpenPosition, _moment: Moment) -> Decision:
    if ask.position_id in state.positions:
        return refuse(Reason.POSITION_EXISTS, position=ask.position_id)
    return [e.PositionOpened(ask.position_id, ask.name)]


def _sign_in(state: AnswerState, ask: c.SignIn, _moment: Moment) -> Decision:
    position = state.positions.get(ask.position_id)
    if position is None:
        return refuse(Reason.POSITION_UNKNOWN, position=ask.position_id)
    if position.person_id is not None:
        return refuse(Reason.POSITION_TAKEN, position=ask.position_id, person=position.person_id)
    if ask.person_id in state.seats:
        seat = state.seats[ask.person_id]
        return refuse(Reason.CALL_TAKER_ELSEWHERE, person=ask.person_id, position=seat)
    return [e.CallTakerSignedIn(ask.position_id, ask.person_id)]


def _be_ready(state: AnswerState, ask: c.BeReady, _moment: Moment) -> Decision:
    position = _free(state, ask.position_id)
    if isinstance(position, Refusal):
        return position
    if position.state is PositionState.READY:
        return refuse(Reason.POSITION_ALREADY_SO, position=ask.position_id)
    return [e.CallTakerReady(ask.position_id)]


def _go_away(state: AnswerState, ask: c.GoAway, _moment: Moment) -> Decision:
    position = _free(state, ask.position_id)
    if isinstance(position, Refusal):
        return position
    if position.state is PositionState.AWAY:
        return refuse(Reason.POSITION_ALREADY_SO, position=ask.position_id)
    return [e.CallTakerAway(ask.position_id, ask.reason)]


def _sign_out(state: AnswerState, ask: c.SignOut, _moment: Moment) -> Decision:
    position = _free(state, ask.position_id)
    if isinstance(position, Refusal):
        return position
    ringing = ringing_at(state, ask.position_id)
    if ringing is not None:
        return refuse(Reason.POSITION_RINGS, position=ask.position_id, call=ringing.call_id)
    return [e.CallTakerSignedOut(ask.position_id)]


def _free(state: AnswerState, position_id: str) -> Position | Refusal:
    position = state.positions.get(position_id)
    if position is None:
        return refuse(Reason.POSITION_UNKNOWN, position=position_id)
    if position.person_id is None:
        return refuse(Reason.POSITION_EMPTY, position=position_id)
    if position.call_id is not None:
        return refuse(Reason.POSITION_ON_CALL, position=position_id, call=position.call_id)
    return position


DECIDE: DecideTable = {
    c.OpenPosition: _open,
    c.SignIn: _sign_in,
    c.BeReady: _be_ready,
    c.GoAway: _go_away,
    c.SignOut: _sign_out,
}

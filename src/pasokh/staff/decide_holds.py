"""What follows from the commands about legal holds: always two people, never a machine."""

from pasokh.core.machine import DecideTable, Decision, Moment
from pasokh.core.people import Role, is_person, name_of
from pasokh.core.refusal import Reason, Refusal, refuse
from pasokh.staff import commands_holds as c
from pasokh.staff import events_holds as e
from pasokh.staff.holds import Hold
from pasokh.staff.state import StaffState

HOLDERS = (Role.SUPERVISOR, Role.ADMINISTRATOR, Role.AUDITOR)


def _ask(state: StaffState, ask: c.AskHold, moment: Moment) -> Decision:
    if not is_person(moment.actor):
        return refuse(Reason.NEEDS_PERSON, who_can=HOLDERS, hold=ask.hold_id)
    if ask.hold_id in state.holds:
        return refuse(Reason.HOLD_EXISTS, hold=ask.hold_id)
    for hold in state.holds.values():
        if (hold.thing, hold.thing_id) == (ask.thing, ask.thing_id) and hold.stands(
            moment.known_at
        ):
            return refuse(Reason.HOLD_STANDS, hold=hold.hold_id, thing=ask.thing_id)
    return [e.HoldAsked(ask.hold_id, ask.thing, ask.thing_id, ask.reason)]


def _confirm(state: StaffState, ask: c.ConfirmHold, moment: Moment) -> Decision:
    hold = _known(state, ask.hold_id, moment)
    if isinstance(hold, Refusal):
        return hold
    if hold.confirmed_by:
        return refuse(Reason.HOLD_CONFIRMED, hold=ask.hold_id)
    return _second(hold.asked_by, hold, moment) or [e.HoldConfirmed(ask.hold_id, ask.reason)]


def _ask_release(state: StaffState, ask: c.AskHoldRelease, moment: Moment) -> Decision:
    hold = _known(state, ask.hold_id, moment)
    if isinstance(hold, Refusal):
        return hold
    if hold.release_by:
        return refuse(Reason.RELEASE_ASKED, hold=ask.hold_id)
    return [e.HoldReleaseAsked(ask.hold_id, ask.reason)]


def _confirm_release(state: StaffState, ask: c.ConfirmHoldRelease, moment: Moment) -> Decision:
    hold = _known(state, ask.hold_id, moment)
    if isinstance(hold, Refusal):
        return hold
    if not hold.release_by:
        return refuse(Reason.RELEASE_NOT_ASKED, hold=ask.hold_id)
    return _second(hold.release_by, hold, moment) or [e.HoldReleased(ask.hold_id, ask.reason)]


def _report(state: StaffState, ask: c.ReportErasures, _moment: Moment) -> Decision:
    if ask.run <= state.erasures.run:
        return refuse(Reason.ERASURES_REPORTED, run=ask.run)
    return [e.ErasuresReported(ask.run, ask.until, ask.classes)]


def _known(state: StaffState, hold_id: str, moment: Moment) -> Hold | Refusal:
    hold = state.holds.get(hold_id)
    if hold is None:
        return refuse(Reason.HOLD_UNKNOWN, hold=hold_id)
    if not is_person(moment.actor):
        return refuse(Reason.NEEDS_PERSON, who_can=HOLDERS, hold=hold_id)
    return hold


def _second(first: str, hold: Hold, moment: Moment) -> Refusal | None:
    """Refuse the same person in whatever role."""
    if name_of(first) == name_of(moment.actor):
        return refuse(Reason.HOLD_SAME_PERSON, who_can=HOLDERS, hold=hold.hold_id)
    return None


DECIDE: DecideTable = {
    c.AskHold: _ask,
    c.ConfirmHold: _confirm,
    c.AskHoldRelease: _ask_release,
    c.ConfirmHoldRelease: _confirm_release,
    c.ReportErasures: _report,
}

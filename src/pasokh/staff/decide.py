"""What follows from each command about the staff: people and reads here, the rest beside."""

from pasokh.core.machine import DecideTable, Decision, Moment
from pasokh.core.people import Role, is_person, name_of
from pasokh.core.refusal import Reason, refuse
from pasokh.staff import commands as c
from pasokh.staff import events as e
from pasokh.staff.decide_holds import DECIDE as HOLDS
from pasokh.staff.decide_notices import DECIDE as NOTICES
from pasokh.staff.decide_sessions import DECIDE as SESSIONS
from pasokh.staff.state import Person, StaffState

REVIEWERS = (Role.SUPERVISOR, Role.ADMINISTRATOR, Role.AUDITOR)


def _place(state: StaffState, ask: c.PlacePerson, _moment: Moment) -> Decision:
    if Role.MACHINE in ask.roles:
        return refuse(Reason.ROLE_OF_MACHINE, person=ask.person_id)
    roles = tuple(role for role in Role if role in ask.roles)
    placed = Person(ask.person_id, roles, ask.county, ask.station)
    if state.people.get(ask.person_id) == placed:
        return refuse(Reason.PERSON_UNCHANGED, person=ask.person_id)
    return [e.PersonPlaced(ask.person_id, roles, ask.county, ask.station)]


def _dismiss(state: StaffState, ask: c.DismissPerson, _moment: Moment) -> Decision:
    person = state.people.get(ask.person_id)
    if person is None:
        return refuse(Reason.PERSON_UNKNOWN, person=ask.person_id)
    if person.dismissed:
        return refuse(Reason.PERSON_DISMISSED, person=ask.person_id)
    ended = [
        e.SessionEnded(session.session_id, session.person_id, ask.reason)
        for session in state.sessions.values()
        if session.person_id == ask.person_id
    ]
    return [*ended, e.PersonDismissed(ask.person_id, ask.reason)]


def _read(_state: StaffState, ask: c.ReadWords, _moment: Moment) -> Decision:
    """Break the glass. What may be read plainly is answered by the control room, which knows."""
    if not ask.reason.strip():
        return refuse(Reason.NEEDS_REASON, thing=ask.thing_id)
    return [e.WordsRead(ask.thing, ask.thing_id, broke_glass=True, reason=ask.reason)]


def _review(state: StaffState, ask: c.ReviewRead, moment: Moment) -> Decision:
    read = state.unreviewed.get(ask.read_seq)
    if read is None:
        return refuse(Reason.READ_UNKNOWN, read=ask.read_seq)
    if not is_person(moment.actor):
        return refuse(Reason.NEEDS_PERSON, who_can=REVIEWERS, read=ask.read_seq)
    if name_of(read.actor) == name_of(moment.actor):
        return refuse(Reason.REVIEW_SAME_PERSON, who_can=REVIEWERS, read=ask.read_seq)
    return [e.ReadReviewed(ask.read_seq, ask.reason)]


DECIDE: DecideTable = {
    c.PlacePerson: _place,
    c.DismissPerson: _dismiss,
    **SESSIONS,
    c.ReadWords: _read,
    c.ReviewRead: _review,
    **NOTICES,
    **HOLDS,
}

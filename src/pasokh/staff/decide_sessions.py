"""Sessions: who is signed in, at which desk, and who may end or lock what is not their own.

Nothing here compares `expires_at` with the moment: it is civil time, which a drill's clock may
have left behind. The timetable, which sees the wall's clock, ends what has expired.
"""

from pasokh.core.machine import DecideTable, Decision, Moment
from pasokh.core.people import Actor, Role, is_person, name_of, role_of
from pasokh.core.refusal import Reason, Refusal, refuse
from pasokh.staff import commands as c
from pasokh.staff import events as e
from pasokh.staff.state import Session, StaffState

# Who may end or lock the session of somebody else.
KEEPERS = (Role.SUPERVISOR, Role.ADMINISTRATOR)
DESKS: dict[e.DeskKind, tuple[Role, ...]] = {
    e.DeskKind.ANSWER: (Role.CALL_TAKER, Role.SUPERVISOR),
    e.DeskKind.DISPATCH: (Role.DISPATCHER, Role.SUPERVISOR, Role.COUNTY_DESK),
    e.DeskKind.SUPERVISE: (Role.SUPERVISOR,),
    e.DeskKind.WALLBOARD: tuple(role for role in Role if role is not Role.MACHINE),
}


def _open(state: StaffState, ask: c.OpenSession, _moment: Moment) -> Decision:
    if ask.session_id in state.sessions:
        person_id = state.sessions[ask.session_id].person_id
        return refuse(Reason.SESSION_OPEN, session=ask.session_id, person=person_id)
    if ask.session_id in state.ended:
        return refuse(Reason.SESSION_ENDED, session=ask.session_id)
    person = state.people.get(ask.person_id)
    if person is None:
        return refuse(Reason.PERSON_UNKNOWN, person=ask.person_id)
    if person.dismissed:
        return refuse(Reason.PERSON_DISMISSED, person=ask.person_id)
    return [e.PersonSignedIn(ask.session_id, ask.person_id, ask.means, ask.expires_at)]


def _fail(_state: StaffState, ask: c.RecordFailedSignIn, _moment: Moment) -> Decision:
    return [e.SignInFailed(ask.means, ask.person_id)]


def _lock(state: StaffState, ask: c.LockSession, moment: Moment) -> Decision:
    session = _kept_by(state, ask.session_id, moment)
    if isinstance(session, Refusal):
        return session
    if session.locked:
        return refuse(Reason.SESSION_LOCKED, session=ask.session_id)
    return [e.SessionLocked(ask.session_id, ask.why)]


def _unlock(state: StaffState, ask: c.UnlockSession, _moment: Moment) -> Decision:
    session = _known(state, ask.session_id)
    if isinstance(session, Refusal):
        return session
    if not session.locked:
        return refuse(Reason.SESSION_NOT_LOCKED, session=ask.session_id)
    return [e.SessionUnlocked(ask.session_id, ask.means)]


def _end(state: StaffState, ask: c.EndSession, moment: Moment) -> Decision:
    session = _kept_by(state, ask.session_id, moment)
    if isinstance(session, Refusal):
        return session
    return [e.SessionEnded(ask.session_id, session.person_id, ask.reason)]


def _open_desk(state: StaffState, ask: c.OpenDesk, moment: Moment) -> Decision:
    session = _known(state, ask.session_id)
    if isinstance(session, Refusal):
        return session
    if is_person(moment.actor) and name_of(moment.actor) != session.person_id:
        return refuse(Reason.SESSION_NOT_YOURS, session=ask.session_id)
    if session.locked:
        return refuse(Reason.SESSION_LOCKED, session=ask.session_id)
    who_can = DESKS[ask.desk]
    if not set(state.people[session.person_id].roles).intersection(who_can):
        return refuse(Reason.DESK_NOT_YOURS, who_can=who_can, desk=ask.desk.value)
    return [e.DeskOpened(ask.session_id, ask.desk)]


def _known(state: StaffState, session_id: str) -> Session | Refusal:
    session = state.sessions.get(session_id)
    if session is not None:
        return session
    ended = session_id in state.ended
    return refuse(Reason.SESSION_ENDED if ended else Reason.SESSION_UNKNOWN, session=session_id)


def _kept_by(state: StaffState, session_id: str, moment: Moment) -> Session | Refusal:
    """The session, if it is the actor's own or the actor may keep those of others."""
    session = _known(state, session_id)
    if isinstance(session, Refusal) or not is_person(moment.actor):
        return session
    if name_of(moment.actor) == session.person_id or _keeps(state, moment.actor):
        return session
    return refuse(Reason.SESSION_NOT_YOURS, who_can=KEEPERS, session=session_id)


def _keeps(state: StaffState, actor: Actor) -> bool:
    """Whether any role of the actor keeps sessions: an order names only the first that fits it."""
    person = state.people.get(name_of(actor))
    roles = {role_of(actor), *(person.roles if person else ())}
    return not roles.isdisjoint(KEEPERS)


DECIDE: DecideTable = {
    c.OpenSession: _open,
    c.RecordFailedSignIn: _fail,
    c.LockSession: _lock,
    c.UnlockSession: _unlock,
    c.EndSession: _end,
    c.OpenDesk: _open_desk,
}

"""The staff as a desk or an auditor asks for it. Looks, and changes nothing."""

from pasokh.core.ids import Id
from pasokh.core.people import Role
from pasokh.core.time import Instant
from pasokh.staff.state import Notice, Person, Session, StaffState


def signed_in(state: StaffState, session_id: Id) -> tuple[Session, Person] | None:
    """Give an open session with its person; None when it ended or never was.

    A session that expired is open until the timetable ends it, which is a second later.
    """
    session = state.sessions.get(session_id)
    return None if session is None else (session, state.people[session.person_id])


def expired_sessions(state: StaffState, now: Instant) -> list[Session]:
    """The open sessions whose end has come by the wall's clock (`now`, milliseconds)."""
    return [session for session in state.sessions.values() if session.expires_at <= now]


def expired_broadcasts(state: StaffState, now: Instant) -> list[Notice]:
    """The broadcasts whose end has come by the centre's clock (`now`, milliseconds)."""
    return [notice for notice in state.broadcasts.values() if notice.expires_at <= now]


def broadcasts_for(state: StaffState, county: str) -> list[Notice]:
    """The broadcasts that a person of a county sees; the empty county sees them all."""
    return [
        notice
        for notice in state.broadcasts.values()
        if not (county and notice.county) or notice.county == county
    ]


def holders_of(state: StaffState, role: Role) -> list[Person]:
    """The people who have a role and still work here."""
    return [p for p in state.people.values() if role in p.roles and not p.dismissed]

"""Sessions of persons at the door: the browser's cookie, looked up in the centre's own state.

The log's session id is the SHA-256 of the cookie, so the log lets nobody in; and who was signed
out by an entry is out at once, whether the office runs or not.
"""

from hashlib import sha256

from pasokh.adapters.api.scopes import Grant, scopes_of
from pasokh.control_room.views_staff import session_of
from pasokh.core.people import actor_of
from pasokh.drivers.ports import Clock
from pasokh.drivers.ports_live import Control

COOKIE = b"pasokh_session"


class Sessions:
    """Finds what a person in a session may do."""

    def __init__(self, control: Control, wall: Clock) -> None:
        """`wall` is civil time, by which sessions expire: a drill's clock may be far ahead."""
        self._control = control
        self._wall = wall

    def grant_of(self, cookie: bytes) -> Grant | None:
        """Give what the holder of a cookie may do; None when it stands for no open session."""
        session_id = sha256(cookie).hexdigest()
        session = session_of(self._control.centre, session_id, self._wall.now())
        if session is None:
            return None
        actor = actor_of(session.roles[0], session.person_id)
        return Grant(actor, scopes_of(session.roles, session.county), session)


def cookie_in(header: bytes) -> bytes | None:
    """Read the session's cookie out of a Cookie header; the first one, when there are two."""
    for pair in header.split(b";"):
        name, _, value = pair.strip().partition(b"=")
        if name == COOKIE and value:
            return value
    return None

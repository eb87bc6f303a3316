"""Who is signed in under a session's id, as the doors of the street side ask. Changes nothing."""

from msgspec import Struct

from pasokh.control_room.state import Centre
from pasokh.core.ids import AreaCode, Id, PersonId
from pasokh.core.people import Role
from pasokh.core.time import Instant
from pasokh.staff.events import DeskKind
from pasokh.staff.views import signed_in


class SignedIn(Struct, frozen=True):
    """A person in an open session. An empty county means the whole province."""

    session_id: Id
    person_id: PersonId
    roles: tuple[Role, ...]
    county: AreaCode
    station: str
    locked: bool
    desk: DeskKind | None
    expires_at: Instant


def session_of(centre: Centre, session_id: Id, now: Instant) -> SignedIn | None:
    """Look a session up at `now` by the wall's clock (milliseconds).

    None when it ended, has expired, never was, or its person works here no longer.
    """
    found = signed_in(centre.staff, session_id)
    if found is None:
        return None
    session, person = found
    if person.dismissed or session.expires_at <= now:
        return None
    return SignedIn(
        session_id,
        person.person_id,
        person.roles,
        person.county,
        person.station,
        session.locked,
        session.desk,
        session.expires_at,
    )

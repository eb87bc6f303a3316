"""Sessions as the log knows them: opened there before a browser may use them, ended in both."""

from hashlib import sha256
from importlib import import_module
from secrets import randbits

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from pasokh.core.ids import time_ordered_id
from pasokh.core.time import SECOND
from pasokh.office.announcing import announce, take_away
from pasokh.office.models import OfficePerson, OpenedSession
from pasokh.sites.asker import asker_address
from pasokh.sites.clock import instant_now
from pasokh.sites.control_room import ControlRoomAway, Told, control_room

_LATTER_SALT = 2**74 - 1
# The control room may hear of the person after the session, for a moment.
SESSION_OPEN = "session_open"


def digest_of(session_key: str) -> str:
    """Give the name under which the log knows a session: never the cookie itself."""
    return sha256(session_key.encode()).hexdigest()


def open_session(request: HttpRequest, person: OfficePerson, means: str) -> Told:
    """Tell the log of a session. ControlRoomAway: nothing is left of it here."""
    now = instant_now()
    key = request.session.session_key
    row = OpenedSession.objects.create(
        digest=digest_of(key),
        session_key=key,
        person=person,
        means=means,
        opened_at=now,
        expires_at=now + settings.PASOKH.file.session_seconds * SECOND,
        address=asker_address(request) or None,
        browser=request.headers.get("User-Agent", "")[:200],
    )
    try:
        told = _give(row)
    except ControlRoomAway:
        take_away(row, "the sign-in was not finished")  # it may have arrived all the same
        raise
    if told.accepted or told.reason == SESSION_OPEN:
        OpenedSession.objects.filter(pk=row.pk).update(announced=True)
        return Told()
    row.delete()
    return told


def _give(row: OpenedSession) -> Told:
    """The id follows from the session, so that two attempts are one command."""
    command_id = time_ordered_id(row.opened_at, int(row.digest, 16) & _LATTER_SALT)
    command = {
        "session_id": row.digest,
        "person_id": row.person.person_id,
        "means": row.means,
        "expires_at": row.expires_at,
    }
    return control_room().give(command_id, "open-session", command)


def session_of(request: HttpRequest) -> OpenedSession | None:
    """Give the row of the asker's session; None when it was revoked or is over."""
    key = request.session.session_key
    row = OpenedSession.objects.filter(session_key=key, announced=True).first() if key else None
    return row if row is not None and row.expires_at > instant_now() else None


def end_session(row: OpenedSession, reason: str) -> None:
    """Take a session away here and tell the log, both or neither."""
    with transaction.atomic():
        import_module(settings.SESSION_ENGINE).SessionStore().delete(row.session_key)
        take_away(row, reason)


def lock(row: OpenedSession, why: str) -> None:
    """Lock a session at once; the log hears it when it can."""
    with transaction.atomic():
        if OpenedSession.objects.filter(pk=row.pk, locked=False).update(locked=True):
            announce("lock-session", {"session_id": row.digest, "why": why})


def unlock(row: OpenedSession, means: str) -> Told:
    """Unlock a session: the control room first, for it is there that orders are taken."""
    command_id = time_ordered_id(instant_now(), randbits(74))
    told = control_room().give(
        command_id, "unlock-session", {"session_id": row.digest, "means": means}
    )
    if told.accepted or told.reason == "session_not_locked":
        OpenedSession.objects.filter(pk=row.pk).update(locked=False)
        return Told()
    return told

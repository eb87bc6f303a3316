"""What the office erases by itself: names of who left, and what is left of sessions.

By the table of retention (control_room.retention). A legal hold on a person keeps the name; who
cannot ask for the holds erases no name. The log keeps the person's id.
"""

from datetime import UTC, datetime

import msgspec
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from msgspec import Struct

from pasokh.control_room.retention import RETENTION, RetentionKind
from pasokh.core.time import SECOND, Instant
from pasokh.office.models import Announcement, Invitation, ListImport, OfficePerson, OpenedSession
from pasokh.sites.control_room import ControlRoomAway, control_room
from pasokh.staff.events_holds import HeldThing


class _StandingHold(Struct, frozen=True):
    thing: HeldThing
    thing_id: str
    stands: bool


class _StandingHolds(Struct, frozen=True):
    holds: list[_StandingHold]


class NamesKept(Struct, frozen=True):
    """How many names of people who left are erased, held, and left; when the first of those left.

    Times in milliseconds; None when none is left.
    """

    erased: int
    held: int
    left: int
    oldest: Instant | None


def erase_due(now: Instant) -> None:
    """Erase what is due by `now`, and leave none of it in the database's files."""
    _erase_sessions(now)
    _erase_names(now)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def names_kept(now: Instant) -> NamesKept:
    """Count the names of those who left."""
    gone = OfficePerson.objects.filter(dismissed=True)
    left = gone.exclude(name="").order_by("left_at").values_list("left_at", flat=True)
    held = len(_due(now).filter(person_id__in=_held() or ()))
    return NamesKept(gone.filter(name="").count(), held, len(left), next(iter(left), None))


def _erase_sessions(now: Instant) -> None:
    before = now - (RETENTION[RetentionKind.SESSION].keep or 0)
    Session.objects.filter(expire_date__lt=datetime.fromtimestamp(now / SECOND, UTC)).delete()
    OpenedSession.objects.filter(expires_at__lt=before).delete()
    Invitation.objects.filter(Q(expires_at__lt=before) | Q(used_at__lt=before)).delete()
    Announcement.objects.filter(waiting=False, at__lt=before).delete()
    ListImport.objects.filter(made_at__lt=before).delete()


def _erase_names(now: Instant) -> None:
    OfficePerson.objects.filter(dismissed=True, left_at=None).update(left_at=now)
    held = _held()
    if held is None:
        return
    for person in _due(now).exclude(person_id__in=held):
        with transaction.atomic():
            Authenticator.objects.filter(user=person).delete()
            person.invitations.all().delete()
            person.name = person.email = ""
            person.set_unusable_password()
            person.save(update_fields=["name", "email", "password"])


def _due(now: Instant) -> "QuerySet[OfficePerson]":
    before = now - (RETENTION[RetentionKind.STAFF].keep or 0)
    return OfficePerson.objects.filter(dismissed=True, left_at__lte=before).exclude(name="")


def _held() -> list[str] | None:
    """Name the people whose names a hold keeps; None when nobody can say."""
    try:
        found = msgspec.json.decode(control_room().look("/views/holds"), type=_StandingHolds)
    except ControlRoomAway:
        return None
    return [one.thing_id for one in found.holds if one.thing is HeldThing.PERSON and one.stands]

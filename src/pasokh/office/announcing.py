"""What the log must hear of people and sessions: written with the row, told as soon as possible.

A row and its announcement are one transaction. If the control room is away, the announcement
waits; every office process tells what waits, in order, and the same id twice is one entry.
"""

import logging
from secrets import randbits
from threading import Event, Thread
from typing import Any

from django.db import DatabaseError, close_old_connections, transaction

from pasokh.core.ids import time_ordered_id
from pasokh.core.time import DAY, MINUTE, Instant
from pasokh.office.erasing import erase_due
from pasokh.office.models import Announcement, OfficePerson, OpenedSession
from pasokh.sites.clock import instant_now
from pasokh.sites.control_room import ControlRoomAway, control_room

_AGAIN_SECONDS = 2.0
_log = logging.getLogger(__name__)


def announce(name: str, command: dict[str, Any]) -> None:
    """Keep a command for the log, and tell it when the transaction around is over."""
    at = instant_now()
    command_id = time_ordered_id(at, randbits(74))
    Announcement.objects.create(command_id=command_id, name=name, command=command, at=at)
    transaction.on_commit(tell_waiting)


def tell_waiting() -> int:
    """Tell what waits, oldest first, until the control room is away; give how many still wait."""
    for waiting in Announcement.objects.filter(waiting=True).order_by("id")[:500]:
        try:
            told = control_room().give(
                waiting.command_id, waiting.name, waiting.command, waiting.at
            )
        except ControlRoomAway:
            break
        # A refusal is an answer: an unchanged place or an ended session is as it should be.
        Announcement.objects.filter(pk=waiting.pk).update(waiting=False, settled=told.reason)
    return Announcement.objects.filter(waiting=True).count()


def keep_telling(ending: Event) -> Thread:
    """Tell what waits from time to time, in a thread of this process, until it ends."""
    thread = Thread(target=_tell_again_and_again, args=(ending,), daemon=True)
    thread.start()
    return thread


def _tell_again_and_again(ending: Event) -> None:
    erased_at = 0
    while not ending.wait(_AGAIN_SECONDS):
        close_old_connections()
        end_unannounced()
        if instant_now() - erased_at >= DAY:
            erased_at = instant_now()
            _erase(erased_at)
        if Announcement.objects.filter(waiting=True).exists():
            tell_waiting()


def _erase(now: Instant) -> None:
    """A database that is busy tonight is erased in tomorrow night."""
    try:
        erase_due(now)
    except DatabaseError:
        _log.exception("names and sessions that are over were not erased")


def announce_place(person: OfficePerson) -> None:
    """Tell the log a person's roles and place."""
    place = {"person_id": person.person_id, "roles": sorted(person.roles)}
    announce("place-person", place | {"county": person.county, "station": person.station})


def take_away(row: OpenedSession, reason: str) -> None:
    """Take a session's row away and tell the log that it is over: once, whoever is faster."""
    with transaction.atomic():
        if OpenedSession.objects.filter(pk=row.pk).delete()[0]:
            announce("end-session", {"session_id": row.digest, "reason": reason})


def end_unannounced() -> None:
    """End sessions whose opening was never confirmed: the process fell between two lines."""
    long_ago = instant_now() - 1 * MINUTE
    for row in OpenedSession.objects.filter(announced=False, opened_at__lt=long_ago):
        take_away(row, "the sign-in was not finished")

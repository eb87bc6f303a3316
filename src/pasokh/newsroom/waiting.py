"""What waits for the staff behind the doors of the office, so that nobody opens each to look."""

import logging
from collections.abc import Collection

from django.db import DatabaseError
from msgspec import Struct

from pasokh.core.time import Instant
from pasokh.newsroom.rooms import parts

_log = logging.getLogger(__name__)


class Waiting(Struct, frozen=True):
    """How much waits for a person's word. `late`: so many of it past the time that was promised."""

    count: int
    late: int = 0


def waiting_behind(
    doors: Collection[str], person_id: str, now: Instant
) -> dict[str, Waiting] | None:
    """Count what waits for this person behind these doors; a door without work has no entry.

    None when the rows cannot be read: whoever dispatches at night needs the page of doors all the
    same.
    """
    try:
        found = {
            room.DOOR: room.waiting(person_id, now)
            for room in parts("waiting")
            if room.DOOR in doors
        }
    except DatabaseError:
        _log.exception("what waits in the newsroom could not be read")
        return None
    return {door: waits for door, waits in found.items() if waits.count}

"""What happens at a meeting's door: a code is read, shown and noted once; who has none walks in.

A code is read from a telephone's picture of the QR, from a scanner that types, or by hand.
"""

import re

from msgspec import Struct

from pasokh.core.time import Instant
from pasokh.newsroom.meetings.models import CODE_LENGTH, Meeting, MeetingSeat
from pasokh.newsroom.meetings.refusals import MeetingRefused
from pasokh.newsroom.meetings.seating import new_code, seated
from pasokh.newsroom.meetings.telling import told
from pasokh.newsroom.rows import together
from pasokh.sites.languages import spoken
from pasokh.words.digits import latin_digits

# In the address that the QR holds it stands last.
_IN_ADDRESS = re.compile(rf"/door/([0-9]{{{CODE_LENGTH}}})/?\s*$")


class AtTheDoor(Struct, frozen=True):
    """What the door learns of a code: whose it is, and whether they have a seat or came before."""

    seat: MeetingSeat
    seated: bool
    before: bool


def at_door(meeting: Meeting, typed: str) -> AtTheDoor:
    """Say whose a code is, and change nothing. MeetingRefused: the sentence says what it is."""
    seat = MeetingSeat.objects.select_related("meeting").filter(code=_code(typed)).first()
    if seat is None:
        raise MeetingRefused("agenda.refused.code")
    if seat.meeting_id != meeting.pk:
        title = told(seat.meeting, "title", spoken())
        raise MeetingRefused("agenda.refused.code_other", title=title)
    if seat.given_up_at is not None:
        raise MeetingRefused("agenda.refused.code_given_up")
    _check_takes_place(meeting)
    return AtTheDoor(seat, seat.walked_in or seated(seat), seat.came_at is not None)


def arrive(meeting: Meeting, typed: str, by: str, now: Instant) -> AtTheDoor:
    """Note at the door that somebody came; MeetingRefused as `at_door`.

    Noted once: a code that is shown again says that it came before. Who only waits for a seat is
    let in by a person, who sees it here.
    """
    with together():
        found = at_door(meeting, typed)
        noted = MeetingSeat.objects.filter(pk=found.seat.pk, came_at=None)
        first = noted.update(came_at=now, came_by=by) > 0
        found.seat.refresh_from_db()
    return AtTheDoor(found.seat, found.seated, not first)


def walk_in(meeting: Meeting, name: str, outlet: str, by: str, now: Instant) -> MeetingSeat:
    """Note somebody who comes without having registered. They take nobody's seat in the order."""
    with together():
        _check_takes_place(meeting)
        made: MeetingSeat = meeting.asked.create(
            name=name,
            outlet=outlet,
            language=spoken(),
            code=new_code(),
            asked_at=now,
            told_at=now,
            came_at=now,
            came_by=by,
            walked_in=True,
        )
    return made


def _check_takes_place(meeting: Meeting) -> None:
    if meeting.cancelled_at is not None:
        raise MeetingRefused("agenda.refused.cancelled")


def _code(typed: str) -> str:
    plain = latin_digits(typed)
    address = _IN_ADDRESS.search(plain)
    return address[1] if address else "".join(one for one in plain if one in "0123456789")

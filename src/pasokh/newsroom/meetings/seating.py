"""Who has a seat: the first to come, by the order of their rows alone.

The waiting list needs no hand: when a seat is given up, everybody behind it stands one place
further ahead. Nothing is moved, so nothing is lost half way.
"""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.crypto import get_random_string
from msgspec import Struct

from pasokh.core.time import Instant
from pasokh.newsroom.meetings.journalists import Journalist
from pasokh.newsroom.meetings.letters import tell_changed, tell_place, tell_seat
from pasokh.newsroom.meetings.models import CODE_LENGTH, Meeting, MeetingSeat
from pasokh.newsroom.meetings.refusals import MeetingRefused
from pasokh.newsroom.rows import together


class Seating(Struct, frozen=True):
    """How a meeting is taken: seats that are given, people who wait, people who came."""

    given: int
    waiting: int
    came: int


def standing(meeting: Meeting) -> QuerySet[MeetingSeat]:
    """Give those who want to come, in their order."""
    return meeting.asked.filter(given_up_at=None, walked_in=False).order_by("pk")


def place_of(seat: MeetingSeat) -> int:
    """Say which place one has in the order, from 1; up to the number of seats it is a seat."""
    return int(standing(seat.meeting).filter(pk__lte=seat.pk).count())


def seated(seat: MeetingSeat) -> bool:
    """Tell whether one has a seat."""
    return seat.given_up_at is None and place_of(seat) <= seat.meeting.seats


def seating(meeting: Meeting) -> Seating:
    """Count how a meeting is taken."""
    wanted = standing(meeting).count()
    given = min(wanted, meeting.seats)
    return Seating(given, wanted - given, meeting.asked.exclude(came_at=None).count())


def is_open(meeting: Meeting, now: Instant) -> bool:
    """Tell whether one may still ask for a seat."""
    alive = meeting.announced_at is not None and meeting.cancelled_at is None
    return alive and now < meeting.register_until


def take_seat(meeting_id: int, guest: Journalist, now: Instant) -> MeetingSeat:
    """Stand in the order for a meeting; the same address stands there once.

    MeetingRefused when nobody can register now.
    """
    with together():
        meeting = held(meeting_id)
        if not is_open(meeting, now):
            raise MeetingRefused("agenda.refused.closed")
        found = standing(meeting).filter(email=guest.email).first()
        if found is not None:
            return found
        seat: MeetingSeat = meeting.asked.create(
            name=guest.name,
            email=guest.email,
            outlet=guest.outlet,
            outlet_id=guest.outlet_id,
            language=guest.language,
            code=new_code(),
            asked_at=now,
        )
        if not seated(seat):
            tell_place(seat, place_of(seat) - meeting.seats)
        _tell_seats(meeting, now)
    return seat


def give_up(meeting_id: int, code: str, now: Instant) -> None:
    """Leave the order; whoever waited longest has the seat, and is told so."""
    with together():
        meeting = held(meeting_id)
        meeting.asked.filter(code=code, given_up_at=None, came_at=None).update(given_up_at=now)
        _tell_seats(meeting, now)


def set_seats(meeting_id: int, seats: int, now: Instant) -> None:
    """Set the number of seats; MeetingRefused when somebody would lose a seat that they have."""
    with together():
        meeting = held(meeting_id)
        given = seating(meeting).given
        if seats < given:
            raise MeetingRefused("agenda.refused.seats", given=given)
        meeting.seats = seats
        meeting.save(update_fields=["seats"])
        _tell_seats(meeting, now)


def new_code() -> str:
    """Make a code for the door."""
    return get_random_string(CODE_LENGTH, "0123456789")


def tell_everybody(meeting: Meeting, reason: str) -> int:
    """Write to everybody who registered what became of the meeting; give how many they are."""
    found: Iterable[MeetingSeat] = standing(meeting).filter(erased_at=None)
    told = 0
    for seat in found:
        tell_changed(seat, meeting, reason)
        told += 1
    return told


def held(meeting_id: int) -> Meeting:
    """Give a meeting whose order nobody else changes meanwhile."""
    return Meeting.objects.select_for_update().get(pk=meeting_id)


def _tell_seats(meeting: Meeting, now: Instant) -> None:
    """Write to whoever has a seat and was not told; never about a meeting that is over."""
    if meeting.cancelled_at is not None or meeting.begins_at <= now:
        return
    for seat in standing(meeting)[: meeting.seats]:
        if seat.told_at is None:
            tell_seat(seat, meeting)
            seat.told_at = now
            seat.save(update_fields=["told_at"])

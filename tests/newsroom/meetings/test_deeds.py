"""Announced, moved, cancelled, erased: with a reason, to everybody who registered, and in time."""

import pytest

from pasokh.core.time import DAY, HOUR
from pasokh.newsroom.meetings.deeds import Times, announce, cancel, erase_seats, move
from pasokh.newsroom.meetings.models import Meeting
from pasokh.newsroom.meetings.refusals import MeetingRefused
from pasokh.newsroom.meetings.seating import give_up, take_seat
from pasokh.sites.clock import instant_now
from tests.newsroom.meetings.scene import a_meeting, guest, letters

pytestmark = pytest.mark.usefixtures("rows")


def test_a_move_is_told_with_its_reason_to_everybody_who_registered() -> None:
    meeting = a_meeting(seats=1)
    now = instant_now()
    stays = take_seat(meeting.pk, guest("a", "en"), now)
    waits = take_seat(meeting.pk, guest("b"), now)
    gone = take_seat(meeting.pk, guest("c"), now)
    give_up(meeting.pk, gone.code, now)
    later = Times(now + 5 * DAY, now + 5 * DAY + HOUR, now + 4 * DAY)
    told = move(
        meeting.pk, later, ("تالار دوم", "Second hall"), "the road is closed", by="p", now=now
    )
    assert told == 2, "who gave up is left in peace"
    english, persian = letters("meetings.changed:")
    assert (english.to, persian.to) == (stays.email, waits.email)
    assert "the road is closed" in english.body
    assert "Second hall" in english.body
    assert "تالار دوم" in persian.body
    moved = Meeting.objects.get(pk=meeting.pk)
    assert (moved.begins_at, moved.revision) == (now + 5 * DAY, 1)
    (change,) = moved.changes.all()
    assert (change.was_at, change.begins_at) == (meeting.begins_at, now + 5 * DAY)


def test_a_cancelled_meeting_stays_with_its_reason_and_is_over() -> None:
    meeting = a_meeting()
    now = instant_now()
    take_seat(meeting.pk, guest("a"), now)
    assert cancel(meeting.pk, "کولاک", by="p-1", now=now) == 1
    (letter,) = letters("meetings.changed:")
    assert "کولاک" in letter.body
    with pytest.raises(MeetingRefused, match="not_to_come"):
        cancel(meeting.pk, "again", by="p-1", now=now)
    with pytest.raises(MeetingRefused, match="closed"):
        take_seat(meeting.pk, guest("b"), now)
    assert len(letters("meetings.changed:")) == 1


@pytest.mark.parametrize(
    ("begins", "ends", "until", "why"),
    [(-1, 1, -2, "past"), (2, 2, 1, "ends_first"), (2, 3, 3, "until")],
)
def test_hours_that_cannot_be_are_refused(begins: int, ends: int, until: int, why: str) -> None:
    now = instant_now()
    hours = (now + one * HOUR for one in (begins, ends, until))
    with pytest.raises(MeetingRefused, match=why):
        Times(*hours).check(now)


def test_a_draft_is_announced_once_and_needs_a_name_and_a_place() -> None:
    now = instant_now()
    bare = a_meeting(announced_at=None, place_fa="")
    with pytest.raises(MeetingRefused, match="unnamed"):
        announce(bare.pk, now)
    draft = a_meeting(announced_at=None)
    announce(draft.pk, now)
    announce(draft.pk, now + HOUR)
    assert Meeting.objects.get(pk=draft.pk).announced_at == now


def test_names_end_after_ninety_days_and_the_count_stays() -> None:
    meeting = a_meeting()
    now = instant_now()
    seat = take_seat(meeting.pk, guest("a"), now)
    assert erase_seats(meeting.ends_at + 90 * DAY) == 0
    assert erase_seats(meeting.ends_at + 90 * DAY + 1) == 1
    assert erase_seats(meeting.ends_at + 91 * DAY) == 0
    seat.refresh_from_db()
    assert (seat.name, seat.email, seat.outlet, seat.outlet_id) == ("", "", "", "")
    assert meeting.asked.count() == 1

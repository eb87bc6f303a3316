"""Seats: the last one is given once, the waiting list moves by itself, and nothing is half done."""

from functools import partial

import pytest

from pasokh.core.time import DAY
from pasokh.newsroom.meetings import seating
from pasokh.newsroom.meetings.models import Meeting, MeetingSeat
from pasokh.newsroom.meetings.refusals import MeetingRefused
from pasokh.newsroom.meetings.seating import (
    give_up,
    place_of,
    seated,
    set_seats,
    take_seat,
)
from pasokh.sites.clock import instant_now
from tests.newsroom.at_once import at_once
from tests.newsroom.meetings.scene import a_meeting, guest, letters

pytestmark = pytest.mark.usefixtures("rows")


@pytest.mark.slow
def test_two_at_once_for_the_last_seat_get_one_seat_and_one_place() -> None:
    for turn in range(8):
        meeting = a_meeting(seats=1)
        now = instant_now()
        at_once(
            *(partial(take_seat, meeting.pk, guest(f"{one}{turn}"), now) for one in "abc"),
        )
        asked = list(meeting.asked.order_by("pk"))
        assert [seated(one) for one in asked] == [True, False, False]
        assert [one.told_at is not None for one in asked] == [True, False, False]
        assert [letter.key for letter in letters("meetings.seat:")][-1] == (
            f"meetings.seat:{asked[0].pk}"
        )


@pytest.mark.slow
def test_a_seat_that_is_given_up_while_others_come_is_nobodys_loss() -> None:
    meeting = a_meeting(seats=1)
    first = take_seat(meeting.pk, guest("first"), instant_now())
    second = take_seat(meeting.pk, guest("second"), instant_now())
    at_once(
        lambda: give_up(meeting.pk, first.code, instant_now()),
        lambda: take_seat(meeting.pk, guest("third"), instant_now()),
    )
    second.refresh_from_db()
    third = meeting.asked.get(name="third")
    assert (seated(second), seated(third)) == (True, False)
    assert second.told_at is not None
    assert len(letters(f"meetings.seat:{second.pk}")) == 1


def test_the_waiting_list_moves_up_by_itself_and_each_is_told_once() -> None:
    meeting = a_meeting(seats=2)
    now = instant_now()
    people = [take_seat(meeting.pk, guest(name), now) for name in "abcde"]
    assert [place_of(one) for one in people] == [1, 2, 3, 4, 5]
    assert len(letters("meetings.seat:")) == 2
    assert len(letters("meetings.waiting:")) == 3
    give_up(meeting.pk, people[0].code, now)
    give_up(meeting.pk, people[0].code, now)
    set_seats(meeting.pk, 3, now)
    told = [letter.key for letter in letters("meetings.seat:")]
    assert told == [f"meetings.seat:{one.pk}" for one in people[:4]]
    with pytest.raises(MeetingRefused, match="seats"):
        set_seats(meeting.pk, 2, now)


def test_the_same_address_stands_once_and_comes_back_at_the_end() -> None:
    meeting = a_meeting(seats=1)
    now = instant_now()
    first = take_seat(meeting.pk, guest("a"), now)
    assert take_seat(meeting.pk, guest("a"), now).pk == first.pk
    take_seat(meeting.pk, guest("b"), now)
    give_up(meeting.pk, first.code, now)
    again = take_seat(meeting.pk, guest("a"), now)
    assert again.pk != first.pk
    assert place_of(again) == 2


def test_a_crash_while_the_letter_is_written_leaves_nothing_half_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    meeting = a_meeting(seats=1)
    now = instant_now()
    first = take_seat(meeting.pk, guest("a"), now)
    second = take_seat(meeting.pk, guest("b"), now)

    def broken(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(seating, "tell_seat", broken)
    with pytest.raises(OSError, match="full"):
        give_up(meeting.pk, first.code, now)
    assert seated(MeetingSeat.objects.get(pk=first.pk)), "the seat was not given up either"
    monkeypatch.undo()
    give_up(meeting.pk, first.code, now)
    assert seated(second)
    assert len(letters(f"meetings.seat:{second.pk}")) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"announced_at": None},
        {"cancelled_at": 1},
        {"register_until": 1},
    ],
)
def test_nobody_registers_when_it_is_closed(fields: dict[str, int | None]) -> None:
    meeting = a_meeting(**fields)
    with pytest.raises(MeetingRefused, match="closed"):
        take_seat(meeting.pk, guest("a"), instant_now())
    assert not MeetingSeat.objects.exists()


def test_nobody_is_told_of_a_seat_at_a_meeting_that_has_begun() -> None:
    meeting = a_meeting(seats=1)
    now = instant_now()
    first = take_seat(meeting.pk, guest("a"), now)
    take_seat(meeting.pk, guest("b"), now)
    give_up(meeting.pk, first.code, now + 3 * DAY)
    assert len(letters("meetings.seat:")) == 1
    assert Meeting.objects.get(pk=meeting.pk).asked.filter(told_at=None).count() == 1

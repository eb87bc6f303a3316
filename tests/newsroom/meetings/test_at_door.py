"""The door: a QR opens the office's page, one press notes who came, and what is wrong is said."""

from collections.abc import Callable
from html import unescape
from io import BytesIO
from urllib.parse import urlsplit

import pytest
import zxingcpp
from django.test import Client
from PIL import Image

from pasokh.core.people import Role
from pasokh.core.time import HOUR
from pasokh.newsroom.mail.deeds import post_waiting
from pasokh.newsroom.meetings.at_door import arrive, at_door, walk_in
from pasokh.newsroom.meetings.deeds import cancel
from pasokh.newsroom.meetings.letters import door_address
from pasokh.newsroom.meetings.models import MeetingSeat
from pasokh.newsroom.meetings.refusals import MeetingRefused
from pasokh.newsroom.meetings.seating import give_up, seating, set_seats, take_seat
from pasokh.sites.clock import instant_now
from pasokh.words.digits import digits
from pasokh.words.say import say
from tests.newsroom.mail.server import receiving
from tests.newsroom.meetings.scene import a_meeting, guest, letters

pytestmark = pytest.mark.usefixtures("rows")


def text_of(answer: object) -> str:
    return unescape(answer.content.decode())  # type: ignore[attr-defined]


def test_the_door_notes_each_once_and_reads_any_digits() -> None:
    meeting = a_meeting(seats=1)
    now = instant_now()
    first = take_seat(meeting.pk, guest("a"), now)
    waits = take_seat(meeting.pk, guest("b"), now)
    persian = first.code.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    came = arrive(meeting, f" {persian[:5]} {persian[5:]}\r", "p-2", now + HOUR)
    assert (came.seat.pk, came.seated, came.before) == (first.pk, True, False)
    # A scanner types what the QR says: the whole address.
    again = arrive(meeting, door_address(first) + "\r", "p-3", now + 2 * HOUR)
    assert (again.before, again.seat.came_at, again.seat.came_by) == (True, now + HOUR, "p-2")
    assert not arrive(meeting, waits.code, "p-2", now).seated, "the person at the door decides"


def test_what_is_wrong_with_a_code_is_said_and_nothing_is_noted() -> None:
    meeting, other = a_meeting(), a_meeting(title_fa="نشست دیگر")
    now = instant_now()
    first, second = (take_seat(meeting.pk, guest(name), now) for name in "ab")
    for wrong in ("", "0", first.code[:-1], "<script>"):
        with pytest.raises(MeetingRefused, match=r"code:"):
            arrive(meeting, wrong, "p-2", now)
    with pytest.raises(MeetingRefused, match=r"code_other.*نشست گناباد"):
        arrive(other, first.code, "p-2", now)
    give_up(meeting.pk, second.code, now)
    with pytest.raises(MeetingRefused, match="code_given_up"):
        arrive(meeting, second.code, "p-2", now)
    cancel(meeting.pk, "کولاک", by="p-2", now=now)
    meeting.refresh_from_db()
    with pytest.raises(MeetingRefused, match="cancelled"):
        arrive(meeting, first.code, "p-2", now)
    with pytest.raises(MeetingRefused, match="cancelled"):
        walk_in(meeting, "c", "outlet", "p-2", now)
    assert not MeetingSeat.objects.exclude(came_at=None).exists()


def test_who_walks_in_is_counted_and_takes_nobodys_seat() -> None:
    meeting = a_meeting(seats=1)
    now = instant_now()
    walk_in(meeting, "c", "outlet", "p-2", now)
    first = take_seat(meeting.pk, guest("a"), now)
    assert at_door(meeting, first.code).seated
    told = seating(meeting)
    assert (told.given, told.waiting, told.came) == (1, 0, 1)
    set_seats(meeting.pk, 3, now)
    assert len(letters("meetings.")) == 1, "nobody writes to who has no address"
    assert cancel(meeting.pk, "کولاک", by="p-2", now=now) == 1


@pytest.mark.slow
def test_the_letter_brings_the_qr_and_the_page_shows_it(visitor: Client) -> None:
    meeting = a_meeting()
    with receiving() as box:
        seat = take_seat(meeting.pk, guest("a"), instant_now())
        assert post_waiting() == 1
    (letter,) = box.letters
    (attached,) = letter.iter_attachments()
    picture = Image.open(BytesIO(attached.get_content()))
    (read,) = zxingcpp.read_barcodes(picture)
    assert read.text == door_address(seat)
    body = letter.get_body()
    assert body is not None
    assert digits("fa", seat.code) in body.get_content(), "who sees no picture has the number"
    page = text_of(visitor.get(f"/newsroom/fa/agenda/{meeting.pk}/seat/{seat.code}/"))
    assert "<svg" in page
    assert read.text not in page, "the address of the office is in the picture only"


@pytest.mark.slow
def test_one_press_notes_who_came(desk: Callable[..., Client]) -> None:
    meeting = a_meeting()
    seat = take_seat(meeting.pk, guest("a"), instant_now())
    client = desk(Role.PRESS_OFFICER)
    path = urlsplit(door_address(seat)).path
    for _ in range(2):
        assert say("fa", "agenda.let_in") in text_of(client.get(path)), "looking notes nothing"
    assert say("fa", "agenda.let_in") in text_of(client.post(path))
    assert say("fa", "agenda.came_before") in text_of(client.get(path))
    assert say("fa", "agenda.came_before") in text_of(client.post(path))
    wrong = client.get(path.replace(seat.code, "0" * 10))
    assert (wrong.status_code, say("fa", "agenda.refused.code") in text_of(wrong)) == (400, True)
    assert client.get(path.replace("/meetings/", "/meetings/9")).status_code == 404
    assert desk(Role.CALL_TAKER).get(path).status_code == 403


@pytest.mark.slow
def test_who_walks_in_is_noted_at_the_desk(desk: Callable[..., Client]) -> None:
    meeting = a_meeting()
    client = desk(Role.SPOKESPERSON)
    door = f"/office/fa/press/meetings/{meeting.pk}/door/"
    assert client.post(f"{door}walk-in/", {"name": "مینا", "outlet": ""}).status_code == 400
    noted = client.post(f"{door}walk-in/", {"name": "مینا", "outlet": "روزنامه"})
    assert (noted.status_code, noted["Location"]) == (302, door)
    page = text_of(client.get(door))
    assert "مینا" in page
    assert say("fa", "agenda.walked_in") in page

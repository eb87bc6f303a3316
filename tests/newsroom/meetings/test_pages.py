"""The agenda's pages: everybody reads them, a link proves an address, the staff does the rest."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.conf import settings
from django.test import Client

from pasokh.core.people import Role
from pasokh.core.time import DAY
from pasokh.newsroom.mail.deeds import post_waiting
from pasokh.newsroom.meetings.journalists import opened, sealed
from pasokh.newsroom.meetings.links import LINKS_A_DAY
from pasokh.newsroom.meetings.models import Meeting, MeetingSeat
from pasokh.newsroom.meetings.seating import seated, take_seat
from pasokh.sites.clock import instant_now
from pasokh.words.jalali_typed import typed_day
from pasokh.words.say import say
from tests.newsroom.mail.server import receiving
from tests.newsroom.meetings.scene import a_meeting, guest, letters

AGENDA = "/newsroom/{}/agenda/"
WHO = {"name": "نمونه", "outlet": "روزنامهٔ نمونه", "email": " Name۱@Example.com "}


def text_of(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return unescape(answer.content.decode())


@pytest.mark.slow
@pytest.mark.parametrize("language", ["fa", "en"])
def test_everybody_reads_the_agenda_and_no_draft(visitor: Client, language: str) -> None:
    shown = a_meeting()
    draft = a_meeting(announced_at=None, title_fa="پنهان", title_en="Hidden")
    gone = a_meeting(cancelled_at=1)
    page = text_of(visitor, AGENDA.format(language))
    assert page.count("<h3>") == 2
    assert say(language, "agenda.cancelled") in page
    assert say(language, "agenda.free", count=2) in page
    assert "<script" not in page
    assert "Hidden" not in page
    assert "پنهان" not in page
    one = text_of(visitor, f"{AGENDA.format(language)}{shown.pk}/")
    assert "سالن نمونه" in one, "told in the language that there is"
    for path in ("", "meeting.ics"):
        text_of(visitor, f"{AGENDA.format(language)}{draft.pk}/{path}", 404)
    ics = visitor.get(f"{AGENDA.format(language)}agenda.ics")
    assert ics["Content-Type"].startswith("text/calendar")
    told = ics.content.decode()
    assert told.count("BEGIN:VEVENT") == 2
    assert f"UID:meeting-{gone.pk}@" in told
    assert "STATUS:CANCELLED" in told


@pytest.mark.slow
def test_an_address_is_proved_by_its_link_and_nothing_is_kept_before(visitor: Client) -> None:
    meeting = a_meeting()
    page = f"{AGENDA.format('fa')}{meeting.pk}/"
    with receiving() as box:
        for _ in range(2):
            assert visitor.post(f"{page}ask/", WHO, follow=True).status_code == 200
        assert post_waiting() == 1
    (letter,) = box.letters
    assert letter["To"] == "name1@example.com"
    assert not MeetingSeat.objects.exists()
    link = re.search(r"/newsroom/\S+", letter.get_content())
    assert link is not None
    assert visitor.get(link[0]).status_code == 200
    assert not MeetingSeat.objects.exists(), "a mail program that looks at links registers nobody"
    answer = visitor.post(link[0], follow=True)
    (seat,) = MeetingSeat.objects.all()
    assert seat.code in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    visitor.post(link[0])
    assert MeetingSeat.objects.count() == 1
    forged = link[0].replace(link[0].split("/")[-2], sealed(guest("x")) + "A")
    assert visitor.post(forged).status_code == 404
    assert visitor.post(f"{page}seat/{seat.code}/").status_code == 302
    assert not seated(MeetingSeat.objects.get(pk=seat.pk))


@pytest.mark.slow
def test_a_network_gets_so_many_links_a_day_and_another_one_still_gets_its_own(
    visitor: Client,
) -> None:
    page = f"{AGENDA.format('fa')}{a_meeting().pk}/ask/"
    with receiving():
        answers = [
            visitor.post(
                page, WHO | {"email": f"a{one}@example.com"}, REMOTE_ADDR=f"10.0.0.{one % 5 + 1}"
            ).status_code
            for one in range(LINKS_A_DAY + 2)
        ]
        assert answers == [303] * LINKS_A_DAY + [400] * 2
        assert visitor.post(page, WHO, REMOTE_ADDR="10.0.1.1").status_code == 303
    assert len(letters("meetings.prove:")) == LINKS_A_DAY + 1


@pytest.mark.slow
def test_an_address_that_is_none_is_said_and_no_mail_server_too(visitor: Client) -> None:
    meeting = a_meeting()
    page = f"{AGENDA.format('fa')}{meeting.pk}/ask/"
    wrong = visitor.post(page, WHO | {"email": "nobody"})
    assert wrong.status_code == 400
    assert say("fa", "newsroom.comments.wrong.email.no_sign") in unescape(wrong.content.decode())
    assert WHO["outlet"] in unescape(wrong.content.decode()), "what was typed stays"
    assert not settings.PASOKH_NEWSROOM.file.smtp
    away = visitor.post(page, WHO)
    assert say("fa", "agenda.refused.no_mail") in unescape(away.content.decode())
    assert not letters("meetings.")


def test_a_link_of_somebody_else_opens_nothing() -> None:
    whole = sealed(guest("a"))
    assert opened(whole) == guest("a")
    for place in range(0, len(whole), 7):
        other = "A" if whole[place] != "A" else "B"
        changed = whole[:place] + other + whole[place + 1 :]
        assert opened(changed) is None, "every letter of it is signed"


def adds_what_came_of_it(client: Client, meeting: Meeting, day: str) -> None:
    """What was promised, given out and said; and it stands on the page."""
    base = "/office/fa/press/meetings/"
    page = f"{base}{meeting.pk}/"
    promise = {"what_fa": "جدول", "who_fa": "معاون", "due_at_0": day, "due_at_1": "12:00"}
    assert client.post(f"{page}promise/", promise).status_code == 302
    (made,) = meeting.promises.all()
    assert client.post(f"{base}promises/{made.pk}/", {"outcome_fa": "داده شد"}).status_code == 302
    assert (
        client.post(
            f"{page}material/", {"title_fa": "جدول", "url": "javascript:alert(1)"}
        ).status_code
        == 400
    )
    assert (
        client.post(
            f"{page}material/", {"title_fa": "جدول", "url": "https://example.com/a.csv"}
        ).status_code
        == 302
    )
    assert client.post(f"{page}transcript/", {"transcript_fa": "گفته شد"}).status_code == 302
    told = text_of(client, page)
    assert all(one in told for one in ("داده شد", "https://example.com/a.csv", "گفته شد", "کولاک"))


@pytest.mark.slow
def test_the_press_office_makes_announces_moves_and_receives(desk: Callable[..., Client]) -> None:
    client = desk(Role.PRESS_OFFICER)
    base = "/office/fa/press/meetings/"
    now = instant_now()
    day = typed_day("fa", (now + 5 * DAY) // DAY)
    typed = {
        "title_fa": "نشست نو",
        "county": "0915",
        "place_fa": "سالن",
        "seats": "۲",
        **{f"{name}_0": day for name in ("begins_at", "ends_at", "register_until")},
        "begins_at_1": "۱۰:۰۰",
        "ends_at_1": "11:30",
        "register_until_1": "۰۹:۰۰",
    }
    wrong = client.post(f"{base}new/", typed | {"begins_at_0": "۱۴۰۵/۱۳/۱", "title_fa": ""})
    assert wrong.status_code == 400
    assert say("fa", "agenda.error.either") in unescape(wrong.content.decode())
    assert "۱۴۰۵/۱۳/۱" in unescape(wrong.content.decode())
    assert client.post(f"{base}new/", typed).status_code == 302
    (meeting,) = Meeting.objects.all()
    page = f"{base}{meeting.pk}/"
    assert client.post(f"{page}announce/").status_code == 302
    first = take_seat(meeting.pk, guest("a"), now)
    take_seat(meeting.pk, guest("b"), now)
    told = text_of(client, page)
    assert client.post(f"{page}seats/", {"seats": "1"}).status_code == 400
    assert 'name="reason"' in told
    moved = {name: typed[name] for name in typed if name[-1] in "01"}
    moved |= {"place_fa": "سالن", "begins_at_1": "۱۰:۳۰", "reason": " "}
    assert client.post(f"{page}move/", moved).status_code == 400
    assert client.post(f"{page}move/", moved | {"reason": "کولاک"}).status_code == 302
    assert len(letters("meetings.changed:")) == 2
    door = client.post(f"{page}door/", {"code": first.code})
    assert say("fa", "agenda.let_in") in unescape(door.content.decode())
    assert client.post(f"{page}door/", {"code": "1"}).status_code == 400
    adds_what_came_of_it(client, meeting, day)
    assert client.post(f"{page}cancel/", {"reason": "کولاک"}).status_code == 302
    assert client.post(f"{page}none/").status_code == 404
    assert desk(Role.CALL_TAKER).get(base).status_code == 403

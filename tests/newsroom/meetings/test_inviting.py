"""Invitations: every accredited outlet of the rule, in the same words, at the same moment."""

from itertools import count

import pytest
from django.test import Client

from pasokh.core.time import DAY
from pasokh.newsroom.meetings.inviting import invite
from pasokh.newsroom.meetings.models import Meeting, MeetingSeat
from pasokh.newsroom.meetings.refusals import MeetingRefused
from pasokh.newsroom.meetings.seating import seated
from pasokh.newsroom.outlets.models import AlertWish, Outlet
from pasokh.newsroom.outlets.rules import ACCREDITED_FOR, TERMS_VERSION
from pasokh.newsroom.outlets.signed_in import sign_in
from pasokh.newsroom.questions.models import PressQuestion
from pasokh.sites.clock import instant_now
from tests.newsroom.meetings.scene import a_meeting, letters

pytestmark = pytest.mark.usefixtures("rows")
_numbers = count(1)


def an_outlet(county: str, *, accredited: bool = True, language: str = "fa") -> Outlet:
    number, now = next(_numbers), instant_now()
    outlet: Outlet = Outlet.objects.create(
        outlet_id=f"o-{number}",
        name=f"outlet {number}",
        answers=f"person {number}",
        email=f"o{number}@example.com",
        county=county,
        kind="site",
        audience="x",
        address="x",
        letters_in=language,
        terms_version=TERMS_VERSION,
        terms_at=now - DAY,
        registered_at=now - DAY,
        asked_at=now - DAY,
        confirmed_at=now - DAY,
    )
    if accredited:
        outlet.decisions.create(
            granted=True, rule="all", by="p-1", at=now - 1, until=now + ACCREDITED_FOR
        )
    return outlet


def told() -> list[str]:
    return sorted(letter.to for letter in letters("meetings.invited:"))


def test_all_of_the_counties_are_invited_and_nobody_is_picked() -> None:
    here = [an_outlet("0915") for _ in range(3)] + [an_outlet("0901")]
    an_outlet("0902")
    an_outlet("0915", accredited=False)
    meeting = a_meeting(counties=["0915", "0901"])
    now = instant_now()
    assert invite(meeting.pk, "p-1", now) == 4
    assert told() == sorted(one.email for one in here)
    assert len({(one.subject, one.body) for one in letters("meetings.invited:")}) == 1
    late = an_outlet("0915")
    assert invite(meeting.pk, "p-1", now) == 5
    assert told() == sorted(one.email for one in [*here, late]), "nobody gets a second letter"
    kept = list(meeting.invitations.order_by("pk").values_list("outlets", "counties", "by"))
    assert kept == [(4, ["0915", "0901"], "p-1"), (5, ["0915", "0901"], "p-1")]


def test_without_a_county_all_are_invited_and_with_a_topic_those_who_chose_it() -> None:
    outlets = [an_outlet(county) for county in ("0901", "0902", "0915")]
    assert invite(a_meeting().pk, "p", instant_now()) == 3
    AlertWish.objects.create(outlet=outlets[1], topic="roads")
    AlertWish.objects.create(outlet=outlets[2], topic="roads", county="0902")
    AlertWish.objects.create(outlet=outlets[2], topic="fire")
    meeting = a_meeting(counties=["0901"], topics=["roads"])
    assert invite(meeting.pk, "p", instant_now()) == 2
    assert told().count(outlets[1].email) == 2


def test_nobody_is_invited_to_what_is_not_to_come() -> None:
    an_outlet("0915")
    for fields in ({"announced_at": None}, {"cancelled_at": 1}, {"begins_at": 1}):
        with pytest.raises(MeetingRefused, match="not_to_come"):
            invite(a_meeting(**fields).pk, "p", instant_now())
    assert told() == []


@pytest.mark.slow
def test_an_outlet_that_is_signed_in_registers_and_asks_without_a_letter(visitor: Client) -> None:
    meeting: Meeting = a_meeting()
    outlet = an_outlet("0915")
    assert visitor.get("/newsroom/fa/questions/own/").status_code == 302
    answer = visitor.get("/newsroom/fa/agenda/")
    sign_in(answer, outlet, instant_now())
    visitor.cookies.update(answer.cookies)
    page = f"/newsroom/fa/agenda/{meeting.pk}/"
    shown = visitor.get(page)
    assert outlet.name in shown.content.decode()
    assert "Cookie" in shown["Vary"]
    for _ in range(2):
        assert visitor.post(f"{page}ask/").status_code == 302
    (seat,) = MeetingSeat.objects.all()
    assert (seat.outlet_id, seat.name, seated(seat)) == (outlet.outlet_id, outlet.answers, True)
    assert visitor.post("/newsroom/fa/questions/own/", {"text": "چند؟"}).status_code == 302
    (question,) = PressQuestion.objects.all()
    assert (question.outlet_id, question.email) == (outlet.outlet_id, outlet.email)
    assert "چند؟" in visitor.get("/newsroom/fa/questions/own/").content.decode()

"""The release calendar in the office: the hour, a release that is moved, and who sees it before."""

from html import unescape
from typing import Any

import pytest
from django.test import Client

from pasokh.account.commands import BlockRelease, UnblockRelease
from pasokh.account.releases import BlockedBy
from pasokh.adapters.archive.publishing_line import PublishingLine
from pasokh.core.people import Role
from pasokh.core.time import DAY, HOUR, iso_day
from pasokh.office.calendar_page import Calendar
from pasokh.wiring_publishing import TOKEN_NAME, keep_token
from pasokh.words.say import say
from tests.office.conftest import FOLDER
from tests.office.people import make_person, sign_in

pytestmark = pytest.mark.slow

PAGE = "/office/fa/calendar/"


def text_of(client: Client, path: str = PAGE) -> str:
    return unescape(client.get(path).content.decode())


def a_release(place: int) -> tuple[str, Any]:
    """The address of a release to come, and the release."""
    release = Calendar().to_come()[place]
    return f"{PAGE}{release.release_id}/", release


def moved_by(release: Any, days: int) -> dict[str, str]:
    """What a person types to move a release."""
    day = (release.due_at + days * DAY + 12 * HOUR) // DAY
    return {"day": iso_day(day), "time": "۱۲:۰۰", "reason": "تعطیل رسمی"}


@pytest.mark.usefixtures("control_room")
def test_the_calendar_has_a_year_of_releases_with_their_hours() -> None:
    client = sign_in(make_person(Role.AUDITOR))
    page = text_of(client)
    assert page.count("<tr id=") >= 50
    months = [part.split('"')[0] for part in page.split("?month=")[1:]]
    assert 12 <= len(months) <= 14
    listed = sum(text_of(client, f"{PAGE}?month={month}").count("<tr id=") for month in months)
    assert listed == len(Calendar().to_come()) > 1_000
    assert 'action="/office/fa/calendar/' not in page, "an auditor changes nothing"
    assert say("fa", "office.door.calendar") in text_of(client, "/office/fa/")
    assert client.get(f"{PAGE}1970-01-01-final/").status_code == 404


@pytest.mark.usefixtures("control_room")
def test_a_release_goes_out_later_with_a_reason_and_earlier_by_two_people() -> None:
    first, second = sign_in(make_person(Role.PRESS_OFFICER)), sign_in(make_person(Role.SUPERVISOR))
    address, release = a_release(5)
    later = moved_by(release, 3)
    wrong = first.post(f"{address}move/", later | {"reason": " "})
    assert wrong.status_code == 400
    assert say("fa", "office.error.release_reason") in unescape(wrong.content.decode())
    assert first.post(f"{address}move/", later | {"day": "۱۴۰۵/۱۳/۱"}).status_code == 400
    assert first.post(f"{address}move/", later).status_code == 302
    assert "تعطیل رسمی" in text_of(first, address)
    assert Calendar().find(release.release_id).due_at > release.due_at
    moved = Calendar().find(release.release_id).due_at
    assert first.post(f"{address}move/", moved_by(release, 2)).status_code == 302
    assert say("fa", "office.calendar.own") in text_of(first, address)
    assert Calendar().find(release.release_id).due_at == moved
    assert first.post(f"{address}confirm/").status_code == 400
    assert f"{address}confirm/" in text_of(second, address)
    assert second.post(f"{address}confirm/").status_code == 302
    assert Calendar().find(release.release_id).due_at == moved - DAY
    assert "confirm/" not in text_of(second, address)


@pytest.mark.usefixtures("control_room")
def test_who_sees_a_release_before_everybody_is_noted_and_withdrawn() -> None:
    client = sign_in(make_person(Role.PRESS_OFFICER))
    address, _ = a_release(9)
    told = {"to": "دفتر استاندار", "reason": "قانون"}
    assert client.post(f"{address}give/", told | {"to": ""}).status_code == 400
    assert client.post(f"{address}give/", told).status_code == 302
    twice = client.post(f"{address}give/", told)
    assert twice.status_code == 400
    assert 'value="دفتر استاندار"' in unescape(twice.content.decode()), "what was typed stays"
    assert client.post(f"{address}withdraw/", told | {"reason": "نیازی نیست"}).status_code == 302
    page = text_of(client, address)
    assert say("fa", "office.calendar.withdrawn") in page
    assert "نیازی نیست" in page
    assert client.post(f"{address}none/", told).status_code == 404


def test_what_could_not_go_out_is_said_at_home_and_in_the_calendar(control_room: str) -> None:
    client = sign_in(make_person(Role.SUPERVISOR))
    assert say("fa", "office.blocked") not in text_of(client)
    keep_token(FOLDER)
    complaints: list[str] = []
    line = PublishingLine(control_room, FOLDER / TOKEN_NAME, complaints.append)
    line.enter("block-release", BlockRelease("r-late", 9, BlockedBy.TALLY, "offered", 9, 8), 1)
    assert complaints == []
    words: dict[str, str | int] = {"number": "offered", "said": 9, "held": 8}
    page = text_of(client)
    assert say("fa", "office.blocked.tally", **words) in page
    assert "r-late" in page
    assert say("fa", "office.blocked.home", count=1) in text_of(client, "/office/fa/")
    english = text_of(client, "/office/en/calendar/")
    assert say("en", "office.blocked.tally", **words) in english
    line.enter("unblock-release", UnblockRelease("r-late"), 2)
    assert "r-late" not in text_of(client)
    line.enter("set-release-hour", UnblockRelease("r-late"), 3)
    line.close()
    assert len(complaints) == 1, "its token is for nothing else"


@pytest.mark.usefixtures("control_room")
def test_the_hour_is_set_by_an_administrator_four_weeks_ahead() -> None:
    client = sign_in(make_person(Role.ADMINISTRATOR))
    assert client.post(f"{PAGE}hour/", {"time": "25:00", "reason": "x"}).status_code == 400
    assert client.post(f"{PAGE}hour/", {"time": "۱۰:۱۵", "reason": "بامداد"}).status_code == 302
    assert Calendar().sheet.desk.minute_on(10**6) == 615
    assert "۱۰:۱۵" in text_of(client)
    other = sign_in(make_person(Role.PRESS_OFFICER))
    assert other.post(f"{PAGE}hour/", {"time": "11:00", "reason": "x"}).status_code == 403

"""Sessions: locked, unlocked, revoked; in the office and, by the log, at the control room."""

import pytest
from django.conf import settings
from django.test import override_settings
from msgspec.structs import replace

from pasokh.core.people import Role
from pasokh.office.announcing import end_unannounced, tell_waiting
from pasokh.office.centre_offset import _offsets
from pasokh.office.models import Announcement, OpenedSession
from pasokh.sites.clock import instant_now
from pasokh.words.say import say
from tests.adapters.api.process import free_port
from tests.office.people import at_control_room, cookie_of, make_person, sign_in

pytestmark = [pytest.mark.usefixtures("control_room"), pytest.mark.slow]


def test_a_revoked_session_is_nobodys_anywhere(control_room: str) -> None:
    person = make_person(Role.DISPATCHER)
    client = sign_in(person)
    cookie = cookie_of(client)
    administrator = sign_in(make_person(Role.ADMINISTRATOR))
    digest = OpenedSession.objects.get(person=person).digest
    assert administrator.post(f"/office/fa/sessions/{digest}/end/").status_code == 302
    assert client.get("/office/fa/").status_code == 302
    assert at_control_room(control_room, cookie).status_code == 401


@pytest.mark.parametrize("language", ["fa", "en"])
def test_since_is_said_by_the_centres_calendar_and_clock(
    monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    person = make_person(Role.DISPATCHER)
    client = sign_in(person)
    # 2026-03-20 20:45 UTC: at Tehran's offset the next day has begun, and with it a new year.
    OpenedSession.objects.filter(person=person).update(opened_at=1_774_039_500_000)
    own, at_tehran = (
        say(language, "office.at", day=day, time=time)
        for day, time in {
            "fa": (("جمعه ۲۹ اسفند ۱۴۰۴", "۲۰:۴۵"), ("شنبه ۱ فروردین ۱۴۰۵", "۰۰:۱۵")),
            "en": (("Friday 20 March 2026", "20:45"), ("Saturday 21 March 2026", "00:15")),
        }[language]
    )
    page = f"/office/{language}/sessions/"
    assert own in client.get(page).content.decode()
    monkeypatch.setitem(_offsets, settings.PASOKH.control_room_url, 210)
    assert at_tehran in client.get(page).content.decode()
    away = replace(settings.PASOKH, control_room_url=f"http://127.0.0.1:{free_port()}")
    with override_settings(PASOKH=away):
        found = client.get(page).content.decode()
    assert say(language, "office.at.universal", when=own) in found


def test_nobody_ends_the_session_of_another() -> None:
    person = make_person(Role.DISPATCHER)
    client = sign_in(person)
    digest = OpenedSession.objects.get(person=person).digest
    other = sign_in(make_person(Role.SUPERVISOR))
    assert other.post(f"/office/fa/sessions/{digest}/end/").status_code == 404
    assert client.get("/office/fa/").status_code == 200


def test_signing_out_ends_it_in_the_log(control_room: str) -> None:
    client = sign_in(make_person(Role.DISPATCHER))
    cookie = cookie_of(client)
    client.post("/office/fa/accounts/logout/")
    assert at_control_room(control_room, cookie).status_code == 401


def test_a_dismissed_person_is_out_at_once(control_room: str) -> None:
    person = make_person(Role.CALL_TAKER)
    client = sign_in(person)
    cookie = cookie_of(client)
    administrator = sign_in(make_person(Role.ADMINISTRATOR))
    administrator.post(f"/office/fa/people/{person.person_id}/dismiss/")
    assert client.get("/office/fa/").status_code == 302
    assert at_control_room(control_room, cookie).status_code == 401


def test_a_desk_locks_and_unlocks(control_room: str) -> None:
    person = make_person(Role.CALL_TAKER)
    client = sign_in(person)
    cookie = cookie_of(client)
    client.post("/office/fa/lock/", {"why": "idle"}, headers={"Accept": "application/json"})
    assert at_control_room(control_room, cookie).json()["locked"] is True
    assert client.get("/office/fa/sessions/").status_code == 302
    assert client.get("/office/fa/desk/answer/").status_code == 200
    wrong = client.post("/office/fa/unlock/", {"code": "000000"})
    assert (wrong.status_code, OpenedSession.objects.get(person=person).locked) == (400, True)
    right = client.post("/office/fa/unlock/", {"code": person.codes[0]})
    assert right.status_code == 302
    assert at_control_room(control_room, cookie).json().get("locked", False) is False
    assert client.get("/office/fa/sessions/").status_code == 200


def test_a_password_unlocks_nothing_outside_the_demo() -> None:
    person = make_person(Role.CALL_TAKER, demo=True)
    client = sign_in(person)
    client.post("/office/fa/lock/")
    client.post("/office/fa/unlock/", {"password": "a rope of nine knots"})
    assert OpenedSession.objects.get(person=person).locked


def test_a_session_is_over_after_its_time() -> None:
    person = make_person(Role.CALL_TAKER)
    client = sign_in(person)
    row = OpenedSession.objects.get(person=person)
    assert row.expires_at - row.opened_at == 12 * 3_600_000
    OpenedSession.objects.filter(pk=row.pk).update(expires_at=instant_now())
    assert client.get("/office/fa/").status_code == 302


def test_what_the_log_could_not_hear_is_told_later(control_room: str) -> None:
    person = make_person(Role.CALL_TAKER)
    client = sign_in(person)
    cookie = cookie_of(client)
    digest = OpenedSession.objects.get(person=person).digest
    away = replace(settings.PASOKH, control_room_url=f"http://127.0.0.1:{free_port()}")
    with override_settings(PASOKH=away):
        client.post(f"/office/fa/sessions/{digest}/end/")
        assert client.get("/office/fa/").status_code == 302
    assert at_control_room(control_room, cookie).status_code == 200
    assert tell_waiting() == 0
    assert at_control_room(control_room, cookie).status_code == 401


def test_a_sign_in_that_fell_between_two_lines_is_ended() -> None:
    person = make_person(Role.CALL_TAKER)
    sign_in(person)
    OpenedSession.objects.filter(person=person).update(announced=False, opened_at=1)
    digest = OpenedSession.objects.get(person=person).digest
    end_unannounced()
    assert not OpenedSession.objects.filter(person=person).exists()
    assert Announcement.objects.filter(name="end-session", command__session_id=digest).exists()

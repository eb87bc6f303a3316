"""An invitation: one link, one use, 72 hours; the log hears of the person at once."""

import re
from time import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from pasokh.core.people import Role
from pasokh.core.time import HOUR
from pasokh.office.invitations import INVITATION_LASTS, invitation_of, invite
from pasokh.office.models import Announcement, Invitation, OfficePerson
from pasokh.sites.clock import instant_now
from tests.office.people import LOGIN, PASSWORD, browser, make_person, sign_in

pytestmark = pytest.mark.usefixtures("control_room")
NEW = {"name": "somebody", "roles": ["call_taker"], "county": "", "station": "11", "email": ""}


def invited(person_id: str) -> str:
    """Invite as an administrator; give the link's path."""
    client = sign_in(make_person(Role.ADMINISTRATOR))
    page = client.post("/office/fa/people/new/", {**NEW, "person_id": person_id})
    assert page.status_code == 200
    found = re.search(r"(/office/fa/welcome/[\w-]+/)", page.content.decode())
    assert found
    return found[1]


@pytest.mark.slow
def test_a_link_lets_in_once() -> None:
    link = invited("p-invited")
    told = Announcement.objects.get(name="place-person", command__person_id="p-invited")
    assert (told.waiting, told.settled) == (False, "")
    client = browser()
    page = client.get(link).content.decode()
    secret = re.search(r'<code dir="ltr">(\w+)</code>', page)
    assert secret
    code = format_hotp_value(hotp_value(secret[1], int(time()) // 30))
    given = {"password": PASSWORD, "again": PASSWORD, "code": code}
    weak = client.post(link, {**given, "password": "p-invited", "again": "p-invited"})
    assert 'class="error"' in weak.content.decode()
    assert not OfficePerson.objects.get(person_id="p-invited").is_active
    done = client.post(link, given)
    assert done.content.decode().count("<li><code>") == 10
    assert client.get(link).status_code == 410
    first = browser().post(LOGIN, {"login": "p-invited", "password": PASSWORD})
    assert first.status_code == 302


@pytest.mark.slow
def test_a_link_ends_after_72_hours_or_when_another_is_made() -> None:
    person = make_person(Role.DISPATCHER)
    token = invite(person)
    assert invitation_of(token)
    assert INVITATION_LASTS == 72 * HOUR
    Invitation.objects.filter(person=person).update(expires_at=instant_now())
    assert invitation_of(token) is None
    first, second = invite(person), invite(person)
    assert invitation_of(first) is None
    assert invitation_of(second)
    assert not Invitation.objects.filter(token_sha256=second).exists()


@pytest.mark.slow
def test_nobody_signs_up() -> None:
    for path in ("signup/", "password/reset/", "3rdparty/signup/", "email/"):
        assert browser().get(f"/office/fa/accounts/{path}").status_code == 404

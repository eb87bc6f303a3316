"""People and browsers for the tests of the office: made as an administrator would, signed in."""

from itertools import count
from time import time
from typing import Any

import httpx
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client

from pasokh.core.people import Role
from pasokh.office.announcing import announce_place
from pasokh.office.here import here_key
from pasokh.office.models import OfficePerson

PASSWORD = "a rope of nine knots"  # noqa: S105 - invented here
LOGIN = "/office/fa/accounts/login/"
SECOND = "/office/fa/accounts/2fa/authenticate/"
_PERIOD = 30
_numbers = count(1)


def make_person(*roles: Role, county: str = "", name: str = "", **fields: Any) -> OfficePerson:
    """Somebody who has accepted an invitation with password and authenticator."""
    number = next(_numbers)
    person = OfficePerson(
        person_id=f"p-{roles[0].value}-{number}",
        name=name or f"name {number}",
        roles=[role.value for role in roles],
        county=county,
        is_active=True,
        **fields,
    )
    person.set_password(PASSWORD)
    person.save()
    person.secret = generate_totp_secret()
    TOTP.activate(person, person.secret)
    person.codes = RecoveryCodes.activate(person).generate_codes()
    announce_place(person)
    return person


def code_of(person: OfficePerson, periods: int = 0) -> str:
    """What the authenticator shows, or showed so many periods ago (below 0)."""
    return str(format_hotp_value(hotp_value(person.secret, int(time()) // _PERIOD + periods)))


def browser() -> Client:
    """A browser at an address of its own, so that rate limits of other tests do not count."""
    return Client(
        SERVER_NAME="127.0.0.1", REMOTE_ADDR=f"10.9.{next(_numbers) // 250}.{next(_numbers) % 250}"
    )


def browser_here() -> Client:
    """A browser that has followed the link which a demonstration's start says."""
    client = browser()
    assert client.get(f"/office/fa/here/{here_key()}/").status_code == 302
    return client


def sign_in(person: OfficePerson) -> Client:
    """A browser in which the person has signed in with password and code."""
    client = browser()
    first = client.post(LOGIN, {"login": person.person_id, "password": PASSWORD})
    assert first.status_code == 302, first.content.decode()
    second = client.post(SECOND, {"code": code_of(person)})
    assert second.status_code == 302, second.content.decode()
    return client


def cookie_of(client: Client) -> str:
    """The browser's session, kept before somebody takes it away."""
    return str(client.cookies["pasokh_session"].value)


def at_control_room(url: str, cookie: str, path: str = "/desk/me") -> httpx.Response:
    """Ask the control room as a browser with this session would."""
    assert cookie
    return httpx.get(f"{url}{path}", cookies={"pasokh_session": cookie})

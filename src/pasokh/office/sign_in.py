"""Signing in: allauth proves who somebody is, the log hears it, then the browser may go on."""

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.contrib.auth import logout as django_logout
from django.http import HttpRequest
from django.utils.functional import lazy

from pasokh.office.announcing import announce, tell_waiting
from pasokh.office.models import OfficePerson
from pasokh.office.opened import end_session, open_session, session_of
from pasokh.office.trouble import trouble
from pasokh.sites.asker import asker_address
from pasokh.sites.control_room import ControlRoomAway
from pasokh.sites.languages import spoken
from pasokh.words.say import say

later: Callable[[str], str] = lazy(lambda message_id: say(spoken(), message_id), str)


class StaffDoor(DefaultAccountAdapter):
    """How accounts behave here: nobody signs up, every deed goes to the log."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": later("office.error.mismatch"),
        "too_many_login_attempts": later("office.error.too_many"),
        "account_inactive": later("office.error.mismatch"),
        "incorrect_password": later("office.error.mismatch"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's name
        """Refuse: people are invited."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing in passing, but faults that a form could not show."""
        if kwargs.get("message"):
            super().add_message(*args, **kwargs)

    def get_client_ip(self, request: HttpRequest) -> str:
        """Give the asker's address as the front saw it."""
        return asker_address(request) or super().get_client_ip(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Tell the log. A name that nobody here bears is not written down: it may be a password."""
        super().authentication_failed(request, **credentials)
        record_failure("password_totp", str(credentials.get("username", "")))

    def login(self, request: HttpRequest, user: OfficePerson) -> None:
        """Sign in here and in the log; if the log cannot hear it, neither."""
        means = means_of(request, user)
        if not means or not user.is_active:
            raise ImmediateHttpResponse(trouble(request, "unfinished", 403))
        tell_waiting()  # the log must know the person before the session
        super().login(request, user)
        request.session.save()
        try:
            told = open_session(request, user, means)
        except ControlRoomAway:
            django_logout(request)
            raise ImmediateHttpResponse(trouble(request, "away", 503)) from None
        if not told.accepted:
            django_logout(request)
            raise ImmediateHttpResponse(trouble(request, "refused", 403, told.sentence))

    def logout(self, request: HttpRequest) -> None:
        """End the session here and in the log."""
        row = session_of(request)
        if row is not None:
            end_session(row, "signed out")
        django_logout(request)


def record_failure(means: str, person_id: str = "") -> None:
    """Tell the log of a failed sign-in."""
    known = OfficePerson.objects.filter(person_id=person_id).exists() if person_id else False
    announce("record-failed-sign-in", {"means": means, "person_id": person_id if known else ""})


def means_of(request: HttpRequest, person: OfficePerson) -> str:
    """Name how the person proved who they are; empty when it is not enough."""
    records = get_authentication_records(request, person)
    found = {(record["method"], record.get("type")) for record in records}
    for (method, kind), means in _MEANS.items():
        if (method, kind) in found:
            return means
    if settings.PASOKH.demo and person.demo and found & {("demo", None), ("password", None)}:
        return "demo"
    return ""


# The strongest first: what somebody proved last decides, and a password alone is not enough.
_MEANS = {
    ("mfa", "webauthn"): "passkey",
    ("mfa", "recovery_codes"): "recovery_code",
    ("mfa", "totp"): "password_totp",
    ("socialaccount", None): "oidc",
}

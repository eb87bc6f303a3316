"""Invitations: a link that works once within 72 hours and lets a person set how they sign in."""

from collections.abc import Callable
from functools import partial
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any

from allauth.mfa.adapter import get_adapter as factor_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.webauthn.forms import SignupWebAuthnForm
from allauth.mfa.webauthn.internal import auth as webauthn
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pasokh.core.time import HOUR
from pasokh.office.models import Invitation, OfficePerson
from pasokh.office.sign_in import later
from pasokh.office.trouble import trouble
from pasokh.sites.clock import instant_now

INVITATION_LASTS = 72 * HOUR
INVITED_IN_SESSION = "pasokh.invited"
_BYTES = 32


class WelcomeForm(forms.Form):
    """A password twice, and the first code of the authenticator."""

    password = forms.CharField(max_length=200, widget=forms.PasswordInput, strip=False)
    again = forms.CharField(max_length=200, widget=forms.PasswordInput, strip=False)
    code = forms.CharField(max_length=12)

    def __init__(self, *args: Any, person: OfficePerson, secret: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._person = person
        self._secret = secret

    def clean_password(self) -> str:
        """Hold it to the validators."""
        validate_password(self.cleaned_data["password"], self._person)
        return str(self.cleaned_data["password"])

    def clean_code(self) -> str:
        """Check that the authenticator shows what it should."""
        if not totp.validate_totp_code(self._secret, self.cleaned_data["code"]):
            raise forms.ValidationError(later("office.error.code"))
        return str(self.cleaned_data["code"])

    def clean(self) -> None:
        """Compare the two."""
        if self.cleaned_data.get("password") != self.cleaned_data.get("again"):
            self.add_error("again", later("office.error.again"))


def invite(person: OfficePerson) -> str:
    """Make a link's token; earlier links of the person end."""
    token = token_urlsafe(_BYTES)
    with transaction.atomic():
        Invitation.objects.filter(person=person, used_at=None).delete()
        Invitation.objects.create(
            token_sha256=_digest(token), person=person, expires_at=instant_now() + INVITATION_LASTS
        )
    return token


def invitation_of(token: str) -> Invitation | None:
    """Give an invitation that is still good."""
    found = Invitation.objects.select_related("person").filter(
        token_sha256=_digest(token), used_at=None, expires_at__gt=instant_now()
    )
    invitation: Invitation | None = found.first() if token else None
    return None if invitation is None or invitation.person.dismissed else invitation


def accept(invitation: Invitation) -> bool:
    """Use an invitation up and let the person in from now on; False when somebody was faster."""
    with transaction.atomic():
        mine = Invitation.objects.filter(pk=invitation.pk, used_at=None)
        if not mine.update(used_at=instant_now()):
            return False
        OfficePerson.objects.filter(pk=invitation.person_id).update(is_active=True)
        return True


def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """Show an invitation, and take the password with its code, or the passkey."""
    invitation = invitation_of(token)
    if invitation is None:
        return trouble(request, "invitation", 410)
    request.session[INVITED_IN_SESSION] = token  # for the organisation's own sign-in
    person = invitation.person
    secret = totp.get_totp_secret()
    form = WelcomeForm(
        request.POST if "password" in request.POST else None, person=person, secret=secret
    )
    passkey = SignupWebAuthnForm(
        request.POST if "credential" in request.POST else None, user=person
    )
    if form.is_bound and form.is_valid():
        return _finish(request, invitation, partial(_with_password, form, secret))
    if passkey.is_bound and passkey.is_valid():
        return _finish(request, invitation, partial(_with_passkey, passkey))
    shown = {
        "person": person,
        "form": form,
        "passkey": passkey,
        "secret": secret,
        "totp_svg": _drawn(person, secret),
        "js_data": {"creation_options": webauthn.begin_registration(person, passwordless=True)},
    }
    return render(request, "office/welcome.html", shown)


def _drawn(person: OfficePerson, secret: str) -> str:
    adapter = factor_adapter()
    return str(adapter.build_totp_svg(adapter.build_totp_url(person, secret)))


def _with_password(form: WelcomeForm, secret: str, person: OfficePerson) -> None:
    person.set_password(form.cleaned_data["password"])
    person.save(update_fields=["password"])
    totp.TOTP.activate(person, secret)


def _with_passkey(form: SignupWebAuthnForm, person: OfficePerson) -> None:
    person.set_unusable_password()
    person.save(update_fields=["password"])
    webauthn.WebAuthn.add(person, form.cleaned_data["name"], form.cleaned_data["credential"])


def _finish(
    request: HttpRequest, invitation: Invitation, set_up: Callable[[OfficePerson], None]
) -> HttpResponse:
    """Use the link up and set the means, both or neither; show the recovery codes once."""
    with transaction.atomic():
        if not accept(invitation):
            return trouble(request, "invitation", 410)
        person = OfficePerson.objects.get(pk=invitation.person_id)
        # A link made for somebody who has lost everything: what they had opens no door now.
        Authenticator.objects.filter(user=person).delete()
        set_up(person)
        codes = RecoveryCodes.activate(person).generate_codes()
    request.session.flush()
    return render(request, "office/welcomed.html", {"person": person, "codes": codes})


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()

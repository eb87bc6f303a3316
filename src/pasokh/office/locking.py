"""Locking a desk and opening it again: one touch of the passkey, or a code."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm
from allauth.mfa.webauthn.internal import auth as webauthn
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from pasokh.office.models import OfficePerson
from pasokh.office.opened import lock, unlock
from pasokh.office.second_factor import CodeForm
from pasokh.office.sign_in import later, record_failure
from pasokh.office.trouble import trouble, wants_json
from pasokh.sites.control_room import ControlRoomAway

_WHYS = ("idle", "asked")


class DemoPasswordForm(forms.Form):
    """A demo account's password: only in the demo."""

    password = forms.CharField(max_length=200, widget=forms.PasswordInput, strip=False)

    def __init__(self, *args: Any, user: OfficePerson, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._person = user

    def clean_password(self) -> str:
        """Compare it, for demo accounts in the demo; refuse all others."""
        password = str(self.cleaned_data["password"])
        mine = settings.PASOKH.demo and self._person.demo
        if not (mine and self._person.check_password(password)):
            record_failure("demo", self._person.person_id)
            raise forms.ValidationError(later("office.error.mismatch"))
        return password


class DemoClickForm(forms.Form):
    """One click, as a demo account signs in: only in the demo."""

    click = forms.CharField(max_length=1)

    def __init__(self, *args: Any, user: OfficePerson, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._person = user

    def clean_click(self) -> str:
        """Take it from demo accounts in the demo; refuse all others."""
        if not (settings.PASOKH.demo and self._person.demo):
            raise forms.ValidationError(later("office.error.mismatch"))
        return str(self.cleaned_data["click"])


# field of the form -> form, means
_WAYS: dict[str, tuple[Any, str]] = {
    "credential": (AuthenticateWebAuthnForm, "passkey"),
    "code": (CodeForm, "password_totp"),
    "password": (DemoPasswordForm, "demo"),
    "click": (DemoClickForm, "demo"),
}


@require_POST
def lock_desk(request: HttpRequest) -> HttpResponse:
    """Lock this session: `why` is idle or asked."""
    why = request.POST.get("why", "asked")
    lock(request.opened, why if why in _WHYS else "asked")
    if wants_json(request):
        return JsonResponse({"locked": True})
    return redirect(f"{reverse('unlock')}?next={_next(request)}")


@require_GET
def unlock_options(request: HttpRequest) -> HttpResponse:
    """Give how this person may unlock, what one touch needs, and the proof that a form is ours."""
    return JsonResponse(
        {
            "request_options": webauthn.begin_authentication(request.user),
            "ways": _ways_of(request.user),
            "form_token": get_token(request),
        }
    )


def unlock_desk(request: HttpRequest) -> HttpResponse:
    """Show how to unlock, and unlock."""
    if not request.opened.locked:
        return JsonResponse({"locked": False}) if wants_json(request) else redirect(_next(request))
    form, means = _posted(request)
    if form is None or not form.is_valid():
        return _asked_again(request, form)
    if isinstance(form, CodeForm) and _is_recovery(form):
        means = "recovery_code"
    try:
        told = unlock(request.opened, means)
    except ControlRoomAway:
        return trouble(request, "away", 503)
    if not told.accepted:
        return trouble(request, "refused", 403, told.sentence)
    return JsonResponse({"locked": False}) if wants_json(request) else redirect(_next(request))


def _posted(request: HttpRequest) -> tuple[Any, str]:
    for field, (form, means) in _WAYS.items():
        if request.method == "POST" and field in request.POST:
            return form(request.POST, user=request.user), means
    return None, ""


def _asked_again(request: HttpRequest, form: Any) -> HttpResponse:
    errors = [str(error) for found in form.errors.values() for error in found] if form else []
    if wants_json(request):
        return JsonResponse({"locked": True, "errors": errors}, status=400)
    ways = _ways_of(request.user)
    shown = {
        "errors": errors,
        "has_passkey": ways["passkey"],
        "has_code": ways["code"],
        "has_password": ways["password"],
        "next": _next(request),
    }
    if shown["has_passkey"]:
        shown["js_data"] = {"request_options": webauthn.begin_authentication(request.user)}
    return render(request, "office/unlock.html", shown, status=400 if errors else 200)


def _ways_of(person: OfficePerson) -> dict[str, bool]:
    kinds = set(Authenticator.objects.filter(user=person).values_list("type", flat=True))
    in_demo = settings.PASOKH.demo and person.demo
    return {
        "passkey": Authenticator.Type.WEBAUTHN in kinds,
        "code": Authenticator.Type.TOTP in kinds,
        "password": in_demo,
        "click": in_demo,
    }


def _is_recovery(form: CodeForm) -> bool:
    return bool(form.authenticator.type == Authenticator.Type.RECOVERY_CODES)


def _next(request: HttpRequest) -> str:
    """Where to go on: a page of ours, or home."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if ours and wanted.startswith("/office/") else reverse("home")

"""The pages of the desks: a frame, and what the desk's own modules need to begin."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse

from pasokh.office.models import OfficePerson
from pasokh.sites.languages import spoken
from pasokh.words.say import CATALOGUES

DESKS = ("answer", "dispatch", "supervise", "wallboard")
_FAMILIES = (
    "desk.",
    "stage.",
    "outcome.",
    "class.",
    "probe.",
    "phase.",
    "handoff.",
    "position.",
    "availability.",
    "event.",
    "origin.",
    "channel.",
)


def desk_page(request: HttpRequest, desk: str) -> HttpResponse:
    """Give a desk's page; everything living in it comes from the control room."""
    return render(
        request, f"desk/{desk}.html", {"desk": desk, "desk_data": desk_data(request, desk)}
    )


def desk_data(request: HttpRequest, desk: str) -> dict[str, Any]:
    """Give the object that the page carries as `#desk`."""
    office = settings.PASOKH
    language = spoken()
    return {
        "language": language,
        "desk": desk,
        "messages": {
            message_id: text
            for message_id, text in CATALOGUES[language].items()
            if message_id.startswith(_FAMILIES)
        },
        "api": "",
        "phone": reverse("phone") if office.phone_url else "",
        "training": office.training,
        "person": request.user.person_id,
        "names": dict(OfficePerson.objects.values_list("person_id", "name")),
        "lock": {
            "url": reverse("lock"),
            "unlock_url": reverse("unlock"),
            "options_url": reverse("unlock-options"),
            "form_token": get_token(request),
            "idle_seconds": office.file.idle_lock_seconds,
            "demo": office.demo and request.user.demo,
        },
    }

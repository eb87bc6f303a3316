"""Pages that say what is in the way, and what to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pasokh.sites.languages import spoken
from pasokh.words.say import say


def trouble(request: HttpRequest, kind: str, status: int) -> HttpResponse:
    """Answer with `newsroom.trouble.<kind>`."""
    told = {
        "title": say(spoken(), f"newsroom.trouble.{kind}"),
        "mend": say(spoken(), f"newsroom.trouble.{kind}.mend"),
    }
    return render(request, "newsroom/trouble.html", told, status=status)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's
    """Answer a form without its proof that it is ours."""
    return trouble(request, "form", 403)


def broken_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Answer what cannot be read."""
    return trouble(request, "request", 400)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Answer for what is not here."""
    return trouble(request, "not_here", 404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Answer who may not."""
    return trouble(request, "forbidden", 403)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer a fault of ours."""
    return trouble(request, "broken", 500)

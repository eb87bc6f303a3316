"""Who sits at this machine: the start of a demonstration says a link there, and it is the proof.

Not the address that a request comes from: behind a proxy everybody comes from this machine.
"""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare, salted_hmac
from django.views.decorators.http import require_safe

COOKIE = "pasokh_here"
_SALT = "pasokh.office.here"


def here_key() -> str:
    """Give what only this machine's start says: hexadecimal, the same as long as the office's."""
    return salted_hmac(_SALT, "link", algorithm="sha256").hexdigest()[:32]


def here_link() -> str:
    """Give the demonstration's link to its people who sign in with one click."""
    office = settings.PASOKH
    return f"{office.public_url}/office/{office.language}/here/{here_key()}/"


def sits_here(request: HttpRequest) -> bool:
    """Tell whether this browser has followed the link."""
    return constant_time_compare(request.COOKIES.get(COOKIE, ""), here_key())


@require_safe
def come_in(request: HttpRequest, key: str) -> HttpResponse:  # noqa: ARG001 - a view
    """Let a browser remember that it sits here. The matrix opens this in the demo only."""
    if not constant_time_compare(key, here_key()):
        raise Http404
    answer = redirect("home")
    answer.set_cookie(COOKIE, key, path="/office/", httponly=True, samesite="Lax")
    return answer

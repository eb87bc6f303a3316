"""What is said after a form was taken: by a page of its own, so that loading it anew sends nothing.

What is said (a tracking code, say) waits ten minutes in a cookie of this browser, signed, read by
no script: it stands in no address, so in no log and no history, and in no row of ours. A browser
that keeps no cookies is answered at once, as forms always were; that nobody loses a code there,
a page with a form first leaves a cookie that says nothing.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from pasokh.newsroom.digests import digest_of

_KEEPS = "pasokh_keeps"
_SECONDS = 600
_HOUR = 3600
_SEE_OTHER = 303


def offered(answer: HttpResponse) -> HttpResponse:
    """Leave the cookie that says nothing with a page that has a form."""
    _set(answer, _KEEPS, "1", _HOUR)
    return answer


def answered(
    request: HttpRequest,
    kind: str,
    to: str,
    told: Mapping[str, Any],
    page: Callable[[HttpRequest, Mapping[str, Any]], HttpResponse],
) -> HttpResponse:
    """Send the browser on to where `page` says what was `told`, or say it at once.

    `kind`: a word for what was taken, as `told_of` asks for it. `told`: what JSON can hold.
    """
    return moved_on(kind, to, told) if _KEEPS in request.COOKIES else page(request, told)


def moved_on(kind: str, to: str, told: Mapping[str, Any]) -> HttpResponse:
    """Send the browser on, whether or not it keeps what is told: for pages that can do without."""
    answer = HttpResponseRedirect(to, status=_SEE_OTHER)
    _set(answer, _name(kind), signing.dumps(dict(told), salt=_name(kind)), _SECONDS)
    return answer


def told_of(request: HttpRequest, kind: str) -> dict[str, Any] | None:
    """Give what was told within the last ten minutes; None when nothing was, or not by us."""
    try:
        kept = request.COOKIES.get(_name(kind), "")
        told: dict[str, Any] = signing.loads(kept, salt=_name(kind), max_age=_SECONDS)
    except signing.BadSignature:
        return None
    return told


def told_behind(request: HttpRequest, kind: str, link: str) -> dict[str, Any] | None:
    """Give what was told to whoever posted to this same link, when its page is loaded anew.

    Such a thing told has the link's digest as `link`.
    """
    told = None if request.method == "POST" else told_of(request, kind)
    return told if told is not None and told["link"] == digest_of(link) else None


def _name(kind: str) -> str:
    return f"pasokh_taken_{kind}"


def _set(answer: HttpResponse, name: str, value: str, seconds: int) -> None:
    answer.set_cookie(
        name,
        value,
        max_age=seconds,
        path=f"/{settings.PASOKH_PLACE}/",
        secure=settings.PASOKH_NEWSROOM.secure,
        httponly=True,
        samesite="Strict",
    )

"""The cookie that says which outlet reads: signed, of one life, and of no use after signing out."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from pasokh.core.time import SECOND, Instant
from pasokh.newsroom.outlets.models import Outlet
from pasokh.newsroom.outlets.rules import SIGNED_IN_FOR
from pasokh.sites.clock import instant_now

COOKIE = "pasokh_outlet"
_PATH = "/newsroom/"
_SALT = "pasokh.newsroom.outlets"

_View = Callable[..., HttpResponse]


def outlet_of(asked: HttpRequest, now: Instant | None = None) -> Outlet | None:
    """Give the outlet that reads; None for everybody else."""
    now = instant_now() if now is None else now
    try:
        outlet_id, at = signing.loads(asked.COOKIES.get(COOKIE, ""), salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    outlet = Outlet.objects.filter(outlet_id=outlet_id, left_at=None).first()
    good = outlet is not None and outlet.signed_out_at < at <= now < at + SIGNED_IN_FOR
    return outlet if good else None


def accredited_of(asked: HttpRequest, now: Instant | None = None) -> Outlet | None:
    """Give the outlet that reads if it is accredited now."""
    now = instant_now() if now is None else now
    outlet = outlet_of(asked, now)
    return outlet if outlet is not None and outlet.accredited(now) else None


def sign_in(answer: HttpResponse, outlet: Outlet, now: Instant) -> None:
    """Give the browser its cookie."""
    answer.set_cookie(
        COOKIE,
        signing.dumps([outlet.outlet_id, now], salt=_SALT),
        max_age=SIGNED_IN_FOR // SECOND,
        path=_PATH,
        secure=settings.PASOKH_NEWSROOM.secure,
        httponly=True,
        samesite="Lax",
    )


def sign_out(answer: HttpResponse, outlet: Outlet, now: Instant) -> None:
    """End every cookie of the outlet, wherever it is."""
    outlet.signed_out_at = now
    outlet.save(update_fields=["signed_out_at"])
    answer.delete_cookie(COOKIE, path=_PATH)


def for_outlets(view: _View) -> _View:
    """Open a page to signed-in outlets; anybody else is asked to sign in."""

    @wraps(view)
    def looked_at(asked: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        outlet = outlet_of(asked)
        if outlet is None:
            return redirect("outlet-enter")
        answer = view(asked, outlet, *args, **kwargs)
        answer["Cache-Control"] = "no-store"
        return answer

    return looked_at


def for_accredited(view: _View) -> _View:
    """Open a page to accredited outlets; for anybody else there is none."""

    @wraps(view)
    def looked_at(asked: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        outlet = accredited_of(asked)
        if outlet is None:
            raise Http404
        answer = view(asked, outlet, *args, **kwargs)
        answer["Cache-Control"] = "no-store"
        return answer

    return looked_at

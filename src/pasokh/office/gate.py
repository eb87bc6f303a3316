"""The gate: every address passes here, by the matrix. Deny by default."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from pasokh.office.matrix import MATRIX, Locked, Row
from pasokh.office.opened import session_of
from pasokh.office.trouble import trouble, wants_json


class Gate:
    """Asks the matrix before any view is called."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look the session up in our rows first: one that was revoked is nobody's."""
        request.opened = session_of(request) if request.user.is_authenticated else None
        if request.user.is_authenticated and request.opened is None:
            logout(request)
        return self._get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Let in (None), or answer why not."""
        row = MATRIX.get(request.resolver_match.view_name)
        if row is None or (row.demo_only and not settings.PASOKH.demo):
            return trouble(request, "not_here", 404)
        if row.anybody:
            return None
        if request.opened is None:
            return _sign_in_first(request)
        return _objection(request, row)


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    if wants_json(request) or request.method != "GET":
        return trouble(request, "sign_in", 401)
    return redirect(f"{reverse('account_login')}?next={quote(request.path)}")


def _objection(request: HttpRequest, row: Row) -> HttpResponse | None:
    if not request.user.has(*row.roles):
        if row.secret:
            return trouble(request, "not_here", 404)
        return trouble(request, "forbidden", 403)
    if not request.opened.locked or row.locked is Locked.ALLOWED:
        return None
    if wants_json(request) or request.method != "GET":
        return trouble(request, "locked", 423)
    return redirect(f"{reverse('unlock')}?next={quote(request.path)}")

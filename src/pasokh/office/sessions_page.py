"""The page of open sessions: one's own; those of others for the administrator."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from pasokh.core.people import Role
from pasokh.office.models import OpenedSession
from pasokh.office.opened import end_session
from pasokh.sites.clock import instant_now


def sessions(request: HttpRequest) -> HttpResponse:
    """List them."""
    shown = {"sessions": _within_reach(request).order_by("-opened_at"), "mine": request.opened}
    return render(request, "office/sessions.html", shown)


@require_POST
def session_end(request: HttpRequest, digest: str) -> HttpResponse:
    """Revoke one: it ends here and, by the log, at every desk."""
    row = _within_reach(request).filter(digest=digest).first()
    if row is None:
        raise Http404
    end_session(row, "signed out" if row.person_id == request.user.pk else "revoked")
    return redirect("sessions")


def _within_reach(request: HttpRequest) -> Any:
    current = OpenedSession.objects.select_related("person").filter(
        announced=True, expires_at__gt=instant_now()
    )
    if not request.user.has(Role.ADMINISTRATOR):
        return current.filter(person=request.user)
    return current.filter(person__county=request.user.county) if request.user.county else current

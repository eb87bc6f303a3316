"""The staff's pages about outlets: who waits, and decisions that name their rule."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from pasokh.newsroom.counties import county_name
from pasokh.newsroom.outlets.accrediting import decide
from pasokh.newsroom.outlets.forms import OutletDecideForm
from pasokh.newsroom.outlets.models import Outlet
from pasokh.newsroom.outlets.rules import ASKED, AccreditationRule, waits
from pasokh.sites.clock import instant_now
from pasokh.sites.languages import spoken
from pasokh.words.say import say


@require_safe
def outlets_desk(request: HttpRequest) -> HttpResponse:
    """List the outlets by name: those about which somebody has to decide, then all."""
    now = instant_now()
    lines = [
        (one, county_name(one.county, spoken()), one.state(now).value, waits(one.known(), now))
        for one in Outlet.objects.filter(left_at=None).prefetch_related("decisions", "appeals")
    ]
    shown = {"waiting": [line for line in lines if line[3]], "lines": lines}
    return render(request, "newsroom/outlets/desk.html", shown)


@require_safe
def outlet_desk(request: HttpRequest, outlet_id: str) -> HttpResponse:
    """Show what an outlet declared, what was decided, and what may be decided now."""
    return _desk(request, get_object_or_404(Outlet, outlet_id=outlet_id))


@require_POST
def outlet_decide(request: HttpRequest, outlet_id: str) -> HttpResponse:
    """Decide by a rule."""
    outlet = get_object_or_404(Outlet, outlet_id=outlet_id)
    form = OutletDecideForm(request.POST)
    if not form.is_valid():
        return _desk(request, outlet, str(next(iter(form.errors.values()))[0]))
    refused = decide(
        outlet_id,
        AccreditationRule(form.cleaned_data["rule"]),
        form.cleaned_data["words"],
        request.user.person_id,
        instant_now(),
    )
    if refused:
        return _desk(request, outlet, say(spoken(), f"outlets.refused.{refused}"))
    return redirect("outlet-desk", outlet_id=outlet_id)


def _desk(request: HttpRequest, outlet: Outlet, error: str = "") -> HttpResponse:
    now = instant_now()
    state, waiting = outlet.state(now), waits(outlet.known(), now)
    shown: dict[str, Any] = {
        "outlet": outlet,
        "county": county_name(outlet.county, spoken()),
        "state": state.value,
        "waits": waiting,
        "decisions": outlet.decisions.order_by("-at", "-pk"),
        "appeals": outlet.appeals.order_by("-at"),
        "rules": [rule.value for rule in AccreditationRule if waiting or rule in ASKED],
        "me": request.user.person_id,
        "error": error,
        "typed": request.POST if error else {},
    }
    status = 400 if error else 200
    return render(request, "newsroom/outlets/outlet_desk.html", shown, status=status)

"""An outlet's own pages: everything held about it, its alerts, and what it may do."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from pasokh.newsroom.clock import offset_minutes
from pasokh.newsroom.counties import county_name
from pasokh.newsroom.outlets import accrediting, leaving, rules
from pasokh.newsroom.outlets.forms import DigestHourForm, OutletWordsForm, WishForm
from pasokh.newsroom.outlets.hooks import set_webhook
from pasokh.newsroom.outlets.hours import hour_told
from pasokh.newsroom.outlets.models import ADDRESS_MOST, AlertWish, Outlet
from pasokh.newsroom.outlets.registering import accept_terms
from pasokh.newsroom.outlets.signed_in import for_outlets, sign_out
from pasokh.newsroom.outside import OutsideRefused
from pasokh.newsroom.site.embargo import waiting_for
from pasokh.newsroom.site.known_topics import known_topics
from pasokh.newsroom.site.models import EmbargoRead
from pasokh.newsroom.site.shown import topic_name
from pasokh.sites.civil_time import said_at
from pasokh.sites.clock import instant_now
from pasokh.sites.languages import spoken
from pasokh.words.jalali import clock
from pasokh.words.say import knows, say

_READ_MOST = 100


@require_safe
@for_outlets
def outlet_own(request: HttpRequest, outlet: Outlet) -> HttpResponse:
    """Show where the outlet stands, what it may do, and every row about it."""
    return _own(request, outlet)


@require_POST
@for_outlets
def outlet_wish(request: HttpRequest, outlet: Outlet) -> HttpResponse:
    """Choose a topic in a county."""
    form = WishForm(request.POST)
    if not form.is_valid():
        return _own(request, outlet, "wish", _first_error(form))
    AlertWish.objects.get_or_create(outlet=outlet, **form.cleaned_data)
    return redirect("outlet-own")


@require_POST
@for_outlets
def outlet_unwish(request: HttpRequest, outlet: Outlet, wish_id: int) -> HttpResponse:  # noqa: ARG001
    """Choose it no more."""
    outlet.wishes.filter(pk=wish_id).delete()
    return redirect("outlet-own")


@require_POST
@for_outlets
def outlet_hour(request: HttpRequest, outlet: Outlet) -> HttpResponse:
    """Set the time of the digest."""
    form = DigestHourForm(request.POST)
    if not form.is_valid():
        return _own(request, outlet, "hour", _first_error(form))
    outlet.digest_minute = form.cleaned_data["hour"]
    outlet.urgent_wanted = form.cleaned_data["urgent"]
    outlet.save(update_fields=["digest_minute", "urgent_wanted"])
    return redirect("outlet-own")


@require_POST
@for_outlets
def outlet_webhook(request: HttpRequest, outlet: Outlet) -> HttpResponse:
    """Set where events go; the secret that signs them is shown this once."""
    address = request.POST.get("webhook", "").strip()[:ADDRESS_MOST]
    try:
        secret = set_webhook(outlet, address, instant_now())
    except OutsideRefused:
        return _own(request, outlet, "webhook", say(spoken(), "outlets.error.webhook"))
    return _own(request, outlet, secret=secret)


@require_POST
@for_outlets
def outlet_step(request: HttpRequest, outlet: Outlet, step: str) -> HttpResponse:
    """Ask again, appeal, accept the terms, sign out or leave."""
    now = instant_now()
    answer = redirect("outlet-own")
    refused = ""
    if step == "renew":
        refused = accrediting.renew(outlet, now)
    elif step == "appeal":
        form = OutletWordsForm(request.POST)
        words = form.cleaned_data["words"] if form.is_valid() else ""
        refused = accrediting.appeal(outlet, words, now)
    elif step == "terms":
        accept_terms(outlet, now)
    elif step in {"sign-out", "leave"}:
        answer = redirect("outlets")
        sign_out(answer, outlet, now)
        if step == "leave":
            leaving.leave(outlet, now)
    else:
        raise Http404
    if refused:
        return _own(request, outlet, step, say(spoken(), f"outlets.refused.{refused}"))
    return answer


def _own(
    request: HttpRequest, outlet: Outlet, step: str = "", error: str = "", *, secret: str = ""
) -> HttpResponse:
    now, known = instant_now(), outlet.known()
    shown: dict[str, Any] = {
        "outlet": outlet,
        "county": county_name(outlet.county, spoken()),
        "state": outlet.state(now).value,
        "last": known.last,
        "decisions": outlet.decisions.order_by("-at", "-pk"),
        "may_renew": not rules.why_not_renew(known, now),
        "may_appeal": not rules.why_not_appeal(known, now),
        "terms_old": outlet.terms_version != rules.TERMS_VERSION,
        "accredited": outlet.accredited(now),
        "wishes": [
            (one, topic_name(one.topic, spoken()), county_name(one.county, spoken()))
            for one in outlet.wishes.all()
        ],
        "wish_form": WishForm(),
        "topics": known_topics(),
        "hour": clock(spoken(), outlet.digest_minute * 60, seconds=False),
        "held": [
            (
                _table(name),
                [[(column, _cell(column, row[column])) for column in row] for row in rows],
            )
            for name, rows in leaving.held_about(outlet)
            if rows
        ],
        "waiting": [
            (one.news_id, hour_told(spoken(), one.out_at, offset_minutes()))
            for one in waiting_for(outlet.outlet_id)
        ],
        "read": EmbargoRead.objects.filter(outlet_id=outlet.outlet_id).order_by("-at")[:_READ_MOST],
        "secret": secret,
        "step": step,
        "error": error,
        "typed": request.POST if error else {},
    }
    status = 400 if error else 200
    return render(request, "newsroom/outlets/own.html", shown, status=status)


def _table(name: str) -> str:
    known = f"outlets.table.{name}"
    return say(spoken(), known if knows(spoken(), known) else "outlets.table.other")


def _cell(column: str, value: Any) -> Any:
    """Say a time as a time; the rest as it is kept."""
    is_time = column.endswith(("at", "until")) and isinstance(value, int) and value
    return said_at(spoken(), value) if is_time else value


def _first_error(form: forms.Form) -> str:
    return str(next(iter(form.errors.values()))[0])

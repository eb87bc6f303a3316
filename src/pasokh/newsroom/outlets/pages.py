"""The outlets' pages for everybody: who is accredited, by which rules, registering, signing in."""

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from pasokh.core.time import DAY
from pasokh.newsroom.counties import county_name
from pasokh.newsroom.outlets import registering, rules
from pasokh.newsroom.outlets.forms import OutletAddressForm, OutletForm
from pasokh.newsroom.outlets.models import Outlet, OutletDecision
from pasokh.newsroom.outlets.signed_in import outlet_of, sign_in
from pasokh.sites.clock import instant_now
from pasokh.sites.languages import spoken
from pasokh.words.say import say

_FORM_PAGE = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def outlets(request: HttpRequest) -> HttpResponse:
    """List accredited outlets by name, and count what was decided by which rule."""
    now = instant_now()
    decided = Counter(OutletDecision.objects.values_list("rule", flat=True))
    shown: dict[str, Any] = {
        "lines": [
            (one, county_name(one.county, spoken()))
            for one in Outlet.objects.here()
            if one.accredited(now)
        ],
        "decided": [(rule.value, decided[rule.value]) for rule in rules.AccreditationRule],
        "me": outlet_of(request, now),
    }
    return render(request, "newsroom/outlets/outlets.html", shown)


@require_safe
def outlet_rules(request: HttpRequest) -> HttpResponse:
    """State the rules, the terms, and how long each thing lasts."""
    shown = {
        "asked": [rule.value for rule in rules.ASKED],
        "version": rules.TERMS_VERSION,
        "terms": f"outlets.terms.{rules.TERMS_VERSION}",
        "days": {
            "accredited": rules.ACCREDITED_FOR // DAY,
            "renewed": rules.RENEWED_FROM // DAY,
            "again": rules.ASKED_AGAIN_AFTER // DAY,
            "appeal": rules.APPEALED_WITHIN // DAY,
            "erased": rules.ERASED_AFTER // DAY,
            "confirmed": rules.CONFIRMED_WITHIN // DAY,
        },
    }
    return render(request, "newsroom/outlets/rules.html", shown)


@_FORM_PAGE
def outlet_register(request: HttpRequest) -> HttpResponse:
    """Take what an outlet says of itself; the letter says the rest."""
    form = OutletForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = {name: form.cleaned_data[name] for name in OutletForm.Meta.fields}
        if registering.register(told, spoken(), instant_now()):
            return redirect("outlet-sent")
        form.add_error(None, say(spoken(), "outlets.error.too_many"))
    shown = {"form": form, "terms": f"outlets.terms.{rules.TERMS_VERSION}"}
    status = 400 if form.errors else 200
    return render(request, "newsroom/outlets/register.html", shown, status=status)


@require_safe
def outlet_sent(request: HttpRequest) -> HttpResponse:
    """Say that a letter is on its way, whether or not it is: the address tells nobody else."""
    return render(request, "newsroom/outlets/sent.html")


@_FORM_PAGE
def outlet_enter(request: HttpRequest) -> HttpResponse:
    """Ask for a link that lets in."""
    form = OutletAddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        registering.send_link(form.cleaned_data["email"], instant_now())
        return redirect("outlet-sent")
    status = 400 if form.errors else 200
    return render(request, "newsroom/outlets/enter.html", {"form": form}, status=status)


@_FORM_PAGE
def outlet_link(request: HttpRequest, token: str) -> HttpResponse:
    """Let in by a link: it is used up by the button, for programs follow links in letters."""
    now = instant_now()
    if request.method == "POST":
        outlet = registering.use_link(token, now)
        if outlet is not None:
            answer = redirect("outlet-own")
            sign_in(answer, outlet, now)
            return answer
    good = registering.link_is_good(token, now)
    answer = render(
        request, "newsroom/outlets/link.html", {"good": good}, status=200 if good else 410
    )
    answer["Cache-Control"] = "no-store"
    return answer

"""The public pages of trust: the survey and what came of it, complaints, the yearly book.

None needs a cookie: a link or a tracking code says whose it is. Who keeps cookies may load what is
said after a form anew, for ten minutes.
"""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from pasokh.core.time import DAY
from pasokh.newsroom.digests import digest_of
from pasokh.newsroom.taken import answered, offered, told_behind, told_of
from pasokh.newsroom.trust.book import book_of, current_year, survey_told
from pasokh.newsroom.trust.complaints import (
    KEPT_AFTER_ANSWER,
    PASSED_WITHIN,
    complain,
    complaint_of,
    figures,
)
from pasokh.newsroom.trust.models import CONTACT_MAX, NAME_MAX, TEXT_MAX
from pasokh.newsroom.trust.satisfaction import HIGHEST, LOWEST, QUESTIONS, TOLD_FROM
from pasokh.newsroom.trust.survey import is_open, take_answer
from pasokh.sites.clock import instant_now
from pasokh.sites.languages import spoken
from pasokh.words.digits import PERSIAN, digits

_FORM = require_http_methods(["GET", "HEAD", "POST"])
_YEARS = range(1380, 2101)


@never_cache
@csrf_exempt
@_FORM
def survey(request: HttpRequest, token: str) -> HttpResponse:
    """Ask the four questions of whom the link was sent to, once."""
    now = instant_now()
    shown: dict[str, Any] = {
        "open": is_open(token, now),
        "questions": [(one, f"newsroom.survey.{one}") for one in QUESTIONS],
        "scores": [(n, f"newsroom.survey.score.{n}") for n in range(LOWEST, HIGHEST + 1)],
        "most": TEXT_MAX,
        "error": "",
    }
    if told := told_behind(request, "survey", token):
        return _survey_taken(request, told)
    if request.method == "POST" and shown["open"]:
        scores = _scores(request)
        text = _plain(request.POST.get("text", ""), TEXT_MAX)
        if text or any(scores.values()):
            if take_answer(token, scores, text, now):
                taken = {"link": digest_of(token)}
                return answered(request, "survey", request.path, taken, _survey_taken)
            shown["open"] = False
        else:
            shown["error"] = "newsroom.survey.nothing"
    code = 400 if shown["error"] else 200 if shown["open"] else 410
    return offered(render(request, "newsroom/trust/survey.html", shown, status=code))


def _survey_taken(request: HttpRequest, told: Mapping[str, Any]) -> HttpResponse:  # noqa: ARG001
    return render(request, "newsroom/trust/survey.html", {"done": True})


@require_safe
def survey_results(request: HttpRequest) -> HttpResponse:
    """Show what callers said, each figure with who was asked and who answered; and the method."""
    shown = {"months": survey_told(spoken()), "told_from": TOLD_FROM}
    return render(request, "newsroom/trust/survey_results.html", shown)


@never_cache
@csrf_exempt
@_FORM
def complaint(request: HttpRequest) -> HttpResponse:
    """Take a complaint and give its tracking number; say how complaints went."""
    now = instant_now()
    text = _plain(request.POST.get("text", ""), TEXT_MAX)
    told = figures(now)
    shown: dict[str, Any] = {
        "typed": request.POST,
        "name_most": NAME_MAX,
        "contact_most": CONTACT_MAX,
        "most": TEXT_MAX,
        "error": "",
        "counted": told,
        "days_passed": _days(told.median_days_passed),
        "days_answered": _days(told.median_days_answered),
        "passed_days": PASSED_WITHIN // DAY,
        "kept_days": KEPT_AFTER_ANSWER // DAY,
    }
    if request.method == "POST":
        if text:
            name = _plain(request.POST.get("name", ""), NAME_MAX)
            contact = _plain(request.POST.get("contact", ""), CONTACT_MAX)
            kept = {"code": complain(name, contact, text, now)}
            return answered(request, "complaint", reverse("complaint-kept"), kept, _complaint_kept)
        shown["error"] = "newsroom.complaint.empty"
    code = 400 if shown["error"] else 200
    return offered(render(request, "newsroom/trust/complaint.html", shown, status=code))


@never_cache
@require_safe
def complaint_kept(request: HttpRequest) -> HttpResponse:
    """Say the tracking number again to the browser that has just complained."""
    told = told_of(request, "complaint")
    return redirect("complaint-state") if told is None else _complaint_kept(request, told)


def _complaint_kept(request: HttpRequest, told: Mapping[str, Any]) -> HttpResponse:
    shown = {"code": digits(spoken(), told["code"]), "passed_days": PASSED_WITHIN // DAY}
    return render(request, "newsroom/trust/complaint_kept.html", shown)


@never_cache
@csrf_exempt
@_FORM
def complaint_state(request: HttpRequest) -> HttpResponse:
    """Say how far the complaint of a tracking number is, to who has it."""
    typed = request.POST.get("code", "")
    shown = {"code": typed, "asked": request.method == "POST", "found": complaint_of(typed)}
    return render(request, "newsroom/trust/complaint_state.html", shown)


@require_safe
def book_now(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view
    """Go to this year's book, by the calendar of the language."""
    return redirect("book", year=current_year(spoken(), instant_now()))


@require_safe
def book(request: HttpRequest, year: int) -> HttpResponse:
    """Show the book of a year of either calendar."""
    if year not in _YEARS:
        raise Http404
    shown = book_of(spoken(), year, instant_now())
    return render(request, "newsroom/trust/book.html", shown)


def _scores(request: HttpRequest) -> dict[str, int | None]:
    return {one: _score(request.POST.get(one, "")) for one in QUESTIONS}


def _score(typed: str) -> int | None:
    return int(typed) if typed.isdecimal() and LOWEST <= int(typed) <= HIGHEST else None


def _plain(text: str, most: int) -> str:
    """Give what was typed without what no table holds."""
    return text.replace("\r\n", "\n").replace("\x00", "").strip()[:most]


def _days(value: float | None) -> str:
    if value is None:
        return ""
    text = f"{value:.1f}"
    return text.translate(PERSIAN) if spoken() == "fa" else text

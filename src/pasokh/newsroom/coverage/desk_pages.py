"""The staff's pages about coverage: what was found, and asking an outlet to set a number right.

Nothing goes out by itself: a request is a letter that a person writes and sends.
"""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from pasokh.newsroom.coverage.deeds import ask_for_correction, set_aside
from pasokh.newsroom.coverage.models import WORDS_MOST, Coverage, OutletFeed
from pasokh.newsroom.coverage.numbers_told import NumberVerdict
from pasokh.newsroom.site.models import NewsRelease
from pasokh.newsroom.site.texts import read_any
from pasokh.sites.clock import instant_now
from pasokh.sites.languages import spoken
from pasokh.words.say import say
from pasokh.words.spelling import sort_key

_A_PAGE = 50
_SUBJECT_MOST = 200


@require_safe
def coverage_desk(request: HttpRequest) -> HttpResponse:
    """List what was found, the newest first; on wish only what has one verdict."""
    verdicts = [one.value for one in NumberVerdict]
    wanted = request.GET.get("verdict", "")
    found = Coverage.objects.filter(set_aside_by="").select_related("feed")
    if wanted in verdicts:
        found = found.filter(verdict=wanted)
    page = Paginator(found, _A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "page": page,
        "verdicts": verdicts,
        "wanted": wanted if wanted in verdicts else "",
        "feeds": sorted(OutletFeed.objects.all(), key=lambda one: sort_key(one.outlet_name)),
    }
    return render(request, "newsroom/coverage/desk.html", shown)


@require_safe
def coverage_one(request: HttpRequest, coverage_id: int) -> HttpResponse:
    """Show one beside our own words, with what was asked and a letter to write."""
    return _one(request, get_object_or_404(Coverage, pk=coverage_id))


@require_POST
def coverage_ask(request: HttpRequest, coverage_id: int) -> HttpResponse:
    """Send the letter that was written."""
    coverage = get_object_or_404(Coverage, pk=coverage_id)
    refused = ask_for_correction(
        coverage,
        request.POST.get("subject", "")[:_SUBJECT_MOST],
        request.POST.get("words", ""),
        request.user.person_id,
        instant_now(),
    )
    if refused:
        return _one(request, coverage, say(spoken(), f"coverage.refused.{refused}"))
    return redirect("coverage-one", coverage_id=coverage_id)


@require_POST
def coverage_aside(request: HttpRequest, coverage_id: int) -> HttpResponse:
    """Take from the list what is no release of ours."""
    set_aside(get_object_or_404(Coverage, pk=coverage_id), request.user.person_id)
    return redirect("coverage-desk")


def _one(request: HttpRequest, coverage: Coverage, error: str = "") -> HttpResponse:
    release = NewsRelease.objects.filter(news_id=coverage.news_id).first()
    version = release.shown() if release else None
    text = read_any(version.text) if version else None
    ours = text.plain_words(spoken()) if text else None
    title = ours.title if ours else coverage.news_id
    shown: dict[str, Any] = {
        "one": coverage,
        "ours": ours,
        "ours_language": text.language(spoken()) if text else spoken(),
        "asked": coverage.requests.all(),
        "subject": say(spoken(), "coverage.subject", title=title),
        "typed": request.POST if error else {},
        "error": error,
        "words_most": WORDS_MOST,
        "subject_most": _SUBJECT_MOST,
    }
    return render(request, "newsroom/coverage/one.html", shown, status=400 if error else 200)

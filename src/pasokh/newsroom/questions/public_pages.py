"""Answered questions as everybody reads them, and a page of one's own for whoever asks.

A question that waits is shown to its asker and the press office. Everybody else learns how many
wait, how many are late, and for how long.
"""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from pasokh.core.time import DAY, HOUR, Instant
from pasokh.newsroom.meetings.forms import JournalistForm
from pasokh.newsroom.meetings.journalists import Journalist, journalist_of, opened
from pasokh.newsroom.meetings.links import why_no_link
from pasokh.newsroom.questions.deeds import (
    PROMISED,
    QuestionRefused,
    ask,
    published,
    times_by_month,
    times_since,
)
from pasokh.newsroom.questions.forms import QuestionForm
from pasokh.newsroom.questions.letters import prove_address
from pasokh.newsroom.questions.models import PressQuestion
from pasokh.newsroom.questions.spans import told_span
from pasokh.newsroom.taken import moved_on, told_of
from pasokh.newsroom.unlisted import unlisted
from pasokh.sites.clock import instant_now
from pasokh.sites.languages import spoken
from pasokh.words.say import say

# What the public figures are about.
_SINCE = 365 * DAY
_ON_A_PAGE = 25


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """List what was answered, with how long it takes and how much waits."""
    return _listed(request, JournalistForm())


@require_safe
def question(request: HttpRequest, question_id: int) -> HttpResponse:
    """Show one that was answered; of any other it is secret whether it exists."""
    found = PressQuestion.objects.exclude(answered_at=None).filter(pk=question_id).first()
    if found is None:
        raise Http404
    shown = {
        "question": found,
        "answers": found.answers.order_by("pk"),
        "took": told_span(spoken(), found.answered_at - found.asked_at),
    }
    return render(request, "newsroom/questions/question.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def question_link(request: HttpRequest) -> HttpResponse:
    """Send the link to one's own questions, and say that it was sent."""
    if request.method != "POST":
        told = told_of(request, "question_link")
        if told is None:
            return redirect("questions")
        return render(request, "newsroom/questions/letter_sent.html", told)
    form = JournalistForm(request.POST)
    if not form.is_valid():
        return _listed(request, form)
    now = instant_now()
    error = why_no_link(request, now)
    if error:
        return _listed(request, form, say(spoken(), error))
    asker = Journalist(**form.cleaned_data, language=spoken())
    prove_address(asker, now // HOUR)
    return moved_on("question_link", request.path, {"email": asker.email})


def questions_own(request: HttpRequest, token: str = "") -> HttpResponse:
    """Show one's own questions, and take a new one. Outlets that are signed in need no link."""
    asker = opened(token) if token else journalist_of(request)
    if asker is None and not token:
        return redirect("outlet-enter")
    if asker is None:
        return unlisted(request, "newsroom/questions/link_over.html", {}, 404)
    form = QuestionForm(request.POST or None)
    error = ""
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            ask(
                asker,
                typed["text"],
                typed["due_at"],
                name_wanted=typed["name_wanted"],
                now=instant_now(),
            )
        except QuestionRefused as refused:
            error = say(spoken(), str(refused))
        else:
            return redirect(f"{request.path}#asked")
    shown = {
        "asker": asker,
        "form": form,
        "error": error,
        "own": PressQuestion.objects.filter(email=asker.email).order_by("-pk"),
        "promised": PROMISED // HOUR,
    }
    bad = error or form.errors
    return unlisted(request, "newsroom/questions/own.html", shown, 400 if bad else 200)


def told_times(now: Instant) -> dict[str, Any]:
    """Give the public figures to a page: a median never goes without what it is the median of."""
    times = times_since(now - _SINCE, now)
    language = spoken()
    return {
        "times": times,
        "median": "" if times.median is None else told_span(language, times.median),
        "oldest": "" if times.oldest is None else told_span(language, times.oldest),
        "promised": PROMISED // HOUR,
    }


def _listed(request: HttpRequest, form: JournalistForm, error: str = "") -> HttpResponse:
    now = instant_now()
    pages = Paginator(published(), _ON_A_PAGE)
    shown: dict[str, Any] = {
        "page": pages.get_page(request.GET.get("page")),
        **told_times(now),
        "months": [
            (month.name, times, "" if times.median is None else told_span(spoken(), times.median))
            for month, times in times_by_month(now)
        ],
        "form": form,
        "error": error,
    }
    bad = error or form.errors
    return render(request, "newsroom/questions/questions.html", shown, status=400 if bad else 200)

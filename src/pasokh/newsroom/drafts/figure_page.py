"""Picking a published figure for a draft: by day and name, with the rounding chosen there."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pasokh.core.time import day_from_iso
from pasokh.newsroom.drafts import deeds
from pasokh.newsroom.drafts.at_desk import draft_or_404, figures_out, no
from pasokh.newsroom.drafts.contents import DraftFigure
from pasokh.newsroom.drafts.deeds import DraftRefused
from pasokh.sites.clock import instant_now
from pasokh.sites.languages import spoken
from pasokh.words.jalali import long_day
from pasokh.words.jalali_typed import TypedWrong, parse_day, typed_day

_DAYS_OFFERED = 60


def draft_figures(request: HttpRequest, news_id: str) -> HttpResponse:
    """Search what is published, or take a figure into the draft."""
    row = draft_or_404(news_id)
    error = ""
    if request.method == "POST":
        path, _, step = request.POST.get("figure", "").rpartition("@")
        found = figures_out().find(path)
        if found is None or step not in {str(one) for one, _ in found.choices}:
            error = "figure"
        else:
            try:
                number = deeds.add_figure(
                    row, DraftFigure(path, int(step)), request.user.person_id, instant_now()
                )
            except DraftRefused as refused:
                error = str(refused)
            else:
                answer: HttpResponse = redirect("press-draft", news_id=news_id)
                answer["Location"] += f"?figure={number}#figures"
                return answer
    return _search(request, news_id, error)


def _search(request: HttpRequest, news_id: str, error: str) -> HttpResponse:
    published = figures_out()
    days = published.days()
    typed, name = request.GET.get("day", "").strip(), request.GET.get("name", "").strip()
    day = _day(typed) if typed else next(iter(days), "")
    shown = {
        "news_id": news_id,
        "day": typed or (typed_day(spoken(), day_from_iso(day)) if day else ""),
        "said": long_day(spoken(), day_from_iso(day)) if day else "",
        "name": name,
        "days": [typed_day(spoken(), day_from_iso(one)) for one in days[:_DAYS_OFFERED]],
        "found": [
            (
                one,
                one.names[spoken()],
                [(f"{one.path}@{step}", words[spoken()]) for step, words in one.choices],
            )
            for one in (published.of_day(day, name) if day else [])
        ],
        "error": no(DraftRefused(error)) if error else "",
    }
    return render(request, "newsroom/drafts/figures.html", shown, status=400 if error else 200)


def _day(typed: str) -> str:
    try:
        return parse_day(typed).isoformat()
    except TypedWrong:
        return ""

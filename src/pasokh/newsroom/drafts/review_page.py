"""The page on which somebody reads a draft whole, and lets it out or gives it back, and why."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pasokh.newsroom.drafts import deeds
from pasokh.newsroom.drafts.at_desk import (
    draft_or_404,
    figures_out,
    found_in,
    line_open,
    news_sheet,
    no,
    shown_in,
    version_in,
)
from pasokh.newsroom.drafts.checking import Weight, needs_two, with_figures
from pasokh.newsroom.drafts.contents import Contents, from_row
from pasokh.newsroom.drafts.deeds import DraftRefused
from pasokh.newsroom.drafts.editor_shown import steps_shown
from pasokh.newsroom.drafts.models import Draft
from pasokh.newsroom.drafts.publishing import publish
from pasokh.newsroom.drafts.taking_up import sheet_of, stands_of
from pasokh.newsroom.drafts.throwing_away import may_give_up, may_throw
from pasokh.newsroom.staff import names_of
from pasokh.sites.clock import instant_now
from pasokh.sites.languages import spoken
from pasokh.words.hints import hints_in
from pasokh.words.say import LANGUAGES


@line_open
def draft_review(request: HttpRequest, news_id: str) -> HttpResponse:
    """Show a draft as it will be read; let it out, or give it back."""
    row = draft_or_404(news_id)
    if row.state in (deeds.ASKED, deeds.SETTLED):
        return redirect("press-draft-out", news_id=news_id)
    if request.method != "POST":
        return review_shown(request, row)
    try:
        told = _decided(request, row)
    except DraftRefused as refused:
        told = no(refused)
    if told:
        return review_shown(request, draft_or_404(news_id), told)
    returned = request.POST.get("deed") == "return"
    return redirect("press-draft" if returned else "press-draft-out", news_id=news_id)


def _decided(request: HttpRequest, row: Draft) -> str:
    """Let it out or give it back; give the sentence of the log's no."""
    version = version_in(request)
    reason, although = request.POST.get("reason", ""), request.POST.get("although", "")
    if request.POST.get("deed") == "return":
        deeds.give_back(row, version, request.user.person_id, reason, instant_now())
        return ""
    if row.version == version and row.state != deeds.REVIEW:
        raise DraftRefused("state")
    return publish(request, row, version, reason, although)


def review_shown(request: HttpRequest, row: Draft, error: str = "") -> HttpResponse:
    """Draw the page, with why a deed was not done."""
    contents = from_row(row.contents)
    shown = shown_in(contents)
    findings = found_in(contents)
    logged = sheet_of(news_sheet(), row.news_id)
    stands = stands_of(logged)
    page: dict[str, Any] = {
        "draft": row,
        "contents": contents,
        "texts": _texts(contents),
        "was": _texts(stands) if stands else [],
        "waits": logged.waits,
        "figures": _figures(contents, shown),
        "findings": [
            {"said": one.said[spoken()], "quoted": one.quoted, "stops": one.weight is Weight.STOPS}
            for one in findings
        ],
        "stops": any(one.weight is Weight.STOPS for one in findings),
        "although": any(one.weight is Weight.REASON for one in findings),
        "hints": _hints_left(contents),
        "needs_two": needs_two(contents),
        "own": row.author == request.user.person_id,
        "author": names_of([row.author])[row.author] or row.author,
        "reviewing": row.state == deeds.REVIEW,
        "thrown": row.state == deeds.THROWN,
        "may_throw": may_throw(row, logged, request.user.person_id, request.user.roles),
        "may_give_up": may_give_up(row, logged, request.user.person_id, request.user.roles),
        "steps": steps_shown(row),
        "typed": request.POST,
        "error": error,
    }
    return render(request, "newsroom/drafts/review.html", page, status=400 if error else 200)


def _texts(contents: Contents) -> list[dict[str, Any]]:
    shown = shown_in(contents)
    return [_text(contents, one, shown) for one in LANGUAGES if contents.speaks(one)]


def _hints_left(contents: Contents) -> int:
    parts = ((one, part) for one in LANGUAGES for part in contents.words(one))
    return sum(len(hints_in(language, part)) for language, part in parts)


def _text(
    contents: Contents, language: str, shown: Sequence[Mapping[str, str] | None]
) -> dict[str, Any]:
    title, lead, body = (with_figures(one, language, shown) for one in contents.words(language))
    return {
        "language": language,
        "direction": "rtl" if language == "fa" else "ltr",
        "title": title,
        "lead": lead,
        "paragraphs": [part for part in body.split("\n\n") if part.strip()],
        "correction": getattr(contents, f"correction_{language}"),
        "contact": getattr(contents, f"contact_{language}"),
        "pictures": [
            (one, one.alt.get(language, ""), one.caption.get(language, ""))
            for one in contents.pictures
        ],
    }


def _figures(contents: Contents, shown: Sequence[Mapping[str, str] | None]) -> list[dict[str, Any]]:
    known = figures_out()
    told = []
    for one, words in zip(contents.figures, shown, strict=True):
        found = known.find(one.path)
        exact = dict(found.choices)[found.choices[0][0]][spoken()] if found else ""
        told.append(
            {
                "name": found.names[spoken()] if found else one.path,
                "about": found.days[spoken()] if found else "",
                "figure_id": found.leaf.figure_id if found else "",
                "shown": words[spoken()] if words else "",
                "exact": exact,
            }
        )
    return told

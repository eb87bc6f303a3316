"""The deed of throwing a draft away, and of taking it up again."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from pasokh.newsroom.drafts.at_desk import draft_or_404, line_open, news_sheet, no, version_in
from pasokh.newsroom.drafts.deeds import DraftRefused
from pasokh.newsroom.drafts.review_page import review_shown
from pasokh.newsroom.drafts.taking_up import sheet_of
from pasokh.newsroom.drafts.throwing_away import may_throw, take_again, throw_away
from pasokh.sites.clock import instant_now


@require_POST
@line_open
def draft_throw(request: HttpRequest, news_id: str) -> HttpResponse:
    """Throw a draft away with a reason, or take it up again."""
    row, person = draft_or_404(news_id), request.user.person_id
    if not may_throw(row, sheet_of(news_sheet(), news_id), person, request.user.roles):
        raise Http404
    again = request.POST.get("deed") == "take"
    try:
        if again:
            take_again(row, version_in(request), person, instant_now())
        else:
            reason = request.POST.get("thrown", "")
            throw_away(row, version_in(request), person, reason, instant_now())
    except DraftRefused as refused:
        return review_shown(request, draft_or_404(news_id), no(refused))
    if again:
        return redirect("press-draft", news_id=news_id)
    return redirect("press-drafts")

"""The deed of throwing a draft away, of taking it up again, and of giving a correction up."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from pasokh.newsroom.drafts.at_desk import draft_or_404, line_open, news_sheet, no, version_in
from pasokh.newsroom.drafts.deeds import DraftRefused
from pasokh.newsroom.drafts.models import Draft
from pasokh.newsroom.drafts.review_page import review_shown
from pasokh.newsroom.drafts.standing import InLog
from pasokh.newsroom.drafts.taking_up import sheet_of, stands_of
from pasokh.newsroom.drafts.throwing_away import (
    give_up,
    may_give_up,
    may_throw,
    take_again,
    throw_away,
)
from pasokh.sites.clock import instant_now


@require_POST
@line_open
def draft_throw(request: HttpRequest, news_id: str) -> HttpResponse:
    """Throw a draft away with a reason or give a correction up, or take a draft up again."""
    row, logged = draft_or_404(news_id), sheet_of(news_sheet(), news_id)
    again = request.POST.get("deed") == "take"
    try:
        _do(request, row, logged, again=again)
    except DraftRefused as refused:
        return review_shown(request, draft_or_404(news_id), no(refused))
    if again:
        return redirect("press-draft", news_id=news_id)
    return redirect("press-drafts")


def _do(request: HttpRequest, row: Draft, logged: InLog, *, again: bool) -> None:
    person, roles = request.user.person_id, request.user.roles
    version, reason = version_in(request), request.POST.get("thrown", "")
    if may_give_up(row, logged, person, roles):
        stands = stands_of(logged)
        if stands is None:
            raise Http404
        give_up(row, version, stands, reason, by=person, now=instant_now())
    elif not may_throw(row, logged, person, roles):
        raise Http404
    elif again:
        take_again(row, version, person, instant_now())
    else:
        throw_away(row, version, person, reason, instant_now())

"""The moderators' page: what waits, the longest first, and appeals about what others refused."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from pasokh.newsroom.comments.judging import (
    PUBLISHED,
    NotYours,
    appeals_to_judge,
    figures,
    judge,
    judge_appeal,
    to_judge,
)
from pasokh.newsroom.comments.releases import title_of
from pasokh.newsroom.comments.rules import RULES
from pasokh.sites.clock import instant_now
from pasokh.sites.languages import spoken


@require_safe
def comments_desk(request: HttpRequest) -> HttpResponse:
    """List what waits for somebody's word."""
    return _listed(request)


@require_POST
def comment_judge(request: HttpRequest, comment_id: str) -> HttpResponse:
    """Publish a comment, or refuse it by a rule."""
    said = request.POST.get("rule", "")
    if not said.isdecimal() or int(said) not in (PUBLISHED, *RULES):
        return _listed(request, comment_id, "newsroom.comments.desk.needs_rule")
    if not judge(comment_id, request.user.person_id, int(said), instant_now()):
        return _listed(request, comment_id, "newsroom.comments.desk.decided")
    return redirect("comments-desk")


@require_POST
def comment_appeal_judge(request: HttpRequest, comment_id: str) -> HttpResponse:
    """Decide on an appeal about another moderator's refusal."""
    said = request.POST.get("upheld", "")
    if said not in ("yes", "no"):
        return _listed(request, comment_id, "newsroom.comments.desk.needs_word")
    me, now = request.user.person_id, instant_now()
    try:
        done = judge_appeal(comment_id, me, upheld=said == "yes", now=now)
    except NotYours:
        return _listed(request, comment_id, "newsroom.comments.desk.not_yours")
    if not done:
        return _listed(request, comment_id, "newsroom.comments.desk.decided")
    return redirect("comments-desk")


def _listed(request: HttpRequest, comment_id: str = "", error: str = "") -> HttpResponse:
    shown: dict[str, Any] = {
        "waiting": [(one, title_of(one.news_id, spoken())) for one in to_judge()],
        "appeals": [
            (one, first, f"newsroom.comments.rule.{first.rule}", first.by == request.user.person_id)
            for one, first in appeals_to_judge()
        ],
        "rules": [(rule, f"newsroom.comments.rule.{rule}") for rule in RULES],
        "counted": figures(),
        "wrong": comment_id,
        "error": error,
    }
    return render(request, "newsroom/comments/desk.html", shown, status=400 if error else 200)

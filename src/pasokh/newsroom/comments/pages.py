"""The public pages of comments: read, write, confirm, object, the rules and how they are kept.

They need no cookie: what counts is a link that only the writer has. So no form of theirs can be
sent in another's name, and none has Django's mark against that. Who keeps cookies may load what is
said after a form anew, for ten minutes.
"""

import re
from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from pasokh.core.time import DAY, MINUTE, Instant
from pasokh.newsroom.comments.deeds import (
    CommentSaid,
    TooMany,
    comments_of,
    confirm,
    object_to,
    refused_of,
    send_in,
    waiting_for,
)
from pasokh.newsroom.comments.flood import is_flood, is_proved, task_of
from pasokh.newsroom.comments.forms import TRAP, TypedComment, plain, read_comment
from pasokh.newsroom.comments.judging import figures
from pasokh.newsroom.comments.networks import network_of
from pasokh.newsroom.comments.releases import title_of
from pasokh.newsroom.comments.rules import (
    ADDRESS_KEPT,
    APPEAL_MAX,
    APPEAL_WITHIN,
    FLOOD_FROM,
    FLOOD_WITHIN,
    NAME_MAX,
    PER_DAY,
    PER_HOUR,
    PROOF_BITS,
    REFUSED_KEPT,
    RULES,
    SLOW_A_MINUTE,
    TEXT_MAX,
    UNCONFIRMED_KEPT,
)
from pasokh.newsroom.comments.stamps import in_time, stamp
from pasokh.newsroom.digests import digest_of
from pasokh.newsroom.email_address import shown_address
from pasokh.newsroom.email_field import PATTERN
from pasokh.newsroom.mail.deeds import can_send
from pasokh.newsroom.taken import answered, offered, told_behind, told_of
from pasokh.sites.asker import asker_address
from pasokh.sites.clock import instant_now
from pasokh.sites.languages import spoken
from pasokh.words.digits import PERSIAN

_NEWS_ID = re.compile("[a-z0-9][a-z0-9-]{0,63}")
_NOTHING = TypedComment("", "", "", {})


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def comments(request: HttpRequest, news_id: str) -> HttpResponse:
    """Show what was said about a release, and the form; take what is sent.

    The first sending shows what was typed once more, with the rules: nothing is kept by it.
    """
    title = title_of(news_id, spoken()) if _NEWS_ID.fullmatch(news_id) else None
    if title is None:
        raise Http404
    now = instant_now()
    shown: dict[str, Any] = {"news_id": news_id, "title": title, "trap": TRAP}
    if request.method != "POST" or not can_send():
        return _with_form(request, shown, _NOTHING, step="write")
    typed = read_comment(request.POST)
    if typed.wrong:
        return _with_form(request, shown, typed, step="write")
    if "again" in request.POST:
        return _with_form(request, shown, typed, step="write")
    return _sent(request, shown, typed, now)


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def comment_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether it is theirs, and take their word: a program that opens links confirms none."""
    now = instant_now()
    found = waiting_for(token, now)
    shown: dict[str, Any] = {"comment": found, "done": False, "limit": ""}
    if told := told_behind(request, "confirm", token):
        return _confirmed(request, told)
    if request.method == "POST":
        try:
            made = confirm(token, now)
        except TooMany as many:
            shown["limit"] = str(many)
        else:
            if made is not None:
                told = {"link": digest_of(token), "news_id": made.news_id}
                return answered(request, "confirm", request.path, told, _confirmed)
    known = found is not None
    shown["per_hour"] = PER_HOUR
    code = 429 if shown["limit"] else 200 if known else 410
    return offered(render(request, "newsroom/comments/confirm.html", shown, status=code))


def _confirmed(request: HttpRequest, told: Mapping[str, Any]) -> HttpResponse:
    shown = {"done": True, "news_id": told["news_id"]}
    return render(request, "newsroom/comments/confirm.html", shown)


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def comment_appeal(request: HttpRequest, token: str) -> HttpResponse:
    """Let the writer of a refused comment say why it should be read after all."""
    now = instant_now()
    found = refused_of(token, now)
    text = plain(request.POST.get("text", ""))
    shown: dict[str, Any] = {"comment": found, "most": APPEAL_MAX, "text": text, "error": ""}
    if told := told_behind(request, "comment_appeal", token):
        return _appealed(request, told)
    if request.method == "POST" and found is not None:
        if not text.strip() or len(text) > APPEAL_MAX:
            shown["error"] = "newsroom.comments.wrong.appeal"
        elif object_to(token, text, now):
            told = {"link": digest_of(token)}
            return answered(request, "comment_appeal", request.path, told, _appealed)
    code = 400 if shown["error"] else 200 if found is not None else 410
    return offered(render(request, "newsroom/comments/appeal.html", shown, status=code))


def _appealed(request: HttpRequest, told: Mapping[str, Any]) -> HttpResponse:  # noqa: ARG001
    return render(request, "newsroom/comments/appeal.html", {"done": True})


@require_safe
def comment_rules(request: HttpRequest) -> HttpResponse:
    """List the rules by number, what is kept how long, and how they were kept to."""
    counted = figures()
    hours = "" if counted.median_hours is None else f"{counted.median_hours:.1f}"
    shown = {
        "rules": [
            (rule, f"newsroom.comments.rule.{rule}", counted.refused[rule]) for rule in RULES
        ],
        "counted": counted,
        "hours": hours.translate(PERSIAN) if spoken() == "fa" else hours,
        "per_hour": PER_HOUR,
        "per_day": PER_DAY,
        "unconfirmed_days": UNCONFIRMED_KEPT // DAY,
        "address_days": ADDRESS_KEPT // DAY,
        "refused_days": REFUSED_KEPT // DAY,
        "appeal_days": APPEAL_WITHIN // DAY,
        "flood_from": FLOOD_FROM,
        "flood_minutes": FLOOD_WITHIN // MINUTE,
        "slow": SLOW_A_MINUTE,
        "bits": PROOF_BITS,
    }
    return render(request, "newsroom/comments/rules.html", shown)


def _sent(
    request: HttpRequest, shown: dict[str, Any], typed: TypedComment, now: Instant
) -> HttpResponse:
    """Take a comment that was read once more; show it again where something is wanting."""
    mark = request.POST.get("stamp", "")
    if not in_time(mark, now):
        # A first sending has no mark; a second tap of the same finger has a fresh one.
        shown["not_yet"] = bool(mark)
        return _with_form(request, shown, typed, step="look")
    said = typed.said(shown["news_id"], spoken())
    proved = is_proved(_task(mark, said), request.POST.get("proof", ""))
    flood = not proved and is_flood(now)
    if flood and "asked" not in request.POST:
        return _with_form(request, shown, typed, step="look")
    try:
        send_in(said, network_of(asker_address(request)), now, later=flood)
    except TooMany as many:
        return _with_form(request, shown, typed, step="look", limit=str(many))
    told = {"news_id": said.news_id, "later": flood, "goes_to": shown_address(said.email)}
    where = reverse("comment-sent", args=[said.news_id])
    return answered(request, "comment", where, told, _comment_sent)


@never_cache
@require_safe
def comment_sent(request: HttpRequest, news_id: str) -> HttpResponse:
    """Say to whoever has just written where the letter goes."""
    told = told_of(request, "comment")
    if told is None or told["news_id"] != news_id:
        return redirect("comments", news_id=news_id)
    return _comment_sent(request, told)


def _comment_sent(request: HttpRequest, told: Mapping[str, Any]) -> HttpResponse:
    return render(request, "newsroom/comments/sent.html", {**told, "per_hour": PER_HOUR})


def _task(mark: str, said: CommentSaid) -> str:
    return task_of(mark, said.news_id, said.name, said.email, said.text)


def _with_form(
    request: HttpRequest, shown: dict[str, Any], typed: TypedComment, *, step: str, limit: str = ""
) -> HttpResponse:
    now = instant_now()
    mark = stamp(now)
    flood = step == "look" and is_flood(now)
    shown |= {
        "comments": comments_of(shown["news_id"]),
        "typed": typed,
        "wrong": typed.wrong,
        "goes_to": shown_address(typed.address) if step == "look" else "",
        "step": step,
        "limit": limit,
        "stamp": mark,
        "task": _task(mark, typed.said(shown["news_id"], spoken())) if flood else "",
        "bits": PROOF_BITS,
        "name_most": NAME_MAX,
        "email_pattern": PATTERN,
        "text_most": TEXT_MAX,
        "per_day": PER_DAY,
        # Without a mail server no link can be sent, so nothing can be confirmed.
        "closed": not can_send(),
    }
    code = 429 if limit else 400 if typed.wrong else 200
    answer = render(request, "newsroom/comments/of_release.html", shown, status=code)
    return offered(answer) if step == "look" else answer

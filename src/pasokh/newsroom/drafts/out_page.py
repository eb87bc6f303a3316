"""A release in the log: its versions, and what may still be done about it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pasokh.newsroom.drafts import deeds
from pasokh.newsroom.drafts.asking import MOVE, WITHDRAW, ask, give, reconcile, take_back
from pasokh.newsroom.drafts.at_desk import (
    as_person,
    figures_out,
    line_open,
    news_sheet,
    no,
    published,
)
from pasokh.newsroom.drafts.contents import from_row
from pasokh.newsroom.drafts.deeds import DraftRefused
from pasokh.newsroom.drafts.models import AskedCommand, Draft
from pasokh.newsroom.drafts.publishing import waiting_texts
from pasokh.newsroom.drafts.standing import InLog, PublicStanding
from pasokh.newsroom.drafts.taking_up import row_of, sheet_of
from pasokh.newsroom.drafts.typed import hour_typed, said, typed_hour
from pasokh.newsroom.staff import names_of
from pasokh.press.commands import RescheduleNews, WithdrawNews
from pasokh.sites.clock import instant_now
from pasokh.words.jalali_typed import TypedWrong

_REASON_MOST = 500


@line_open
def draft_out(request: HttpRequest, news_id: str) -> HttpResponse:
    """Show a release as the log has it; move it, withdraw it, or ask the log once more."""
    logged = sheet_of(news_sheet(), news_id)
    row = Draft.objects.filter(news_id=news_id).first()
    if row is None and logged.standing is PublicStanding.UNKNOWN:
        raise Http404
    row = row or row_of(logged, request.user.person_id)
    waiting = reconcile(row, news_sheet(), instant_now())
    if request.method != "POST":
        return _page(request, row, logged, waiting)
    try:
        told = _done(request, row, logged, waiting)
    except DraftRefused as refused:
        told = no(refused)
    except TypedWrong as wrong:
        told = said(wrong)
    if told:
        logged = sheet_of(news_sheet(), news_id)
        return _page(request, row, logged, row.asked.filter(settled="").first(), told)
    row.refresh_from_db()
    return redirect(
        "press-draft-out" if row.state == deeds.SETTLED else "press-draft-review", news_id=news_id
    )


def _done(request: HttpRequest, row: Draft, logged: InLog, waiting: AskedCommand | None) -> str:
    deed, now, person = request.POST.get("deed", ""), instant_now(), request.user.person_id
    if deed == "again":
        if waiting is None or waiting.person != person:
            raise DraftRefused("waits")
        return give(waiting, as_person(request), waiting_texts(), now).sentence
    if deed == "take-back":
        if waiting is not None:
            take_back(waiting, person, now)
        return ""
    reason = request.POST.get("reason", "").strip()[:_REASON_MOST]
    if not reason:
        raise DraftRefused("reason")
    if deed == "withdraw" and logged.may_change:
        command: WithdrawNews | RescheduleNews = WithdrawNews(row.news_id, reason)
        asked = ask(row, WITHDRAW, command, person, now)
    elif deed == "move" and logged.waits:
        command = RescheduleNews(row.news_id, typed_hour(request.POST), reason)
        asked = ask(row, MOVE, command, person, now)
    else:
        raise DraftRefused("state")
    return give(asked, as_person(request), waiting_texts(), now).sentence


def _page(
    request: HttpRequest,
    row: Draft,
    logged: InLog,
    waiting: AskedCommand | None,
    error: str = "",
) -> HttpResponse:
    last = logged.versions[-1] if logged.versions else None
    day, time = hour_typed(last.out_at) if last else ("", "")
    contents = from_row(row.contents)
    steps = list(row.steps.order_by("-at", "-id")[:40])
    names = names_of([*(step.person for step in steps), waiting.person if waiting else ""])
    shown: dict[str, Any] = {
        "draft": row,
        "title": contents.title_fa or contents.title_en or row.news_id,
        "logged": logged,
        "embargoed": logged.waits and last is not None and last.embargoed,
        "versions": logged.versions[::-1],
        "revised": _quotes_revised(row.news_id, logged),
        "working": row.state in (deeds.WRITING, deeds.REVIEW),
        "waiting": waiting,
        "waits_for": names.get(waiting.person) or waiting.person if waiting else "",
        "own": waiting is not None and waiting.person == request.user.person_id,
        "day": request.POST.get("day", day),
        "time": request.POST.get("time", time),
        "typed": request.POST,
        "steps": [
            {
                "step": step.step,
                "number": step.number,
                "by": names.get(step.person) or step.person,
                "at": step.at,
                "reason": step.reason,
            }
            for step in steps
        ],
        "reason_most": _REASON_MOST,
        "error": error,
    }
    return render(request, "newsroom/drafts/out.html", shown, status=400 if error else 200)


def _quotes_revised(news_id: str, logged: InLog) -> bool:
    """Whether what everybody reads quotes a figure in whose place a newer one is published."""
    out = published(news_id, len(logged.versions))
    figures = figures_out()
    quoted = out.text.told.quoted if out else ()
    return any(figures.newer(one.path) is not None for one in quoted)

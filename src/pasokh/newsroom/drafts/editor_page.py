"""The page on which a release is written. Without scripts each button sends the whole form."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST
from msgspec.structs import replace

from pasokh.newsroom.drafts import deeds
from pasokh.newsroom.drafts.at_desk import (
    draft_or_404,
    figures_out,
    found_in,
    line_open,
    version_in,
)
from pasokh.newsroom.drafts.checking import Weight
from pasokh.newsroom.drafts.contents import Contents, DraftFigure, from_row
from pasokh.newsroom.drafts.deeds import DraftRefused, Saved
from pasokh.newsroom.drafts.editor_shown import TEXTS, editor_shown, findings_shown, hints_shown
from pasokh.newsroom.drafts.models import Draft, DraftSave
from pasokh.newsroom.drafts.publishing import publish
from pasokh.newsroom.drafts.typed import typed_in
from pasokh.newsroom.rows import together
from pasokh.newsroom.site.naming_topics import TopicRefused, TopicWords, make_topic
from pasokh.sites.clock import instant_now
from pasokh.words.hints import mended

_CHECKED_MOST = 120_000


@line_open
def draft(request: HttpRequest, news_id: str) -> HttpResponse:
    """Show a draft, or do what its form asks: every button saves first."""
    row = draft_or_404(news_id)
    if row.state in (deeds.ASKED, deeds.SETTLED):
        return redirect("press-draft-out", news_id=news_id)
    if row.state == deeds.THROWN:
        return redirect("press-draft-review", news_id=news_id)
    if request.method != "POST":
        return editor_shown(request, row, from_row(row.contents), row.version)
    return _written(request, row)


@require_POST
def draft_check(request: HttpRequest, news_id: str) -> JsonResponse:
    """Check a text as it is being written: what is found, and hints about spelling."""
    row = draft_or_404(news_id)
    if sum(map(len, request.POST.values())) > _CHECKED_MOST:
        return JsonResponse({"findings": [], "hints": []}, status=413)
    contents = typed_in(request.POST, from_row(row.contents)).contents
    return JsonResponse({"findings": findings_shown(contents), "hints": hints_shown(contents)})


def _written(request: HttpRequest, row: Draft) -> HttpResponse:
    base = version_in(request)
    before = DraftSave.objects.filter(draft=row, version=base).first()
    if before is None:
        return editor_shown(request, row, from_row(row.contents), row.version, error="version")
    typed = typed_in(request.POST, from_row(before.contents))
    if typed.wrong:
        return editor_shown(request, row, typed.contents, base, wrong=typed.wrong)
    deed, _, about = request.POST.get("deed", "save").partition(":")
    contents = _mended(typed.contents) if deed == "mend" else typed.contents
    try:
        saved = _saved(row, base, contents, typed.fresh, request.user.person_id)
        if saved.both:
            return editor_shown(request, row, saved.contents, saved.version, saved=saved)
        row.refresh_from_db()
        return _DEEDS.get(deed, _stay)(request, row, about, saved)
    except TopicRefused as refused:  # somebody was first
        return editor_shown(request, row, contents, base, wrong={"topics": refused.told()})
    except DraftRefused as refused:
        row.refresh_from_db()
        return editor_shown(request, row, from_row(row.contents), row.version, error=str(refused))


def _saved(
    row: Draft, base: int, contents: Contents, fresh: TopicWords | None, person: str
) -> Saved:
    """Keep a text, and the topic that was made with it: both or neither."""
    with together():
        if fresh is not None:
            make_topic(fresh, person, instant_now())
        return deeds.save(row, base, contents, person, instant_now())


def _stay(_request: HttpRequest, row: Draft, _about: str, saved: Saved) -> HttpResponse:
    told = "?joined=" + ",".join(saved.theirs) if saved.theirs else "?saved=1"
    answer: HttpResponse = redirect("press-draft", news_id=row.news_id)
    answer["Location"] += told
    return answer


def _send(request: HttpRequest, row: Draft, _about: str, _saved: Saved) -> HttpResponse:
    contents = from_row(row.contents)
    if any(one.weight is Weight.STOPS for one in found_in(contents)):
        raise DraftRefused("findings")
    deeds.send(row, row.version, request.user.person_id, instant_now())
    return redirect("press-draft-review", news_id=row.news_id)


def _publish(request: HttpRequest, row: Draft, _about: str, _saved: Saved) -> HttpResponse:
    """A correction without figures is let out in one step by who found the mistake."""
    reason = request.POST.get("reason", "")
    told = publish(request, row, row.version, reason, request.POST.get("although", ""))
    if told:
        row.refresh_from_db()
        return editor_shown(request, row, from_row(row.contents), row.version, refused=told)
    return redirect("press-draft-out", news_id=row.news_id)


def _drop_figure(request: HttpRequest, row: Draft, about: str, saved: Saved) -> HttpResponse:
    number = int(about) if about.isdecimal() else 0
    deeds.drop_figure(row, number, request.user.person_id, instant_now())
    return _stay(request, row, about, saved)


def _renew_figure(request: HttpRequest, row: Draft, about: str, saved: Saved) -> HttpResponse:
    figures = dict(enumerate(from_row(row.contents).figures, 1))
    one = figures.get(int(about)) if about.isdecimal() else None
    newer = figures_out().newer(one.path) if one else None
    if one is not None and newer is not None:
        figure = DraftFigure(newer.path, newer.rounded_like(one.decimals))
        deeds.renew_figure(row, int(about), figure, request.user.person_id, instant_now())
    return _stay(request, row, about, saved)


def _drop_picture(request: HttpRequest, row: Draft, about: str, saved: Saved) -> HttpResponse:
    deeds.drop_picture(row, about, request.user.person_id, instant_now())
    return _stay(request, row, about, saved)


def _to_figures(_request: HttpRequest, row: Draft, _about: str, _saved: Saved) -> HttpResponse:
    return redirect("press-draft-figures", news_id=row.news_id)


def _to_pictures(_request: HttpRequest, row: Draft, _about: str, _saved: Saved) -> HttpResponse:
    return redirect("press-draft-pictures", news_id=row.news_id)


_DEEDS: dict[str, Callable[[HttpRequest, Draft, str, Saved], HttpResponse]] = {
    "send": _send,
    "publish": _publish,
    "figures": _to_figures,
    "pictures": _to_pictures,
    "drop-figure": _drop_figure,
    "renew-figure": _renew_figure,
    "drop-picture": _drop_picture,
}


def _mended(contents: Contents) -> Contents:
    fields = {name: mended(name.rpartition("_")[2], getattr(contents, name)) for name in TEXTS}
    return replace(contents, **fields)

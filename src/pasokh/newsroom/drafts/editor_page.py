"""The page on which a release is written. Without scripts each button sends the whole form."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST
from msgspec.structs import replace

from pasokh.newsroom.drafts import deeds
from pasokh.newsroom.drafts.at_desk import (
    draft_or_404,
    figures_out,
    found_in,
    line_open,
    names_of,
    shown_in,
    version_in,
)
from pasokh.newsroom.drafts.checking import Weight, needs_two
from pasokh.newsroom.drafts.contents import PARTS, Contents, from_row
from pasokh.newsroom.drafts.deeds import DraftRefused, Saved
from pasokh.newsroom.drafts.models import Draft, DraftSave
from pasokh.newsroom.drafts.publishing import publish
from pasokh.newsroom.drafts.typed import hour_typed, typed_in
from pasokh.press.events import NewsKind, NewsMistake
from pasokh.sites.clock import instant_now
from pasokh.sites.languages import spoken
from pasokh.words.hints import hints_in, mended
from pasokh.words.say import LANGUAGES, say

_TEXTS = tuple(f"{part}_{language}" for language in LANGUAGES for part in PARTS)
_CHECKED_MOST = 120_000
# A blank that is seen: hints are about blanks too.
_BLANK = "\u2423"


@line_open
def draft(request: HttpRequest, news_id: str) -> HttpResponse:
    """Show a draft, or do what its form asks: every button saves first."""
    row = draft_or_404(news_id)
    if row.state in (deeds.ASKED, deeds.SETTLED):
        return redirect("press-draft-out", news_id=news_id)
    if request.method != "POST":
        return _page(request, row, from_row(row.contents), row.version)
    return _written(request, row)


@require_POST
def draft_check(request: HttpRequest, news_id: str) -> JsonResponse:
    """Check a text as it is being written: what is found, and hints about spelling."""
    row = draft_or_404(news_id)
    if sum(map(len, request.POST.values())) > _CHECKED_MOST:
        return JsonResponse({"findings": [], "hints": []}, status=413)
    contents = typed_in(request.POST, from_row(row.contents)).contents
    return JsonResponse({"findings": _findings(contents), "hints": _hints(contents)})


def _written(request: HttpRequest, row: Draft) -> HttpResponse:
    base = version_in(request)
    before = DraftSave.objects.filter(draft=row, version=base).first()
    if before is None:
        return _page(request, row, from_row(row.contents), row.version, error="version")
    typed = typed_in(request.POST, from_row(before.contents))
    if typed.wrong:
        return _page(request, row, typed.contents, base, wrong=typed.wrong)
    deed, _, about = request.POST.get("deed", "save").partition(":")
    contents = _mended(typed.contents) if deed == "mend" else typed.contents
    try:
        saved = deeds.save(row, base, contents, request.user.person_id, instant_now())
        if saved.both:
            return _page(request, row, saved.contents, saved.version, saved=saved)
        row.refresh_from_db()
        return _DEEDS.get(deed, _stay)(request, row, about, saved)
    except DraftRefused as refused:
        row.refresh_from_db()
        return _page(request, row, from_row(row.contents), row.version, error=str(refused))


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
        return _page(request, row, from_row(row.contents), row.version, refused=told)
    return redirect("press-draft-out", news_id=row.news_id)


def _drop_figure(request: HttpRequest, row: Draft, about: str, saved: Saved) -> HttpResponse:
    number = int(about) if about.isdecimal() else 0
    deeds.drop_figure(row, number, request.user.person_id, instant_now())
    return _stay(request, row, about, saved)


def _renew_figure(request: HttpRequest, row: Draft, about: str, saved: Saved) -> HttpResponse:
    figures = dict(enumerate(from_row(row.contents).figures, 1))
    one = figures.get(int(about)) if about.isdecimal() else None
    newer = figures_out().newer(one.path) if one else None
    if newer is not None:
        deeds.renew_figure(row, int(about), newer.path, request.user.person_id, instant_now())
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


def _page(  # noqa: PLR0913 - what a page may have to say
    request: HttpRequest,
    row: Draft,
    contents: Contents,
    version: int,
    *,
    wrong: dict[str, str] | None = None,
    saved: Saved | None = None,
    error: str = "",
    refused: str = "",
) -> HttpResponse:
    """Draw the form. A text that was not saved comes back as it was typed."""
    wrong = wrong or {}
    told = [] if saved is None else _conflict(saved)
    findings = _findings(contents)
    shown: dict[str, Any] = {
        "draft": row,
        "version": version,
        "contents": contents,
        "languages": [_words(contents, language, wrong) for language in LANGUAGES],
        "kinds": [kind.value for kind in NewsKind],
        "mistakes": [one.value for one in NewsMistake],
        "figures": _figures(contents),
        "pictures": [(one, _picture_words(one)) for one in contents.pictures],
        "counties": _counties(contents),
        "wrong": wrong,
        "error": say(spoken(), f"editor.no.{error}") if error else refused,
        "conflict": told,
        "by": names_of([saved.by])[saved.by] or saved.by if saved else "",
        "findings": findings,
        "although": any(not one["stops"] for one in findings),
        "hints": _hints(contents),
        "needs_two": needs_two(contents),
        "correcting": row.number > 1,
        "steps": _steps(row),
        **_typed_before(request, contents, wrong),
        **_told_of_saves(request, row),
    }
    failed = bool(wrong or told or error or refused)
    return render(request, "newsroom/drafts/editor.html", shown, status=400 if failed else 200)


def _typed_before(
    request: HttpRequest, contents: Contents, wrong: dict[str, str]
) -> dict[str, Any]:
    """Give what was typed and is not in the contents: what cannot be read, and the reasons."""
    day, time = hour_typed(contents.out_at)
    if "hour" in wrong:
        day, time = request.POST.get("day", ""), request.POST.get("time", "")
    topics = request.POST.get("topics", "") if "topics" in wrong else " ".join(contents.topics)
    reasons = {f"typed_{name}": request.POST.get(name, "") for name in ("reason", "although")}
    return {"day": day, "time": time, "topics": topics} | reasons


def _told_of_saves(request: HttpRequest, row: Draft) -> dict[str, Any]:
    joined = request.GET.get("joined", "").split(",")
    others = deeds.seen_lately(row, request.user.person_id, instant_now())
    return {
        "joined": [one for one in joined if one in FIELD_NAMES],
        "saved": "saved" in request.GET,
        "others": list(names_of(others).values()),
    }


FIELD_NAMES = frozenset((*_TEXTS, "kind", "topics", "counties", "contact_fa", "contact_en"))


def _words(contents: Contents, language: str, wrong: dict[str, str]) -> dict[str, Any]:
    names = (*PARTS, "contact", "correction")
    fields = {name: getattr(contents, f"{name}_{language}") for name in names}
    faults = {name: wrong.get(f"{name}_{language}", "") for name in names}
    return {"language": language, "direction": "rtl" if language == "fa" else "ltr"} | {
        "fields": fields,
        "wrong": faults,
    }


def _figures(contents: Contents) -> list[dict[str, Any]]:
    known = figures_out()
    told = []
    for number, (one, shown) in enumerate(
        zip(contents.figures, shown_in(contents), strict=True), 1
    ):
        found = known.find(one.path)
        told.append(
            {
                "number": number,
                "mark": f"{{figure:{number}}}",
                "path": one.path,
                "shown": shown,
                "name": found.names[spoken()] if found else one.path,
                "about": found.days[spoken()] if found else "",
                "figure_id": found.leaf.figure_id if found else "",
                "revised": known.newer(one.path) is not None,
            }
        )
    return told


def _picture_words(picture: Any) -> list[dict[str, str]]:
    told = [
        {"name": name, "language": "", "value": getattr(picture, name)}
        for name in ("credit", "licence")
    ]
    for language in LANGUAGES:
        for name in ("alt", "caption"):
            value = getattr(picture, name).get(language, "")
            told.append({"name": f"{name}_{language}", "language": language, "value": value})
    return told


def _counties(contents: Contents) -> list[tuple[str, str, bool]]:
    named = {code: names[spoken()] for code, names in figures_out().counties()}
    for code in contents.counties:
        named.setdefault(code, code)
    return [(code, name, code in contents.counties) for code, name in named.items()]


def _findings(contents: Contents) -> list[dict[str, Any]]:
    return [
        {
            "field": one.field,
            "stops": one.weight is Weight.STOPS,
            "said": one.said[spoken()],
            "quoted": one.quoted,
        }
        for one in found_in(contents)
    ]


def _hints(contents: Contents) -> list[dict[str, Any]]:
    return [
        {
            "field": name,
            "start": hint.start,
            "end": hint.end,
            "written": hint.written,
            "better": hint.better,
            "seen": [one.replace(" ", _BLANK) for one in (hint.written, hint.better)],
            "said": say(spoken(), f"editor.hint.{hint.kind.value}"),
        }
        for name in _TEXTS
        for hint in hints_in(name.rpartition("_")[2], getattr(contents, name))
    ]


def _mended(contents: Contents) -> Contents:
    fields = {name: mended(name.rpartition("_")[2], getattr(contents, name)) for name in _TEXTS}
    return replace(contents, **fields)


def _conflict(saved: Saved) -> list[dict[str, str]]:
    told = []
    for name in saved.both:
        theirs, mine = (getattr(one, name, "") for one in (saved.other, saved.contents))
        told.append({"field": name, "theirs": str(theirs), "mine": str(mine)})
    return told


def _steps(row: Draft) -> list[dict[str, Any]]:
    steps = list(row.steps.filter(number=row.number).order_by("-at", "-id")[:20])
    names = names_of(step.person for step in steps)
    return [
        {
            "step": step.step,
            "by": names.get(step.person) or step.person,
            "at": step.at,
            "reason": step.reason,
        }
        for step in steps
    ]

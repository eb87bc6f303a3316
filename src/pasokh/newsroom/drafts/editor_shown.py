"""What the editor's page shows: the form of a draft, and what is to be said of it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pasokh.newsroom.drafts import deeds
from pasokh.newsroom.drafts.at_desk import figures_out, found_in, news_sheet, shown_in
from pasokh.newsroom.drafts.checking import Weight, needs_two
from pasokh.newsroom.drafts.contents import PARTS, Contents
from pasokh.newsroom.drafts.deeds import Saved
from pasokh.newsroom.drafts.models import Draft
from pasokh.newsroom.drafts.taking_up import sheet_of
from pasokh.newsroom.drafts.throwing_away import may_give_up, may_throw
from pasokh.newsroom.drafts.typed import hour_typed
from pasokh.newsroom.site.known_topics import topics_to_write
from pasokh.newsroom.site.naming_topics import NAME_MOST
from pasokh.newsroom.site.shown import topic_names
from pasokh.newsroom.staff import names_of
from pasokh.press.events import NewsKind, NewsMistake
from pasokh.sites.clock import instant_now
from pasokh.sites.languages import spoken
from pasokh.words.hints import hints_in
from pasokh.words.say import LANGUAGES, say

TEXTS = tuple(f"{part}_{language}" for language in LANGUAGES for part in PARTS)
FIELD_NAMES = frozenset((*TEXTS, "kind", "topics", "counties", "contact_fa", "contact_en"))
# A blank that is seen: hints are about blanks too.
_BLANK = "\u2423"


def editor_shown(  # noqa: PLR0913 - what a page may have to say
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
    logged = sheet_of(news_sheet(), row.news_id)
    findings = findings_shown(contents)
    shown: dict[str, Any] = {
        "draft": row,
        "version": version,
        "contents": contents,
        "languages": [_words(contents, language, wrong) for language in LANGUAGES],
        "kinds": [kind.value for kind in NewsKind],
        "mistakes": [one.value for one in NewsMistake],
        "figures": _figures(contents),
        "pictures": [(one, _picture_words(one)) for one in contents.pictures],
        **_about(contents),
        "wrong": wrong,
        "error": say(spoken(), f"editor.no.{error}") if error else refused,
        "conflict": told,
        "by": names_of([saved.by])[saved.by] or saved.by if saved else "",
        "findings": findings,
        "although": any(not one["stops"] for one in findings),
        "hints": hints_shown(contents),
        "needs_two": needs_two(contents),
        "correcting": row.number > 1,
        "logged": logged,
        "may_throw": may_throw(row, logged, request.user.person_id, request.user.roles),
        "may_give_up": may_give_up(row, logged, request.user.person_id, request.user.roles),
        "steps": steps_shown(row),
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
    typed = request.POST if "topics" in wrong else {}
    topics = {name: typed.get(name, "") for name in ("topics", "topic_fa", "topic_en")}
    reasons = {f"typed_{name}": request.POST.get(name, "") for name in ("reason", "although")}
    return {"day": day, "time": time, "topic_most": NAME_MOST} | topics | reasons


def _told_of_saves(request: HttpRequest, row: Draft) -> dict[str, Any]:
    joined = request.GET.get("joined", "").split(",")
    others = deeds.seen_lately(row, request.user.person_id, instant_now())
    return {
        "joined": [one for one in joined if one in FIELD_NAMES],
        "saved": "saved" in request.GET,
        "others": list(names_of(others).values()),
    }


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


def _about(contents: Contents) -> dict[str, Any]:
    counties = _counties(contents)
    return {
        "chosen_topics": _topics(contents),
        "counties": counties,
        "chosen_counties": [name for _, name, chosen in counties if chosen],
    }


def _topics(contents: Contents) -> list[tuple[str, str, bool]]:
    named = topic_names(contents.topics, spoken()) | dict(topics_to_write())
    return [(code, name, code in contents.topics) for code, name in named.items()]


def _counties(contents: Contents) -> list[tuple[str, str, bool]]:
    named = {code: names[spoken()] for code, names in figures_out().counties()}
    for code in contents.counties:
        named.setdefault(code, code)
    return [(code, name, code in contents.counties) for code, name in named.items()]


def findings_shown(contents: Contents) -> list[dict[str, Any]]:
    """Say what is found in a text, in the language that is spoken."""
    return [
        {
            "field": one.field,
            "stops": one.weight is Weight.STOPS,
            "said": one.said[spoken()],
            "quoted": one.quoted,
        }
        for one in found_in(contents)
    ]


def hints_shown(contents: Contents) -> list[dict[str, Any]]:
    """Give the hints about the spelling of a text, each at its field."""
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
        for name in TEXTS
        for hint in hints_in(name.rpartition("_")[2], getattr(contents, name))
    ]


def _conflict(saved: Saved) -> list[dict[str, str]]:
    told = []
    for name in saved.both:
        theirs, mine = (getattr(one, name, "") for one in (saved.other, saved.contents))
        told.append({"field": name, "theirs": str(theirs), "mine": str(mine)})
    return told


def steps_shown(row: Draft) -> list[dict[str, Any]]:
    """Say who did what with this version, the last first."""
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

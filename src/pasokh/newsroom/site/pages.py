"""The site's pages of many releases: front, months, topics, counties, corrections, search, kit."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from pasokh.newsroom.site import lists
from pasokh.newsroom.site.figure_pages import coming_releases
from pasokh.newsroom.site.figures_shown import newest_figures
from pasokh.newsroom.site.finding import found_by
from pasokh.newsroom.site.kept_pages import kept
from pasokh.newsroom.site.models import ReleasePicture
from pasokh.newsroom.site.months import month_written
from pasokh.newsroom.site.shown import (
    ListedRelease,
    TermLink,
    listed,
    place_name,
    shown_picture,
    topic_links,
    topic_name,
)
from pasokh.newsroom.site.texts import read_any
from pasokh.press.events import NewsMistake
from pasokh.sites.languages import spoken
from pasokh.words.spelling import display, sort_key

_FRONT_MOST = 10
_MONTHS_MOST = 6
_COMING_MOST = 2
_QUESTION_MOST = 300
_PART_MOST = 10_000
_KIT_MOST = 30


@kept
def front(asked: HttpRequest) -> HttpResponse:
    """Show the latest news."""
    rows = lists.latest(_FRONT_MOST)
    found = {
        "releases": listed(rows, spoken()),
        "months": lists.months()[:_MONTHS_MOST],
        "newest": newest_figures(spoken()),
        "coming": coming_releases(_COMING_MOST),
    }
    return _page(asked, "front", found)


@kept
def archive(asked: HttpRequest) -> HttpResponse:
    """List the months that have news."""
    return _page(asked, "months", {"months": lists.months()})


@kept
def month(asked: HttpRequest, written: str) -> HttpResponse:
    """List a month's news."""
    found = month_written(written)
    if found is None:
        raise Http404
    part = lists.in_month(found, _part(asked))
    return _list(asked, part, {"heading": found.name, "back": "newsroom-site-months"})


@kept
def topics(asked: HttpRequest) -> HttpResponse:
    """List the topics."""
    counted = dict(lists.topics())
    terms = [(one, counted[one.code]) for one in topic_links(counted, spoken())]
    return _terms(asked, "topic", terms)


@kept
def topic(asked: HttpRequest, code: str) -> HttpResponse:
    """List a topic's news."""
    part = _or_404(lists.of_topic(code, _part(asked)))
    heading = topic_name(code, spoken())
    return _list(asked, part, {"heading": heading, "back": "newsroom-site-topics"})


@kept
def counties(asked: HttpRequest) -> HttpResponse:
    """List the counties."""
    terms = [(TermLink(code, place_name(code, spoken())), many) for code, many in lists.counties()]
    return _terms(asked, "county", terms)


@kept
def county(asked: HttpRequest, code: str) -> HttpResponse:
    """List a county's news."""
    part = _or_404(lists.of_county(code, _part(asked)))
    heading = place_name(code, spoken())
    return _list(asked, part, {"heading": heading, "back": "newsroom-site-counties"})


@kept
def corrections(asked: HttpRequest) -> HttpResponse:
    """Show every release that changed after it was out, or was withdrawn."""
    mistake = asked.GET.get("mistake", "")
    if mistake and mistake not in {one.value for one in NewsMistake}:
        raise Http404
    part = lists.register(mistake, _part(asked))
    rows = [one.version for one in part.rows if one.version is not None]
    shown = {one.pk: line for one, line in zip(rows, listed(rows, spoken()), strict=True)}
    lines = [(one, shown[one.version.pk] if one.version else None) for one in part.rows]
    reasons = [_reason(one.version, spoken()) for one in part.rows]
    return _page(
        asked,
        "corrections",
        {
            "lines": list(zip(lines, reasons, strict=True)),
            "part": part,
            "sizes": lists.register_sizes(),
            "mistake": mistake,
            "mistakes": [one.value for one in NewsMistake],
        },
    )


@kept
def search(asked: HttpRequest) -> HttpResponse:
    """Find releases by words."""
    question = display(asked.GET.get("q", "")[:_QUESTION_MOST])
    found: list[ListedRelease] = listed(found_by(question), spoken()) if question else []
    shown = found[: lists.PART]
    return _page(asked, "search", {"question": question, "releases": shown, "many": len(found)})


@kept
def media_kit(asked: HttpRequest) -> HttpResponse:
    """Show what outlets may take: pictures with their licence, and how to name us."""
    pictures = []
    rows = ReleasePicture.objects.select_related("version").order_by("-version__out_at", "pk")
    seen: set[str] = set()
    for row in rows[: 4 * _KIT_MOST]:
        for one in read_any(row.version.text).told.pictures:
            if one.sha256 == row.sha256 and one.sha256 not in seen and len(seen) < _KIT_MOST:
                seen.add(one.sha256)
                pictures.append((row.version.release_id, shown_picture(one, spoken())))
    return _page(asked, "media_kit", {"pictures": pictures})


def _reason(version: Any, language: str) -> str:
    if version is None:
        return ""
    words = read_any(version.text).correction
    return words.get(language) or next(iter(words.values()), "")


def _terms(asked: HttpRequest, kind: str, terms: list[tuple[TermLink, int]]) -> HttpResponse:
    terms.sort(key=lambda one: sort_key(one[0].name))
    return _page(asked, "terms", {"terms": terms, "kind": kind})


def _list(asked: HttpRequest, part: lists.ListPart, told: dict[str, Any]) -> HttpResponse:
    return _page(asked, "list", {"releases": listed(part.rows, spoken()), "part": part, **told})


def _page(asked: HttpRequest, name: str, told: dict[str, Any]) -> HttpResponse:
    return render(asked, f"newsroom/site/{name}.html", {"here": name, **told})


def _part(asked: HttpRequest) -> int:
    written = asked.GET.get("part", "1")
    if not written.isdecimal() or not 1 <= int(written) <= _PART_MOST:
        raise Http404
    return int(written)


def _or_404(part: lists.ListPart) -> lists.ListPart:
    if not part.rows:
        raise Http404
    return part

"""The page of a release: what it says, its versions, what was wrong, and what belongs beside it."""

import json
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from pasokh.core.time import iso_instant
from pasokh.newsroom.clock import offset_minutes
from pasokh.newsroom.outlets.hours import hour_told
from pasokh.newsroom.site.doors import outlet_that_reads
from pasokh.newsroom.site.embargo import read_under_embargo
from pasokh.newsroom.site.finding import beside
from pasokh.newsroom.site.kept_pages import kept
from pasokh.newsroom.site.models import EmbargoRead, NewsRelease, ReleaseVersion
from pasokh.newsroom.site.shown import (
    SeenVersion,
    listed,
    place_name,
    shown_version,
    shown_versions,
    topic_name,
)
from pasokh.newsroom.site.texts import read_any
from pasokh.press.changes import paragraphs
from pasokh.sites.languages import spoken
from pasokh.words.say import say

_GONE = 410
_SHARED = (
    ("telegram", "https://t.me/share/url?url={url}&text={title}"),
    ("whatsapp", "https://wa.me/?text={title}%20{url}"),
    ("mail", "mailto:?subject={title}&body={url}"),
)
# What would end a script element, or begin a comment in one.
_ESCAPED = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@kept
def release(asked: HttpRequest, news_id: str) -> HttpResponse:
    """Show a release; before its hour to accredited outlets only, and they are told of the log."""
    found = NewsRelease.objects.filter(news_id=news_id).first()
    if found is not None and found.withdrawn_at is not None:
        return render(asked, "newsroom/site/withdrawn.html", {"release": found}, status=_GONE)
    outlet_id = outlet_that_reads(asked)
    waits = read_under_embargo(outlet_id, news_id) if outlet_id else None
    if waits is not None:
        return _under_embargo(asked, waits, outlet_id)
    if found is None:
        raise Http404
    rows = list(ReleaseVersion.objects.filter(release=found).order_by("number"))
    versions = shown_versions(rows, spoken())
    told = {
        "release": found,
        "versions": versions,
        "newest": versions[0],
        "beside": _beside(rows[-1]),
        "address": address_of(news_id),
        "shares": _shares(news_id, versions[0].title),
        "linked_data": linked_data(found, versions),
    }
    return render(asked, "newsroom/site/release.html", told)


@kept
def release_text(asked: HttpRequest, news_id: str) -> HttpResponse:  # noqa: ARG001 - a view
    """Give the text to paste, with the addresses of its figures."""
    found = NewsRelease.objects.filter(news_id=news_id, withdrawn_at=None).first()
    shown = found.shown() if found else None
    if shown is None:
        raise Http404
    text = read_any(shown.text)
    words = text.plain_words(spoken())
    site = settings.PASOKH_NEWSROOM.public_url
    files = [f"{site}/figures/{one.path}" for one in text.told.quoted]
    parts = [words.title, words.lead, *paragraphs(words.body), *files, address_of(news_id)]
    plain = "\n\n".join(filter(None, parts))
    return HttpResponse(f"{plain}\n", content_type="text/plain; charset=utf-8")


def address_of(news_id: str) -> str:
    """Give the whole address of a release, as it is shared: it follows nobody."""
    path = reverse("newsroom-site-release", args=[news_id])
    return f"{settings.PASOKH_NEWSROOM.public_url}{path}"


def linked_data(found: NewsRelease, versions: list[SeenVersion]) -> str:
    """Describe a release by schema.org as JSON that may stand in a page."""
    newest, first = versions[0], versions[-1]
    own = settings.PASOKH_NEWSROOM
    office = {
        "@type": "GovernmentOrganization",
        "name": own.name(spoken()) or say(spoken(), "newsroom.office"),
        "url": own.public_url,
    }
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": newest.title,
        "inLanguage": newest.language,
        "datePublished": iso_instant(first.out_at),
        "dateModified": iso_instant(newest.out_at),
        "version": str(newest.number),
        "url": address_of(found.news_id),
        "mainEntityOfPage": address_of(found.news_id),
        "publisher": office,
        "author": office,
        "isAccessibleForFree": True,
        "articleSection": [one.name for one in newest.topics],
        "contentLocation": [{"@type": "Place", "name": one.name} for one in newest.counties],
        "image": [f"{own.public_url}{one.address}" for one in newest.pictures],
        "correction": [one.correction for one in versions if one.correction],
        "isBasedOn": [
            {
                "@type": "Dataset",
                "name": one.file.removesuffix(".json"),
                "url": f"{own.public_url}{one.page}",
                "creator": office,
                "distribution": {
                    "@type": "DataDownload",
                    "encodingFormat": "application/json",
                    "contentUrl": f"{own.public_url}/figures/{one.file}",
                },
            }
            for one in (*newest.quoted, *newest.figures)
        ],
    }
    kept_parts = {name: value for name, value in told.items() if value != []}
    return json.dumps(kept_parts, ensure_ascii=False).translate(_ESCAPED)


def _under_embargo(asked: HttpRequest, waits: ReleaseVersion, outlet_id: str) -> HttpResponse:
    shown = shown_version(waits, spoken())
    own = list(EmbargoRead.objects.filter(outlet_id=outlet_id, news_id=waits.release_id))
    told = {
        "release": waits.release,
        "newest": shown,
        "versions": [shown],
        "hour": hour_told(spoken(), waits.out_at, offset_minutes()),
        "read": own[:-1],
    }
    answer = render(asked, "newsroom/site/under_embargo.html", told)
    answer["Cache-Control"] = "no-store"
    return answer


def _beside(row: ReleaseVersion) -> list[dict[str, Any]]:
    language, names = spoken(), {"topic": topic_name, "county": place_name}
    found = beside(row, language)
    lines = listed([one.version for one in found], language)
    shown = []
    for one, line in zip(found, lines, strict=True):
        name = names.get(one.reason)
        told = [name(code, language) for code in one.told] if name else one.told
        comma = say(language, "newsroom_site.comma")
        why = say(language, f"newsroom_site.why.{one.reason}", told=comma.join(told))
        shown.append({"line": line, "why": why})
    return shown


def _shares(news_id: str, title: str) -> list[tuple[str, str]]:
    url, name = quote(address_of(news_id), safe=""), quote(title, safe="")
    return [(kind, form.format(url=url, title=name)) for kind, form in _SHARED]

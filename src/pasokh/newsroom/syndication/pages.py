"""Releases as programs read them: ninjs, the map of the site, and the calendar of releases.

Each tells the same as the page of the release, at the same moment.
"""

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from pasokh.newsroom.calendar_file import MEDIA as ICALENDAR
from pasokh.newsroom.calendar_file import write_calendar
from pasokh.newsroom.site.doors import outlet_that_reads
from pasokh.newsroom.site.embargo import read_under_embargo
from pasokh.newsroom.site.kept_pages import kept
from pasokh.newsroom.site.models import NewsRelease, ReleaseVersion
from pasokh.newsroom.syndication.calendar_of_releases import announced
from pasokh.newsroom.syndication.ninjs import MEDIA as NINJS
from pasokh.newsroom.syndication.ninjs import NinjsItem, write_ninjs, write_ninjs_list
from pasokh.newsroom.syndication.releases import (
    files_of_the_map,
    item_of,
    mapped_pages,
    newest_items,
    office_name,
    release_address,
    withdrawn_item,
)
from pasokh.newsroom.syndication.sitemap import write_sitemap, write_sitemap_index
from pasokh.sites.clock import instant_now
from pasokh.sites.languages import spoken
from pasokh.words.say import say

_XML = "application/xml; charset=utf-8"
_GONE = 410


@kept
@require_safe
def ninjs_newest(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view
    """Give the newest releases as one item of ninjs."""
    language = spoken()
    items = newest_items(language)
    uri = release_address(language)
    return _json(write_ninjs_list(uri, office_name(language), language, items, instant_now()))


@kept
@require_safe
def ninjs(request: HttpRequest, news_id: str, number: int | None = None) -> HttpResponse:
    """Give a release as ninjs: the version that everybody reads, or another that is out.

    An accredited outlet gets what waits for its hour as `withheld`, and that is kept in the log.
    """
    release = NewsRelease.objects.filter(news_id=news_id).first()
    if release is not None and release.withdrawn_at is not None:
        return _ninjs(withdrawn_item(release, spoken()), _GONE)
    outlet_id = outlet_that_reads(request) if number is None else ""
    waits = read_under_embargo(outlet_id, news_id) if outlet_id else None
    if waits is not None:
        answer = _ninjs(item_of(waits, spoken()))
        answer["Cache-Control"] = "private, no-store"
        return answer
    version = _version(release, number)
    if version is None:
        raise Http404
    return _ninjs(item_of(version, spoken()))


@kept
@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """Give the files of the map."""
    own = request.build_absolute_uri(request.path).rpartition("/")[0]
    files = range(1, files_of_the_map() + 1)
    written = write_sitemap_index(f"{own}/sitemap-{number}.xml" for number in files)
    return HttpResponse(written, content_type=_XML)


@kept
@require_safe
def sitemap(request: HttpRequest, number: int) -> HttpResponse:  # noqa: ARG001 - a view
    """Give a file of the map."""
    if not 1 <= number <= files_of_the_map():
        raise Http404
    return HttpResponse(write_sitemap(mapped_pages(number)), content_type=_XML)


@require_safe
def releases_ics(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view
    """Give the release calendar."""
    language = spoken()
    written = write_calendar(say(language, "syndication.calendar"), language, announced(language))
    return HttpResponse(written, content_type=ICALENDAR)


def _version(release: NewsRelease | None, number: int | None) -> ReleaseVersion | None:
    if release is None:
        return None
    if number is None:
        return release.shown()
    found: ReleaseVersion | None = release.versions.filter(number=number).first()
    return found


def _ninjs(item: NinjsItem, status: int = 200) -> HttpResponse:
    return _json(write_ninjs(item, instant_now()), status)


def _json(written: object, status: int = 200) -> HttpResponse:
    raw = msgspec.json.format(msgspec.json.encode(written), indent=1)
    return HttpResponse(raw, status=status, content_type=NINJS)

"""Releases of the read copy as programs get them: addresses, items of ninjs, pages of the map.

What is asked of the rows is what is out; the embargo's lock is theirs.
"""

from collections.abc import Iterator

from django.conf import settings
from django.db.models import Max

from pasokh.account.proofs.proof_file import SUFFIX
from pasokh.newsroom.public_folder import folder_address
from pasokh.newsroom.site.models import NewsRelease, ReleaseVersion
from pasokh.newsroom.site.shown import topic_names
from pasokh.newsroom.site.texts import read_any
from pasokh.newsroom.syndication.ninjs import NinjsItem
from pasokh.newsroom.syndication.sitemap import RELEASES_A_FILE, MappedPage
from pasokh.words.say import LANGUAGES, say

_NEWEST = 50
# What is not a release and may be looked for.
_ALWAYS = (
    *("", "news/", "figures/", "calendar/", "corrections/", "media-kit/", "method/"),
    *("agenda/", "questions/", "outlets/", "proposals/", "complaint/", "survey/"),
)


def release_address(language: str, news_id: str = "") -> str:
    """Say where a release is read in a language; without an id, where all are."""
    own = settings.PASOKH_NEWSROOM.public_url
    return f"{own}/newsroom/{language}/news/{news_id}{'/' if news_id else ''}"


def office_name(language: str) -> str:
    """Say what the office is called."""
    return settings.PASOKH_NEWSROOM.name(language) or say(language, "newsroom.office")


def item_of(version: ReleaseVersion, language: str) -> NinjsItem:
    """Make the item of a version, in the language or in the one that there is."""
    release, text = version.release, read_any(version.text)
    told = text.language(language)
    own, folder = settings.PASOKH_NEWSROOM.public_url, folder_address()
    proof = f"{folder}news/{release.news_id}/{version.number}.json{SUFFIX}" if folder else ""
    return NinjsItem(
        release.news_id,
        version.number,
        release.kind,
        told,
        release_address(told, release.news_id),
        office_name(told),
        release.out_at,
        version.out_at,
        text,
        others={one: release_address(one, release.news_id) for one in text.words if one != told},
        files=f"{own}/newsroom/pictures/",
        proof=proof if not release.source else "",
        topics=topic_names(text.told.topics, told),
    )


def withdrawn_item(release: NewsRelease, language: str) -> NinjsItem:
    """Make the item that stands in the place of a release that was withdrawn."""
    at = release.withdrawn_at
    return NinjsItem(
        release.news_id,
        0,
        "",
        language,
        release_address(language, release.news_id),
        office_name(language),
        release.out_at,
        at,
        withdrawn=release.withdrawn_why,
    )


def newest_items(language: str) -> list[NinjsItem]:
    """Give the newest fifty as items: what was withdrawn in its place."""
    found = NewsRelease.objects.filter(source="").order_by("-out_at", "news_id")[:_NEWEST]
    return [
        withdrawn_item(one, language)
        if one.withdrawn_at is not None
        else item_of(version, language)
        for one in found
        if one.withdrawn_at is not None or (version := one.shown())
    ]


def files_of_the_map() -> int:
    """Count the files that the map needs."""
    return max(1, -(-NewsRelease.objects.filter(withdrawn_at=None).count() // RELEASES_A_FILE))


def mapped_pages(number: int) -> Iterator[MappedPage]:
    """Give the pages of a file of the map, counted from 1; the first has those that always are."""
    if number == 1:
        own = settings.PASOKH_NEWSROOM.public_url
        for page in _ALWAYS:
            yield MappedPage({one: f"{own}/newsroom/{one}/{page}" for one in LANGUAGES})
    first = (number - 1) * RELEASES_A_FILE
    found = NewsRelease.objects.filter(withdrawn_at=None).order_by("out_at", "news_id")
    ids = found.values_list("news_id", flat=True)[first : first + RELEASES_A_FILE]
    changed = ReleaseVersion.objects.filter(release_id__in=found.values("news_id"))
    changed_at = dict(changed.values_list("release_id").annotate(Max("out_at")))
    for news_id in ids:
        addresses = {one: release_address(one, news_id) for one in LANGUAGES}
        yield MappedPage(addresses, changed_at.get(news_id))

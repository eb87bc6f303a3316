"""Our own releases as the matching needs them, from the read copy."""

from functools import lru_cache

from django.conf import settings
from msgspec import Struct

from pasokh.newsroom.coverage.matching import OwnRelease, OwnReleases
from pasokh.newsroom.public_folder import folder_address
from pasokh.newsroom.site.models import NewsRelease
from pasokh.newsroom.site.texts import read_any

# What nobody links any more is not looked for.
_RELEASES_MOST = 400


class _StandingRelease(Struct, frozen=True):
    """A release with the numbers and texts of its versions that were out, in their order."""

    news_id: str
    out_at: int
    numbers: tuple[int, ...]
    texts: tuple[str, ...]
    figures: tuple[str, ...]


class Ours(Struct, frozen=True):
    """The releases, ready for matching, and which version of each everybody reads now."""

    releases: OwnReleases
    numbers: dict[str, int]


def our_releases() -> Ours:
    """Give the newest 400 that are out and stand; the same ones are made ready once."""
    rows = NewsRelease.objects.filter(withdrawn_at=None, source="").order_by("-out_at", "news_id")
    shown = tuple(_shown(one) for one in rows.prefetch_related("versions")[:_RELEASES_MOST])
    places = (settings.PASOKH_NEWSROOM.public_url, folder_address())
    return _ready(tuple(one for one in shown if one.numbers), tuple(filter(None, places)))


def _shown(release: NewsRelease) -> _StandingRelease:
    # The manager behind `versions` gives only those that are out: the embargo's lock.
    out = list(release.versions.all())
    return _StandingRelease(
        release.news_id,
        release.out_at,
        tuple(one.number for one in out),
        tuple(one.text for one in out),
        tuple(out[-1].figures) if out else (),
    )


@lru_cache(2)
def _ready(shown: tuple[_StandingRelease, ...], places: tuple[str, ...]) -> Ours:
    releases = [one for release in shown for one in _in_languages(release)]
    return Ours(OwnReleases(releases, places), {one.news_id: one.numbers[-1] for one in shown})


def _in_languages(shown: _StandingRelease) -> list[OwnRelease]:
    """One a language: every title that it had, and the text that stands."""
    texts = [read_any(text) for text in shown.texts]
    made = []
    for language in texts[-1].words:
        words = texts[-1].plain_words(language)
        titles = [one.plain_words(language).title for one in texts if language in one.words]
        text = f"{words.lead}\n\n{words.body}"
        made.append(OwnRelease(shown.news_id, tuple(titles), text, shown.out_at, shown.figures))
    return made

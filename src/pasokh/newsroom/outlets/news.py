"""What alerts need of the releases: from the read copy, through its lock."""

from msgspec import Struct

from pasokh.core.time import DAY, Instant
from pasokh.newsroom.outlets.wanted import NewsSeen
from pasokh.newsroom.site.models import EmbargoRead, NewsRelease, ReleaseVersion
from pasokh.newsroom.site.texts import AnyText, read_any

# Whoever chose something hears of what comes out from then on; older news is in the archive.
_LOOKED_BACK = 30 * DAY


def news_out(now: Instant) -> list[NewsSeen]:
    """List the releases of which a version came out lately, as everybody reads them now."""
    shown = ReleaseVersion.objects.shown().filter(
        out_at__gte=now - _LOOKED_BACK, release__withdrawn_at=None, release__source=""
    )
    return [_seen(row) for row in shown.select_related("release")]


def _seen(row: ReleaseVersion) -> NewsSeen:
    about = read_any(row.text).told
    return NewsSeen(
        news_id=row.release_id,
        number=row.number,
        kind=row.release.kind,
        out_at=row.out_at,
        topics=frozenset(about.topics),
        counties=frozenset(about.counties),
        mistake=row.mistake,
    )


class NewsGoneSeen(Struct, frozen=True):
    """A release that was out and was withdrawn: of its text nothing is left."""

    news_id: str
    number: int
    kind: str
    out_at: Instant
    withdrawn_at: Instant
    reason: str


def withdrawn_since(since: Instant) -> list[NewsGoneSeen]:
    """List what was withdrawn from then on; what was never out is no news to anybody."""
    gone = NewsRelease.objects.filter(withdrawn_at__gte=since, source="")
    return [
        NewsGoneSeen(
            one.news_id,
            one.versions.count(),
            one.kind,
            one.out_at,
            one.withdrawn_at,
            one.withdrawn_why,
        )
        for one in gone.order_by("withdrawn_at", "news_id")
    ]


def reason_of(one: NewsSeen) -> str:
    """Say what was wrong before, in the first language that says it; empty for none."""
    return next(iter(_text(one).correction.values()), "")


def title_of(one: NewsSeen, language: str) -> str:
    """Give the title of a version that is out, to a reader of this language."""
    return _text(one).plain_words(language).title


def titles_of(one: NewsSeen) -> dict[str, str]:
    """Give the title of a version that is out in every language that it has."""
    text = _text(one)
    return {language: text.plain_words(language).title for language in text.words}


def _text(one: NewsSeen) -> AnyText:
    row = ReleaseVersion.objects.get(release_id=one.news_id, number=one.number)
    return read_any(row.text)


def readers_before_hour(news_id: str, number: int | None = None) -> set[str]:
    """List which outlets read a release, or one version of it, before its hour."""
    rows = EmbargoRead.objects.filter(news_id=news_id)
    found = rows if number is None else rows.filter(number=number)
    return set(found.values_list("outlet_id", flat=True))

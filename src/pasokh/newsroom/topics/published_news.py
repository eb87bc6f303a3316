"""What became of a release in public: whether it is out, and how often outlets carried it."""

import re

from django.conf import settings

from pasokh.newsroom.coverage.models import Coverage
from pasokh.newsroom.site.models import ReleaseVersion
from pasokh.newsroom.site.texts import read_any
from pasokh.sites.languages import spoken

_OFFERED = 40
_NEWS_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


def is_out(news_id: str) -> bool:
    """Tell whether some version lies in the public folder: nobody has to be believed."""
    published = settings.PASOKH_NEWSROOM.published
    if published is None or not _NEWS_ID.fullmatch(news_id):
        return False
    return any((published / "news" / news_id).glob("[0-9]*.json"))


def releases_out(county: str) -> list[tuple[str, str]]:
    """List what is out, of this county first: ids with titles in the language that is spoken."""
    rows = ReleaseVersion.objects.shown().filter(release__withdrawn_at=None, release__source="")
    latest = list(rows.select_related("release").order_by("-release__out_at")[:_OFFERED])
    told = [(row, read_any(row.text)) for row in latest]
    told.sort(key=lambda one: county not in one[1].told.counties)
    return [(row.release_id, text.plain_words(spoken()).title) for row, text in told]


def carried(news_id: str) -> int:
    """Count where it was found in the feeds of outlets that agreed: how often, never how."""
    return int(Coverage.objects.filter(news_id=news_id, set_aside_by="").count())

"""What became of a release in public: whether it is out, and how often outlets carried it."""

import re

from django.conf import settings

from pasokh.newsroom.coverage.models import Coverage

_NEWS_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


def is_out(news_id: str) -> bool:
    """Tell whether some version lies in the public folder: nobody has to be believed."""
    published = settings.PASOKH_NEWSROOM.published
    if published is None or not _NEWS_ID.fullmatch(news_id):
        return False
    return any((published / "news" / news_id).glob("[0-9]*.json"))


def carried(news_id: str) -> int:
    """Count where it was found in the feeds of outlets that agreed: how often, never how."""
    return int(Coverage.objects.filter(news_id=news_id, set_aside_by="").count())

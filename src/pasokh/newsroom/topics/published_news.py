"""Whether a release is out, by the public folder: what everybody can check and nobody can say."""

import re

from django.conf import settings

_NEWS_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


def is_out(news_id: str) -> bool:
    """Tell whether some version of a release lies in the public folder."""
    published = settings.PASOKH_NEWSROOM.published
    if published is None or not _NEWS_ID.fullmatch(news_id):
        return False
    return any((published / "news" / news_id).glob("[0-9]*.json"))

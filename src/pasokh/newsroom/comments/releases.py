"""Which releases may be talked about: those of ours that are out, as the read copy has them."""

from pasokh.newsroom.site.models import NewsRelease
from pasokh.newsroom.site.texts import read_any


def title_of(news_id: str, language: str) -> str | None:
    """Give the title of the version that everybody reads; None when there is none.

    In another language when the release has none in this one.
    """
    found = NewsRelease.objects.filter(news_id=news_id, withdrawn_at=None, source="").first()
    shown = None if found is None else found.shown()
    return None if shown is None else read_any(shown.text).plain_words(language).title

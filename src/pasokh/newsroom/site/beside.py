"""What the site does again and again: every two seconds it looks for what is new."""

from pasokh.newsroom.site.copying import copy_news
from pasokh.newsroom.site.finding import index_news


def keep_copy() -> None:
    """Bring rows, then the file of words, up to date."""
    copy_news()
    index_news()


DEEDS = ((2.0, keep_copy),)

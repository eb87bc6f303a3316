"""What the coverage room does again and again."""

from pasokh.newsroom.coverage.deeds import read_feeds

DEEDS = ((30.0, read_feeds),)

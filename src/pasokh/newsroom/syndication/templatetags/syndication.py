"""The feeds of a page's language, for its head: {% feed_links %}."""

from django import template
from django.utils.html import format_html_join

from pasokh.newsroom.syndication.topics import fed_topics
from pasokh.sites.languages import spoken

register = template.Library()


@register.simple_tag
def feed_links() -> str:
    """Name the feeds that are published; a reader's program finds them by it."""
    return format_html_join(
        "\n",
        '<link rel="alternate" type="{}" title="{}" href="{}">',
        (
            (one.feed.media, one.feed.name, one.path)
            for one in fed_topics()
            if one.language == spoken() and one.file
        ),
    )

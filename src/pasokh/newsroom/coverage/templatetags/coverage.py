"""Where a release was carried, for the release's own page: {% carried_of news_id %}."""

from typing import Any

from django import template

from pasokh.newsroom.coverage.deeds import coverage_of

register = template.Library()
_SHOWN = 100


@register.inclusion_tag("newsroom/coverage/carried.html")
def carried_of(news_id: str) -> dict[str, Any]:
    """List outlets' pieces by their time, and by nothing else; nothing where there is none."""
    return {"carried": coverage_of(news_id)[:_SHOWN]}

"""`comments_on` in a template: what was said about a release, and the form, on its own page."""

from typing import Any

from django import template

from pasokh.newsroom.comments.deeds import comments_of
from pasokh.newsroom.comments.forms import TRAP, TypedComment
from pasokh.newsroom.comments.rules import NAME_MAX, TEXT_MAX
from pasokh.newsroom.email_field import PATTERN
from pasokh.newsroom.mail.deeds import can_send

register = template.Library()


@register.inclusion_tag("newsroom/comments/on_release.html")
def comments_on(news_id: str) -> dict[str, Any]:
    """Show them. The page may be kept: the form holds nothing of who reads it, nor of when."""
    return {
        "news_id": news_id,
        "comments": comments_of(news_id),
        "typed": TypedComment("", "", "", {}),
        "closed": not can_send(),
        "trap": TRAP,
        "name_most": NAME_MAX,
        "email_pattern": PATTERN,
        "text_most": TEXT_MAX,
    }

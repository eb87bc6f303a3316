"""`say` in a template: a sentence of the catalogue in the language that is spoken."""

from typing import Any

from allauth.socialaccount.adapter import get_adapter as oidc_adapter
from django import template
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from pasokh.office.civil_time import said_at
from pasokh.office.languages import spoken
from pasokh.office.models import OfficePerson
from pasokh.words.digits import number
from pasokh.words.say import say as said

register = template.Library()


@register.simple_tag
def say(message_id: str, **details: str | int) -> str:
    """Say a message; Django escapes it like every other text."""
    return said(spoken(), message_id, **details)


@register.simple_tag
def say_in(language: str, message_id: str) -> str:
    """Say a message in a language of ours, whatever is spoken."""
    return said(language, message_id)


@register.filter
def told_number(value: int) -> str:
    """Write a whole number in the language's digits."""
    return number(spoken(), value)


@register.simple_tag
def told_at(at: int) -> str:
    """Say when (milliseconds since 1970), in the language's calendar and by the centre's clock."""
    return said_at(spoken(), at)


@register.simple_tag
def drawing(svg: str) -> SafeString:
    """Put a drawing into the page that our own QR maker made: no text of anybody is in it."""
    return mark_safe(svg[svg.index("<svg") :])  # noqa: S308


@register.simple_tag(takes_context=True)
def sign_in_providers(context: dict[str, Any]) -> list[Any]:
    """Give the organisation's own sign-ins that are set up."""
    return list(oidc_adapter().list_apps(context["request"]))


@register.simple_tag
def demo_people() -> list[OfficePerson]:
    """Give the accounts that open with one click: in the demo only."""
    if not settings.PASOKH.demo:
        return []
    return list(OfficePerson.objects.filter(demo=True, is_active=True).order_by("pk"))

"""What the office's templates may ask for: drawings, and who may sign in how."""

from typing import Any

from allauth.socialaccount.adapter import get_adapter as oidc_adapter
from django import template
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from pasokh.office.here import sits_here
from pasokh.office.models import OfficePerson

register = template.Library()


@register.simple_tag
def drawing(svg: str) -> SafeString:
    """Put a drawing into the page that our own QR maker made: no text of anybody is in it."""
    return mark_safe(svg[svg.index("<svg") :])  # noqa: S308


@register.simple_tag(takes_context=True)
def sign_in_providers(context: dict[str, Any]) -> list[Any]:
    """Give the organisation's own sign-ins that are set up."""
    return list(oidc_adapter().list_apps(context["request"]))


@register.simple_tag(takes_context=True)
def sits_at_the_machine(context: dict[str, Any]) -> bool:
    """Tell whether this browser has followed the link that the start said."""
    return sits_here(context["request"])


@register.simple_tag
def demo_people() -> list[OfficePerson]:
    """Give the demo's accounts: in the demo only."""
    if not settings.PASOKH.demo:
        return []
    return list(OfficePerson.objects.filter(demo=True, is_active=True).order_by("pk"))

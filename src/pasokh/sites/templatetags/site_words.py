"""`say` in a template: a sentence of the catalogue in the language that is spoken."""

from django import template

from pasokh.sites.civil_time import said_at
from pasokh.sites.languages import spoken
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

"""Addresses of the outlets' pages, as letters need them: whole."""

from django.conf import settings

FOLDER = "outlets"


def outlet_address(language: str, rest: str = "") -> str:
    """Give the whole address of a page of this room."""
    return f"{settings.PASOKH_NEWSROOM.public_url}/newsroom/{language}/{FOLDER}/{rest}"

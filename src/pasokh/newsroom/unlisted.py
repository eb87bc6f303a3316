"""Pages that are one person's: behind a link that only they have."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def unlisted(
    request: HttpRequest, template: str, shown: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Give a page of one person: kept by nobody on the way, listed by no search."""
    answer = render(request, template, shown, status=status)
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer

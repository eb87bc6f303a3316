"""Which language a path is in: /office/fa/... or /newsroom/en/... says it, nothing else does.

`PASOKH_PLACE` of the settings names the first part of every path of a site.
"""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls.resolvers import LocalePrefixPattern
from django.utils import translation

from pasokh.words.say import LANGUAGES


class SitePrefix(LocalePrefixPattern):
    """The first part of every address of a page; links keep the language of their page."""

    @property
    def language_prefix(self) -> str:
        """Write it for the language that is spoken now."""
        return f"{settings.PASOKH_PLACE}/{spoken()}/"


class PathLanguage:
    """Speaks the path's language while a request lasts."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Speak it, and forget it afterwards: threads are used again."""
        found = _path().match(request.path_info)
        language = found[1] if found else settings.PASOKH.language
        with translation.override(language):
            request.LANGUAGE_CODE = language
            return self._get_response(request)


def spoken() -> str:
    """Give the language that is spoken now, one of ours."""
    language = translation.get_language() or ""
    return language if language in LANGUAGES else settings.PASOKH.language


def in_language(path: str, language: str) -> str:
    """Give the same page's path in another language."""
    return _path().sub(f"/{settings.PASOKH_PLACE}/{language}/", path, count=1)


def _path() -> re.Pattern[str]:
    return re.compile(rf"/{settings.PASOKH_PLACE}/(fa|en)/")

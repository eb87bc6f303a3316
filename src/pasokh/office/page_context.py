"""What every page needs: its language, its direction, and the same page in the other language."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

from pasokh.sites.languages import in_language, spoken


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Give it to Django's templates."""
    language = spoken()
    other = "en" if language == "fa" else "fa"
    return {
        "language": language,
        "direction": "rtl" if language == "fa" else "ltr",
        "other_language": other,
        "other_path": in_language(request.path, other),
        "passkey_elsewhere": passkey_elsewhere(request),
        "training": settings.PASOKH.training,
        "idle_lock_seconds": settings.PASOKH.file.idle_lock_seconds,
    }


def passkey_elsewhere(request: HttpRequest) -> str:
    """Give this page's address under the name with which passkeys work; empty when they do here.

    A bare number is no name for a passkey, so this machine must be called localhost.
    """
    at = urlsplit(request.build_absolute_uri())
    if at.hostname not in {"127.0.0.1", "::1"}:
        return ""
    port = f":{at.port}" if at.port else ""
    return at._replace(netloc=f"localhost{port}").geturl()

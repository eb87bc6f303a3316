"""What every page needs: its language, its direction, and the same page in the other language."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from pasokh.office.languages import in_language, spoken


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Give it to Django's templates."""
    language = spoken()
    other = "en" if language == "fa" else "fa"
    return {
        "language": language,
        "direction": "rtl" if language == "fa" else "ltr",
        "other_language": other,
        "other_path": in_language(request.path, other),
        "training": settings.PASOKH.training,
        "idle_lock_seconds": settings.PASOKH.file.idle_lock_seconds,
    }

"""What every public page needs: its language, its direction, the office's name and telephone."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from pasokh.newsroom.mail.deeds import letters_are_shown
from pasokh.sites.languages import in_language, spoken
from pasokh.words.digits import digits
from pasokh.words.say import LANGUAGES, say


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Give it to Django's templates."""
    language = spoken()
    (other,) = (one for one in LANGUAGES if one != language)
    newsroom = settings.PASOKH_NEWSROOM
    return {
        "language": language,
        "direction": "rtl" if language == "fa" else "ltr",
        "other_language": other,
        "other_path": in_language(request.path, other),
        "office_name": newsroom.name(language) or say(language, "newsroom.office"),
        "press_telephone": newsroom.file.press_telephone,
        "press_telephone_told": digits(language, newsroom.file.press_telephone),
        "demo": newsroom.demo,
        "letters_shown": letters_are_shown(),
    }

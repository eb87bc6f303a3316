"""A meeting in the reader's language, or in the other one where nobody has translated it."""

from typing import Any

from pasokh.words.say import LANGUAGES


def told(row: Any, field: str, language: str) -> str:
    """Give a field in a language; in another of ours when it is empty there."""
    order = (language, *(other for other in LANGUAGES if other != language))
    return next((text for one in order if (text := getattr(row, f"{field}_{one}"))), "")


def language_told(row: Any, field: str, language: str) -> str:
    """Say in which language `told` gives the field."""
    order = (language, *(other for other in LANGUAGES if other != language))
    return next((one for one in order if getattr(row, f"{field}_{one}")), language)

"""Who answers for what a drill publishes: nobody, and in both languages."""

from pasokh.words.say import LANGUAGES, say


def responsible_for_drill() -> str:
    """Say it on one line."""
    return " · ".join(say(language, "publishing.drill") for language in LANGUAGES)

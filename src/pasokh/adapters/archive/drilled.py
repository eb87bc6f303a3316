"""What a drill says of itself where it publishes, in both languages."""

from pasokh.words.say import LANGUAGES, say


def responsible_for_drill() -> str:
    """Say on one line who answers for what it publishes: nobody."""
    return " · ".join(say(language, "publishing.drill") for language in LANGUAGES)


def reason_of_drill() -> str:
    """Say on one line why it revises a day."""
    return " · ".join(say(language, "publishing.past_reason") for language in LANGUAGES)
